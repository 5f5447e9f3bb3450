"""Diagnostics for flipbooks: steps that no run can show, and slides that do not follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from deckwright.model import Diagnostic, Kind, Location, Reference, Script, Statement
from deckwright.text.flipbooks import Flipbook, Shown, last_rows, shown_lines, statements_of
from deckwright.text.lines import Lines
from deckwright.text.paths import from_deck

_STEPS = re.compile(r"\{[^{}]*\}")
_WORD = re.compile(r"(?<!\S)flipbook(?!\S)")


def flipbook_diagnostics(reference: Reference, script: Script, lines: Lines) -> Iterator[Diagnostic]:
    """Yield an error for each step of a flipbook that no run can show."""
    if len(reference.display.highlight) < 2:
        hint = "write which lines each step adds: {1-2|3|4-5} flipbook"
        yield _error("a flipbook needs steps", _place(reference, lines, _WORD), hint, lines)
    elif not statements_of(reference, script):
        message = "this code holds no top-level statement, after which a step could end"
        hint = "name the region whose statements run one after the other"
        yield _error(message, _place(reference, lines, _WORD), hint, lines)
    else:
        yield from _step_diagnostics(reference, script, lines)


def unfollowed(flipbooks: Iterable[Flipbook], shown: Sequence[Shown], lines: Lines) -> Iterator[Diagnostic]:
    """Warn of each flipbook whose slide shows no output and no figure of its code."""
    for flipbook in flipbooks:
        reference = flipbook.reference
        if flipbook.stops and flipbook.first < flipbook.end and not any(map(flipbook.turns, shown)):
            message = "this slide shows no output and no figure of this code, so its steps only highlight"
            hint = f"show an output (```text {_output_of(reference)}) or a figure of it, or remove 'flipbook'"
            yield lines.warning("idle-flipbook", message, _place(reference, lines, _WORD), hint)


def _output_of(reference: Reference) -> str:
    if reference.kind is Kind.EXEC:
        return "output"
    path = from_deck(reference.location.path, reference.target.path)
    return f"output={path}" + (f"#{reference.target.name}" if reference.target.name else "")


def _step_diagnostics(reference: Reference, script: Script, lines: Lines) -> Iterator[Diagnostic]:
    shown = shown_lines(reference, script)
    spans = [span for _, each in statements_of(reference, script) if (span := _rows(each, shown))]
    *earlier, last = last_rows(reference.display, len(shown))
    for number, row in enumerate(earlier):
        for first, end in spans:
            if first <= row < end:
                message = f"this step ends at line {row}, within the statement of lines {first}-{end}"
                hint = f"end it at line {end}, or before line {first}"
                yield _error(message, _step_place(reference, lines, number), hint, lines)
    left = [first for first, end in spans if end > last]
    if left:
        message = f"no step shows what line {left[0]} and the lines below it leave"
        last_step = "-".join(map(str, sorted({left[0], spans[-1][1]})))
        hint = f"add a last step: {{…|{last_step}}}, or {{…|all}}"
        yield _error(message, _step_place(reference, lines, len(earlier)), hint, lines)


def _rows(statement: Statement, shown: Sequence[int]) -> tuple[int, int] | None:
    """Return the first and the last row of a statement among the lines that are shown; None if none is."""
    rows = [n for n, line in enumerate(shown, 1) if statement.first_line <= line <= statement.last_line]
    return (rows[0], rows[-1]) if rows else None


def _error(message: str, place: Location, hint: str, lines: Lines) -> Diagnostic:
    return lines.diagnostic("bad-flipbook", message, place, hint)


def _place(reference: Reference, lines: Lines, pattern: re.Pattern[str]) -> Location:
    match = pattern.search(lines[reference.location.line])
    start, end = match.span() if match else (0, 1)
    return replace(reference.location, column=start + 1, length=end - start)


def _step_place(reference: Reference, lines: Lines, number: int) -> Location:
    """Return the place of one step between the braces."""
    whole = _place(reference, lines, _STEPS)
    steps = lines[whole.line][whole.column : whole.column + whole.length - 2].split("|")
    before = sum(len(step) + 1 for step in steps[:number])
    indent = len(steps[number]) - len(steps[number].lstrip())
    return replace(whole, column=whole.column + 1 + before + indent, length=len(steps[number].strip()) or 1)
