"""The front matter of a deck, delimited as Marp delimits it.

Marp accepts more than the plug-in of mdit-py-plugins: front matter that is never closed reaches to the
deck's end, and `...` alone on a line ends it, too.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock


def front_matter_plugin(parser: MarkdownIt) -> None:
    """Add a hidden token `front_matter`, with `meta["closed"]`."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("table", "front_matter", _front_matter, {"alt": interrupts})


def _front_matter(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    if first != 0 or not state.src.startswith("-"):
        return False
    # In a list on the first line, Marp does not look at the character with which the item starts.
    opening = 1 + _dashes(_text(state, first)[1:])
    if opening < 3:
        return False
    if silent:
        return True
    mark, state.line, closed = _find_end(state, first, end, opening)
    token = state.push("front_matter", "", 0)
    token.hidden = token.block = True
    # Marp leaves out one character below the dashes and one above the end, whatever they are.
    token.content = state.src[_start(state, first) + opening + 1 : _start(state, mark) - 1]
    token.map = [first, state.line]
    token.meta = {"closed": closed}
    return True


def _find_end(state: StateBlock, first: int, end: int, opening: int) -> tuple[int, int, bool]:
    """Return the line that ends the front matter, the line that goes on, and whether it was closed."""
    for line in range(first + 1, end):
        if _text(state, line) and state.sCount[line] < state.blkIndent:
            return line, line, True
        if _closes(state, line, opening) or (_text(state, line) == "..." and line + 1 < end):
            return line, line + 1, True
    return end - 1, end, False


def _closes(state: StateBlock, line: int, opening: int) -> bool:
    text = _text(state, line)
    indented = state.sCount[line] - state.blkIndent >= 4
    return _dashes(text) >= opening and not indented and not text.lstrip("-").strip(" \t")


def _dashes(text: str) -> int:
    return len(text) - len(text.lstrip("-"))


def _text(state: StateBlock, line: int) -> str:
    return state.src[_start(state, line) : state.eMarks[line]]


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]
