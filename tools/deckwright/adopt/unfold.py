"""Sessions of a plain deck as code and output, where their code runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.outputs import corrected, output_of
from deckwright.adopt.analysis.revision import Revision
from deckwright.adopt.analysis.sessions import session_edits
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.adopt.trial import try_deck
from deckwright.build.context import Context
from deckwright.frozen import dataclass
from deckwright.model import Deck, Diagnostic, Fence, Severity
from deckwright.parse import parse_deck
from deckwright.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A deck whose sessions have become code and output."""

    revision: Revision
    """The deck as it is, and the edits that unfold its sessions."""
    sessions: tuple[Fence, ...]
    """Those that have become code and output."""
    analysis: DeckAnalysis
    """Of the unfolded deck."""
    corrections: tuple[Edit, ...]
    """Edits of the unfolded deck: outputs that sessions did not show as they are printed."""
    diagnostics: tuple[Diagnostic, ...]
    """Why other sessions do not run, located in the deck as it is."""


def unfold(context: Context, deck: Deck, fence_seconds: float, left: Collection[int] = ()) -> Unfolded:
    """Try a deck with its sessions unfolded; those that do not run, and those at the lines `left`, stay."""
    stay, diagnostics = set(left), list[Diagnostic]()
    while True:
        sessions = list(session_edits(deck, stay))
        revision = Revision(deck, tuple(edit for _, edit in sessions))
        dialect = context.project.settings.marp.dialect
        unfolded = parse_deck(deck.path, revision.text, dialect) if sessions else deck
        analysis = try_deck(context, unfolded, fence_seconds)
        parts = [_Part(analysis, *span) for span in _spans(revision.edits)]
        fences = [fence for fence, _ in sessions]
        failing = {
            fence.line: part for fence, part in zip(fences, parts, strict=True) if not part.is_proved()
        }
        if not failing:
            corrections = tuple(edit for part in parts for edit in part.corrections())
            return Unfolded(revision, tuple(fences), analysis, corrections, tuple(diagnostics))
        found = (each for part in failing.values() for each in part.diagnostics())
        diagnostics += (revision.in_old_text(replace(each, severity=Severity.WARNING)) for each in found)
        stay |= failing.keys()


def _spans(edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Yield where the new text of each edit stands in the changed text."""
    shift = 0
    for edit in edits:
        start = edit.start + shift
        yield start, start + len(edit.new)
        shift += len(edit.new) - len(edit.old)


@dataclass(frozen=True, slots=True)
class _Part:
    """An unfolded session: the fences between two offsets."""

    analysis: DeckAnalysis
    start: int
    end: int

    def is_proved(self) -> bool:
        """Whether all of its code runs, and prints something wherever the session shows something."""
        code = [each for each in self.analysis.fences if self._holds(each.fence)]
        pairs = list(self._pairs())
        return all(each.is_run for each in code) and all(output_of(self.analysis, each) for each, _ in pairs)

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with its code."""
        lines = Lines(self.analysis.deck.path, self.analysis.deck.text)
        first, last = lines.at(self.start)[0], lines.at(self.end)[0]
        for each in self.analysis.diagnostics:
            if first <= each.location.line <= last:
                yield each

    def corrections(self) -> Iterator[Edit]:
        for judged, fence in self._pairs():
            yield from corrected(self.analysis, judged, fence)

    def _pairs(self) -> Iterator[tuple[JudgedFence, Fence]]:
        """Yield code, and the fence below it that shows its output."""
        judged = {each.fence.end: each for each in self.analysis.fences if self._holds(each.fence)}
        for fence in self.analysis.deck.fences:
            above = [end for end in judged if end < fence.line]
            if self._holds(fence) and "output" in fence.info.attributes and above:
                yield judged[max(above)], fence

    def _holds(self, fence: Fence) -> bool:
        return self.start <= fence.body_start < self.end
