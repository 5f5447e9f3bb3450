"""Markdown that a value displays -> Markdown for a slide that can do no more than format text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from deckwright.compose.escape import escape_inline
from deckwright.compose.fences import fence_rows
from deckwright.compose.formula import formula

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_FORMULA = re.compile(r"(\$[^$\s](?:[^$\n]*[^$\s])?\$)")
_ADDRESS = re.compile(r"https?://[\w./?=&%#~+,:;@-]+\Z", re.ASCII)
_MOST_BLOCKS = 60
"""A slide cannot show more."""


class _Unknown(Exception):
    """Something that is more than formatted text."""


def safe_markdown(text: str) -> str:
    """Return paragraphs, lists, quotes and code of Markdown; "" if it holds anything else."""
    from markdown_it.tree import SyntaxTreeNode  # only where Markdown is displayed

    try:
        tree = SyntaxTreeNode(_parser().parse(text))
        return "\n".join(_blocks(tree.children))
    except (_Unknown, RecursionError):
        return ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


def _blocks(nodes: Sequence[SyntaxTreeNode], *, tight: bool = False) -> list[str]:
    """Return the lines of blocks, with blank lines between them unless they are `tight`."""
    if len(nodes) > _MOST_BLOCKS:
        raise _Unknown
    lines: list[str] = []
    for node in nodes:
        lines += [*([""] if lines and not tight else []), *_block(node)]
    return lines


def _block(node: SyntaxTreeNode) -> list[str]:
    match node.type:
        case "paragraph":
            return _inline(node.children).split("\n")
        case "heading":  # a heading of Markdown could begin a slide
            return [_marked("**", node)]
        case "bullet_list" | "ordered_list":
            return [line for item in _items(node) for line in item]
        case "blockquote":
            return [f"> {line}".rstrip() for line in _blocks(node.children)]
        case "fence" | "code_block":
            return fence_rows("text", node.content.removesuffix("\n"), "```")
    raise _Unknown(node.type)


def _items(node: SyntaxTreeNode) -> Iterator[list[str]]:
    for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        tight = any(child.hidden for child in item.children)
        first, *rest = _blocks(item.children, tight=tight) or [""]
        yield [mark + first, *((" " * len(mark) + line).rstrip() for line in rest), *([] if tight else [""])]


def _marked(mark: str, node: SyntaxTreeNode) -> str:
    """Return a node's text between marks; around nothing they would be a line, which begins a slide."""
    text = _inline(node.children)
    if not text.strip():
        raise _Unknown
    return f"{mark}{text}{mark}"


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    return "".join(map(_span, nodes))


def _span(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _inline(node.children)
        case "text":
            return "".join(map(_text, _FORMULA.split(node.content)))
        case "strong" | "em" | "s":
            return _marked(_MARKS[node.type], node)
        case "code_inline":
            return f"`` {node.content} ``" if "``" not in node.content else escape_inline(node.content)
        case "softbreak":
            return " "
        case "hardbreak":
            return "\\\n"
        case "link" if _ADDRESS.match(str(node.attrs.get("href", ""))):
            return f"[{_inline(node.children)}](<{node.attrs['href']}>)"
    raise _Unknown(node.type)


def _text(piece: str) -> str:
    """Return a formula, or a text escaped; the spaces at its ends stay."""
    if _FORMULA.fullmatch(piece) and (inner := formula(piece)):
        return f"${inner}$"
    before, after = (" " if piece[at].isspace() else "" for at in (0, -1)) if piece.strip() else (piece, "")
    return f"{before}{escape_inline(piece)}{after}"
