"""Comments and style sheets, delimited as Marp delimits them: it hides them with or without HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

COMMENT = re.compile(r"<!--+\s*(.*?)\s*--+>", re.DOTALL)

_BLOCKS = {
    "comment": (re.compile(r"<!--"), re.compile(r"-->")),
    "style": (re.compile(r"<style(?=\s|>|$)", re.IGNORECASE), re.compile(r"</style>", re.IGNORECASE)),
}


def comment_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each comment in a part of a text, in linear time."""
    while (first := text.find("<!--", start, end)) >= 0 and (last := text.find("-->", first + 4, end)) >= 0:
        start = last + len("-->")
        yield first, start


def hidden_plugin(parser: MarkdownIt) -> None:
    """Turn comments and style sheets into hidden tokens of HTML."""
    for name, (opening, closing) in _BLOCKS.items():
        parser.block.ruler.before("html_block", name, _block(opening, closing))
    parser.inline.ruler.before("html_inline", "comment", _inline)


def _block(opening: re.Pattern[str], closing: re.Pattern[str]):  # type: ignore[no-untyped-def]
    def rule(state: StateBlock, first: int, end: int, silent: bool) -> bool:
        if not opening.match(_text(state, first)):
            return False
        if silent:
            return True
        line = first
        while not closing.search(_text(state, line)) and line + 1 < end:
            if state.sCount[line + 1] < state.blkIndent:
                break
            line += 1
        state.line = line + 1
        token = state.push("html_block", "", 0)
        token.map = [first, state.line]
        token.content = state.getLines(first, state.line, state.blkIndent, True)
        token.hidden = True
        return True

    return rule


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("<!", state.pos):
        return False
    match = COMMENT.search(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = match[0]
        token.hidden = True
        token.meta["span"] = (state.pos, state.pos + len(match[0]))
    state.pos += len(match[0])
    return True


def _text(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
