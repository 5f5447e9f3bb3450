"""Sessions with prompts (`>>>`, `In [1]:`) as code and its output."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import field

from deckwright.adopt.analysis import classify
from deckwright.adopt.analysis.edits import Edit
from deckwright.compose.fences import fence_rows
from deckwright.frozen import dataclass
from deckwright.model import Deck, Fence
from deckwright.parse.info_string import PYTHON
from deckwright.text.lines import Lines

_LANGUAGES = PYTHON | {"", "pycon", "python-repl", "pyrepl", "doctest", "ipython", "ipython3", "console"}
_PROMPT = re.compile(rf"{classify.PROMPT}(?: (?P<code>.*))?$")
_MORE = re.compile(r"(?:\.\.\.| *\.\.\.:)(?: (?P<code>.*))?$")
_RESULT = re.compile(r"Out ?\[\d*\]: ?")
_DIRECTIVE = re.compile(r"\s*#\s*doctest:.*$")


@dataclass
class Exchange:
    """Code that a session runs, and what it shows below."""

    code: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def exchanges_of(session: str) -> list[Exchange]:
    """Return what a session runs: code ends where an output is shown. Empty for what is no session."""
    exchanges: list[Exchange] = []
    for row in session.rstrip("\n").split("\n"):
        if prompt := _PROMPT.match(row):
            if not exchanges or exchanges[-1].shown:
                exchanges.append(Exchange())
            exchanges[-1].code.append(_DIRECTIVE.sub("", prompt["code"] or ""))
        elif exchanges and not exchanges[-1].shown and (more := _MORE.match(row)):
            exchanges[-1].code.append(more["code"] or "")
        elif exchanges and (row.strip() or exchanges[-1].shown):
            exchanges[-1].shown.append("" if row == "<BLANKLINE>" else _RESULT.sub("", row))
        elif not exchanges and row.strip():
            return []
    return exchanges


def session_edits(deck: Deck, left: Container[int] = ()) -> Iterator[tuple[Fence, Edit]]:
    """Yield each session with the edit that makes code and output of it; those at the lines `left` stay."""
    lines = Lines(deck.path, deck.text)
    for fence in deck.fences:
        exchanges = exchanges_of(fence.code) if _may_be_session(fence) else []
        end = lines.start(fence.end) + len(lines[fence.end])
        start = deck.text.rfind(fence.marker, lines.start(fence.line), fence.info_start)
        is_closed = lines[fence.end].lstrip(" \t>").startswith(fence.marker) and fence.end > fence.line
        if exchanges and is_closed and start >= 0 and fence.line not in left:
            rows = list(_rows(exchanges, fence.marker))
            newline = lines.newline(fence.line)
            rest = (f"{fence.prefix}{row}" if row else fence.prefix.rstrip() for row in rows[1:])
            yield fence, Edit(start, deck.text[start:end], newline.join([rows[0], *rest]))


def _may_be_session(fence: Fence) -> bool:
    is_plain = fence.info_text == fence.info.language or fence.info.display.no_exec == classify.SESSION
    return is_plain and fence.info.language.lower() in _LANGUAGES


def _rows(exchanges: list[Exchange], marker: str) -> Iterator[str]:
    for number, exchange in enumerate(exchanges):
        if number:
            yield ""
        yield from fence_rows("python", "\n".join(exchange.code).rstrip("\n"), marker)
        if shown := "\n".join(exchange.shown).strip("\n"):
            yield ""
            yield from fence_rows("text output", shown, marker)
