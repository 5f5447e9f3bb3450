"""Decks and scripts, resolved against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from deckwright.model.deck import Deck
from deckwright.model.diagnostic import Diagnostic
from deckwright.model.job import Figure, Job
from deckwright.model.script import Script


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What draws a picture: a job, and the figure that is asked of it."""

    job: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Course:
    """Decks and scripts, resolved against each other."""

    decks: tuple[Deck, ...]
    scripts: Mapping[str, Script]
    """By path; a deck's `exec` program has the deck's path."""
    jobs: Mapping[str, Job]
    """By id, in the order of first mention. Their device is the one that the script asks for."""
    figures: Mapping[str, FigureSource]
    """By the picture's path."""
    diagnostics: tuple[Diagnostic, ...] = ()
