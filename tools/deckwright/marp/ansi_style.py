"""Colours of a terminal, for themes that have none, such as Marp's own."""

from __future__ import annotations

_COLORS = (
    ("#c0392b", "0.174", 30),
    ("#1e8449", "0.129", 153),
    ("#9a7d0a", "0.12", 92),
    ("#2471a3", "0.107", 242),
    ("#8e44ad", "0.17", 315),
    ("#117a8b", "0.089", 212),
)
"""Red to cyan: a colour that is legible on a light background, and its chroma and hue."""

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
    # Black and white are the colour of the theme's text.
    letters = ("color:currentColor", *(_letters(*color) for color in _COLORS), "color:currentColor")
    grounds = ("currentColor", *(color for color, *_ in _COLORS), "currentColor")
    rules = dict(_STYLES)
    for number in range(16):
        rules[f"fg-{number}"] = letters[number % 8]
        rules[f"bg-{number}"] = f"background:color-mix(in srgb,{grounds[number % 8]} 20%,transparent)"
    # `:where` has no specificity, so that every rule of a theme overrides these.
    return "".join(f":where(.ansi-{name}){{{rule}}}" for name, rule in rules.items())


def _letters(color: str, chroma: str, hue: int) -> str:
    """Return the colour of a text: light where the text around it is, so that it is legible there."""
    less = f"calc({chroma}*min(1,1.45 - l))"  # of a light colour, or it would not be as light as that
    return f"color:{color};color:oklch(from currentColor clamp(.54,l - .1,.9) {less} {hue})"
