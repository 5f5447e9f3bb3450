"""The fonts of matplotlib's figures: the families of slides, as far as matplotlib can draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from deckwright.errors import ToolMissing
from deckwright.marp.families import FETCHED, Family, Script, Style, needed, script_of
from deckwright.marp.family_files import fetch, files_in, version_of
from deckwright.model import ABSENT_FONT, FigureFont, FigureFonts

EMOJI = Family("Noto Emoji", Style.SANS, frozenset({Script.EMOJI}), "noto-emoji", "emoji")
"""matplotlib draws outlines in one colour: the glyphs of Noto Color Emoji would be empty."""


_OF_MATPLOTLIB = frozenset({Script.LATIN, Script.GREEK, Script.CYRILLIC})
"""Its own font has them."""


def figure_fonts(letters: frozenset[str], fetched: Callable[[Family], Path] = fetch) -> FigureFonts:
    """Return the fonts that figures with these letters need, each fetched once."""
    files = list[FigureFont]()
    versions = dict[str, str]()
    for family in _families(letters):
        try:
            folder = fetched(family)
        except ToolMissing:
            versions[family.name] = ABSENT_FONT
            continue
        versions[family.name] = version_of(family)
        files += _files(family, folder, letters)
    return FigureFonts(tuple(files), versions)


def font_versions() -> Mapping[str, str]:
    """Return the version of each family that a figure can need, by its name."""
    return {family.name: version_of(family) for family in (*FETCHED, EMOJI)}


def _families(letters: frozenset[str]) -> Iterator[Family]:
    scripts = {script for letter in letters if (script := script_of(letter))} - _OF_MATPLOTLIB
    for family in needed(letters):
        if family.package and family.scripts & scripts:
            yield EMOJI if Script.EMOJI in family.scripts else family


def _files(family: Family, folder: Path, letters: frozenset[str]) -> Iterator[FigureFont]:
    """Yield the files that have some of the letters."""
    numbers = dict[int, int]()
    for file in files_in(folder):
        number = numbers[file.weight] = numbers.get(file.weight, 0) + 1
        if letters & frozenset(file.letters):
            name = family.name if number == 1 else f"{family.name} {number}"
            yield FigureFont(str(folder / file.name), name, file.weight)
