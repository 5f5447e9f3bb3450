"""Room that an output needs in other states of its slide."""

from __future__ import annotations

from collections.abc import Sequence

from deckwright.compose.show import Panel, PanelKind

_TEXTS = (PanelKind.TEXT, PanelKind.ERROR)


def lines_of(panels: Sequence[Panel]) -> int:
    """Return how many lines of plain text these panels have."""
    return sum(_count(panel.styled.text) for panel in panels if panel.kind in _TEXTS)


def with_room(blocks: Sequence[tuple[str | None, str]], lines: int) -> list[tuple[str | None, str]]:
    """Return blocks of which the last fence has room for so many lines, those of other fences deducted.

    A block is a fence, as info string and body, or plain Markdown, with None for the info string.
    """
    fences = [number for number, (info, _) in enumerate(blocks) if info is not None]
    missing = lines - sum(_count(blocks[number][1]) for number in fences)
    if not fences or missing <= 0:
        return list(blocks)
    last = fences[-1]
    info, body = blocks[last]
    room = (f'{info} rows="{_count(body) + missing}"', body)
    return [*blocks[:last], room, *blocks[last + 1 :]]


def _count(text: str) -> int:
    return text.count("\n") + 1
