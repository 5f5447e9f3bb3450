"""Memory addresses in printed text, as in `<object object at 0x7f3c2a>`: they differ in every run."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,16}(?=>|, file )")


def has_address(text: str) -> bool:
    return bool(_ADDRESS.search(text))


def without_addresses(text: str) -> str:
    """Return a text with `<object object>` for `<object object at 0x7f3c2a>`."""
    return _ADDRESS.sub("", text)
