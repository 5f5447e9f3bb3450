"""The names of themes, and a diagnostic for a deck that names another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from deckwright.model import Cause, Deck, Diagnostic
from deckwright.text.lines import Lines
from deckwright.text.suggest import did_you_mean
from deckwright.text.themes import theme_names_in

MARP_THEMES = ("default", "gaia", "uncover")


def theme_names(style_sheets: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all themes: Marp's own, and those of style sheets."""
    return (*MARP_THEMES, *chain.from_iterable(map(theme_names_in, style_sheets)))


def theme_diagnostics(deck: Deck, lines: Lines, themes: Sequence[str]) -> Iterator[Diagnostic]:
    """Warn of a theme that Marp does not know: it takes its default without a message."""
    theme = deck.front_matter.get("theme")
    if not theme or theme in themes:
        return
    match = re.search(r"^theme\s*:\s*(.*\S)", deck.text, re.MULTILINE)
    place = lines.span(*(match.span(1) if match else (0, 1)))
    hint = did_you_mean(str(theme), themes, f"known: {', '.join(themes)}")
    message = f"no theme '{theme}': Marp takes its default"
    cause = Cause(f"theme '{theme}'", "Marp does not know it, and takes its default")
    yield replace(lines.warning("missing-theme", message, place, hint), cause=cause)
