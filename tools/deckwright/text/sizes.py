"""Sizes as people write them: `2 GiB`."""

from __future__ import annotations

import re

_SIZE = re.compile(r"([\d.]+)\s*([KMGT]i?B|B)", re.IGNORECASE)
_POWERS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_UNITS = (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10))


def parse_size(value: object) -> int:
    """Return the bytes of "2 GiB" (or "500 MB"); raises ValueError."""
    match = _SIZE.fullmatch(str(value).strip())
    if not match:
        raise ValueError('a size such as "2 GiB"')
    unit = match[2].upper()
    base = 1024 if "I" in unit else 1000
    return int(float(match[1]) * base ** _POWERS[unit.rstrip("B").rstrip("I")])


def size_text(count: int) -> str:
    """Return a number of bytes to one decimal: `1.5 MiB`, `999 bytes`."""
    for unit, size in _UNITS:
        if count >= size:
            return f"{count / size:.1f}".removesuffix(".0") + f" {unit}"
    return "1 byte" if count == 1 else f"{count} bytes"
