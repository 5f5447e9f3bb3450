"""Themes name themselves: `/* @theme NAME */` in their style sheet."""

from __future__ import annotations

import re

_THEME = re.compile(r"^[/*!\s]*@theme\s+([^\s*]+)", re.MULTILINE)


def theme_names_in(css: str) -> list[str]:
    """Return the names of the themes that a style sheet defines."""
    return _THEME.findall(css)
