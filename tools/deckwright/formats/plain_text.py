"""Markdown of notes -> the text that a reader sees, for places that show no Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def plain_text(markdown: str, math: bool = True) -> str:
    """Return the text of some Markdown: a line for each paragraph, heading, item and line of code.

    Formulas, which there are if `math` is true, stay as they are written.
    """
    return "\n".join(_lines(_parser(math).parse(markdown)))


@cache
def _parser(math: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where there is Markdown to read

    from deckwright.parse.math import math_plugin

    parser = MarkdownIt().enable("table")
    return parser.use(math_plugin) if math else parser


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    markers: list[str] = []
    depth = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else "-"
            markers.append("  " * (depth - 1) + marker + " ")
        elif token.type == "inline":
            text = "".join(_words(token.children or []))
            first = markers.pop() if markers else "  " * depth
            yield from (
                f"{first if index == 0 else '  ' * depth}{row}" for index, row in enumerate(text.split("\n"))
            )
        elif token.type in ("fence", "code_block"):
            yield from token.content.rstrip("\n").split("\n")
        elif token.type == "math_block":
            yield from f"$${token.content}$$".split("\n")


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield "".join(_words(token.children or []))
        elif token.type == "math_inline":
            yield f"${token.content}$"
        elif token.type != "html_inline":
            yield token.content
