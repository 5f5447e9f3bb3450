"""Speaker notes: the comments of a deck that hold no directive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from deckwright.model import Note
from deckwright.parse.comments import comment_spans
from deckwright.parse.directives import is_note
from deckwright.text.lines import Lines


def notes_of(token: Token, offsets: Sequence[int], lines: Lines) -> Iterator[Note]:
    """Yield the notes in a token; `offsets` are those of an inline token's content."""
    for first, last in _html_spans(token, offsets, lines):
        for start, end in comment_spans(lines.text, first, last):
            if is_note(lines.text[start:end]):
                yield Note(start, end)


def _html_spans(token: Token, offsets: Sequence[int], lines: Lines) -> Iterator[tuple[int, int]]:
    if token.type == "html_block" and token.map:
        yield lines.start(token.map[0] + 1), lines.start(token.map[1] + 1)
    elif token.type == "inline":
        for child in token.children or []:
            if child.type == "html_inline":
                start, end = child.meta["span"]
                yield offsets[start], offsets[end]
