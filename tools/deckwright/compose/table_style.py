"""Colours and fonts that HTML gives to the cells of a table; every other style is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Style = Mapping[str, str]

_BORDERS = ("border", *(f"border-{side}" for side in ("top", "right", "bottom", "left")))
_WORDS = {
    "font-weight": {"normal", "bold", "bolder", "lighter"},
    "font-style": {"normal", "italic", "oblique"},
    "text-decoration": {"none", "underline", "overline", "line-through"},
    "text-align": {"left", "right", "center"},
    **{border: {"none", "solid", "dashed", "dotted", "double"} for border in _BORDERS},
}
_COLOURED = ("color", "background-color", "background", *_BORDERS)
_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla"}
_ON_CELLS_ONLY = ("text-align", *_BORDERS)
"""Properties that cells do not take from their row or table."""

_MOST_BORDER = 9
"""Pixels of the widest border."""

_SIZES = {"px": (8, 72), "pt": (6, 54), "em": (0.5, 3), "rem": (0.5, 3), "%": (50, 300)}
"""The smallest and the largest font, by unit."""

_SAFE = re.compile(r"[\w#%(),. -]{1,300}", re.ASCII)


def styles_of(root: Element) -> Mapping[Element, Style]:
    """Return the style of each element of a document that has one.

    A style sheet that is `scoped` is the table's own default, as that of pandas: the theme replaces it.
    """
    import cssselect2

    sheets = ["".join(sheet.itertext()) for sheet in root.iter("style") if "scoped" not in sheet.attrib]
    matcher = cssselect2.Matcher()
    for selectors, declarations in _rules(sheets):
        for selector in selectors:
            matcher.add_selector(selector, declarations)
    found = {}
    for element in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        own = element.etree_element.get("style")
        matched = [declarations for *_, declarations in matcher.match(element)]
        if declarations := [each for group in matched for each in group] + (
            _declarations(own) if own else []
        ):
            ordered = sorted(declarations, key=lambda each: each[2])  # `!important` last
            found[element.etree_element] = {name: value for name, value, _ in ordered}
    return found


def cell_style(cell: Element, styles: Mapping[Element, Style]) -> str:
    """Return the style of a cell, with that of its row and table, as CSS."""
    style: dict[str, str] = {}
    for element in reversed([cell, *cell.iterancestors("tr", "thead", "tbody", "tfoot", "table")]):
        for name, value in styles.get(element, {}).items():
            if element is cell or name not in _ON_CELLS_ONLY:
                style.pop("background" if name == "background-color" else name, None)
                style[name] = value
    ground = style.get("background-color") or style.get("background", "")
    if "gradient" in ground:  # a bar, made for the white page of a notebook
        style["background"], ground = f"{ground} white", "white"
    if "color" not in style:
        style |= _legible_on(ground)
    return ";".join(f"{name}:{value}" for name, value in sorted(style.items()))


def _legible_on(background: str) -> dict[str, str]:
    """Return black or white letters for an opaque background: those of the slide may not be legible on it."""
    from tinycss2.color4 import parse_color

    colour = parse_color(background)
    if colour in (None, "currentcolor") or colour.alpha < 1:
        return {}
    red, green, blue = colour.to("srgb").coordinates
    return {"color": "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 else "white"}


def _rules(sheets: Iterable[str]) -> Iterator[tuple[Any, list[tuple[str, str, bool]]]]:
    import cssselect2
    import tinycss2

    for sheet in sheets:
        for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            if declarations := _declarations(rule.content):
                yield [each for each in selectors if each.pseudo_element is None], declarations


def _declarations(css: Any) -> list[tuple[str, str, bool]]:
    import tinycss2

    parsed = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    allowed = []
    for each in parsed:
        if each.type == "declaration" and (value := _value(each.lower_name, each.value)):
            allowed.append((each.lower_name, value, each.important))
    return allowed


def _value(name: str, tokens: list[Any]) -> str:
    """Return the value of a property as CSS; empty if it is not one that we know to be harmless."""
    import tinycss2

    tokens = [token for token in tokens if token.type not in ("whitespace", "comment")]
    value = " ".join(tinycss2.serialize([token]).strip() for token in tokens)
    fits = bool(tokens) and all(_fits(name, token) for token in tokens) and _SAFE.fullmatch(value)
    return value if fits and "--" not in value else ""


def _fits(name: str, token: Any) -> bool:
    if token.type == "ident" and token.lower_value in _WORDS.get(name, ()):
        return True
    if name in _COLOURED and _is_colour(token):
        return True
    if name == "background" and token.type == "function" and token.lower_name == "linear-gradient":
        return all(map(_is_part_of_bar, token.arguments))
    if name in _BORDERS and token.type == "dimension":
        return bool(token.lower_unit == "px" and 0 <= token.value <= _MOST_BORDER)
    if name == "font-size" and token.type in ("dimension", "percentage"):
        least, most = _SIZES.get("%" if token.type == "percentage" else token.lower_unit, (1, 0))
        return bool(least <= token.value <= most)
    if name == "opacity" and token.type == "number":
        return bool(0 <= token.value <= 1)
    return bool(name == "font-weight" and token.type == "number" and 1 <= token.value <= 1000)


def _is_colour(token: Any) -> bool:
    from tinycss2.color4 import parse_color

    if token.type == "function" and token.lower_name not in _FUNCTIONS:
        return False
    return token.type in ("ident", "hash", "function") and parse_color(token) is not None


def _is_part_of_bar(token: Any) -> bool:
    """Whether a gradient may contain this: colours, angles and percentages, as a bar of pandas does."""
    if token.type == "dimension":
        return bool(token.lower_unit == "deg")
    return token.type in ("percentage", "whitespace") or token == "," or _is_colour(token)
