"""Outputs have room for the lines that they have in other states."""

import pytest

from deckwright.compose.room import with_room


@pytest.mark.parametrize(
    ("blocks", "lines", "infos"),
    [
        ([("text", "a")], 0, ["text"]),
        ([("text", "a\nb")], 2, ["text"]),
        ([("text", "a")], 3, ['text rows="3"']),
        ([("text", "a\nb"), (None, "| table |"), ("pytb", "c")], 5, ["text", None, 'pytb rows="3"']),
        ([("text", "a"), (None, "![]()")], 2, ['text rows="2"', None]),
        ([(None, "| table |")], 4, [None]),
    ],
)
def test_the_last_fence_has_the_room(
    blocks: list[tuple[str | None, str]], lines: int, infos: list[str | None]
) -> None:
    roomy = with_room(blocks, lines)
    assert [info for info, _ in roomy] == infos
    assert [body for _, body in roomy] == [body for _, body in blocks]
