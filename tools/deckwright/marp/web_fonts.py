"""Web fonts of themes: what a page wants of the network comes inside it, where Fontsource has it.

Fontsource has the families of Google Fonts, and others, as packages of the npm registry. A package stays
in the tool's cache as it was when a deck first named it.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from itertools import chain
from pathlib import Path
from typing import Any

from deckwright.errors import ToolMissing
from deckwright.files.atomic import write_atomic
from deckwright.frozen import dataclass
from deckwright.marp.failed_fetches import FailedFetches
from deckwright.marp.font_addresses import (
    WebFont,
    face_font,
    font_id,
    is_font_host,
    sheet_fonts,
    web_fonts_in,
)
from deckwright.marp.fonts import FILES
from deckwright.marp.packages import cache_folder, make_once, run_npm
from deckwright.marp.subset import font_face, remembered, shown_characters, subset_font
from deckwright.model import FontPackage, PageDiagnostic
from deckwright.text.css import FACE, without_remote_imports

Install = Callable[[str, Path, threading.Event], None]
"""Puts a package into the node_modules of a folder; raises ToolMissing."""

_AT_ONCE = 4
_PATIENCE = ("--fetch-retries=0", "--fetch-timeout=60000")
_OWN = {(file.family, file.weight) for file in FILES}
_ELEMENT = re.compile(
    r"<!--.*?-->|<script\b.*?</script\s*>|<style\b[^>]*>(?P<css>.*?)</style\s*>|<link\b(?P<link>[^>]*)>",
    re.S | re.I,
)
_HREF = re.compile(r"\shref\s*=\s*[\"']?(?P<address>[^\"'\s>]+)", re.I)
_ALL_FEATURES = ("*",)

# What Google's own style sheets say besides the font: an icon is named by a word, which a ligature replaces.
_ICONS = (
    '.{id}{{font-family:"{family}";font-weight:normal;font-style:normal;font-size:24px;line-height:1;'
    "letter-spacing:normal;text-transform:none;display:inline-block;white-space:nowrap;direction:ltr;"
    'font-feature-settings:"liga"}}\n'
)


class FontPackages:
    """Finds the packages of web fonts, and fetches those that are not here yet.

    What could not be fetched is not tried again at once: a server would try at each save.
    """

    def __init__(
        self,
        cache: Path | None = None,
        install: Install | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cache = (cache or cache_folder()) / "web-fonts"
        self._install = install or _install
        self._failed: FailedFetches[FontPackage] = FailedFetches(clock)

    def __call__(
        self, texts: Sequence[str], on_fetch: Callable[[str], None] = lambda what: None
    ) -> dict[str, FontPackage]:
        """Return what there is of each package that these decks and style sheets name, by its name.

        `on_fetch` is called with what is about to be fetched, in words.
        """
        wanted = dict.fromkeys(
            font.packages for font in chain.from_iterable(map(web_fonts_in, texts)) if not _is_own(font)
        )
        if not wanted:
            return {}
        fresh = [names[-1] for names in wanted if not any(map(self._is_known, names))]
        if fresh:
            on_fetch(f"web fonts ({', '.join(name.rpartition('/')[2] for name in dict.fromkeys(fresh))})")
        stopped = threading.Event()
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="deckwright-fonts") as pool:
            try:
                found = [*pool.map(lambda names: [*self._found(names, stopped)], wanted)]
            except BaseException:
                stopped.set()
                raise
        return dict(sorted(chain.from_iterable(found)))

    def _found(self, names: Sequence[str], stopped: threading.Event) -> Iterator[tuple[str, FontPackage]]:
        """Yield packages, the best first, until there is one."""
        for name in names:
            package = self._failed.get(name) or self._package(name, stopped)
            yield name, package
            if package.folder:
                return
            self._failed.put(name, package)

    def _is_known(self, name: str) -> bool:
        return self._failed.get(name) is not None or self._folder(name).is_dir()

    def _folder(self, name: str) -> Path:
        return self._cache / name.lstrip("@").replace("/", "+")

    def _package(self, name: str, stopped: threading.Event) -> FontPackage:
        try:
            folder = make_once(
                self._folder(name), lambda fresh: self._install(name, fresh, stopped), stopped.is_set
            )
        except ToolMissing as error:
            return FontPackage(exists="E404" not in error.message)
        package = folder / "node_modules" / name
        version = json.loads((package / "package.json").read_text("utf-8"))["version"]
        return FontPackage(version, package)


def with_web_fonts(
    pages: Sequence[str], texts: str, packages: Mapping[str, FontPackage], cache: Path
) -> tuple[tuple[str, ...], tuple[PageDiagnostic, ...]]:
    """Return pages of one deck with the fonts that they want of the network, and what they lack.

    `texts` are shown there besides what is in them now.
    """
    wanted = [_Wanted() for _ in pages]
    freed = [each.take(page) for each, page in zip(wanted, pages)]
    asked = dict.fromkeys(ask for each in wanted for ask in each.asked)
    if not asked:
        return tuple(freed), ()
    found = {font: package for font, _ in asked if (package := _package_of(font, packages))}
    characters = shown_characters("".join(freed) + texts)
    versions = [f"{font} {package.folder} {package.version}" for font, package in found.items()]

    def make() -> str:
        return "".join(chain.from_iterable(_rules(*each, characters) for each in found.items()))

    css = remembered(make, ["web", *versions, "".join(sorted(characters))], cache) if found else ""
    style = f"<style>{css}</style></head>" if css else "</head>"
    whole = tuple(page.replace("</head>", style, 1) for page in freed)
    lacking = {address: [font for font, at in asked if at == address] for _, address in asked}
    return whole, tuple(chain.from_iterable(_complaints(*each, found, packages) for each in lacking.items()))


@dataclass
class _Wanted:
    """Takes what services of fonts would serve out of a page, and collects it."""

    asked: list[tuple[WebFont, str]] = field(default_factory=list)
    """Each font with the address where it would come from."""

    def take(self, page: str) -> str:
        return _ELEMENT.sub(self._element, page)

    def _element(self, match: re.Match[str]) -> str:
        whole, css = match.group(), match["css"]
        if css:
            start, end = match.span("css")
            fresh = FACE.sub(self._face, without_remote_imports(css, self._import))
            return whole[: start - match.start()] + fresh + whole[end - match.start() :]
        href = _HREF.search(match["link"] or "")
        if not href:
            return whole
        is_sheet = self._ask(sheet_fonts(href["address"]), href["address"])
        return "" if is_sheet or is_font_host(href["address"]) else whole

    def _import(self, address: str) -> bool:
        return self._ask(sheet_fonts(address), address)

    def _face(self, match: re.Match[str]) -> str:
        font, address = face_font(match.group())
        return "" if self._ask(font, address) else match.group()

    def _ask(self, fonts: Sequence[WebFont], address: str) -> bool:
        self.asked += ((font, address) for font in fonts if not _is_own(font))
        return bool(fonts)


def _is_own(font: WebFont) -> bool:
    """Whether a font is one of ours, which every page has that names it."""
    return not font.is_italic and any(
        font.id == font_id(family) and font.weights == (weight, weight) for family, weight in _OWN
    )


def _install(name: str, folder: Path, stopped: threading.Event) -> None:
    write_atomic(folder / "package.json", b'{"private": true}')
    run_npm("install", name, *_PATIENCE, folder=folder, what=f"font {name}", stopped=stopped.is_set)


def _package_of(font: WebFont, packages: Mapping[str, FontPackage]) -> FontPackage | None:
    known = (packages.get(name) for name in font.packages)
    return next((package for package in known if package and package.folder), None)


def _complaints(
    address: str,
    fonts: Collection[WebFont],
    found: Mapping[WebFont, FontPackage],
    packages: Mapping[str, FontPackage],
) -> Iterator[PageDiagnostic]:
    """Yield what is said of an address whose fonts are not all in the page."""
    lacking = [font for font in fonts if font not in found]
    offline = [font for font in lacking if packages.get(font.packages[-1], FontPackage()).exists]
    if absent := _names(font for font in lacking if font not in offline):
        message = f"left out a font of the network, as Fontsource has none of this name: {absent}"
        yield PageDiagnostic("missing-web-font", message, address)
    if offline:
        message = f"left out a font of the network, as it could not be fetched: {_names(offline)}"
        yield PageDiagnostic("web-font-not-fetched", message, address)


def _names(fonts: Iterable[WebFont]) -> str:
    return ", ".join(dict.fromkeys(font.family or font.id for font in fonts))


def _rules(font: WebFont, package: FontPackage, characters: frozenset[str]) -> Iterator[str]:
    """Yield the rules of a font, reduced to characters: one per file that has any of them."""
    assert package.folder is not None
    about = json.loads((package.folder / "metadata.json").read_text("utf-8"))
    family = font.family or about["family"]
    style = "italic" if font.is_italic else "normal"
    if style not in about["styles"]:
        return
    for weight, name in _weights(font, about, package.folder):
        for subset, some in _subsets(package.folder, characters):
            file = package.folder / "files" / f"{about['id']}-{subset}-{name}-{style}.woff2"
            data, covered = subset_font(file, some, _ALL_FEATURES) if file.is_file() else (b"", frozenset())
            if covered:
                yield font_face(family, weight, data, covered, style)
    if about.get("category") == "icons" and not font.family:
        yield _ICONS.format(id=about["id"], family=family)


def _weights(font: WebFont, about: Mapping[str, Any], folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the weights that a package has of a font: as CSS writes each, and as its files are named."""
    lightest, heaviest = font.weights
    if folder.parent.name == "@fontsource-variable":
        axis = about["variable"]["wght"]
        yield f"{max(lightest, int(axis['min']))} {min(heaviest, int(axis['max']))}", "wght"
        return
    there = [weight for weight in about["weights"] if lightest <= weight <= heaviest]
    for weight in there or [min(about["weights"], key=lambda each: abs(each - lightest))]:
        yield str(weight), str(weight)


def _subsets(folder: Path, characters: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the name of each part of a font, with those of the characters that it is for."""
    ranges = json.loads((folder / "unicode.json").read_text("utf-8"))
    if len(ranges) == 1:  # of a font of icons, what it has is not listed
        yield next(iter(ranges)), characters
        return
    for name, listed in ranges.items():
        codes = _codes(listed)
        if some := frozenset(each for each in characters if ord(each) in codes):
            yield name.strip("[]"), some


def _codes(listed: str) -> frozenset[int]:
    """Return the code points of a list as CSS has it: U+0131,U+0152-0153."""
    pairs = re.findall(r"U\+([0-9a-f]+)(?:-([0-9a-f]+))?", listed, re.I)
    return frozenset(chain.from_iterable(range(int(a, 16), int(b or a, 16) + 1) for a, b in pairs))
