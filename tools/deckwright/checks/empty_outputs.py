"""Every fence for an output must show something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckwright.checks.results import results_shown
from deckwright.compose.show import PanelKind, shown_output
from deckwright.model import Diagnostic, Evidence, Kind, Output, Reference, Result, Script
from deckwright.text.fences import output_range
from deckwright.text.paths import figure_folder, from_deck

_SHOWS_FIGURES = re.compile(r"\bshow\(\s*\)")
_PRINT = "print something, or end a cell ('# %%') with an expression: it is displayed"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Warn of each output of a good run that is empty on the slide, and say what to write instead."""
    for lines, reference, result in results_shown(evidence):
        if reference.kind is Kind.OUTPUT and not (result.failure or evidence.course.is_small(result.job)):
            script = evidence.course.scripts[reference.target.path]
            statements = range(*output_range(reference, script))
            if _is_empty(reference, script, result) and not {*statements} <= {*result.unreached}:
                why, hint = _cause(reference, script, result, statements)
                message, place = f"this shows nothing: {why}", reference.location
                yield lines.warning("empty-output", message, place, hint, slide=reference.slide)


def _is_empty(reference: Reference, script: Script, result: Result) -> bool:
    panels = shown_output(reference, script, result)
    return all(panel.kind is PanelKind.TEXT and not panel.styled.text.strip() for panel in panels)


def _cause(reference: Reference, script: Script, result: Result, statements: range) -> tuple[str, str]:
    """Return why an output is empty, and what to write."""
    if {*statements} & {*result.drew} or _SHOWS_FIGURES.search(_code(script, statements)):
        return "the code draws a figure, and prints nothing", _to_show_figure(reference, script, statements)
    outputs = result.outputs_of(reference.display.rank)[statements.start : statements.stop]
    if other := _other_stream(reference, outputs):
        return f"the code prints to {other} alone", f"write stream={other} on the fence"
    return "the code prints nothing", _PRINT


def _to_show_figure(reference: Reference, script: Script, statements: range) -> str:
    start, end, folder = statements.start, statements.stop, figure_folder(script.path)
    cells = [cell for cell in script.cells if cell.first_statement < end and start < cell.end_statement]
    if label := next((cell.label for cell in cells if cell.label), ""):
        path = from_deck(reference.location.path, f"{folder}/{label}.svg")
        return f"show the figure in place of the fence: ![w:800 …]({path})"
    begin = "end it" if cells else "begin it with '# %%' in place of '# region', and end it"
    return f"{begin} with the figure (plt.gcf()), or give it '#| label: NAME' and show {folder}/NAME.svg"


def _other_stream(reference: Reference, outputs: Sequence[Output]) -> str:
    """Return the stream that was printed to and that the fence does not show."""
    others = {"stdout": ("stderr",), "stderr": ("stdout",)}.get(reference.display.stream, ())
    return next((each for each in others if any(out.printed(each).strip() for out in outputs)), "")


def _code(script: Script, statements: range) -> str:
    every = [statement for unit in script.units for statement in unit.statements]
    rows = script.text.split("\n")
    chosen = every[statements.start : statements.stop]
    return "\n".join("\n".join(rows[each.first_line - 1 : each.last_line]) for each in chosen)
