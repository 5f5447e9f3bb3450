"""What becomes of each Python fence of a deck, and why: decided without running anything, or after a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckwright.adopt.analysis import classify
from deckwright.adopt.analysis.fences import Verdict, excuse, is_marked, place_in, python_fences
from deckwright.adopt.analysis.free_names import Use, Uses, uses_of
from deckwright.adopt.analysis.usual_imports import import_for
from deckwright.model import Deck, Diagnostic, Fence, Severity
from deckwright.parse.script import parse_program
from deckwright.text.lines import Lines
from deckwright.text.suggest import closest

_OURS = re.compile(
    r"[A-Za-z_.]*(Error|Exception|Interrupt|Exit|Warning): |(ran longer|used more|printed more) than \d"
)
"""How the reasons begin that stand for a fault: when it is mended, the fence may run after all."""

_TEACHING = re.compile(
    r"\b(raises|fails|wrong|broken|will not work|won't work|does not work|doesn't work|Traceback)\b"
    r"|报错|出错|抛出|异常|❌",
    re.IGNORECASE,
)
_OWN_WORDS = re.compile(r'no-exec="[^"]*"|^#\| raises: .*$', re.MULTILINE)
_CODE = re.compile(r"^[ \t>]*(`{3,}|~{3,}).*?^[ \t>]*\1", re.MULTILINE | re.DOTALL)
_LONGEST_REASON = 90


@dataclass(frozen=True, slots=True)
class JudgedFence:
    """A fence, and what becomes of it."""

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
    """All Python fences of a deck, judged, and what its author has to know."""

    fences: tuple[JudgedFence, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def program(self) -> tuple[JudgedFence, ...]:
        """The fences that run, in order."""
        return tuple(one for one in self.fences if one.is_run)


@dataclass(frozen=True, slots=True)
class Raised:
    """How a fence went wrong when it was run."""

    type: str
    message: str


def analyse(deck: Deck, faults: Mapping[int, Raised]) -> DeckAnalysis:
    """Judge the Python fences of a deck; `faults` are those of earlier runs, by the fence's line."""
    return _Analyser(deck, python_fences(deck), faults).analyse()


@dataclass
class _Analyser:
    """One walk over the fences, with the names that are bound so far."""

    deck: Deck
    fences: tuple[Fence, ...]
    faults: Mapping[int, Raised]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    uses: dict[int, Uses] = field(default_factory=dict)
    open: bool = False
    """Whether any name may be bound by now (`from x import *`)."""

    def analyse(self) -> DeckAnalysis:
        self.lines = Lines(self.deck.path, self.deck.text)
        self.uses = {f.line: uses_of(classify.without_commands(f.code)) for f in self.fences}
        judged = [one for fence in self.fences if (one := self._judge(fence))]
        judged = [self._with_later_imports(one) if one.is_run else one for one in judged]
        return DeckAnalysis(tuple(judged), tuple(self.diagnostics))

    def _judge(self, fence: Fence) -> JudgedFence | None:
        said = excuse(fence)
        if said and not _OURS.match(said) and said not in classify.REASONS:
            return None
        if fence.info.diagnostics and not is_marked(fence):
            self._tell_foreign(fence)
            return None
        if judged := self._unreadable(fence):
            return judged
        if fault := self.faults.get(fence.line):
            return self._faulty(fence, fault)
        return self._defined(fence)

    # --- what Python cannot read ----------------------------------------------------------------

    def _unreadable(self, fence: Fence) -> JudgedFence | None:
        if reason := classify.apart(fence.code):
            return self._apart(fence, reason)
        error = classify.mistake(fence.code)
        if error is None:
            return None
        found = tuple(self._syntax_errors(fence, error))
        # A fence that is marked, and in which nothing is wrong, asserts it.
        if self._teaches(fence, "SyntaxError") or (is_marked(fence) and not found):
            return JudgedFence(fence, Verdict.TEACHES, "SyntaxError")
        self.diagnostics += found
        return JudgedFence(fence, Verdict.FAILS, _reason("SyntaxError", error.msg))

    def _syntax_errors(self, fence: Fence, error: SyntaxError) -> Iterator[Diagnostic]:
        found = parse_program(self.deck.path, len(self.lines), [(fence.first, fence.code)]).diagnostics
        for wrong in found:
            place = place_in(fence, self.lines, wrong.location.line - fence.line, wrong.location.column)
            place = replace(place, length=wrong.location.length)
            yield replace(wrong, location=place, source=self.lines[place.line])
        if not found and not is_marked(fence):
            place = place_in(fence, self.lines, error.lineno or 1, error.offset or 1)
            message = f"Python cannot read this: {error.msg}"
            yield self.lines.diagnostic("syntax-error", message, place)

    def _apart(self, fence: Fence, reason: str) -> JudgedFence:
        if not is_marked(fence) and not excuse(fence):
            self._tell_left(fence, f"this fence is not run: {reason}", classify.HINTS.get(reason, ""))
        return JudgedFence(fence, Verdict.APART, reason)

    def _tell_foreign(self, fence: Fence) -> None:
        message = f"this fence is left as it is: {fence.info.diagnostics[0].message}"
        self._tell_left(fence, message, "remove it, then adopt again")

    def _tell_left(self, fence: Fence, message: str, hint: str) -> None:
        place = self.lines.span(fence.info_start, fence.info_start + len(fence.info_text))
        self.diagnostics.append(self.lines.diagnostic("not-run", message, place, hint, Severity.WARNING))

    # --- what a run told ------------------------------------------------------------------------

    def _faulty(self, fence: Fence, fault: Raised) -> JudgedFence:
        name = fault.type.rpartition(".")[2]
        if not is_marked(fence) and fault.type and self._teaches(fence, name):
            self._bind(fence)
            return JudgedFence(fence, Verdict.TEACHES, name, self._imports(fence))
        return JudgedFence(fence, Verdict.FAILS, _reason(name, fault.message))

    # --- names ----------------------------------------------------------------------------------

    def _defined(self, fence: Fence) -> JudgedFence:
        """Judge code that can be read: it runs if all names are bound that it needs at once."""
        needed = () if self.open else self.uses[fence.line].needed
        lacking = [u for u in needed if not u.later and u.name not in self.bound and not import_for(u)]
        if any(use.name == "self" for use in lacking):
            return self._apart(fence, classify.FRAGMENT)
        if lacking and not self._teaches(fence, "NameError"):
            for use in _first_of_each(lacking):
                self._tell_undefined(fence, use)
            names = ", ".join(use.name for use in _first_of_each(lacking))
            return JudgedFence(fence, Verdict.FAILS, _cleaned(f"NameError: nothing binds {names}"))
        imports = self._imports(fence)
        self._bind(fence)
        return JudgedFence(fence, Verdict.RUNS, imports=imports)

    def _imports(self, fence: Fence) -> tuple[str, ...]:
        needed = () if self.open else self.uses[fence.line].needed
        return self._bring(fence, [use for use in needed if not use.later])

    def _with_later_imports(self, one: JudgedFence) -> JudgedFence:
        """Add what its functions need when they are called and nothing on any slide binds."""
        later = [use for use in self.uses[one.fence.line].needed if use.later]
        if self.open or one.reason == "SyntaxError":
            return one
        imports = (*one.imports, *self._bring(one.fence, later))
        for use in _first_of_each([use for use in later if use.name not in self.bound]):
            self._tell_undefined(one.fence, use)
        return replace(one, imports=imports)

    def _bring(self, fence: Fence, uses: Sequence[Use]) -> tuple[str, ...]:
        lines: list[str] = []
        for use in uses:
            line = "" if use.name in self.bound else import_for(use)
            if line:
                lines.append(line)
                self.bound.add(use.name)
                place = place_in(fence, self.lines, use.line, use.column, len(use.name))
                message = f"'{use.name}' is used and never imported: `{line}` is added to this fence"
                self.diagnostics.append(
                    self.lines.diagnostic("missing-import", message, place, "", Severity.WARNING)
                )
        return tuple(lines)

    def _bind(self, fence: Fence) -> None:
        bound = self.uses[fence.line].bound
        self.bound |= bound or frozenset()
        self.open = self.open or bound is None

    def _tell_undefined(self, fence: Fence, use: Use) -> None:
        place = place_in(fence, self.lines, use.line, use.column, len(use.name))
        message = f"'{use.name}' is used and never bound"
        wrong = self.lines.diagnostic("undefined-name", message, place, self._cure(fence, use.name))
        if wrong not in self.diagnostics:
            self.diagnostics.append(wrong)

    def _teaches(self, fence: Fence, error: str) -> bool:
        """Whether the slide speaks of this error; or the words around the code, of errors at all."""
        slide = _OWN_WORDS.sub("", self.deck.text[fence.slide.start : fence.slide.end])
        comments = re.findall(r"#(?!\|).*", fence.code)
        words = "\n".join([fence.slide.title, _CODE.sub("", self._around(fence)), *comments])
        return bool(re.search(rf"\b{re.escape(error)}\b", slide) or _TEACHING.search(words))

    def _around(self, fence: Fence) -> str:
        """Return what stands between the Python fences above and below on the same slide."""
        others = [other for other in self.fences if other.slide == fence.slide]
        above = [self.lines.start(other.end + 1) for other in others if other.line < fence.line]
        below = [self.lines.start(other.line) for other in others if other.line > fence.line]
        start, end = max(above, default=fence.slide.start), min(below, default=fence.slide.end)
        return _OWN_WORDS.sub("", self.deck.text[start:end])

    def _cure(self, fence: Fence, name: str) -> str:
        binding = [f for f in self.fences if name in (self.uses[f.line].bound or ())]
        above = [f for f in binding if f.line < fence.line]
        if above:
            return f"line {above[-1].first} binds it, but does not run itself: mend that first"
        if binding:
            return f"line {binding[0].first} binds it, further down"
        close = closest(name, sorted(self.bound), 0.75) if len(name) > 2 else ""
        return f"did you mean '{close}'?" if close else "bind it in a fence above"


def _first_of_each(uses: Sequence[Use]) -> list[Use]:
    first: dict[str, Use] = {}
    for use in uses:
        first.setdefault(use.name, use)
    return list(first.values())


def _reason(name: str, message: str) -> str:
    first = message.split("\n")[0]
    return _cleaned(f"{name}: {first}" if name else first)


def _cleaned(reason: str) -> str:
    """Leave out what an info string in quotes cannot hold."""
    plain = re.sub(r"[\"`\\&<>{}\x00-\x1f\x7f]", "", reason.replace('"', "'"))
    plain = re.sub(r"\s+", " ", plain).strip()
    return plain if len(plain) <= _LONGEST_REASON else plain[: _LONGEST_REASON - 1].rstrip() + "…"
