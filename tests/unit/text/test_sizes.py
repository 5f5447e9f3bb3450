"""Sizes as people write them."""

import pytest

from deckwright.text.sizes import parse_size, size_text


@pytest.mark.parametrize(
    ("text", "count"),
    [("2 GiB", 2 * 2**30), ("500 MB", 500_000_000), ("1.5KiB", 1536), ("7 b", 7), (" 1 tb ", 10**12)],
)
def test_sizes_are_read(text: str, count: int) -> None:
    assert parse_size(text) == count


@pytest.mark.parametrize("text", ["", "2", "GiB", "2 GiB or so", "-1 MB", "1.2.3 MB", 2, None])
def test_what_is_no_size(text: object) -> None:
    with pytest.raises(ValueError, match=r"size|float"):
        parse_size(text)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (2**21, "2 MiB")],
)
def test_sizes_are_told(count: int, text: str) -> None:
    assert size_text(count) == text
