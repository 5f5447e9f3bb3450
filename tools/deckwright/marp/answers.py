"""The answers of the Node process, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderAnswer:
    """What Marp made of a deck."""

    page: str
    """The page that marp-cli writes."""
    print_page: str
    """The same slides, one below the other, without scripts."""
    notes: tuple[str, ...]
    """The speaker notes of each slide."""
    lang: str
    title: str
    author: str
    description: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowAnswer:
    """A deck that the browser shows."""

    overflow: tuple[tuple[int, ...], ...]
    """Number of each slide that holds more than fits, and by how many pixels."""


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """Two pictures, compared pixel by pixel."""

    different: int
    pixels: int
    """Of the larger picture."""
    accepted: tuple[int, ...]
    """Width and height."""
    fresh: tuple[int, ...]
