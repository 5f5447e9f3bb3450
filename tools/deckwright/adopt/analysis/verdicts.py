"""The verdict on each Python fence of a deck, with a reason, before the program runs and after each run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from deckwright.adopt.analysis import classify
from deckwright.adopt.analysis.fences import Verdict, is_marked, is_python, place_in
from deckwright.adopt.analysis.free_names import Use, uses_of
from deckwright.adopt.analysis.teaching import is_taught
from deckwright.adopt.analysis.usual_imports import import_for, joined, modules_imported, modules_used
from deckwright.frozen import dataclass
from deckwright.model import Deck, Diagnostic, Fence, Frame, Raised
from deckwright.parse.script import parse_program
from deckwright.text.lines import Lines
from deckwright.text.suggest import closest

_FAULT = re.compile(
    r"[A-Za-z_.]*(Error|Exception|Interrupt|Exit|Warning): |(ran longer|used more|printed more) than \d"
)
"""The beginning of our reasons that name a fault: once it is fixed, the fence may run."""

_LONGEST_REASON = 90


@dataclass(frozen=True, slots=True)
class JudgedFence:
    """A fence and its verdict."""

    fence: Fence
    verdict: Verdict
    reason: str = ""
    """Why it does not run; for one that teaches, the name of the error's type."""
    imports: tuple[str, ...] = ()
    """Lines to add at its top."""

    @property
    def is_run(self) -> bool:
        return self.verdict in (Verdict.RUNS, Verdict.TEACHES)


@dataclass(frozen=True, slots=True)
class DeckAnalysis:
    """The Python fences of a deck with their verdicts, and diagnostics for the author."""

    deck: Deck
    fences: tuple[JudgedFence, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    printed: Mapping[int, str] = field(default_factory=dict)
    """The text that each fence printed and displayed, by its line."""
    messages: Mapping[int, str] = field(default_factory=dict)
    """The same of each fence that raises an error on purpose, without the code that led to the error."""
    showable: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """What a slide can show of each output, by the line of the code and the most lines to take (0: any)."""

    @property
    def program(self) -> tuple[JudgedFence, ...]:
        """The fences that run, in order."""
        return tuple(judged for judged in self.fences if judged.is_run)


def analyse(deck: Deck, faults: Mapping[int, Raised]) -> DeckAnalysis:
    """Judge the Python fences of a deck; `faults` are errors of earlier runs, by the fence's line."""
    return _Analyser(deck, faults).analyse()


class _Analyser:
    """One walk over the fences, with the names bound so far."""

    def __init__(self, deck: Deck, faults: Mapping[int, Raised]) -> None:
        self.deck = deck
        self.faults = faults
        self.lines = Lines(deck.path, deck.text)
        self.fences = [fence for fence in deck.fences if is_python(fence) and fence.code.strip()]
        self.uses = {fence.line: uses_of(classify.without_commands(fence.code)) for fence in self.fences}
        self.modules = modules_imported(fence.code for fence in self.fences)
        self.diagnostics: list[Diagnostic] = []
        self.bound: set[str] = set()
        self.is_open = False  # whether `from x import *` may have bound any name

    def analyse(self) -> DeckAnalysis:
        judged = [each for fence in self.fences if (each := self._judge(fence))]
        judged = [self._with_later_imports(each) if each.is_run else each for each in judged]
        return DeckAnalysis(self.deck, tuple(judged), tuple(dict.fromkeys(self.diagnostics)))

    def _judge(self, fence: Fence) -> JudgedFence | None:
        """Return the verdict on a fence; None for one that its author has decided on."""
        reason = fence.info.display.no_exec
        if reason and not _FAULT.match(reason) and reason not in classify.REASONS:
            return None
        if fence.info.diagnostics and not is_marked(fence):
            message = f"this fence is left as it is: {fence.info.diagnostics[0].message}"
            self._warn_not_run(fence, message, "remove it, then adopt again")
            return None
        if judged := self._unreadable(fence):
            return judged
        if raised := self.faults.get(fence.line):
            return self._faulty(fence, raised)
        return self._readable(fence)

    # --- code that Python cannot read -----------------------------------------------------------

    def _unreadable(self, fence: Fence) -> JudgedFence | None:
        if reason := classify.reason_apart(fence.code):
            return self._apart(fence, reason)
        error = classify.syntax_error(fence.code)
        if error is None:
            return None
        diagnostics = tuple(self._syntax_errors(fence, error))
        # A marked fence without diagnostics asserts the error.
        if (is_marked(fence) and not diagnostics) or self._is_taught(
            fence, type(error).__name__, error.msg, error.lineno
        ):
            return JudgedFence(fence, Verdict.TEACHES, "SyntaxError")
        self.diagnostics += diagnostics
        return JudgedFence(fence, Verdict.FAILS, _reason("SyntaxError", error.msg))

    def _syntax_errors(self, fence: Fence, error: SyntaxError) -> Iterator[Diagnostic]:
        program = parse_program(self.deck.path, len(self.lines), [(fence.first, fence.code)])
        for diagnostic in program.diagnostics:
            at = diagnostic.location
            place = place_in(fence, self.lines, at.line - fence.line, at.column)
            place = replace(place, length=at.length)
            yield replace(diagnostic, location=place, source=self.lines[place.line])
        if not program.diagnostics and not is_marked(fence):
            place = place_in(fence, self.lines, error.lineno or 1, error.offset or 1)
            message = f"Python cannot read this: {error.msg}"
            yield self.lines.diagnostic("syntax-error", message, place)

    def _apart(self, fence: Fence, reason: str) -> JudgedFence:
        if not is_marked(fence) and not fence.info.display.no_exec:
            hint = classify.HINTS.get(reason, "")
            self._warn_not_run(fence, f"this fence is not run: {reason}", hint)
        return JudgedFence(fence, Verdict.APART, reason)

    def _warn_not_run(self, fence: Fence, message: str, hint: str) -> None:
        place = self.lines.span(fence.info_start, fence.info_start + len(fence.info_text))
        self.diagnostics.append(self.lines.warning("not-run", message, place, hint))

    def _is_taught(self, fence: Fence, error: str, message: str, line: int | None) -> bool:
        """Whether the slide shows the error that a line of the code (from 1) has."""
        frame = Frame(self.deck.path, fence.first + (line or 1) - 1, "", "")
        return is_taught(self.deck, fence, Raised(error, message, (frame,)))

    # --- code that failed in a run --------------------------------------------------------------

    def _faulty(self, fence: Fence, raised: Raised) -> JudgedFence:
        name = raised.type.rpartition(".")[2]
        if not is_marked(fence) and raised.type and is_taught(self.deck, fence, raised):
            return self._running(fence, Verdict.TEACHES, name)
        return JudgedFence(fence, Verdict.FAILS, _reason(name, raised.message))

    # --- names ----------------------------------------------------------------------------------

    def _readable(self, fence: Fence) -> JudgedFence:
        """Judge code by its names: it runs if all that it needs at once are bound or can be imported."""
        needed = () if self.is_open else self.uses[fence.line].needed
        unbound = [use for use in needed if not use.later and not self._is_bound(fence, use)]
        if any(use.name == "self" for use in unbound):
            return self._apart(fence, classify.FRAGMENT)
        if unbound and not self._is_taught(fence, "NameError", _not_defined(unbound[0]), unbound[0].line):
            names = ", ".join(use.name for use in self._report_undefined(fence, unbound))
            return JudgedFence(fence, Verdict.FAILS, _cleaned(f"NameError: nothing binds {names}"))
        return self._running(fence, Verdict.RUNS)

    def _is_bound(self, fence: Fence, use: Use) -> bool:
        return use.name in self.bound or bool(self._import_for(fence, use))

    def _import_for(self, fence: Fence, use: Use) -> str:
        return import_for(use, self.modules | modules_used(self.uses[fence.line].needed))

    def _running(self, fence: Fence, verdict: Verdict, reason: str = "") -> JudgedFence:
        uses = self.uses[fence.line]
        imports = joined(self._imports(fence, [use for use in uses.needed if not use.later]))
        self.bound |= uses.bound or frozenset()
        self.is_open = self.is_open or uses.bound is None
        return JudgedFence(fence, verdict, reason, imports)

    def _with_later_imports(self, judged: JudgedFence) -> JudgedFence:
        """Add imports for names that functions need when they are called, if no fence binds them."""
        if self.is_open or judged.reason == "SyntaxError":
            return judged
        later = [use for use in self.uses[judged.fence.line].needed if use.later]
        imports = joined((*judged.imports, *self._imports(judged.fence, later)))
        self._report_undefined(judged.fence, [use for use in later if use.name not in self.bound])
        return replace(judged, imports=imports)

    def _imports(self, fence: Fence, uses: Sequence[Use]) -> tuple[str, ...]:
        """Return the usual imports of names that are not bound, and bind these."""
        lines: list[str] = []
        for use in uses:
            line = "" if self.is_open or use.name in self.bound else self._import_for(fence, use)
            if line:
                lines.append(line)
                self.bound.add(use.name)
                place = place_in(fence, self.lines, use.line, use.column, len(use.name))
                message = f"'{use.name}' is used and never imported: `{line}` is added to this fence"
                self.diagnostics.append(self.lines.warning("missing-import", message, place))
        return tuple(lines)

    def _report_undefined(self, fence: Fence, uses: Sequence[Use]) -> list[Use]:
        """Report the first use of each name, and return these uses."""
        first: dict[str, Use] = {}
        for use in uses:
            first.setdefault(use.name, use)
        for use in first.values():
            place = place_in(fence, self.lines, use.line, use.column, len(use.name))
            message = f"'{use.name}' is used and never bound"
            hint = self._hint(fence, use.name)
            self.diagnostics.append(self.lines.diagnostic("undefined-name", message, place, hint))
        return list(first.values())

    def _hint(self, fence: Fence, name: str) -> str:
        binding = [f for f in self.fences if name in (self.uses[f.line].bound or ())]
        above = [f for f in binding if f.line < fence.line]
        if above:
            return f"line {above[-1].first} binds it, but does not run: fix that first"
        if binding:
            return f"line {binding[0].first} binds it, further down"
        close = closest(name, sorted(self.bound), 0.75) if len(name) > 2 else ""
        return f"did you mean '{close}'?" if close else "bind it in a fence above"


def _not_defined(use: Use) -> str:
    return f"name '{use.name}' is not defined"


def _reason(name: str, message: str) -> str:
    first = message.split("\n")[0]
    return _cleaned(f"{name}: {first}" if name else first)


def _cleaned(reason: str) -> str:
    """Return a reason without characters that a quoted attribute of an info string cannot hold."""
    plain = re.sub(r"[\"`\\&<>{}\x00-\x1f\x7f]", "", reason.replace('"', "'"))
    plain = re.sub(r"\s+", " ", plain).strip()
    return plain if len(plain) <= _LONGEST_REASON else plain[: _LONGEST_REASON - 1].rstrip() + "…"
