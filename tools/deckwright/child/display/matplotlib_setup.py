"""Settings of matplotlib: no windows, the same bytes in every run, and fonts with Chinese."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from deckwright.child.import_hooks import after_import


def prepare(fonts: tuple[str, ...]) -> None:
    """Set up matplotlib as soon as it is imported."""
    # The salt is the seed of ids in an SVG: the same in every run.
    after_import("matplotlib", lambda module: module.rcParams.update({"svg.hashsalt": "deckwright"}))
    after_import("matplotlib.backend_bases", _silence)
    after_import("matplotlib.font_manager", lambda module: add_fonts(module, fonts))


def _silence(backend_bases: ModuleType) -> None:
    """Let `plt.show()` do nothing, instead of warning that it cannot open a window."""
    backend_bases.FigureManagerBase.show = lambda self: None


def add_fonts(font_manager: ModuleType, fonts: tuple[str, ...]) -> None:
    """Let matplotlib use fonts, given as files, for letters that other fonts lack."""
    manager = font_manager.fontManager
    added: dict[str, None] = {}
    for font in fonts:
        try:
            manager.addfont(font)
        except (OSError, RuntimeError):
            continue
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
