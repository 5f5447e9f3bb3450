"""Embedding: pictures of a page and files of its style sheets become data: URIs, which need no other file.

Only addresses change. Remote addresses stay, and are reported.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from deckwright.files.borders import LARGEST_SHOWN, is_file, is_too_large, lies_within
from deckwright.frozen import dataclass
from deckwright.marp.picture_files import is_font, is_picture, trouble_with
from deckwright.marp.remembered import remembered_within
from deckwright.marp.script_addresses import imported_addresses
from deckwright.model import PageDiagnostic
from deckwright.text.addresses import is_remote, local_path, split_address
from deckwright.text.css import FACE, with_addresses, without_remote_imports

# The addresses that Marp uses for emoji and KaTeX letters, and the same files in the packages.
_PACKAGED = (
    (
        re.compile(r"https://cdn\.jsdelivr\.net/gh/jdecked/twemoji@[^/]+/assets/svg/"),
        "@discordapp/twemoji/dist/svg/",
    ),
    (re.compile(r"https://cdn\.jsdelivr\.net/npm/katex@[^/]+/dist/fonts/"), "katex/dist/fonts/"),
)

_TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<raw>style|script)\b[^>]*>(?P<text>.*?)</(?P=raw)\s*>"
    r"|<(?P<element>[a-zA-Z][\w:-]*)(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>",
    re.S | re.I,
)
_ATTRIBUTE = re.compile(
    r"(?P<start>[\s/](?P<name>[^\s\"'<>/=]+)\s*=\s*)"
    r"(?:(?P<quote>[\"'])(?P<value>.*?)(?P=quote)|(?P<bare>[^\s\"'>][^\s>]*))",
    re.S | re.I,
)
_FONT_SOURCE = re.compile(r"(?<=[{;])(\s*src\s*:\s*)([^;}]*)", re.I)
# Attributes that name a file to show, by element; <a href> names a target of a link.
_SHOWS = {
    **dict.fromkeys(("image", "use", "feimage", "script"), frozenset({"href", "xlink:href"})),
    **dict.fromkeys(("body", "table", "tr", "td", "th"), frozenset({"background"})),
    "object": frozenset({"data"}),
}
_PICTURES = frozenset({"img", "input", "image", "feimage", "body", "table", "tr", "td", "th"})
"""Elements whose files are pictures."""
_NAME_PICTURES = frozenset({"srcset", "imagesrcset", "poster"})
"""Attributes that name pictures, whatever the element."""
_IN_STYLE_SHEETS = ("font/", "text/css", "application/vnd.ms-fontobject")
"""The media types of what style sheets name besides pictures."""
_MOST_EMBEDDED = 32_000_000
"""Characters of files that are remembered as data: a large course. Scripts draw new ones all day."""
_SHOWS_ALWAYS = frozenset({"src", "srcset", "poster", "style", "srcdoc"})
_LOADING = re.compile(
    r"\brel\s*=\s*[\"']?[^\"'>]*?\b(?:stylesheet|icon|preload|modulepreload|prefetch|manifest)\b", re.I
)
"""What a `<link>` says that loads something; others name a page or an author."""

_MEDIA_TYPES = {
    ".apng": "image/apng",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}


@dataclass
class Embedder:
    """Replaces addresses in one page, and collects diagnostics about those that it cannot replace."""

    roots: Sequence[Path]
    """Folders to which relative addresses may be relative, in order."""
    packages: Path
    folders: Sequence[Path] = ()
    """The real paths of the folders from which files may come; empty for the roots."""
    copies: Path | None = None
    """The folder with copies of the files that the deck names, which holds the first of the roots."""
    origin: Path | None = None
    """The folder of the deck itself: for what has no copy, as it is outside of the project."""
    stills: Mapping[str, Path] = field(default_factory=dict)
    """Pictures to show instead of animations, by the address as written."""
    address_of: Callable[[Path], str] = lambda path: data_uri(path)
    """Returns the address of a local file in the page."""
    link_of: Callable[[str], str] = lambda link: link
    """Returns the address of a link in the page."""
    diagnostics: list[PageDiagnostic] = field(default_factory=list)
    pictures: dict[Path, str] = field(default_factory=dict)
    """The files that are shown as pictures, with their addresses as written."""

    def page(self, text: str) -> str:
        """Return the page with all local files that it shows."""
        return _TAG.sub(self._tag, text)

    def css(self, text: str) -> str:
        """Return the style sheet with all local files that it names."""
        return with_addresses(
            _FONT_SOURCE.sub(_best_source, without_remote_imports(text, self._leave_out)), self._styled
        )

    def _leave_out(self, address: str) -> bool:
        # Without network, a page that waits for a style sheet shows nothing.
        self._report("remote-resource", "left out a style sheet from the network", address)
        return True

    def _tag(self, match: re.Match[str]) -> str:
        tag = match.group()
        if tag.startswith("<!--"):
            return tag
        if not match["raw"]:
            return self._opening(tag, match["element"].lower())
        raw, (start, end) = match["raw"].lower(), (at - match.start() for at in match.span("text"))
        opening, text = self._opening(tag[:start], raw), match["text"]
        if raw == "script":
            self._imports(text, "importmap" in opening)
        else:
            text = self.css(text)
        return opening + text + tag[end:]

    def _opening(self, tag: str, element: str) -> str:
        shows = _SHOWS_ALWAYS | _SHOWS.get(element, frozenset())
        if element == "link" and _LOADING.search(tag):
            shows |= {"href", "imagesrcset"}
        return _ATTRIBUTE.sub(lambda attribute: self._attribute(attribute, element, shows), tag)

    def _imports(self, script: str, is_map: bool) -> None:
        """Report what a script imports from the network."""
        for address in filter(is_remote, imported_addresses(script, is_map)):
            self._report("remote-resource", "this script comes from the network", address)

    def _attribute(self, match: re.Match[str], element: str, shows: Collection[str]) -> str:
        value = html.unescape(match["value"] if match["quote"] else match["bare"])
        name = match["name"].lower()
        if (element, name) == ("a", "href"):
            fresh = self.link_of(value)
        elif name not in shows:
            fresh = value
        else:
            shows_picture = name in _NAME_PICTURES or element in _PICTURES
            fresh = self._value(name, value, self._picture if shows_picture else self.address)
        if fresh == value:
            return match.group()
        quote = match["quote"] or '"'
        return f"{match['start']}{quote}{html.escape(fresh)}{quote}"

    def _value(self, name: str, value: str, address_of: Callable[[str], str]) -> str:
        if name == "style":  # Marp repeats the front matter's there, where it can import nothing
            return self.css(FACE.sub("", without_remote_imports(value, lambda address: True)))
        if name == "srcdoc":
            return self.page(value)
        if name in ("srcset", "imagesrcset"):
            candidates = map(str.split, re.split(r",\s+", value))
            return ", ".join(" ".join([address_of(address), *size]) for address, *size in candidates)
        return address_of(value)

    def _styled(self, address: str) -> str:
        """Return the address to use in a style sheet, where fonts and style sheets are no pictures."""
        path = self._file(address)
        kind = media_type(Path(local_path(address)))
        is_part = "#" in address and kind == _MEDIA_TYPES[".svg"]
        is_other = kind.startswith(_IN_STYLE_SHEETS) or is_part or (path is not None and is_font(path))
        return self.address(address) if is_other else self._picture(address)

    def _picture(self, address: str) -> str:
        """Return the address to use for a picture, and look at the file."""
        path = self._file(address)
        if path is not None and path not in self.pictures:
            self.pictures[path] = address
            if trouble := trouble_with(path):
                self._report("broken-picture", f"this picture {trouble}", address)
        return self.address(address) if path is None or is_picture(path) else address

    def address(self, address: str) -> str:
        """Return the address to use in the page: that of a local file, or the same one."""
        still = self.stills.get(address) or self.stills.get(unquote(address))
        if still is not None:
            return self.address_of(still)
        for remote, local in _PACKAGED:
            if remote.match(address):
                path = self.packages / "node_modules" / remote.sub(local, address)
                return self.address_of(path) if path.is_file() else self._own(address)
        return self._own(address)

    def _own(self, address: str) -> str:
        if is_remote(address):
            self._report("remote-resource", "this comes from the network", address)
        if not (named := local_path(address)):
            return address
        path = self._file(address)
        if path is None:
            self._report_absent(address)
            return address
        if named.startswith("/"):
            self._report("machine-path", "only this machine has this path", address)
        fragment = split_address(address).fragment
        return self.address_of(path) + (f"#{fragment}" if fragment else "")

    def _report_absent(self, address: str) -> None:
        path = local_path(address)
        beside = [root / path for root in (self.origin, *self.roots) if root]
        if any(is_too_large(each) and lies_within(each, self._allowed) for each in beside):
            self._report("missing-file", f"too large for a page ({LARGEST_SHOWN // 2**30} GiB)", address)
        elif any(map(is_file, self._places(path))):
            self._report("outside-project", "this lies outside of the project", address)
        else:
            self._report("missing-file", "no file", address)

    def _file(self, address: str) -> Path | None:
        """Return the local file that an address names, if the page may have it."""
        files = filter(is_file, self._places(local_path(address)))
        return next((path for path in files if self._may_have(path)), None)

    def _may_have(self, path: Path) -> bool:
        return lies_within(path, self._allowed) and not is_too_large(path)

    def _places(self, path: str) -> Iterator[Path]:
        """Yield where the file may be that an address names."""
        for root in self.roots if path else ():
            place = root / path
            has_no_copy = self._is_copied(root) and not self._is_copied(Path(os.path.normpath(place)))
            yield self.origin / path if self.origin and has_no_copy else place

    def _is_copied(self, path: Path) -> bool:
        return self.copies is not None and path.is_relative_to(self.copies)

    @cached_property
    def _allowed(self) -> Sequence[Path]:
        return self.folders or [Path(os.path.realpath(root)) for root in self.roots]

    def _report(self, slug: str, message: str, address: str) -> None:
        diagnostic = PageDiagnostic(slug, f"{message}: {address}", address)
        if diagnostic not in self.diagnostics:
            self.diagnostics.append(diagnostic)


def data_uri(path: Path) -> str:
    """Return a file as a data: URI."""
    status = path.stat()
    return _data_uri(path, status.st_mtime_ns, status.st_size)


@remembered_within(_MOST_EMBEDDED)
def _data_uri(path: Path, _changed: int, _size_bytes: int) -> str:
    return f"data:{media_type(path)};base64,{base64.b64encode(path.read_bytes()).decode()}"


def media_type(path: Path) -> str:
    """Return the media type of a file, by its suffix."""
    known = _MEDIA_TYPES.get(path.suffix.lower())
    return known or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _best_source(match: re.Match[str]) -> str:
    """Return only the WOFF2 source of a font, which every browser that shows our pages can read."""
    sources = re.split(r",\s*(?=url\()", match[2])
    best = [source for source in sources if "woff2" in source]
    return match[1] + best[0] if len(sources) > 1 and len(best) == 1 else match.group()
