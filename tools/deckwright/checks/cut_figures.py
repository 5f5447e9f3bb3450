"""The picture of a figure must hold all of it: nothing that is drawn may lie beyond its edges."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.checks.results import results_shown, shows_figure
from deckwright.model import CutFigure, Diagnostic, Evidence

_HINT = "make room: plt.figure(layout=\"constrained\"), or a larger '#| fig-width' or '#| fig-height'"


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Warn of each reference that shows a figure cut at an edge of its picture."""
    for lines, reference, result in results_shown(evidence):
        cuts = [cut for cut in result.cut if shows_figure(evidence.course, reference, cut)]
        if cuts:
            sides = dict.fromkeys(side for cut in cuts for side in _sides(cut))
            message = f"the figure is cut {' and '.join(sides)}"
            yield lines.warning("cut-figure", message, reference.location, _HINT, slide=reference.slide)


def _sides(cut: CutFigure) -> Iterator[str]:
    """Yield in words what is lost: "at the right by 85 pixels"."""
    for side, pixels in cut.sides.items():
        yield f"at the {side} by {pixels} {'pixel' if pixels == 1 else 'pixels'}"
