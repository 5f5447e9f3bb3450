"""Where slides begin: rulers, and headings where `headingDivider` says so."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from deckwright.lines import Lines
from deckwright.model import Slide


def cut_slides(tokens: Sequence[Token], lines: Lines, front_matter: Mapping[str, Any]) -> tuple[Slide, ...]:
    """Return the slides of a deck, as Marp cuts it."""
    levels = _divider_levels(front_matter.get("headingDivider"))
    starts, ends = [_body_line(tokens)], []
    for index, token in enumerate(tokens):
        if token.level or token.map is None:
            continue
        if token.type == "hr":
            ends.append(token.map[0] + 1)
            starts.append(token.map[1] + 1)
        elif token.tag in levels and token.type == "heading_open" and _divides(tokens, index):
            ends.append(token.map[0] + 1)
            starts.append(token.map[0] + 1)
    ends.append(len(lines) + 1)
    titles = _titles(tokens, starts)
    return tuple(
        Slide(number, title, start, lines.start(start), lines.start(end))
        for number, (start, end, title) in enumerate(zip(starts, ends, titles, strict=True), 1)
    )


def slide_at(slides: Sequence[Slide], line: int) -> int:
    """Return the number of the slide that a line belongs to."""
    return max(bisect.bisect_right([slide.line for slide in slides], line), 1)


def _body_line(tokens: Sequence[Token]) -> int:
    if tokens and tokens[0].type == "front_matter" and tokens[0].map:
        return tokens[0].map[1] + 1
    return 1


def _divider_levels(setting: object) -> frozenset[str]:
    if isinstance(setting, int) and not isinstance(setting, bool):
        return frozenset(f"h{level}" for level in range(1, setting + 1))
    if isinstance(setting, list):
        return frozenset(f"h{level}" for level in setting)
    return frozenset()


def _divides(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether anything that is shown stands between this heading and the last slide break."""
    for token in reversed(tokens[:index]):
        if token.type == "hr" and not token.level:
            return False
        if token.type == "front_matter":
            return False
        if not token.hidden:
            return True
    return False


def _titles(tokens: Sequence[Token], starts: Sequence[int]) -> Iterator[str]:
    found: dict[int, str] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.map:
            slide = bisect.bisect_right(starts, opening.map[0] + 1)
            found.setdefault(slide, _plain(inline))
    return (found.get(number, "") for number in range(1, len(starts) + 1))


def _plain(inline: Token) -> str:
    children = inline.children or []
    return "".join(child.content for child in children if child.type != "image").strip()
