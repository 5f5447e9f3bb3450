"""Local files that raw HTML and CSS in a deck refer to."""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from urllib.parse import unquote

from deckwright.text.addresses import file_of, is_relative
from deckwright.text.css import addresses_in

_STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style|\Z)", re.DOTALL | re.IGNORECASE)


def local_files(html: str) -> list[str]:
    """Return the relative paths in `src` and `poster` attributes and CSS `url()`s, in order.

    Comments do not count: a commented-out picture is not shown.
    """
    finder = _Finder()
    with suppress(AssertionError):  # what Python's parser raises on a broken `<![`
        finder.feed(html)
    return [*finder.files, *(file for css in _STYLE.findall(html) for file in style_files(css))]


def style_files(css: str) -> list[str]:
    """Return the relative paths in CSS `url()`s."""
    return [file for address in addresses_in(css) if (file := local_file(address))]


def local_file(address: str) -> str:
    """Return the relative path of the file that an address names; empty if it names none."""
    return file_of(address) if is_relative(unquote(address)) else ""


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if value and name in ("src", "poster"):
                self.files += filter(None, [local_file(value)])
            elif value and name == "style":
                self.files += style_files(value)
