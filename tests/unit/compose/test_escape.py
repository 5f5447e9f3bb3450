"""Text that reaches Markdown shows as that text, and opens nothing."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.token import Token

from deckwright.compose.escape import (
    closing_directions,
    escape_cell,
    escape_inline,
    escape_value,
    marked,
    marks_of,
    one_line,
)
from deckwright.parse.markdown import markdown

ZERO_WIDTH = "\u200b"
printable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
pieces = st.lists(
    st.sampled_from(["`", "$", "<script>", "[a](b)", "![", "|", "\\", "*", "_", "~~", "&lt;", "a", " ", "#",
                     "-", "1.", "://", ":smile:", "<!--", "-->", "中", "=", "{", "\n"])
).map("".join)  # fmt: skip


def shown(text: str) -> str:
    """Return what a paragraph shows; fails if it is more than text."""
    tokens = markdown().parse(text)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return text_of(tokens[1])


def text_of(inline: Token) -> str:
    """Return what text shows; fails if there is more than text and what keeps it apart."""
    children = [child for child in inline.children or [] if child.content != "<!-- prettier-ignore -->"]
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


@given(pieces | printable)
def test_inline_shows_just_that_text(text: str) -> None:
    assert shown(f"x {escape_inline(text)} x") == f"x {one_line(text)} x"


@given(pieces | printable)
def test_in_a_table_cell_it_stays_in_the_cell(text: str) -> None:
    tokens = markdown().parse(f"| a | b |\n|---|---|\n| {escape_cell(text)} | z |\n")
    cells = [token for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert text_of(cells[2]) == one_line(text)
    assert cells[3].content == "z"


@given(
    pieces | printable, st.sampled_from([".", ")", ". a", ") a", "---", "- a", "# a", "    a", "=", "", "中"])
)
def test_at_the_start_of_a_line_nothing_opens(text: str, following: str) -> None:
    tokens = markdown().parse(escape_value(text, "", "", following[:1]) + following)
    assert tokens[0].type == "paragraph_open"
    assert len(tokens) == 3


@given(
    pieces | st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=3),
    st.sampled_from(["<", "</", "&", "&#", ":", "http://", "a@", "1", "2*", "(", "a"]),
    st.sampled_from(
        [">", " c>", ";", ":", ".com", "@b.com", "0. ", "**", "*3", "_", ")", "`", "$", "a", "中"]
    ),
)
def test_with_its_neighbours_it_is_text(text: str, before: str, after: str) -> None:
    expected = f"x {before}{one_line(text) or ZERO_WIDTH}{closing_directions(one_line(text))}{after} x"
    assert shown(f"x {before}{escape_value(text, '', before[-1:], after[:1])}{after} x") == expected


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("a", ""),
        ("\u202ea", "\u202c"),
        ("\u2067\u202ea", "\u202c\u2069"),
        ("\u2067\u202ea\u2069", ""),
        ("\u202c", ""),
    ],
)
def test_a_direction_ends_with_the_text_that_turns_it(text: str, ends: str) -> None:
    assert closing_directions(text) == ends


@pytest.mark.parametrize(
    ("label", "text", "kept", "shown"),
    [
        ("1", "2.5", "2.5", "2\\.5"),
        ("**1**", "2", "**2**", "**2**"),
        ("__1__", "2", "__2__", "**2**"),
        ("**1**", "2%", "**2%**", "**2\\%**"),
        ("***1***", "-2", "***-2***", "***\\-2***"),
        ("`1`", "a_b", "`a_b`", "`a_b`"),
        ("**`1`**", "a*", "**`a*`**", "**`a*`**"),
        ("`1`", "a|b", "a|b", "&#97;&#124;b"),
        ("**1** b", "2", "2", "2"),
        ("**1**", "", "", "&#8203;"),
        ("**", "2", "2", "2"),
        ("", "2", "2", "2"),
        ("**](**", "2", "**2**", "**2**"),
    ],
)
def test_emphasis_stays(label: str, text: str, kept: str, shown: str) -> None:
    marks = marks_of(label, text)
    assert marked(text, marks, str) == kept
    assert escape_value(text, marks, "", "") == shown


@given(
    st.text(st.sampled_from("a1%(中。-*~"), min_size=1, max_size=3),
    st.sampled_from(["**", "*", "~~", "`", "**`", "__", "***"]),
    st.sampled_from(["", "x ", "x", "中", "(", "> ", "- "]),
    st.sampled_from(["", " x", "x", "中", ")", "。", "`"]),
)
@example("--", "`", "- ", "")
def test_emphasis_holds_wherever_it_stands(text: str, marks: str, before: str, after: str) -> None:
    placed = escape_value(text, marks, before[-1:], after[:1])
    tokens = [c for t in markdown().parse(f"{before}{placed}{after}") for c in t.children or []]
    kinds = {c.type for c in tokens}
    wanted = {"*": "em_open", "**": "strong_open", "__": "strong_open", "~~": "s_open", "`": "code_inline"}
    assert {kind for mark, kind in wanted.items() if mark == marks} <= kinds
    shown = "".join(c.content for c in tokens if c.type != "html_inline")
    assert shown.strip().endswith(f"{text}{after}".strip())
