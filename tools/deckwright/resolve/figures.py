"""The scripts and cells that draw the pictures of decks."""

from __future__ import annotations

import posixpath
from itertools import starmap

from deckwright.model import Diagnostic, Figure, PictureAt, Reference, Script
from deckwright.resolve.references import Sources
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_INSIDE, is_outside
from deckwright.text.suggest import did_you_mean

_SUFFIXES = frozenset({"svg", "png", "jpg", "jpeg", "webp", "gif", "apng"})
"""Kinds of pictures that a script can draw."""

_Producer = tuple[Script, int | None]
"""What draws a figure: a whole script, or the cell with its label."""


class FigureResolver:
    """Lookup of what draws a figure."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._labelled: dict[str, list[_Producer]] = {}
        for script in sources.scripts.values():
            for index, cell in enumerate(script.cells):
                if cell.label:
                    self._labelled.setdefault(cell.label, []).append((script, index))

    def find(
        self, reference: Reference, picture: PictureAt, lines: Lines
    ) -> tuple[Script, Figure] | Diagnostic | None:
        """Return what draws a picture, or a diagnostic; None for a file that nothing draws."""
        path = picture.source
        stem, suffix = posixpath.splitext(path)
        suffix = suffix.removeprefix(".").lower()
        if is_outside(path):
            message = f"{path} lies outside of the project"
            return lines.diagnostic("missing-figure", message, reference.location, COPY_INSIDE)
        drawing = self._sources.scripts.get(f"{stem}.py")
        producers = self._labelled.get(posixpath.basename(stem), [])
        if drawing and all(script is not drawing for script, _ in producers):
            # A cell of its own with this label is not another producer, but says which figure it is.
            producers = [(drawing, None), *producers]
        if not producers or suffix not in _SUFFIXES:
            is_file = picture.path == path and self._sources.exists(path)
            return None if is_file else self._missing(path, reference, lines)
        if len(producers) > 1:
            message = f"{path} has two producers: {' and '.join(starmap(_place, producers))}"
            return lines.diagnostic("two-producers", message, reference.location, "rename one of them")
        ((script, cell),) = producers
        return script, Figure(posixpath.basename(stem), suffix, cell, path)

    def _missing(self, path: str, reference: Reference, lines: Lines) -> Diagnostic:
        stem = posixpath.splitext(path)[0]
        drawings = [posixpath.splitext(known)[0] for known in self._sources.known if known.endswith(".py")]
        labels = [posixpath.join(posixpath.dirname(path), label) for label in self._labelled]
        otherwise = f"write {stem}.py, or give a cell '#| label: {posixpath.basename(stem)}'"
        hint = did_you_mean(stem, [*drawings, *labels], otherwise)
        return lines.diagnostic("missing-figure", f"nothing draws {path}", reference.location, hint)


def _place(script: Script, cell: int | None) -> str:
    return script.path if cell is None else f"{script.path}:{script.cells[cell].first_line}"
