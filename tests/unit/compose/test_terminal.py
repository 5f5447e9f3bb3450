"""What a terminal would show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.terminal import Span, StyledText, show_terminal
from support.cases import Case, read_cases
from support.cost import MOST, growth

sequences = st.lists(
    st.sampled_from(["a", "bc", "\n", "\r", "\b", "\t", "\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[31m",
                     "\x1b[0m", "\x1b[38;5;200m", "\x1b[48;2;1;2;3m", "\x1b[",
                     "\x1b]0;t\x07", "\x1b", "\x00", "中", "\x9b"])
).map("".join)  # fmt: skip


def described(shown: StyledText) -> str:
    rows = [shown.text, *(f"{shown.text[s.start : s.end]!r} {s.classes}" for s in shown.spans)]
    return "\n".join(rows)


@pytest.mark.parametrize("case", list(read_cases("terminal/screen.md")), ids=lambda case: case.id)
def test_screen(case: Case) -> None:
    raw = case.inputs[0].encode("latin-1", "backslashreplace").decode("unicode_escape")
    assert described(show_terminal(raw)) == case.expected


@given(st.text() | sequences)
def test_nothing_with_power_is_left(raw: str) -> None:
    shown = show_terminal(raw)
    assert not [c for c in shown.text if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0]
    shown.text.encode("utf-8")
    ends = [0, *(n for span in shown.spans for n in (span.start, span.end)), len(shown.text)]
    assert ends == sorted(ends)


@given(sequences)
def test_what_is_shown_is_shown_again(raw: str) -> None:
    text = show_terminal(raw).text
    assert show_terminal(text) == StyledText(text)


@given(st.text(st.sampled_from("ab\n\t中")))
def test_plain_text_takes_the_same_way(raw: str) -> None:
    assert show_terminal(raw).text == show_terminal(raw + "\x1b[0m").text


@pytest.mark.parametrize(
    "piece", ["\x1b[K", "\x1b[1K", "\x1b[2K", "\x1b[2Kx", "\b", "\r", "\x1b[", "\x1b]", "\x1b[31m"]
)
def test_linear(piece: str) -> None:
    assert growth(show_terminal, lambda size: "x" * size + piece * size, 8000) < MOST


def test_a_style_goes_on_over_lines() -> None:
    assert show_terminal("\x1b[1;31ma\nb\x1b[0mc").spans == (
        Span(0, 1, "ansi-bold ansi-fg-1"),
        Span(2, 3, "ansi-bold ansi-fg-1"),
    )
