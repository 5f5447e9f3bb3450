"""Markdown -> the text that a reader sees, for places that show no Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def plain_text(markdown: str) -> str:
    """Return the text of some Markdown: a line for each paragraph, heading, item and line of code."""
    return "\n".join(_lines(_parser().parse(markdown)))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where there is Markdown to read

    return MarkdownIt().enable("table")


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


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield "".join(_words(token.children or []))
        elif token.type != "html_inline":
            yield token.content
