"""Colours of a terminal, for themes that have none, such as Marp's own."""

from __future__ import annotations

# Legible on light and dark backgrounds. Black and white are the colour of the theme's text.
_COLORS = ("currentColor", "#c0392b", "#1e8449", "#9a7d0a", "#2471a3", "#8e44ad", "#117a8b", "currentColor")
_STYLES = {
    "bold": "font-weight:bold",
    "dim": "opacity:.7",
    "italic": "font-style:italic",
    "underline": "text-decoration:underline",
    "strike": "text-decoration:line-through",
    "inverse": "background:color-mix(in srgb,currentColor 25%,transparent)",
}


def terminal_style(page: str) -> str:
    """Return CSS for the classes of terminal colours; empty for a page without any."""
    if 'class="ansi-' not in page:
        return ""
    rules = dict(_STYLES)
    for number, color in enumerate(_COLORS * 2):
        rules[f"fg-{number}"] = f"color:{color}"
        rules[f"bg-{number}"] = f"background:color-mix(in srgb,{color} 20%,transparent)"
    # `:where` has no specificity, so that every rule of a theme overrides these.
    return "".join(f":where(.ansi-{name}){{{rule}}}" for name, rule in rules.items())
