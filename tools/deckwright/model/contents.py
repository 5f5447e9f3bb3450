"""What rendered slides say, and where their links are."""

from __future__ import annotations

from deckwright.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in its pixels from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SlideLink:
    """A link on a slide, which leads to an address or to a slide of the deck."""

    text: str
    """What it says; of a picture, the description."""
    boxes: tuple[Box, ...]
    """Where it is: one for each of its lines."""
    address: str = ""
    slide: int = 0
    """Number of the slide as built; 0 for an address."""


@dataclass(frozen=True, slots=True)
class SlideContents:
    """What one slide says."""

    title: str = ""
    """Its first heading, in one line."""
    text: str = ""
    """A line for each block; pictures have their descriptions, formulas their TeX or letters."""
    links: tuple[SlideLink, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckContents:
    """What the slides of a deck say."""

    width: float
    """Of each slide, in pixels."""
    height: float
    slides: tuple[SlideContents, ...]
    """As built."""
