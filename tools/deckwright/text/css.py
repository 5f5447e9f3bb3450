"""Style sheets: their `@font-face` rules, and their addresses in every way in which CSS writes them.

Comments and other texts hold no address.
"""

from __future__ import annotations

import re
from collections.abc import Callable

FACE = re.compile(r"@font-face\s*\{[^}]*\}", re.I)

_SKIPPED = r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|@namespace\b[^;]*"
"""Comments and texts; the address of a namespace is a name."""

_URL = r"url\(\s*(?P<quote>[\"']?)(?P<address>.*?)(?P=quote)\s*\)"
_SET = r"(?P<set>image-set\()(?P<sources>(?:[^()\"']|\"[^\"]*\"|'[^']*'|\([^()]*\))*)"

_REMOTE_IMPORT = re.compile(
    r"@import\s*(?:/\*.*?\*/\s*)*"
    r"(?:url\(\s*(?P<inner>[\"']?)(?P<called>(?:https?:)?//[^\"')\s]+)(?P=inner)\s*\)"
    r"|(?P<quote>[\"'])(?P<address>(?:https?:)?//[^\"'\s]+)(?P=quote))"
    r"(?:[^;\"']|\"[^\"]*\"|'[^']*')*(?:;|\Z)"
    rf"|{_SKIPPED}",
    re.S | re.I,
)
_ADDRESS = re.compile(rf"{_SET}|{_URL}|{_SKIPPED}", re.S | re.I)
_SOURCE = re.compile(rf"{_URL}|[\w-]+\([^()]*\)|(?P<mark>[\"'])(?P<text>.*?)(?P=mark)", re.S | re.I)


def descriptor(rule: str, name: str) -> str:
    """Return the value of a descriptor of an `@font-face` rule; empty if the rule has none of this name."""
    match = re.search(rf"[{{;\s]{name}\s*:\s*([^;}}]*)", rule, re.I)
    return match[1].strip() if match else ""


def family_of(rule: str) -> str:
    """Return the family of an `@font-face` rule."""
    return re.sub(r"\s+", " ", descriptor(rule, "font-family")).strip("\"'")


def addresses_in(css: str) -> list[str]:
    """Return all addresses of a style sheet."""
    found: list[str] = []

    def keep(address: str) -> str:
        found.append(address)
        return address

    with_addresses(css, keep)
    return found


def without_remote_imports(css: str, leave_out: Callable[[str], bool]) -> str:
    """Return a style sheet without those that it imports from the network, where `leave_out` returns True."""

    def imported(match: re.Match[str]) -> str:
        address = match["called"] or match["address"]
        return "" if address and leave_out(address) else match[0]

    return _REMOTE_IMPORT.sub(imported, css)


def with_addresses(css: str, fresh: Callable[[str], str]) -> str:
    """Return a style sheet with another address in place of each one."""

    def url(match: re.Match[str]) -> str:
        address = match["address"]
        if address is None or (new := fresh(address)) == address:
            return match[0]
        return f'url("{new}")'

    def source(match: re.Match[str]) -> str:
        text = match["text"]
        return url(match) if text is None else match[0].replace(text, fresh(text)) if text else match[0]

    def anywhere(match: re.Match[str]) -> str:
        return match["set"] + _SOURCE.sub(source, match["sources"]) if match["set"] else url(match)

    return _ADDRESS.sub(anywhere, css)
