"""The program of a plain deck on trial: run it again and again, until what is left of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deckwright.adopt.analysis.fences import Verdict, is_marked, place_in
from deckwright.adopt.analysis.mark import head_count
from deckwright.adopt.analysis.prose import look_script, mention_diagnostics, read_mentions
from deckwright.adopt.analysis.usual_imports import brought_by
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence, Raised, analyse
from deckwright.build.context import Context
from deckwright.build.failures import failure_diagnostic
from deckwright.build.pipeline import plan_script
from deckwright.build.ports import Runner
from deckwright.compose.show import accepted_text, shown_output
from deckwright.model import (
    Deck,
    Diagnostic,
    Display,
    FailureKind,
    Fence,
    FenceOf,
    Kind,
    Reference,
    Result,
    Script,
    State,
    events,
    has_errors,
)
from deckwright.parse.script import parse_program
from deckwright.text.lines import Lines

_ADDED = 2
"""The most lines that a program has above a fence's body: `#| raises:`, and the imports."""


@dataclass
class Trial:
    """One deck, and what running it has shown so far."""

    context: Context
    runner: Runner
    deck: Deck
    faults: dict[int, Raised] = field(default_factory=dict)
    told: dict[int, Diagnostic] = field(default_factory=dict)
    """What went wrong when a fence was run, by its line."""

    def run(self) -> tuple[DeckAnalysis, Script | None, Result | None]:
        """Run the program without what failed, until nothing does; return what is left, and its result."""
        runs, seconds = 0, 0.0
        while True:
            studied = analyse(self.deck, self.faults)
            program = self._program(studied)
            self.context.emit(events.Trying(self.deck.path))
            result = self._run(program) if program else None
            runs, seconds = runs + (result is not None), seconds + (result.seconds if result else 0)
            if program is None or result is None or not self._take(studied, program, result):
                self.context.emit(events.TrialFinished(self.deck.path, runs, seconds))
                return studied, program, result

    def faulty(self, studied: DeckAnalysis) -> Iterator[Diagnostic]:
        """Yield what runs have told of fences, except where the error is what the fence teaches."""
        teaching = {one.fence.line for one in studied.fences if one.verdict is Verdict.TEACHES}
        return (wrong for line, wrong in sorted(self.told.items()) if line not in teaching)

    def look_up(self, studied: DeckAnalysis) -> Iterator[Diagnostic]:
        """Yield the names in the prose that their libraries do not have."""
        lines = [line for one in studied.program for line in one.imports]
        imported = dict(brought_by([*(one.fence.code for one in studied.program), *lines]))
        mentions = read_mentions(self.deck, imported)
        result = self._run(look_script(self.deck, mentions)) if mentions else None
        if result and not result.failure:
            printed = "".join(output.stdout for output in result.outputs)
            yield from mention_diagnostics(self.deck, mentions, printed)

    def _program(self, studied: DeckAnalysis) -> Script | None:
        """Return what runs as one script whose lines are the deck's."""
        parts = [_part(one) for one in studied.program]
        return parse_program(self.deck.path, len(Lines("", self.deck.text)), parts) if parts else None

    def _run(self, script: Script) -> Result | None:
        """Run a script; None where it cannot be run here (or has mistakes, which are told elsewhere)."""
        if has_errors(script.diagnostics):
            return None
        step = plan_script(self.context, script)
        if step.state is State.ABSENT:
            return None
        (result,) = self.runner.run([step.job], lambda job: None)
        return result

    def _take(self, studied: DeckAnalysis, program: Script, result: Result) -> bool:
        """Note which fence failed, and how; return whether running the others makes sense."""
        if result.failure is None:
            return False
        at = result.failure.statement or 0
        index = next((i for i, cell in enumerate(program.cells) if at < cell.end_statement), None)
        if index is None:
            return False
        fence = studied.program[index].fence
        if fence.line in self.faults:
            return False
        # What ends at a limit has a traceback, too: of how it was ended.
        raised = result.failure.raised if result.failure.kind is FailureKind.RAISED else None
        name, text = (raised.type, raised.message) if raised else ("", result.failure.message)
        self.faults[fence.line] = Raised(name, text)
        if wrong := failure_diagnostic(program, result):
            self.told[fence.line] = self._placed(fence, wrong)
        return True

    def _placed(self, fence: Fence, wrong: Diagnostic) -> Diagnostic:
        """Return what is wrong at its place in the deck: the program has no indentation of lists."""
        line = wrong.location.line - fence.line
        lines = Lines(self.deck.path, self.deck.text)
        if 1 <= line <= fence.end - fence.line:
            place = place_in(fence, lines, line, wrong.location.column, wrong.location.length)
        elif fence.line - _ADDED < wrong.location.line <= fence.line:
            place = lines.location(fence.line, 1, len(lines[fence.line]))
        else:  # in a function of another fence
            return wrong
        return replace(wrong, location=place, source=lines[place.line])


def printed_by(deck: Deck, studied: DeckAnalysis, program: Script, result: Result) -> dict[int, str]:
    """Return what each fence printed and displayed, by its line."""
    cells = zip(studied.program, program.cells, strict=True)
    return {one.fence.line: _printed(deck, one, cell.first_line, program, result) for one, cell in cells}


def _printed(deck: Deck, one: JudgedFence, line: int, program: Script, result: Result) -> str:
    place = Lines(deck.path, deck.text).location(one.fence.line)
    target = FenceOf(deck.path, line)
    shown = Reference(Kind.OUTPUT, target, place, 0, 0, one.fence.slide.number, display=Display())
    return accepted_text(shown_output(shown, program, result))


def _part(one: JudgedFence) -> tuple[int, str]:
    """Return a fence as the program has it: what is added begins above its body, so that its lines stay."""
    raises = (
        [f"#| raises: {one.reason}"] if one.verdict is Verdict.TEACHES and not is_marked(one.fence) else []
    )
    imports = ["; ".join(one.imports)] if one.imports else []
    rows, head = one.fence.code.split("\n"), head_count(one.fence)
    first = max(one.fence.first - len(raises) - len(imports), 1)
    return first, "\n".join([*raises, *rows[:head], *imports, *rows[head:]])
