"""Markdown and LaTeX that values display -> Markdown for a slide that can do no more than format text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from deckwright.compose.escape import APART, escape_inline
from deckwright.compose.fences import fence_rows
from deckwright.compose.formula import formula
from deckwright.compose.terminal import show_controls

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_MARKS = {"strong": "**", "em": "*", "s": "~~"}
_RULES = {"text-align:left": ":---", "text-align:center": ":---:", "text-align:right": "---:"}
_ADDRESS = re.compile(r"https?://[\w./?=&%#~+,:;@-]+\Z", re.ASCII)
_LATEX = re.compile(
    r"""(?<!\\)\$\$ .+? \$\$ | \\\[ .+? \\\] | \\begin\{ (?P<name>\w+\*?) \} .+? \\end\{ (?P=name) \}
    | (?P<inline> \\\( .+? \\\) | (?<!\\)\$ [^$]+ \$ )""",
    re.DOTALL | re.VERBOSE,
)
"""A formula in a text."""

_MOST_BLOCKS = 60
"""A slide cannot show more."""

_Span = tuple[bool, str]
"""A part of a paragraph: whether it is a formula on a line of its own, and its Markdown."""


class _Unknown(Exception):
    """Something that is more than formatted text."""


def safe_markdown(text: str) -> str:
    """Return text, lists, tables, quotes, code and formulas of Markdown; "" if it holds anything else."""
    from markdown_it.tree import SyntaxTreeNode  # only where Markdown is displayed

    try:
        tree = SyntaxTreeNode(_parser().parse(show_controls(text)))
        return "\n".join(_blocks(tree.children))
    except (_Unknown, RecursionError):
        return ""


def safe_latex(text: str) -> str:
    """Return LaTeX as a formula, or as text with formulas in it; "" if it is neither."""
    if whole := formula(text):
        return f"$${whole}$$"
    paragraphs = re.split(r"\n\s*\n", text.strip())
    formulas = [match[0] for paragraph in paragraphs for match in _LATEX.finditer(paragraph)]
    if not formulas or len(formulas) > _MOST_BLOCKS or not all(map(formula, formulas)):
        return ""
    return "\n\n".join("\n".join(_paragraph(_latex_spans(paragraph))) for paragraph in paragraphs)


def _latex_spans(text: str) -> Iterator[_Span]:
    at = 0
    for match in _LATEX.finditer(text):
        yield False, _latex_text(text[at : match.start()])
        mark = "$" if match["inline"] else "$$"
        yield mark == "$$", f"{mark}{formula(match[0])}{mark}"
        at = match.end()
    yield False, _latex_text(text[at:])


def _latex_text(text: str) -> str:
    return _text(show_controls(text).replace(r"\$", "$"))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.amsmath import amsmath_plugin
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, double_inline=True)
    amsmath_plugin(parser)
    return parser


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
            return list(_paragraph(map(_spaced, node.children[0].children)))
        case "math_block" | "amsmath":
            return [_formula(node, "$$")]
        case "table":
            return list(_table(node))
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


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.children] for section in node.children for row in section.children]
    if len(rows) > _MOST_BLOCKS:
        raise _Unknown
    heads = node.children[0].children[0].children
    rules = [_RULES.get(str(cell.attrs.get("style", "")), "---") for cell in heads]
    for row in (rows[0], rules, *rows[1:]):
        yield f"| {' | '.join(row)} |"


def _cell(node: SyntaxTreeNode) -> str:
    """Return the text of a cell; a pipe in code or in a formula does not end it."""
    return _inline(node.children).replace("|", r"\|")


def _spaced(node: SyntaxTreeNode) -> _Span:
    is_formula = node.type == "math_inline_double" and bool(formula(_dollars(node, "$$")))
    return is_formula, _formula(node, "$$") if is_formula else _span(node)


def _paragraph(spans: Iterable[_Span]) -> Iterator[str]:
    """Yield the lines of a paragraph, in which formulas with lines of their own are paragraphs."""
    separator: list[str] = []
    for apart, group in groupby(spans, itemgetter(0)):
        texts = [text for _, text in group]
        for text in texts if apart else [_joined(texts).strip(" ")]:
            if lines := text.removeprefix("\\\n").removesuffix("\\\n").split("\n") if text else []:
                yield from [*separator, *lines]
                separator = [""]


def _joined(spans: Iterable[str]) -> str:
    """Join spans; a formula that touches a digit or a formula behind it would be none."""
    texts = [text for text in spans if text]
    ends = [
        APART if one.endswith("$") and next_[0] in "$0123456789" else "" for one, next_ in pairwise(texts)
    ]
    return "".join(text + end for text, end in zip(texts, [*ends, ""]))


def _formula(node: SyntaxTreeNode, mark: str) -> str:
    """Return a formula between marks; as text, if it could be more than a formula."""
    source = node.content if node.type == "amsmath" else _dollars(node, mark)
    inner = formula(source)
    return f"{mark}{inner}{mark}" if inner else escape_inline(source)


def _dollars(node: SyntaxTreeNode, mark: str) -> str:
    return f"{mark}{node.content}{mark}"


def _marked(mark: str, node: SyntaxTreeNode) -> str:
    """Return a node's text between marks; around nothing they would be a line, which begins a slide."""
    text = _inline(node.children)
    if not text.strip():
        raise _Unknown
    return f"{mark}{text}{mark}"


def _inline(nodes: Sequence[SyntaxTreeNode]) -> str:
    return _joined(map(_span, nodes))


def _span(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _inline(node.children)
        case "text":
            return _text(node.content)
        case "math_inline":
            return _formula(node, "$")
        case "math_inline_double":  # in bold text, for example
            inner = formula(_dollars(node, "$$"))
            return f"${inner}$" if inner else _formula(node, "$$")
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
    """Return a text escaped; the spaces at its ends stay."""
    before, after = (" " if piece[at].isspace() else "" for at in (0, -1)) if piece.strip() else (piece, "")
    return f"{before}{escape_inline(piece)}{after}"
