"""Markdown as Marp reads it, with the place of every link and image."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from deckwright.lines import Lines


@cache
def markdown() -> MarkdownIt:
    """Return the parser: CommonMark with tables, strikethrough, HTML and front matter."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(front_matter_plugin)
    parser.inline.ruler.at("link", _with_span(link, "link_open"))
    parser.inline.ruler.at("image", _with_span(image, "image"))
    return parser


def _with_span(rule, kind: str):  # type: ignore[no-untyped-def]
    """Make an inline rule note where its match lies in the inline content."""

    def spanned(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            new = (t for t in state.tokens[count:] if t.type == kind and "span" not in t.meta)
            next(new).meta["span"] = (start, state.pos)
        return True

    return spanned


class Places:
    """Maps positions in inline contents back to offsets in the deck.

    Inline contents are lines of the source without their indentation, quote marks or (in a
    table) neighbouring cells. They are asked for in document order, so that the same text twice
    on a line is found twice.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._cursor = 0

    def of(self, inline: Token, start_line: int) -> tuple[int, ...]:
        """Return the offset of the start of each line of an inline token's content."""
        offsets = []
        self._cursor = max(self._cursor, self._lines.start(start_line))
        for row in inline.content.split("\n"):
            found = self._lines.text.find(row, self._cursor)
            if found < 0:  # a table cell with an escaped pipe: look for its longest plain part
                part = max(row.split("|"), key=len)
                found = self._lines.text.find(part, self._cursor) - row.index(part)
            offsets.append(found)
            self._cursor = max(found, self._cursor) + len(row)
        return tuple(offsets)


def offset_of(inline: Token, offsets: tuple[int, ...], position: int) -> int:
    """Return the deck offset of a position in an inline token's content."""
    before = inline.content[:position]
    row = before.count("\n")
    return offsets[row] + position - (before.rfind("\n") + 1)
