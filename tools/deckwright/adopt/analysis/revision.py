"""A deck, and what edits make of it."""

from __future__ import annotations

import re
from dataclasses import replace

from deckwright.adopt.analysis.edits import Edit, applied, offset_before
from deckwright.frozen import dataclass
from deckwright.model import Deck, Diagnostic
from deckwright.text.lines import Lines

_LINE = re.compile(r"^line (\d+)\b")
"""The beginning of a hint that names another line of the deck."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A deck with edits that are not written yet."""

    deck: Deck
    """As it was before."""
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The changed text."""
        return applied(self.deck.text, self.edits)

    def in_old_text(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic of the changed deck, located in the deck as it is."""
        if diagnostic.location.path != self.deck.path or not self.edits:
            return diagnostic
        lines, changed = Lines(self.deck.path, self.deck.text), Lines(self.deck.path, self.text)
        offset = changed.start(diagnostic.location.line) + diagnostic.location.column - 1
        line, column = lines.at(offset_before(self.edits, offset))
        hint = _LINE.sub(lambda match: f"line {self.old_line(int(match[1]))}", diagnostic.hint)
        length = min(diagnostic.location.length, len(lines[line]) - column + 1)
        place = lines.location(line, column, length)
        return replace(diagnostic, location=place, source=lines[line] or diagnostic.source, hint=hint)

    def old_line(self, number: int) -> int:
        """Return the line of the deck as it is where a line of the changed text comes from."""
        offset = Lines(self.deck.path, self.text).start(number)
        return Lines(self.deck.path, self.deck.text).at(offset_before(self.edits, offset))[0]
