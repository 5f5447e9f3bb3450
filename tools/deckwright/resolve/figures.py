"""The scripts, cells and diagrams that draw the pictures of decks."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from deckwright.model import Diagnostic, DiagramSource, Figure, PictureAt, Reference, Script
from deckwright.resolve.references import Sources
from deckwright.text.diagrams import language_of
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_OR_ALLOW, FIGURES, figure_folder, how_outside, is_in_figures
from deckwright.text.suggest import did_you_mean

_SUFFIXES = frozenset({"svg", "png", "jpg", "jpeg", "webp", "gif", "apng"})
"""Kinds of pictures that a script can draw."""

_DRAWN = frozenset({"svg"})
"""Kinds of pictures of diagrams."""

_Producer = tuple[Script, int | None] | DiagramSource
"""What draws a figure: a whole script, the cell with its label, or a file with a diagram."""


class FigureResolver:
    """Lookup of what draws a figure."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._labelled: dict[str, list[_Producer]] = {}
        for script in sources.scripts.values():
            for index, cell in enumerate(script.cells):
                if cell.label:
                    self._labelled.setdefault(cell.label, []).append((script, index))
        for path, diagram in sources.diagrams.items():
            if not is_in_figures(path):  # its name is its label
                self._labelled.setdefault(name_of(path), []).append(diagram)

    def find(
        self, reference: Reference, picture: PictureAt, lines: Lines
    ) -> tuple[Script, Figure] | DiagramSource | Diagnostic | None:
        """Return what draws a picture, or a diagnostic; None for a file that nothing draws."""
        path = picture.source
        suffix = posixpath.splitext(path)[1].removeprefix(".").lower()
        if not all(map(self._sources.is_inside, (path, picture.path))):
            message = f"{path} {how_outside(path)}"
            return lines.diagnostic("outside-project", message, reference.location, COPY_OR_ALLOW)
        producers = self._producers(path)
        fitting = [each for each in producers if suffix in _suffixes(each)]
        if not fitting:
            is_picture = picture.path == path and not language_of(path)
            return (
                None
                if is_picture and self._sources.exists(path)
                else self._missing(path, producers, reference, lines)
            )
        if len(fitting) > 1:
            message = f"{path} has two producers: {' and '.join(map(_place, fitting))}"
            return lines.diagnostic("two-producers", message, reference.location, "rename one of them")
        (producer,) = fitting
        if isinstance(producer, DiagramSource):
            return producer
        script, cell = producer
        return script, Figure(name_of(path), suffix, cell, path)

    def _producers(self, path: str) -> list[_Producer]:
        stem = posixpath.splitext(path)[0]
        producers = self._with_label(path)
        drawing = self._sources.scripts.get(f"{stem}.py")
        if drawing and all(isinstance(each, DiagramSource) or each[0] is not drawing for each in producers):
            # A cell of its own with this label is not another producer, but says which figure it is.
            producers = [(drawing, None), *producers]
        beside = (diagram for file, diagram in self._sources.diagrams.items() if _is_beside(file, stem))
        return [*producers, *beside]

    def _with_label(self, path: str) -> list[_Producer]:
        """Return what has the picture's name as its label, in the folder of the same name if there are some.

        Pictures directly in figures/ may be drawn from anywhere.
        """
        producers, folder = self._labelled.get(name_of(path), []), posixpath.dirname(path)
        same = [each for each in producers if figure_folder(_path(each)) == folder]
        return same or (producers if posixpath.basename(folder) == FIGURES else [])

    def _missing(
        self, path: str, producers: Sequence[_Producer], reference: Reference, lines: Lines
    ) -> Diagnostic:
        stem = posixpath.splitext(path)[0]
        if diagram := next((each for each in producers if isinstance(each, DiagramSource)), None):
            hint = f"a diagram is drawn as SVG: write {name_of(path)}.svg"
            message = f"{diagram.path} is not drawn as {path}"
            return lines.diagnostic("missing-figure", message, reference.location, hint)
        drawings = [posixpath.splitext(known)[0] for known in self._sources.known if known.endswith(".py")]
        labels = [
            posixpath.join(figure_folder(_path(each)), label)
            for label, labelled in self._labelled.items()
            for each in labelled
        ]
        otherwise = f"write {stem}.py, or give a cell '#| label: {posixpath.basename(stem)}'"
        hint = did_you_mean(stem, [*drawings, *labels], otherwise)
        return lines.diagnostic("missing-figure", f"nothing draws {path}", reference.location, hint)


def name_of(path: str) -> str:
    """Return the name of a figure, or of what draws it: that of its file, without the suffix."""
    return posixpath.splitext(posixpath.basename(path))[0]


def _suffixes(producer: _Producer) -> frozenset[str]:
    return _DRAWN if isinstance(producer, DiagramSource) else _SUFFIXES


def _is_beside(path: str, stem: str) -> bool:
    return is_in_figures(path) and posixpath.splitext(path)[0] == stem


def _path(producer: _Producer) -> str:
    return producer.path if isinstance(producer, DiagramSource) else producer[0].path


def _place(producer: _Producer) -> str:
    if isinstance(producer, DiagramSource):
        return producer.path
    script, cell = producer
    return script.path if cell is None else f"{script.path}:{script.cells[cell].first_line}"
