"""The program of a plain deck, run without the fences that failed until no other fails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.adopt.analysis.added_outputs import SIZES
from deckwright.adopt.analysis.fences import Verdict, is_marked, place_in
from deckwright.adopt.analysis.free_names import uses_of
from deckwright.adopt.analysis.mark import head_count
from deckwright.adopt.analysis.prose import find_mentions, look_up_script, mention_diagnostics
from deckwright.adopt.analysis.usual_imports import imports_in
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence, analyse
from deckwright.build.context import Context
from deckwright.build.failures import failure_diagnostic
from deckwright.build.pipeline import plan_script
from deckwright.build.ports import Runner
from deckwright.compose.show import (
    Panel,
    accepted_text,
    raised_in,
    shown_output,
    unshown_values,
    with_message_alone,
)
from deckwright.frozen import dataclass
from deckwright.model import (
    Deck,
    Diagnostic,
    Display,
    Failure,
    FailureKind,
    Fence,
    FenceOf,
    Kind,
    Location,
    OnCell,
    Raised,
    Reference,
    Result,
    Script,
    State,
    events,
    has_errors,
)
from deckwright.parse.script import parse_program
from deckwright.text.lines import Lines

FENCE_SECONDS = 10.0
"""How long a fence may run, so that an endless one does not take minutes."""

_MOST_ADDED_LINES = 2
"""Lines that the program may have above a fence's body: `#| raises:`, and imports."""


_LONGER = "if it comes to an end, `adopt --timeout SECONDS` waits longer"
_THREADS = re.compile(r"\b(Thread|Timer|Process|Pool\w*|serve_forever)\(")
"""What goes on beside the program."""

_ANY = Raised("Exception", "")

_PICTURE_SLUGS = frozenset({"missing-file", "remote-resource"})
"""What a build reports of pictures, too."""


def try_deck(context: Context, deck: Deck, fence_seconds: float = FENCE_SECONDS) -> DeckAnalysis:
    """Run the program of a deck, each time without the fences that failed, and return the last analysis.

    Its diagnostics include errors of fences that ran, except those that a fence raises on purpose. A fence
    may run for `fence_seconds`.
    """
    with context.ports.runner() as runner:
        return _Trial(context, runner, deck, fence_seconds).run()


def new_diagnostics(diagnostics: Iterable[Diagnostic], known: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the diagnostics of a run or a build that are not among the known ones, also by another slug."""
    places = {(each.slug, each.location) for each in known}
    places |= {("snippet-failed", place) for slug, place in places if slug == "undefined-name"}
    pictures = {(each.slug, each.subject) for each in known if each.slug in _PICTURE_SLUGS}
    fences = {("foreign-markup", each.location.line) for each in known if each.slug == "not-run"}
    for each in diagnostics:
        if (each.slug, each.location.line) in fences:
            continue
        if (each.slug, each.subject) not in pictures and (each.slug, each.location) not in places:
            yield each


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One run of the program; without result if there is none, or if it cannot run here."""

    analysis: DeckAnalysis
    program: Script | None
    result: Result | None

    def failure(self) -> tuple[Fence, Failure] | None:
        """Return the fence that failed, and how."""
        if not (self.program and self.result and self.result.failure):
            return None
        failure = self.result.failure
        cells = zip(self.analysis.program, self.program.cells, strict=True)
        failed = (judged.fence for judged, cell in cells if (failure.statement or 0) < cell.end_statement)
        fence = next(failed, None)
        if fence and _is_past_its_end(failure):
            threads = (judged.fence for judged in self.analysis.program if _THREADS.search(judged.fence.code))
            fence = next(threads, fence)
        return (fence, failure) if fence else None

    def analysed(self, root: str) -> DeckAnalysis:
        """Return the analysis with what each fence printed and displayed; `root` is the project's folder."""
        printed: dict[int, str] = {}
        messages: dict[int, str] = {}
        showable: dict[int, Mapping[int, str]] = {}
        if self.program and self.result:
            for judged, cell in zip(self.analysis.program, self.program.cells, strict=True):
                place = Location(self.program.path, judged.fence.line)
                target = FenceOf(self.program.path, cell.first_line)
                reference = Reference(Kind.OUTPUT, target, place, 0, 0, 0)
                panels = shown_output(reference, self.program, self.result)
                printed[judged.fence.line] = accepted_text(panels)
                if raised := raised_in(reference, self.program, self.result):
                    messages[judged.fence.line] = accepted_text(with_message_alone(panels, raised))
                if not unshown_values(reference, self.program, self.result) and _says_something(panels, root):
                    showable[judged.fence.line] = dict(self._sizes(reference, self.program, self.result))
        return replace(self.analysis, printed=printed, messages=messages, showable=showable)

    def _sizes(self, reference: Reference, program: Script, result: Result) -> Iterator[tuple[int, str]]:
        """Yield what a slide shows of an output with at most so many lines."""
        raised = raised_in(reference, program, result)
        for size in SIZES:
            sized = replace(reference, display=Display(max_lines=size or None))
            panels = shown_output(sized, program, result)
            yield size, accepted_text(with_message_alone(panels, raised) if raised else panels)


@dataclass(frozen=True, slots=True)
class _Trial:
    context: Context
    runner: Runner
    deck: Deck
    fence_seconds: float

    def run(self) -> DeckAnalysis:
        faults: dict[int, Raised] = {}
        failures: dict[int, Diagnostic] = {}
        attempts = [self._attempt(faults)]
        while (failed := attempts[-1].failure()) and faults.get(failed[0].line, _ANY).type:
            fence, failure = failed
            # One that fails in another way each time does not show what it seemed to show.
            is_again = fence.line in faults
            faults[fence.line] = replace(_raised(failure), type="") if is_again else _raised(failure)
            failures[fence.line] = self._diagnostic(attempts[-1], fence, failure)
            attempts.append(self._attempt(faults))
        seconds = [attempt.result.seconds for attempt in attempts if attempt.result]
        self.context.emit(events.TrialFinished(self.deck.path, len(seconds), sum(seconds)))
        analysis = attempts[-1].analysed(str(self.context.project.root))
        taught = {judged.fence.line for judged in analysis.fences if judged.verdict is Verdict.TEACHES}
        untaught = (failures[line] for line in sorted(failures.keys() - taught))
        new = new_diagnostics(untaught, analysis.diagnostics)
        diagnostics = (*analysis.diagnostics, *new, *self._wrong_names(analysis))
        return replace(analysis, diagnostics=diagnostics)

    def _attempt(self, faults: dict[int, Raised]) -> _Attempt:
        analysis = analyse(self.deck, faults)
        parts = list(map(_part, analysis.program))
        size = len(Lines("", self.deck.text))
        program = parse_program(self.deck.path, size, parts) if parts else None
        fences = [judged.fence for judged in analysis.program]

        # What its author has marked may run as long as in a build.
        cell_seconds = 0.0 if all(map(is_marked, fences)) else self.fence_seconds

        def on_cell(job: str, cell: int) -> None:
            self.context.emit(events.Trying(self.deck.path, _in_words(fences[cell])))

        self.context.emit(events.Trying(self.deck.path))
        return _Attempt(
            analysis,
            program,
            self._result(program, cell_seconds, on_cell) if program else None,
        )

    def _result(self, script: Script, cell_seconds: float, on_cell: OnCell | None = None) -> Result | None:
        """Run a script; return None if it has errors or needs a device that is absent."""
        if has_errors(script.diagnostics):
            return None
        step = plan_script(self.context, script)
        if step.state is State.ABSENT:
            return None
        options = replace(step.job.options, cell_seconds=cell_seconds)
        job = replace(step.job, options=options)
        (result,) = self.runner.run([job], lambda job, seconds: None, on_cell=on_cell)
        return result

    def _wrong_names(self, analysis: DeckAnalysis) -> Iterator[Diagnostic]:
        imports = [line for judged in analysis.program for line in judged.imports]
        codes = [*(judged.fence.code for judged in analysis.program), *imports]
        imported = dict(imports_in(codes))
        own = {name for code in codes for name in uses_of(code).bound or ()} - imported.keys()
        mentions = list(find_mentions(self.deck, imported, own))
        result = self._result(look_up_script(self.deck, mentions), 0.0) if mentions else None
        if result and not result.failure:
            printed = "".join(output.printed("stdout") for output in result.outputs)
            yield from mention_diagnostics(self.deck, mentions, printed)

    def _diagnostic(self, attempt: _Attempt, fence: Fence, failure: Failure) -> Diagnostic:
        """Return the diagnostic of a failure, located in the deck, where lists indent the code."""
        assert attempt.program
        assert attempt.result
        diagnostic = failure_diagnostic(attempt.program, attempt.result)
        assert diagnostic
        if failure.kind is FailureKind.TIMEOUT:
            diagnostic = replace(diagnostic, hint=_LONGER)
        at, lines = diagnostic.location, Lines(self.deck.path, self.deck.text)
        if _is_past_its_end(failure):
            place = lines.whole(fence.first)
        elif fence.line < at.line <= fence.end:
            place = place_in(fence, lines, at.line - fence.line, at.column, at.length)
        elif fence.line - _MOST_ADDED_LINES < at.line <= fence.line:
            place = lines.whole(fence.line)
        else:  # in a function of another fence
            return diagnostic
        return replace(diagnostic, location=place, source=lines[place.line])


def _in_words(fence: Fence) -> str:
    """Return where a fence is, and how it begins: `line 12: while True:`."""
    rows = (row.strip() for row in fence.code.split("\n"))
    return f"line {fence.line}: {next((row for row in rows if row and not row.startswith('#')), '')}"


def _says_something(panels: Sequence[Panel], root: str) -> bool:
    """Whether an output is worth a place on a slide, and the same in every run and every folder."""
    text = accepted_text(panels)
    return bool(text.strip()) and root not in text and not any(panel.masked for panel in panels)


def _is_past_its_end(failure: Failure) -> bool:
    """Whether a program that ran too long was not interrupted in its own code: it waits for threads."""
    frames = failure.raised.frames if failure.raised else ()
    return failure.kind is FailureKind.TIMEOUT and not frames


def _raised(failure: Failure) -> Raised:
    # A run that ended at a limit has a traceback, too: of the interrupt that ended it.
    raised = failure.raised if failure.kind is FailureKind.RAISED else None
    return raised or Raised("", failure.message)


def _part(judged: JudgedFence) -> tuple[int, str]:
    """Return first line and code of a fence in the program; added lines go above, so that others stay."""
    fence = judged.fence
    raises = judged.verdict is Verdict.TEACHES and not is_marked(fence)
    options = [f"#| raises: {judged.reason}"] if raises else []
    imports = ["; ".join(judged.imports)] if judged.imports else []
    rows, head = fence.code.split("\n"), head_count(fence)
    first = max(fence.first - len(options) - len(imports), 1)
    return first, "\n".join([*options, *rows[:head], *imports, *rows[head:]])
