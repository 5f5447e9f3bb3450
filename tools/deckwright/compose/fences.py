"""Fences of a deck, rebuilt with other content at the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, repeat

from deckwright.compose.escape import APART
from deckwright.model import Deck, Reference
from deckwright.text.lines import NEWLINE, newline_of

_RUNS = re.compile(r"`+|~+")


def rebuilt(deck: Deck, reference: Reference, marker: str, blocks: Sequence[tuple[str | None, str]]) -> str:
    """Return the text for a fence's place in a deck, inside the same list or quote.

    A block is a fence, as info string and body, or plain Markdown, with None for the info string.
    """
    source = deck.text[reference.start : reference.end]
    ends = NEWLINE.findall(source)
    prefix, newline = reference.prefix, ends[0] if ends else newline_of(deck.text)
    first = source[: source.index(reference.fence)]
    texts = []
    for start, (info, body) in zip(chain([first], repeat(prefix)), blocks, strict=False):
        rows = _markdown(body, start == prefix) if info is None else fence_rows(info, body, marker)
        rest = [prefix + row if row else prefix.rstrip() for row in rows[1:]]
        texts.append(newline.join([start + rows[0], *rest]))
    gap = newline + prefix.rstrip() + newline
    return gap.join(texts) + (ends[-1] if source.endswith(("\n", "\r")) else "")


def without_fence(deck: Deck, reference: Reference) -> str:
    """Return what stays at its place without a fence: the marker of a list or a quote, and a line end."""
    source = deck.text[reference.start : reference.end]
    start = source[: source.index(reference.fence)]
    # A marker alone could be the underline of a heading.
    return (start + APART if start.strip() else "") + newline_of(deck.text)


def fence_rows(info: str, body: str, marker: str) -> list[str]:
    """Return the lines of a fence, with a marker that nothing in the body can close."""
    runs = [len(run) for run in _RUNS.findall(body) if run[0] == marker[0]]
    marker = marker[0] * max([len(marker), *(run + 1 for run in runs)])
    return [f"{marker}{info}", *(body.split("\n") if body else []), marker]


def _markdown(text: str, on_own_line: bool) -> list[str]:
    """Return the rows of plain Markdown, with blank ones that separate it from text above and below."""
    return [*([""] if on_own_line else []), *text.split("\n"), ""]
