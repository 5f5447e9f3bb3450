"""Which slides have to be measured again: not one that is as it was when nothing was found on it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckwright.files.digests import digest_of
from deckwright.model import SlideDiagnostic

_SLIDE = re.compile(r"(?=<svg data-marpit-svg\b)")
_LINE = re.compile("<!--\0line \\d+-->")
_OF_OTHERS = re.compile(
    # KaTeX has counters of its own for numbers of equations, on which nothing else depends.
    r"counter-(?:increment|reset|set)\s*:(?!\s*(?:katex|mml)EqnNo)|(?:\bbody|\bhtml|:root)[^{},<]*:has\("
)
"""In style sheets: what makes the looks of a slide depend on other slides."""


def slide_digests(page: str, everywhere: object, controls: Mapping[str, object]) -> tuple[str, ...]:
    """Return for each slide of a page a digest of all that shapes it, besides its lines in the deck.

    `everywhere` is what shapes all slides; `controls` are those of some, by number.
    """
    style, *slides = _SLIDE.split(_LINE.sub("", page))
    shared = digest_of([style, everywhere, slides if _OF_OTHERS.search(style) else len(slides)])
    # The end of the page belongs to no slide.
    slides[-1:] = [each.partition("</body>")[0] for each in slides[-1:]]
    return tuple(
        digest_of([shared, slide, controls.get(str(number))]) for number, slide in enumerate(slides, 1)
    )


def depend_on_others(found: tuple[SlideDiagnostic, ...]) -> bool:
    """Whether diagnostics say something of all slides: those of a rule name each ground that it meets."""
    return any(each.rule for each in found)
