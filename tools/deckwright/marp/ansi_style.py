"""Colours of a terminal for themes that have none, Marp's own among them."""

from __future__ import annotations

# Legible on light and on dark. Black and white are the theme's own: which of them stands out, it knows.
_INK = ("currentColor", "#c0392b", "#1e8449", "#9a7d0a", "#2471a3", "#8e44ad", "#117a8b", "currentColor")
_STYLES = {
    "bold": "font-weight:bold",
    "dim": "opacity:.7",
    "italic": "font-style:italic",
    "underline": "text-decoration:underline",
    "strike": "text-decoration:line-through",
    "inverse": "background:color-mix(in srgb,currentColor 25%,transparent)",
}


def terminal_style(page: str) -> str:
    """Return CSS for the terminal's classes; empty for a page without any."""
    if 'class="ansi-' not in page:
        return ""
    rules = dict(_STYLES)
    for number, ink in enumerate(_INK * 2):
        rules[f"fg-{number}"] = f"color:{ink}"
        rules[f"bg-{number}"] = f"background:color-mix(in srgb,{ink} 20%,transparent)"
    # `:where` weighs nothing: every rule of a theme wins.
    return "".join(f":where(.ansi-{name}){{{rule}}}" for name, rule in rules.items())
