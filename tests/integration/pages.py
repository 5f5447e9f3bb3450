"""Pages as values: two are equal if a browser would make the same document of them.

What may differ between our page of a deck and marp-cli's is named here, and nothing else:

- a local file, an emoji or a font that a page shows stands inside ours and is named in theirs;
- of a font in several formats ours keeps WOFF2;
- a style sheet from the network is left out of ours;
- a link to a deck leads to its page in ours, and a link to a file takes another way to the same file;
- Marp draws the names of scopes (`<style scoped>`) at random, ours are fixed;
- styles of ours name our fonts, `Deckwright Sans` and others, before families that a page does not contain;
- a style sheet that we add stands last in the head of ours, and one for what no theme styles first;
- a script that gives code its buttons stands last in the body of ours.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

Node = tuple[str, ...]

_SHOWN = {"src", "srcset", "poster", "data", "xlink:href", "href"}
_CDN = {
    r"https://cdn\.jsdelivr\.net/gh/jdecked/twemoji@[^/]+/assets/svg/": "@discordapp/twemoji/dist/svg",
    r"https://cdn\.jsdelivr\.net/npm/katex@[^/]+/dist/fonts/": "katex/dist/fonts",
}
_OUR_STYLE = (
    ":where(.ansi-",
    '@font-face{font-family:"Noto Sans SC"',
    '@font-face{font-family:"JetBrains Mono"',
    '@font-face{font-family:"Deckwright S',
)
_OUR_BUTTONS = ("start", "script", "type=module", "data-deckwright-buttons=")
_OUR_BASE = "@layer deckwright{"
_STACK = re.compile(
    r"(?:JetBrains Mono,|Deckwright Serif,)?(?:Noto Sans SC,)?Deckwright Sans,"
    r"|,(?:JetBrains Mono,|Deckwright Serif,)?Deckwright Sans\b|;font-size:\.8125em"
)
_URL = re.compile(r"url\(\s*([\"']?)(.*?)\1\s*\)", re.S)
_FONT = re.compile(r"src:\s*(url\([^)]*\)\s*format\([\"']woff2[\"']\))[^;}]*")
_SCOPE = re.compile(r"data-marpit-scope-([\w-]+)")
_IMPORT = re.compile(r"@import\s+(?:url\()?([\"']?)https?:.*?\1\)?[^;]*;", re.S)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page finds what it shows."""

    shown: tuple[Path, ...]
    """Folders that addresses of pictures may be relative to."""
    linked: Path
    """The folder that links are relative to."""
    packages: Path


def nodes(page: str, place: Place) -> list[Node]:
    """Return a page's start tags with attributes, texts, comments and end tags, in order."""
    return _Reader(place).read(_with_scopes_by_number(page))


def without_ours(found: list[Node]) -> list[Node]:
    """Return a page of ours without what we add: terminal colours, our fonts, and the buttons of code."""
    base = next(
        (at for at, node in enumerate(found) if node[0] == "text" and node[1].startswith(_OUR_BASE)), 0
    )
    found = found[: base - 1] + found[base + 2 :] if base else found
    buttons = next((at for at, node in enumerate(found) if node == _OUR_BUTTONS), 0)
    found = found[:buttons] + found[buttons + 3 :] if buttons else found
    end = found.index(("end", "head"))
    _, (kind, text, *_), _ = style = found[end - 3 : end]
    ours = style[0] == ("start", "style") and kind == "text" and text.startswith(_OUR_STYLE)
    return found[: end - 3] + found[end:] if ours else found


def _with_scopes_by_number(page: str) -> str:
    for number, scope in enumerate(dict.fromkeys(_SCOPE.findall(page)), 1):
        page = page.replace(scope, f"scope{number}")
    return page


class _Reader(HTMLParser):
    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self._found: list[Node] = []

    def read(self, page: str) -> list[Node]:
        self.feed(page)
        self.close()
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = (f"{name}={self._value(tag, name, value or '')}" for name, value in attrs)
        self._found.append(("start", tag, *values))

    def handle_endtag(self, tag: str) -> None:
        self._found.append(("end", tag))

    def handle_data(self, data: str) -> None:
        in_style = self._found[-1:] and self._found[-1][:2] == ("start", "style")
        self._found.append(("text", self._css(data) if in_style else data))

    def handle_comment(self, data: str) -> None:
        self._found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self._found.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        self._found.append(("declaration", data))

    def handle_pi(self, data: str) -> None:
        self._found.append(("instruction", data))

    def _value(self, tag: str, name: str, value: str) -> str:
        if name == "style":
            return self._css(value)
        if name == "href" and tag == "a":
            return self._link(value)
        if name == "srcset":
            return ", ".join(
                " ".join([self._file(one.split()[0]), *one.split()[1:]]) for one in re.split(r",\s+", value)
            )
        return self._file(value) if name in _SHOWN else value

    def _css(self, css: str) -> str:
        css = _STACK.sub("", css)
        css = _IMPORT.sub("", _FONT.sub(r"src:\1", css))
        return _URL.sub(lambda found: f"url({self._file(found[2])})", css)

    def _link(self, address: str) -> str:
        path, mark, fragment = address.partition("#")
        file = self._place.linked / unquote(path)
        if path and file.is_file() and file.suffix != ".md":
            return f"{file.resolve()}{mark}{fragment}"
        return re.sub(r"^([^:]*)\.md$", r"\1.html", path) + mark + fragment

    def _file(self, address: str) -> str:
        data = self._data(address)
        fragment = address.partition("#")[2]
        return f"{hashlib.sha256(data).hexdigest()}#{fragment}" if data is not None else address

    def _data(self, address: str) -> bytes | None:
        if found := re.match(r"data:[^,]*;base64,([\w+/=]*)", address):
            return base64.b64decode(found[1])
        for pattern, package in _CDN.items():
            if found := re.match(pattern, address):
                return _read(self._place.packages / "node_modules" / package / address[found.end() :])
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            return None
        return next((data for folder in self._place.shown if (data := _read(folder / path))), None)


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
