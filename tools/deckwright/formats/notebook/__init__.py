"""One notebook per lecture, and one for each script that it shows, with what the runs left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.model import FormatOptions

# What reads scripts and decks is imported where notebooks are made: other builds do not wait for it.


def _files(lecture: Lecture) -> Sequence[str]:
    from deckwright.formats.notebook.notebooks import files_of

    return files_of(lecture)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    from deckwright.formats.notebook.notebooks import notebooks

    return notebooks(lecture)


def _sources(lecture: Lecture) -> Any:
    from deckwright.formats.notebook.notebooks import sources_of

    return sources_of(lecture)


NOTEBOOK = Format("notebook", _files, _make, needs_browser=False, sources=_sources)
