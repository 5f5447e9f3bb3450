"""Modules that scripts of a page import from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IMPORT = re.compile(
    r"/\*.*?\*/|(?<![:\"'`])//[^\n]*"
    r"|\b(?:import|from|importScripts)\s*\(?\s*(?P<quote>[\"'`])(?P<address>[^\"'`\s]+)(?P=quote)",
    re.S,
)
_MAP = re.compile(r":\s*\"([^\"\s]+)\"")


def imported_addresses(script: str, is_map: bool = False) -> Iterator[str]:
    """Yield the addresses of modules that a script, or an import map, names."""
    if is_map:
        yield from _MAP.findall(script)
    else:
        yield from (match["address"] for match in _IMPORT.finditer(script) if match["address"])
