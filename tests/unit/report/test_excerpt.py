"""The caret stands below what it means, in every script and width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.report.excerpt import columns, excerpt, fit, printable

lines = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n"), max_size=120)


@pytest.mark.parametrize(
    ("text", "wide"), [("abc", 3), ("模型", 4), ("é", 1), ("e\u0301", 1), ("", 0), ("→", 1)]
)
def test_columns(text: str, wide: int) -> None:
    assert columns(text) == wide


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x00\x7f", "␀␡"),
        ("\x9b", "\ufffd"),
        ("a\u202eb", "a\ufffdb"),
        ("\ud800", "?"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_fit() -> None:
    assert fit("模型训练", 5) == "模型…"
    assert fit("模型", 4) == "模型"
    assert fit("模型", None) == "模型"


@given(lines, st.integers(1, 130), st.integers(1, 130), st.integers(24, 100))
def test_nothing_is_wider_than_asked(source: str, column: int, length: int, width: int) -> None:
    line, caret = excerpt(source, 12, column, length, width)
    assert columns(line) <= width
    assert columns(caret) <= width
    assert "^" in caret


@given(lines, st.data())
def test_the_caret_is_as_wide_as_what_it_marks(source: str, data: st.DataObject) -> None:
    source = source.replace("\t", " ")
    column = data.draw(st.integers(1, len(source) + 1))
    length = data.draw(st.integers(1, len(source) + 1))
    _, caret = excerpt(source, 7, column, length)
    marked = printable(source[column - 1 : column - 1 + length])
    assert caret.count("^") == max(columns(marked), 1)
    assert columns(caret) == len("7 | ") + columns(printable(source[: column - 1])) + caret.count("^")
