"""Edits of a text at known offsets; everything else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from deckwright.frozen import dataclass
from deckwright.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `old` at an offset by `new`."""

    start: int
    old: str
    new: str
    why: str = ""
    """What the author should look at; empty if there is nothing to decide."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with all edits made. Edits at the same offset keep their order."""
    pieces: list[str] = []
    done = 0
    for edit in _in_order(edits):
        if edit.start < done or not text.startswith(edit.old, edit.start):
            raise ValueError(f"an edit does not fit the text at {edit.start}: {edit.old!r}")
        pieces += [text[done : edit.start], edit.new]
        done = edit.start + len(edit.old)
    return "".join([*pieces, text[done:]])


def offset_before(edits: Iterable[Edit], offset: int) -> int:
    """Return the offset in the old text for one in the changed text; new text has that of its edit."""
    shift = 0
    for edit in _in_order(edits):
        start = edit.start + shift
        if offset < start + len(edit.new):
            return min(offset - shift, edit.start)
        shift += len(edit.new) - len(edit.old)
    return offset - shift


def notes_on(text: str, edits: Iterable[Edit]) -> dict[str, str]:
    """Return what the author should look at, by the text of the changed line."""
    changed = Lines("", applied(text, edits))
    notes: dict[str, str] = {}
    shift = 0
    for edit in _in_order(edits):
        if edit.why:
            notes[changed[changed.at(edit.start + shift)[0]]] = edit.why
        shift += len(edit.new) - len(edit.old)
    return notes


def _in_order(edits: Iterable[Edit]) -> list[Edit]:
    return sorted(edits, key=attrgetter("start"))
