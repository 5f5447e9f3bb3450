"""Emphasis that CommonMark leaves as asterisks beside full-width punctuation."""

from __future__ import annotations

import re
import unicodedata

from markdown_it.token import Token

_RUN = re.compile(r"(?<=(.))\*\*(?=(.))", re.DOTALL)


def literal_emphasis(inline: Token) -> int | None:
    """Return where in the content `**` stays literal between punctuation and a wide character.

    None if it does not, or if it may be intended: escaped, or alone.
    """
    shown = "".join(map(_shown, inline.children or []))
    if shown.count("**") < 2 or "\\*" in inline.content:
        return None
    runs = (run for run in _RUN.finditer(shown) if _confuses(run[1], run[2]))
    places = (inline.content.find(f"{run[1]}**{run[2]}") for run in runs)
    return next((place + 1 for place in places if place >= 0), None)


def _shown(child: Token) -> str:
    if child.type == "text":
        return child.content
    return "`" if child.type == "code_inline" else "\0"


def _confuses(before: str, after: str) -> bool:
    return (_is_punctuation(before) and _is_wide(after)) or (_is_wide(before) and _is_punctuation(after))


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_wide(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and unicodedata.east_asian_width(character) in "WF"
