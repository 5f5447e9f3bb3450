"""Lines and offsets of a text, counted as Python and Markdown count them."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace

from deckwright.model import Cause, Diagnostic, Location, Severity

NEWLINE = re.compile(r"\r\n|\r|\n")


def newline_of(text: str) -> str:
    """Return the line end to use in a text: CRLF if it has any."""
    return "\r\n" if "\r\n" in text else "\n"


class Lines:
    """A text cut into lines: only LF, CR and CRLF end one (not form feed or U+2028)."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        ends = [match.end() for match in NEWLINE.finditer(text)]
        self.starts = [0, *ends]
        if len(self.starts) > 1 and self.starts[-1] == len(text):
            self.starts.pop()
        self._bounds = [*self.starts, len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, number: int) -> str:
        """Return line `number` (from 1) without its line end; empty past the end."""
        if not 1 <= number <= len(self.starts):
            return ""
        return self.text[self._bounds[number - 1] : self._bounds[number]].rstrip("\r\n")

    def start(self, number: int) -> int:
        """Return the offset at which line `number` starts (the text's length past the end)."""
        return self._bounds[min(number - 1, len(self.starts))]

    def newline(self, number: int) -> str:
        """Return what ends line `number`; LF where nothing does."""
        end = NEWLINE.search(self.text, self.start(number))
        return end[0] if end else "\n"

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column (both from 1) of an offset."""
        line = max(bisect.bisect_right(self.starts, offset), 1)
        return line, offset - self.starts[line - 1] + 1

    def location(self, line: int, column: int = 1, length: int = 1) -> Location:
        return Location(self.path, line, column, max(length, 1))

    def whole(self, line: int) -> Location:
        """Return the location of a whole line."""
        return self.location(line, 1, len(self[line]))

    def span(self, start: int, end: int) -> Location:
        """Return the location of the text between two offsets."""
        return self.location(*self.at(start), end - start)

    def written(self, line: int) -> Location:
        """Return the location of the first line, from this one on, that is not blank."""
        return self.whole(next((n for n in range(line, len(self) + 1) if self[n].strip()), line))

    def diagnostic(
        self,
        slug: str,
        message: str,
        location: Location,
        hint: str = "",
        subject: str = "",
        slide: int = 0,
        cause: Cause | None = None,
    ) -> Diagnostic:
        """Return a diagnostic with the source line of its location."""
        source = self[location.line]
        return Diagnostic(slug, message, location, source, hint, slide=slide, subject=subject, cause=cause)

    def warning(
        self,
        slug: str,
        message: str,
        location: Location,
        hint: str = "",
        subject: str = "",
        slide: int = 0,
        cause: Cause | None = None,
    ) -> Diagnostic:
        """Return a diagnostic that is only a warning."""
        found = self.diagnostic(slug, message, location, hint, subject, slide, cause)
        return replace(found, severity=Severity.WARNING)
