"""Addresses in decks, pages and style sheets: which of them name a file, and which file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
"""A backslash with which Markdown and CSS escape a character."""


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, all of them empty if it is malformed, such as `http://[`."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def is_remote(address: str) -> bool:
    """Whether an address names something on the network."""
    parts = split_address(address)
    return parts.scheme in ("http", "https") or bool(parts.netloc and not _is_here(parts))


def local_path(address: str) -> str:
    """Return the path of the file of this machine that an address names; empty if it names none."""
    parts = split_address(address)
    is_local = parts.scheme in ("", "file") and (not parts.netloc or _is_here(parts))
    return unquote(parts.path) if is_local else ""


def _is_here(parts: SplitResult) -> bool:
    return parts.scheme == "file" and parts.netloc.lower() == "localhost"


def is_relative(address: str) -> bool:
    """Whether an address names a file relative to the deck or page that holds it."""
    parts = split_address(address)
    return bool(parts.path) and not (parts.scheme or parts.netloc or parts.path.startswith("/"))


def file_of(address: str) -> str:
    """Return the path of the file that an address names, without query and fragment."""
    return unquote(split_address(address).path)


def spellings(address: str) -> Iterator[str]:
    """Yield how a deck may write what its page has: as it is, decoded, or escaped for HTML or in YAML."""
    yield from dict.fromkeys(
        each
        for text in (address, unquote(address))
        for each in (text, html.escape(text, quote=False), text.replace("\\", "\\\\"))
    )


def names_address(text: str, address: str) -> bool:
    """Whether a text names an address, however it writes it."""
    written = (text, html.unescape(text), _ESCAPED.sub("", text))
    return any(each in part for each in spellings(address) for part in written)
