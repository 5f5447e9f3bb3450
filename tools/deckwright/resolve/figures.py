"""The scripts and cells that draw the pictures of decks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from deckwright.model import Diagnostic, Figure, PictureAt, Reference, Script
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_INSIDE, is_outside
from deckwright.text.suggest import did_you_mean

_SUFFIXES = frozenset({"svg", "png", "jpg", "jpeg", "webp", "gif", "apng"})
"""Kinds of pictures that a script can draw."""


@dataclass(frozen=True, slots=True)
class _Producer:
    """What draws a figure: a whole script, or the cell with its label."""

    script: Script
    cell: int | None = None

    def __str__(self) -> str:
        if self.cell is None:
            return self.script.path
        return f"{self.script.path}:{self.script.cells[self.cell].first_line}"


class FigureResolver:
    """Lookup of what draws a figure; `known` are the paths of all scripts."""

    def __init__(
        self, scripts: Mapping[str, Script], known: Sequence[str], exists: Callable[[str], bool]
    ) -> None:
        self._scripts = scripts
        self._known = known
        self._exists = exists
        self._labelled = _labelled(scripts.values())

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
        producers = self._producers(stem)
        if not producers or suffix not in _SUFFIXES:
            is_file = picture.path == path and self._exists(path)
            return None if is_file else self._missing(path, reference, lines)
        if len(producers) > 1:
            message = f"{path} has two producers: {' and '.join(map(str, producers))}"
            return lines.diagnostic("two-producers", message, reference.location, "rename one of them")
        (producer,) = producers
        return producer.script, Figure(posixpath.basename(stem), suffix, producer.cell)

    def _producers(self, stem: str) -> list[_Producer]:
        drawing = self._scripts.get(f"{stem}.py")
        whole = [_Producer(drawing)] if drawing else []
        return [*whole, *self._labelled.get(posixpath.basename(stem), [])]

    def _missing(self, path: str, reference: Reference, lines: Lines) -> Diagnostic:
        stem = posixpath.splitext(path)[0]
        drawings = [posixpath.splitext(known)[0] for known in self._known if known.endswith(".py")]
        labels = [posixpath.join(posixpath.dirname(path), label) for label in self._labelled]
        otherwise = f"write {stem}.py, or give a cell '#| label: {posixpath.basename(stem)}'"
        hint = did_you_mean(stem, [*drawings, *labels], otherwise)
        return lines.diagnostic("missing-figure", f"nothing draws {path}", reference.location, hint)


def _labelled(scripts: Iterable[Script]) -> dict[str, list[_Producer]]:
    labelled: dict[str, list[_Producer]] = {}
    for script in scripts:
        for index, cell in enumerate(script.cells):
            if cell.label:
                labelled.setdefault(cell.label, []).append(_Producer(script, index))
    return labelled
