"""Comments that divide a script into regions and cells."""

from __future__ import annotations

import io
import re
import tokenize
from contextlib import suppress
from dataclasses import dataclass

from deckwright.model import Diagnostic
from deckwright.text.lines import Lines

_REGION = re.compile(r"#\s*region\b[ \t]*(.*?)\s*$")
_ENDREGION = re.compile(r"#\s*endregion\b[ \t]*(.*?)\s*$")
_CELL = re.compile(r"#\s*%%(?!%)\s*(.*?)\s*$")
_OPTION = re.compile(r"#\|")
_ANY = re.compile(r"#\s*(region|endregion|%%)|#\||# ///")


@dataclass(frozen=True, slots=True)
class Fold:
    """A named range between two marker lines (both excluded)."""

    name: str
    marker: int
    end: int


@dataclass(frozen=True, slots=True)
class Markers:
    """The markers of a script."""

    folds: tuple[Fold, ...] = ()
    cells: tuple[tuple[int, str], ...] = ()
    """Line and title of each `# %%`."""
    hidden: frozenset[int] = frozenset()
    """Lines that no slide shows: markers, `#|` options, the PEP 723 block."""
    unclosed: frozenset[str] = frozenset()
    """Names of regions whose end is missing or in the wrong place."""
    diagnostics: tuple[Diagnostic, ...] = ()


def find_markers(lines: Lines) -> Markers:
    """Find the markers of a script that Python can read."""
    if not _ANY.search(lines.text):
        return Markers()
    comments = _comments(lines)
    cells = [(n, m[1]) for n, c in comments if (m := _CELL.match(c)) and lines[n].startswith("#")]
    folds, unclosed, diagnostics = _folds(lines, comments)
    hidden = {
        number
        for number, comment in comments
        if any(p.match(comment) for p in (_REGION, _ENDREGION, _CELL, _OPTION))
    }
    return Markers(folds, tuple(cells), frozenset(hidden | _metadata(comments)), unclosed, diagnostics)


def _comments(lines: Lines) -> list[tuple[int, str]]:
    """Return line and text of each comment that is alone on its line."""
    text = "\n".join(lines[number] for number in range(1, len(lines) + 1)) + "\n"
    comments: list[tuple[int, str]] = []
    # `tokenize` refuses some ends that Python reads, such as a lone backslash; no comment follows them.
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
                comments.append((token.start[0], token.string))
    return comments


def _folds(
    lines: Lines, comments: list[tuple[int, str]]
) -> tuple[tuple[Fold, ...], frozenset[str], tuple[Diagnostic, ...]]:
    """Return the regions, the names of those without a proper end, and diagnostics."""
    open_folds: list[tuple[int, str]] = []
    unclosed: set[str] = set()
    folds: list[Fold] = []
    diagnostics: list[Diagnostic] = []
    for number, comment in comments:
        place = lines.location(number, 1, len(lines[number]))
        if match := _REGION.match(comment):
            open_folds.append((number, match[1]))
        elif match := _ENDREGION.match(comment):
            if not open_folds:
                hint = "remove it, or add '# region NAME' above"
                diagnostics.append(lines.diagnostic("unclosed-region", "no region is open", place, hint))
                continue
            marker, name = open_folds.pop()
            if match[1] and name and match[1] != name:
                message = f"this ends region '{match[1]}', but '{name}' (line {marker}) is open"
                hint = f"write '# endregion {name}'"
                unclosed |= {match[1], name}
                diagnostics.append(lines.diagnostic("unclosed-region", message, place, hint))
            if name:
                folds.append(Fold(name, marker, number))
    for number, name in open_folds:
        unclosed.add(name)
        place = lines.location(number, 1, len(lines[number]))
        hint = f"add '# endregion {name}' where it ends"
        message = f"region '{name}' is never closed"
        diagnostics.append(lines.diagnostic("unclosed-region", message, place, hint))
    return tuple(sorted(folds, key=lambda fold: fold.marker)), frozenset(unclosed), tuple(diagnostics)


def _metadata(comments: list[tuple[int, str]]) -> set[int]:
    """Return the lines of PEP 723 blocks."""
    hidden: set[int] = set()
    block: list[int] = []
    for number, comment in comments:
        if block and number != block[-1] + 1:
            block = []
        if re.match(r"# /// \w+$", comment):
            block = [number]
        elif block:
            block.append(number)
            if comment == "# ///":
                hidden.update(block)
                block = []
    return hidden
