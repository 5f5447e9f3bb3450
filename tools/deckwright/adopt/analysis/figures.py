"""The figures that fences draw, and their names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping

from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.model import Deck, Diagnostic
from deckwright.text.lines import Lines
from deckwright.text.paths import from_deck, slug

_DRAWS = re.compile(
    r"^[^\S\n]*(?!def |#)[^#\n]*\b(plt|ax|axes|axs|fig|sns)\b\S*\.(plot|scatter|bar|barh|hist|hist2d|imshow"
    r"|pie|contourf?|boxplot|heatmap|fill_between|plot_surface|quiver|stem|step|errorbar)\(",
    re.MULTILINE,
)
_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)", re.MULTILINE)


def figure_labels(analysis: DeckAnalysis) -> dict[int, str]:
    """Return the names of the figures that fences draw, by the line of the fence."""
    labels: dict[int, str] = {}
    for judged in analysis.program:
        code = judged.fence.code
        if _DRAWS.search(code):
            own = _LABEL.search(code)
            label = own[1] if own else _new_label(analysis.deck, judged, labels.values())
            labels[judged.fence.line] = label
    return labels


def unshown_figures(analysis: DeckAnalysis, labels: Mapping[int, str]) -> Iterator[Diagnostic]:
    """Warn of each fence whose figure no slide shows."""
    deck = analysis.deck
    lines = Lines(deck.path, deck.text)
    for judged in analysis.program:
        fence = judged.fence
        label = labels.get(fence.line, "")
        if not label or f"figures/{label}." in deck.text:
            continue
        figures = from_deck(deck.path, f"figures/{label}.svg")
        old = re.search(r"!\[(?!bg)[^\]]*\]\(([^)\s]+)", deck.text[fence.body_start : fence.slide.end])
        where = f", in place of {old[1]}" if old else ""
        message = "this draws a figure, and no slide shows it"
        hint = f"write ![what it shows]({figures}){where}"
        yield lines.warning("unshown-figure", message, lines.whole(fence.line), hint)


def _new_label(deck: Deck, judged: JudgedFence, taken: Collection[str]) -> str:
    stem = slug(posixpath.splitext(posixpath.basename(deck.path))[0]) or "deck"
    slide = judged.fence.slide
    return free_name(f"{stem}-{slug(slide.title) or f'slide-{slide.number}'}", taken)


def free_name(base: str, taken: Collection[str]) -> str:
    """Return a name, with a number behind it if it is taken."""
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
