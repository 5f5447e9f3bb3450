"""The lines of a text that a fence shows."""

from __future__ import annotations

from itertools import dropwhile

from deckwright.model import Display, Kind, Reference, Script


def code_of(reference: Reference, script: Script) -> str:
    """Return all the code of a `file=` or `exec` fence, before lines are chosen."""
    if reference.kind is Kind.EXEC:
        rows = reference.body.rstrip("\n").split("\n")
        return "\n".join(dropwhile(lambda row: row.startswith("#|"), rows))  # options are at the top
    return script.regions[reference.target.name].code


def shown_code(reference: Reference, script: Script) -> str:
    """Return the code of a `file=` or `exec` fence that its `lines` and `max-lines` choose."""
    return chosen_lines(code_of(reference, script), reference.display)


def chosen_lines(text: str, display: Display) -> str:
    """Return the lines of a text that `lines` and `max-lines` choose."""
    return _cut(_select(text, display.lines), display.max_lines)


def _select(text: str, lines: str) -> str:
    if not lines:
        return text
    rows = text.split("\n")
    chosen: list[str] = []
    for part in lines.split(","):
        first, _, last = part.partition("-")
        chosen += rows[int(first) - 1 : int(last or first)]
    return "\n".join(chosen)


def _cut(text: str, most: int | None) -> str:
    rows = text.split("\n")
    if not most or len(rows) <= most:
        return text
    return "\n".join([*rows[:most], f"… ({len(rows) - most} more lines)"])
