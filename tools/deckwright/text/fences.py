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
    rows = text.split("\n")
    if display.lines:
        ranges = [part.partition("-") for part in display.lines.split(",")]
        rows = [row for first, _, last in ranges for row in rows[int(first) - 1 : int(last or first)]]
    most = display.max_lines or len(rows)
    more = [f"… ({len(rows) - most} more lines)"] if len(rows) > most else []
    return "\n".join([*rows[:most], *more])
