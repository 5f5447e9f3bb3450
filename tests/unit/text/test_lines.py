"""Lines are what Markdown and Python call lines."""

from hypothesis import given
from hypothesis import strategies as st

from deckwright.text.lines import Lines


def test_only_three_line_ends() -> None:
    lines = Lines("p", "a\nb\r\nc\rd\x0ce\u2028f\x85g")
    assert [lines[n] for n in range(len(lines) + 2)] == ["", "a", "b", "c", "d\x0ce\u2028f\x85g", ""]


def test_a_final_line_end_opens_no_line() -> None:
    assert len(Lines("p", "a\n")) == 1
    assert len(Lines("p", "")) == 1


def test_the_next_line_that_is_not_blank() -> None:
    lines = Lines("p", "\n \n# A\n\n")
    assert lines.written(1) == lines.location(3, 1, 3)
    assert lines.written(4) == lines.location(4)


def test_past_the_end() -> None:
    lines = Lines("p", "a\nb")
    assert lines.start(9) == 3
    assert lines.at(3) == (2, 2)


def test_a_diagnostic_carries_its_line() -> None:
    lines = Lines("p", "a\nbc\n")
    diagnostic = lines.diagnostic("slug", "message", lines.location(2, 2, 0))
    assert (diagnostic.source, diagnostic.location.length) == ("bc", 1)


@given(st.text(alphabet="a\r\n\u2028"))
def test_lines_and_offsets_agree(text: str) -> None:
    lines = Lines("p", text)
    assert lines.start(1) == 0
    for offset in range(len(text)):
        line, column = lines.at(offset)
        assert lines.start(line) + column - 1 == offset
        assert offset < lines.start(line + 1)
