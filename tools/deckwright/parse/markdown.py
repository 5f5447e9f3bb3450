"""Markdown as Marp parses it, with the position of every link and image."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline, html_inline, image, link
from markdown_it.token import Token

from deckwright.model import Dialect
from deckwright.parse.comments import hidden_plugin
from deckwright.parse.front_matter import front_matter_plugin
from deckwright.parse.math import math_plugin
from deckwright.text.lines import Lines

PLAIN = Dialect()
"""Marp without settings."""

_ADDRESS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s)]\S*?))(?=\s|\)$)")
"""The address of a link or an image: perhaps in angle brackets, perhaps encoded."""

_KEPT = re.compile(r"(?!\\\|).", re.DOTALL)
"""A character that a table cell keeps: any but the backslash of an escaped pipe."""


@cache
def markdown(dialect: Dialect = PLAIN) -> MarkdownIt:
    """Return the parser: CommonMark with tables, strikethrough, front matter, HTML and formulas."""
    parser = MarkdownIt("commonmark", {"html": dialect.html}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(hidden_plugin)
    if dialect.math:
        parser.use(math_plugin)
    parser.inline.ruler.at("html_inline", _with_place(html_inline))
    parser.inline.ruler.at("link", _with_span(link, "link_open"))
    parser.inline.ruler.at("image", _with_span(image, "image"))
    return parser


def address_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the address of a link whose label ends at `start`; None if it is elsewhere."""
    match = _ADDRESS.match(text, start, end)
    return match.span(match.lastindex or 0) if match else None


def _with_place(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """Make an inline rule record start and end of its match in the inline content."""

    def placed(state: StateInline, silent: bool) -> bool:
        start = state.pos
        found = rule(state, silent)
        if found and not silent:
            state.tokens[-1].meta["span"] = (start, state.pos)
        return found

    return placed


def _with_span(rule: RuleFuncInlineType, kind: str) -> RuleFuncInlineType:
    """Make an inline rule record start, end of the label and end of its match in the inline content."""

    def spanned(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        label = start + (kind == "image")
        end = state.md.helpers.parseLinkLabel(state, label) if state.src[label : label + 1] == "[" else -1
        if not rule(state, silent):
            return False
        if not silent:
            new = (t for t in state.tokens[count:] if t.type == kind and "span" not in t.meta)
            next(new).meta["span"] = (start, end, state.pos)
        return True

    return spanned


class Places:
    """Map of positions in inline contents to offsets in the deck.

    Inline contents are lines of the source without their indentation, quote marks or (in a
    table) neighbouring cells. Call `of` in document order, once per token, so that the same
    text twice on a line has two positions.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._cursor = 0

    def of(self, inline: Token, first: int, last: int) -> Sequence[int]:
        """Return the offset of each position in an inline token's content, from lines `first` to `last`."""
        self._cursor = max(self._cursor, self._lines.start(first))
        end = self._lines.start(last + 1)
        offsets: list[int] = []
        for row in inline.content.split("\n"):
            offsets += self._row(row, end)
        return offsets

    def _row(self, row: str, end: int) -> Iterable[int]:
        """Return the offsets of a row's characters and of its end."""
        shown = row.lstrip()  # a tab before it may have become spaces
        found = self._lines.text.find(shown, self._cursor, end)
        places = range(found, found + len(shown) + 1) if found >= 0 else self._changed(shown, end)
        self._cursor = places[-1]
        return [*[places[0]] * (len(row) - len(shown)), *places]

    def _changed(self, row: str, end: int) -> Sequence[int]:
        """Return the offsets of a row that the parser changed: escaped pipes in a table, NULs."""
        source = self._lines.text[self._cursor : end]
        kept = [match.start() for match in _KEPT.finditer(source)]
        plain = "".join(source[place] for place in kept).replace("\0", "\ufffd")
        found = max(plain.find(row), 0)
        places = [self._cursor + place for place in [*kept, len(source)]]
        return places[found : found + len(row) + 1]
