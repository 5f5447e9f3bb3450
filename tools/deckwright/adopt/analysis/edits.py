"""Edits of a text at known offsets: all else stays as it is, and each can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `new` where `old` stands, at an offset."""

    start: int
    old: str
    new: str
    why: str = ""
    """What the author should look at: "proposed from the file's name"; empty for what needs no look."""


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made. Those at one offset keep their order."""
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits, key=attrgetter("start")):
        if edit.start < done or not text.startswith(edit.old, edit.start):
            raise ValueError(f"an edit does not fit the text at {edit.start}: {edit.old!r}")
        pieces += [text[done : edit.start], edit.new]
        done = edit.start + len(edit.old)
    return "".join([*pieces, text[done:]])


def undoing(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that take these back, from the text that they made."""
    undo: list[Edit] = []
    shift = 0
    for edit in sorted(edits, key=attrgetter("start")):
        undo.append(Edit(edit.start + shift, edit.new, edit.old))
        shift += len(edit.new) - len(edit.old)
    return tuple(undo)


def offset_before(edits: Iterable[Edit], offset: int) -> int:
    """Return where an offset of the changed text was: what an edit put in was where it begins."""
    shift = 0
    for edit in sorted(edits, key=attrgetter("start")):
        start = edit.start + shift
        if offset < start + len(edit.new):
            return min(offset - shift, edit.start)
        shift += len(edit.new) - len(edit.old)
    return offset - shift
