"""Memory addresses in printed text, as in `<object object at 0x7f3c2a>`: they differ in every run."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"(?P<address> at 0x[0-9a-fA-F]{6,16}\b)|[<>\n]")

_Span = tuple[int, int]


def has_address(text: str) -> bool:
    return next(_addresses(text), None) is not None


def without_addresses(text: str) -> str:
    """Return a text with `<object object>` for `<object object at 0x7f3c2a>`."""
    if " at 0x" not in text:
        return text
    parts, at = [], 0
    for start, end in sorted(_addresses(text)):
        parts.append(text[at:start])
        at = end
    return "".join([*parts, text[at:]])


def _addresses(text: str) -> Iterator[_Span]:
    """Yield the places of addresses, which are between angles on one line."""
    opened: list[list[_Span]] = []
    for match in _TOKEN.finditer(text):
        if match["address"]:
            if opened:
                opened[-1].append(match.span())
        elif match[0] == "<":
            opened.append([])
        elif match[0] == "\n":
            opened.clear()
        elif opened:
            yield from opened.pop()
