"""What style sheets ask of the services that serve fonts over the network.

Google Fonts, its mirrors, Bunny Fonts, Fontsource's packages at a CDN, and rsms.me/inter serve families
that Fontsource has as packages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import SplitResult, parse_qs

from deckwright.frozen import dataclass
from deckwright.text.addresses import is_remote, split_address
from deckwright.text.css import FACE, addresses_in, descriptor, family_of

GAIA = "https://fonts.bunny.net/css?family=Lato:400,900|Roboto+Mono:400,700&display=swap"
"""What Marp's theme gaia imports, so that a deck of that theme asks for it."""

_SHEET = re.compile(r"(?:https?:)?//[^\s\"'()<>\\]+")

_SHEETS = {
    *("fonts.googleapis.com", "fonts.googleapis.cn", "fonts.bunny.net"),
    *("fonts.loli.net", "fonts.font.im", "gfonts.aby.pub"),
}
_FILES = {"fonts.gstatic.com", "fonts.gstatic.cn", "gstatic.loli.net"}
_CDNS = {"cdn.jsdelivr.net", "unpkg.com", "esm.sh"}

_NORMAL = (400, 400)
_ALL_WEIGHTS = (1, 1000)
_NAMED_WEIGHTS = {"light": 300, "medium": 500, "semibold": 600, "bold": 700, "b": 700, "black": 900}
_INTER = ("Inter", "Inter var", "InterVariable")
"""The names that rsms.me gives to it."""


@dataclass(frozen=True, slots=True)
class WebFont:
    """One style of a family, as a style sheet asks for it."""

    id: str
    """The name of the family at Fontsource: roboto-mono."""
    weights: tuple[int, int] = _NORMAL
    """The lightest and the heaviest; equal unless the font is variable."""
    is_italic: bool = False
    family: str = ""
    """What the style sheet calls it; empty for the family's own name."""

    @property
    def packages(self) -> tuple[str, ...]:
        """Those of Fontsource that have it, the best first."""
        fixed = f"@fontsource/{self.id}"
        return (fixed,) if self.weights[0] == self.weights[1] else (f"@fontsource-variable/{self.id}", fixed)


def web_fonts_in(text: str) -> Iterator[WebFont]:
    """Yield all that a deck or a style sheet may ask for."""
    text = html.unescape(text)
    for face in FACE.findall(text):
        yield from face_font(face)[0]
    for address in _SHEET.findall(text):
        yield from sheet_fonts(address)
    if re.search(r"\bgaia\b", text):
        yield from sheet_fonts(GAIA)


def sheet_fonts(address: str) -> tuple[WebFont, ...]:
    """Return the fonts of a style sheet in the network; none for another style sheet."""
    parts = split_address(html.unescape(address))
    if parts.hostname in _SHEETS:
        return tuple(_service_fonts(parts))
    if parts.hostname in _CDNS:
        return tuple(_package_fonts(parts.path))
    if parts.hostname == "rsms.me" and parts.path.startswith("/inter/"):
        return tuple(
            WebFont("inter", _ALL_WEIGHTS, is_italic, name) for name in _INTER for is_italic in (False, True)
        )
    return ()


def face_font(rule: str) -> tuple[tuple[WebFont, ...], str]:
    """Return the font of an `@font-face` rule whose file is in the network, and its address.

    There is none for another rule.
    """
    address = next(iter(addresses_in(rule)), "")
    family = family_of(rule)
    name = _file_family(split_address(html.unescape(address)), family)
    if not is_remote(address) or not name or not family:
        return (), ""
    weights = [_weight(each) for each in descriptor(rule, "font-weight").split()[:2]] or [400]
    is_italic = re.match(r"italic|oblique", descriptor(rule, "font-style")) is not None
    return (WebFont(name, (min(weights), max(weights)), is_italic, family),), address


def is_font_host(address: str) -> bool:
    """Whether an address is that of a service itself, which pages name to connect early."""
    parts = split_address(html.unescape(address))
    return parts.hostname in _SHEETS | _FILES and parts.path in ("", "/")


def font_id(family: str) -> str:
    """Return the name of a family at Fontsource."""
    return re.sub(r"[^a-z0-9]+", "-", family.lower()).strip("-")


def _file_family(parts: SplitResult, family: str) -> str:
    """Return whose file is at an address, in the spelling of Fontsource; empty where that is not known."""
    if parts.hostname in _FILES and (match := re.match(r"/s/([a-z0-9]+)/", parts.path)):
        # Google leaves out the hyphens.
        return font_id(family) if font_id(family).replace("-", "") == match[1] else match[1]
    if parts.hostname == "fonts.bunny.net" and (match := re.match(r"/([a-z0-9-]+)/files/", parts.path)):
        return match[1]
    if parts.hostname in _CDNS:
        path = r"(?:/npm)?/@fontsource(?:-variable)?/([a-z0-9-]+)|/fontsource/fonts/([a-z0-9-]+)"
        match = re.match(path, parts.path)
        return (match[1] or match[2]).removesuffix("-vf") if match else ""
    if parts.hostname == "rsms.me" and parts.path.startswith("/inter/"):
        return "inter"
    return ""


def _package_fonts(path: str) -> Iterator[WebFont]:
    """Yield the fonts of a style sheet of a package: …/@fontsource/lato@5/latin-400-italic.css."""
    match = re.match(r"(?:/npm)?/@fontsource(-variable)?/([a-z0-9-]+)(?:@[^/]*)?(?:/(.*))?$", path)
    if not match:
        return
    variable, name, file = match[1], match[2], match[3] or "index.css"
    is_italic = "italic" in file
    if variable or file.startswith("variable"):
        family = name.replace("-", " ").title() + (" Variable" if variable else "Variable")
        yield WebFont(name, _ALL_WEIGHTS, is_italic, family)
        return
    weight = int(found[1]) if (found := re.search(r"\b([1-9]00)\b", file)) else 400
    yield WebFont(name, (weight, weight), is_italic)


def _service_fonts(parts: SplitResult) -> Iterator[WebFont]:
    """Yield the fonts that a service's address asks for, in one of the two forms that there are."""
    for value in parse_qs(parts.query).get("family", ()):
        for spec in value.split("|"):
            family, _, styles = spec.partition(":")
            if name := font_id(family):
                yield from (replace(each, id=name) for each in dict.fromkeys(_styles(styles)))


def _styles(styles: str) -> Iterator[WebFont]:
    """Yield what is behind the colon: `400,700italic`, or `ital,wght@0,400;1,200..700`."""
    axes, at, tuples = styles.partition("@")
    if not at:
        yield from (_old_style(style) for style in (styles or "400").split(","))
        return
    names = axes.split(",")
    for values in tuples.split(";"):
        style = dict(zip(names, values.split(",")))
        first, _, last = style.get("wght", "400").partition("..")
        weights = sorted((_weight(first), _weight(last or first)))
        yield WebFont("", (weights[0], weights[1]), style.get("ital", "0") == "1" or "slnt" in style)


def _old_style(style: str) -> WebFont:
    """Return a style as in `400`, `700italic`, `700i`, `bold`, `bi`, `i`."""
    style = style.strip().lower()
    weight = re.sub(r"i(?:tal(?:ic)?)?$", "", style)
    number = _weight(weight)
    return WebFont("", (number, number), weight != style)


def _weight(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text) <= 1000 else _NAMED_WEIGHTS.get(text.lower(), 400)
