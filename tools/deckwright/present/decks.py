"""The decks of a lecture, by their pages: what is said on them, and a PDF with what was drawn on them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from deckwright.build.context import Context
from deckwright.build.entry import build_or_replay
from deckwright.errors import RenderError
from deckwright.files.build_files import write_file
from deckwright.formats import page_path
from deckwright.formats.notes import SlideNotes
from deckwright.model import Deck, FormatOptions, Request
from deckwright.parse import parse_deck
from deckwright.present.drawings import Stroke, with_strokes
from deckwright.present.outline import outline_of
from deckwright.project.project import FOR_SESSIONS, Project, deck_name
from deckwright.project.settings import read_settings
from deckwright.serve.loop import OpenWarm

_FORMAT = "pdf"


class PresentedDecks:
    """Finds the deck of a page, and reads or prints it."""

    def __init__(self, project: Project, named: Sequence[str], open_warm: OpenWarm) -> None:
        """`named` are the decks of the lecture as they were named; `open_warm` opens what a build needs."""
        self._project = project
        self._named = tuple(named)
        self._open_warm = open_warm
        self._printing = threading.Lock()

    def find(self, page: str) -> str:
        """Return the path of the deck of a page; empty if there is none."""
        decks = self._project.decks(self._named)
        return next((deck for deck in decks if page_path(deck_name(deck)) == page), "")

    def outline(self, deck: str) -> tuple[SlideNotes, ...]:
        """Return what is said on each page of a deck; nothing if it is not built, or is gone."""
        texts, _ = self._project.texts([deck])
        try:
            built = (self._project.build / f"slides/{deck_name(deck)}.md").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return ()
        return outline_of(self._parsed(deck, texts.get(deck, "")), self._parsed(deck, built))

    def _parsed(self, path: str, text: str) -> Deck:
        return parse_deck(path, text, self._project.settings.marp.dialect)

    def print(self, deck: str, strokes: Sequence[Stroke], width: float) -> str:
        """Write a PDF of a deck with strokes on its pages; return its path. Raises DeckwrightError.

        It is a file of its own: no other file of a deck has what was drawn in class.
        """
        with self._printing:
            data = with_strokes(self._pdf(deck).read_bytes(), strokes, width)
            path = f"{FOR_SESSIONS}/{deck_name(deck)}.pdf"
            write_file(self._project.root / path, data)
        return path

    def _pdf(self, deck: str) -> Path:
        """Make the PDF of a deck, with a page per highlight step; return its path."""
        project = replace(self._project, settings=read_settings(self._project.root))
        request = Request((deck,), (_FORMAT,), FormatOptions(steps="all"))
        with self._open_warm(project) as warm:
            report = build_or_replay(Context(project, warm.ports(), request))
        made = next((each for each in report.decks if each.path == deck), None)
        if made is None or _FORMAT not in made.outputs:
            raise RenderError(f"{deck} has errors: there is no PDF of it", "fix them, and try again")
        return project.build / made.outputs[_FORMAT]
