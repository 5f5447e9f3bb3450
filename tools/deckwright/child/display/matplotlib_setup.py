"""Settings of matplotlib: no windows, the same bytes in every run, and fonts for all letters."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import wraps
from inspect import unwrap
from types import ModuleType
from typing import Any

from deckwright.child.import_hooks import after_import
from deckwright.model import FigureFont

_FIRST_OF_OTHER_SCRIPTS = "\u0590"
_MATHEMATICAL = (range(0x2000, 0x2E00), range(0x1D400, 0x1D800))


def prepare(fonts: tuple[str, ...], figure_fonts: tuple[FigureFont, ...] = ()) -> None:
    """Set up matplotlib as soon as it is imported."""
    # The salt is the seed of ids in an SVG: the same in every run.
    after_import("matplotlib", lambda module: module.rcParams.update({"svg.hashsalt": "deckwright"}))
    after_import("matplotlib.backend_bases", _silence)
    after_import("matplotlib.font_manager", lambda module: add_fonts(module, fonts, figure_fonts))
    after_import("matplotlib._mathtext", _let_formulas_fall_back)


def _silence(backend_bases: ModuleType) -> None:
    """Let `plt.show()` do nothing, instead of warning that it cannot open a window."""
    backend_bases.FigureManagerBase.show = lambda self: None


def add_fonts(
    font_manager: ModuleType, fonts: Sequence[str], figure_fonts: Sequence[FigureFont] = ()
) -> None:
    """Let matplotlib use fonts, given as files, for letters that other fonts lack; `figure_fonts` first."""
    manager = font_manager.fontManager
    added: dict[str, None] = {}
    named = {font.path: font for font in figure_fonts}
    for path in (*named, *fonts):
        try:
            manager.addfont(path)
        except (OSError, RuntimeError):
            continue
        if font := named.get(path):  # some files have the name of another weight
            manager.ttflist[-1] = replace(manager.ttflist[-1], name=font.name, weight=font.weight)
        added[manager.ttflist[-1].name] = None
    families = [name for name in added if "Mono" not in name]
    if families:
        _fall_back(font_manager, families)


def _fall_back(font_manager: ModuleType, families: list[str]) -> None:
    """Append our fonts to the list of fonts of every text.

    Fonts appended to `font.family` would be lost as soon as a style or a text sets its own.
    """
    manager = font_manager.fontManager
    original = getattr(type(manager), "_find_fonts_by_props", None)
    properties_of = getattr(font_manager.FontProperties, "_from_any", None)
    if original is None or properties_of is None:  # this matplotlib finds fonts in another way
        parameters = sys.modules["matplotlib"].rcParams
        parameters["font.family"] = [*parameters["font.family"], *families]
        return
    original = unwrap(original)  # the server may have done this, for its own fonts

    @wraps(original)
    def find(self: Any, prop: Any, *args: Any, **kwargs: Any) -> Any:
        paths = original(self, prop, *args, **kwargs)
        wanted = properties_of(prop)
        for family in families:
            copy = wanted.copy()
            copy.set_family(family)
            path = self.findfont(copy)
            if path not in paths:
                paths.append(path)
        return paths

    type(manager)._find_fonts_by_props = find


def _let_formulas_fall_back(mathtext: ModuleType) -> None:
    """Let texts with formulas use our fonts, too, for letters that the fonts of formulas lack."""
    fonts = getattr(mathtext, "UnicodeFonts", None)
    original = getattr(fonts, "_get_glyph", None)
    if original is None:  # this matplotlib draws formulas in another way
        return
    original = unwrap(original)

    @wraps(original)
    def glyph(self: Any, fontname: str, font_class: str, sym: str) -> Any:
        code = ord(sym) if len(sym) == 1 and sym >= _FIRST_OF_OTHER_SCRIPTS else 0
        if code and not any(code in each for each in _MATHEMATICAL):
            font_manager = sys.modules["matplotlib.font_manager"]
            paths = font_manager.fontManager._find_fonts_by_props(self.default_font_prop)
            for font in map(font_manager.get_font, paths):
                if font.get_char_index(code):
                    return font, code, False
        return original(self, fontname, font_class, sym)

    fonts._get_glyph = glyph  # type: ignore[union-attr]
