"""Formulas, delimited as Marp delimits them, so that their text is not parsed as Markdown."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

_TO_DOLLAR = re.compile(r"(?:[^$\\]|\\.)*+\$", re.DOTALL)


def math_plugin(parser: MarkdownIt) -> None:
    """Add `$…$` and `$$ … $$`."""
    parser.inline.ruler.after("escape", "math_inline", _inline)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.after("blockquote", "math_block", _block, {"alt": interrupts})


def _inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "$":
        return False
    match = _TO_DOLLAR.match(state.src, start + 1) if _may_open(state.src, start) else None
    end = match.end() - 1 if match else -1
    if end == start + 1:  # two dollars in a row are just that
        end, start = -1, start + 1
    if end < 0 or not _may_close(state.src, end):
        if not silent:
            state.pending += state.src[state.pos : start + 1]
        state.pos = start + 1
        return True
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = state.src[start + 1 : end]
    state.pos = end + 1
    return True


def _may_open(text: str, position: int) -> bool:
    return text[position + 1 : position + 2] not in (" ", "\t")


def _may_close(text: str, position: int) -> bool:
    return text[position - 1] not in " \t" and not re.match("[0-9]", text[position + 1 : position + 2])


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    first = state.src[start : state.eMarks[start_line]]
    if not first.startswith("$$"):
        return False
    if silent:
        return True
    line = start_line
    closed = first[2:].strip().endswith("$$")
    while not closed and line + 1 < end_line:
        line += 1
        begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if begin < end and state.tShift[line] < state.blkIndent:
            break
        closed = state.src[begin:end].strip().endswith("$$")
    state.line = line + 1
    token = state.push("math_block", "math", 0)
    token.block = True
    token.map = [start_line, state.line]
    text = state.getLines(start_line, state.line, state.sCount[start_line], False).strip()
    token.content = text.removeprefix("$$").removesuffix("$$")
    return True
