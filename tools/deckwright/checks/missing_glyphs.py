"""A figure must have a font for each of its letters: else it shows boxes in their place."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.checks.results import results_shown, shows_figure
from deckwright.model import ABSENT_FONT, Diagnostic, Evidence, Result
from deckwright.text.letters import named_letters


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    """Report each reference that shows a figure with letters that no font has."""
    for lines, reference, result in results_shown(evidence):
        lacking = [each for each in result.missing_glyphs if shows_figure(evidence.course, reference, each)]
        if lacking:
            letters = named_letters("".join(each.letters for each in lacking))
            message, place = f"the figure shows boxes, as no font of it has {letters}", reference.location
            yield lines.diagnostic("missing-glyph", message, place, _hint(result), slide=reference.slide)


def _hint(result: Result) -> str:
    absent = ", ".join(name for name, version in result.fonts.items() if version == ABSENT_FONT)
    if absent:
        return f"connect to the network and build again, to fetch {absent}"
    return "name a font that has them: plt.rcParams['font.family'] = [...], or write it in other letters"
