"""A deck with what adopting adds, previewed until the added outputs fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from deckwright.adopt.analysis.added_outputs import AddedOutput, added_edits, better_plan, first_plan
from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.revision import Revision
from deckwright.adopt.preview import NEW_OVERFLOW, preview
from deckwright.adopt.unfold import Unfolded
from deckwright.build.context import Context
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic, Fence

_MOST_PREVIEWS = 3
"""How often outputs that are added are tried: long, short, and compared less strictly."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a build of the adopted deck shows."""

    added: Mapping[int, AddedOutput]
    """The outputs that are added, by the line of the code."""
    diagnostics: Sequence[Diagnostic]
    """Located in the deck as it is."""
    unmeasured: str
    """Why it is not known whether the slides fit; empty if they were measured."""

    @property
    def full(self) -> frozenset[int]:
        """The slides that hold more than fits only because of what is added."""
        return frozenset(each.slide for each in self.diagnostics if each.hint == NEW_OVERFLOW)

    @property
    def drifted(self) -> frozenset[int]:
        """The lines of the deck as it is at which an output differs from that of the trial."""
        return frozenset(each.location.line for each in self.diagnostics if each.slug == "drifted")


def with_outputs(
    context: Context,
    unfolded: Unfolded,
    edits: Sequence[Edit],
    files: Mapping[str, bytes],
    fences: Collection[Fence],
) -> Previewed:
    """Preview a deck with edits and with outputs below these fences, until these fit and do not drift."""
    analysis = unfolded.analysis

    def previewed(added: Mapping[int, AddedOutput]) -> Previewed:
        revision = Revision(analysis.deck, (*edits, *added_edits(analysis, added)))
        return Previewed(added, *preview(context, (unfolded.revision, revision), files))

    now = previewed(first_plan(analysis, fences))
    for _ in range(_MOST_PREVIEWS - 1):
        drifted = {line for line, place in _places(unfolded, now.added).items() if place in now.drifted}
        better = better_plan(analysis, now.added, now.full, drifted)
        if better == now.added:
            break
        now = previewed(better)
    return now


def _places(unfolded: Unfolded, added: Mapping[int, AddedOutput]) -> dict[int, int]:
    """Return the line of the deck as it is at which each output is added."""
    return {line: unfolded.revision.old_line(each.fence.end) for line, each in added.items()}
