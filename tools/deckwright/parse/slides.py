"""Slides: a deck cut at its rulers, and at headings as `headingDivider` sets."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from markdown_it.token import Token

from deckwright.frozen import dataclass
from deckwright.model import Dialect, Slide
from deckwright.parse.directives import directives_of, divider_levels
from deckwright.text.lines import Lines


@dataclass(frozen=True, slots=True)
class _Break:
    """The end of a slide and the start of the next: at a ruler, which is in neither, or a heading."""

    token: int
    end: int
    start: int


def cut_slides(
    tokens: Sequence[Token], lines: Lines, front_matter: Mapping[str, Any], dialect: Dialect
) -> tuple[Slide, ...]:
    """Return the slides of a deck, as Marp cuts it."""
    levels = divider_levels(tokens, front_matter, dialect)
    breaks = list(_breaks(tokens, levels))
    starts = [_body_line(tokens), *(one.start for one in breaks)]
    ends = [*(one.end for one in breaks), len(lines) + 1]
    headed = [_starts_with_heading(tokens, levels), *(one.end == one.start for one in breaks)]
    titles = _titles(tokens, starts)
    paginated = _paginated(tokens, [one.token for one in breaks], front_matter)
    rows = zip(starts, ends, titles, headed, paginated, strict=True)
    return tuple(
        Slide(number, title, start, lines.start(start), lines.start(end), with_heading, with_number)
        for number, (start, end, title, with_heading, with_number) in enumerate(rows, 1)
    )


def slide_at(slides: Sequence[Slide], line: int) -> int:
    """Return the number of the slide that a line belongs to."""
    return max(bisect.bisect_right(slides, line, key=lambda slide: slide.line), 1)


def _body_line(tokens: Sequence[Token]) -> int:
    if tokens and tokens[0].type == "front_matter" and tokens[0].map:
        return tokens[0].map[1] + 1
    return 1


def _breaks(tokens: Sequence[Token], levels: frozenset[str]) -> Iterator[_Break]:
    shown = False
    for index, token in enumerate(tokens):
        if token.type == "hr" and not token.level and token.map:
            yield _Break(index, token.map[0] + 1, token.map[1] + 1)
        elif shown and _divides(token, levels) and token.map:
            yield _Break(index, token.map[0] + 1, token.map[0] + 1)
        shown = shown or not token.hidden


def _divides(token: Token, levels: frozenset[str]) -> bool:
    return token.type == "heading_open" and token.tag in levels


def _starts_with_heading(tokens: Sequence[Token], levels: frozenset[str]) -> bool:
    first = next((token for token in tokens if not token.hidden), None)
    return first is not None and _divides(first, levels)


def _paginated(
    tokens: Sequence[Token], breaks: Sequence[int], front_matter: Mapping[str, Any]
) -> Iterator[bool]:
    """Yield for each slide whether it shows its number; `_paginate` is for one slide."""
    directives = dict(front_matter)
    for start, end in pairwise([0, *breaks, len(tokens)]):
        for token in tokens[start:end]:
            for changes in directives_of(token):
                directives |= changes
        shown = directives.pop("_paginate", directives.get("paginate"))
        yield str(shown).lower() in ("true", "hold")


def _titles(tokens: Sequence[Token], starts: Sequence[int]) -> Iterator[str]:
    titles: dict[int, str] = {}
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.map:
            slide = bisect.bisect_right(starts, opening.map[0] + 1)
            titles.setdefault(slide, _plain(inline))
    return (titles.get(number, "") for number in range(1, len(starts) + 1))


def _plain(inline: Token) -> str:
    breaks = ("softbreak", "hardbreak")
    shown = (
        " " if child.type in breaks else child.content
        for child in inline.children or []
        if child.type not in ("image", "html_inline")
    )
    return "".join(shown).strip()
