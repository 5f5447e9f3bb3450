"""Local files that raw HTML and CSS in a deck refer to."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import unquote

_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\s]*))\s*\)")
_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/|#")


def local_files(html: str) -> list[str]:
    """Return the relative paths in `src` and `poster` attributes and CSS `url()`s, in order.

    Comments do not count: a commented-out picture is not shown.
    """
    finder = _Finder()
    with suppress(AssertionError):  # what Python's parser raises on a broken `<![`
        finder.feed(html)
    styles = style_files(html) if "<style" in html else []
    return [path for path in [*finder.files, *styles] if is_local(path)]


def style_files(css: str) -> list[str]:
    """Return the relative paths in CSS `url()`s."""
    addresses = (next(filter(None, groups), "") for groups in _URL.findall(css))
    files = (file_of(address) for address in addresses if is_local(unquote(address)))
    return [file for file in files if file]


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("src", "poster"):
                self.files += filter(None, [file_of(value)] if is_local(unquote(value)) else [])
            elif value and name == "style":
                self.files += style_files(value)


def file_of(address: str) -> str:
    """Return the path of the file that an address names, without query and fragment."""
    return unquote(re.split("[?#]", address, maxsplit=1)[0])


def is_local(path: str) -> bool:
    """Whether an address is a relative path: no scheme, host, root or fragment."""
    return bool(path) and not _REMOTE.match(path)
