"""Tables that cells display."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.table import tables_of, text_of_tables
from deckwright.compose.terminal import show_controls
from deckwright.model import Display
from deckwright.parse.markdown import markdown
from support.cases import Case, read_cases
from support.hostile import hostile

html = st.lists(
    st.sampled_from(["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "<thead>", "<caption>",
                     "x", "|", "\n", "`", "---", "<script>", "<p>", "<br>", '<td rowspan="0" colspan="3">',
                     '<th rowspan="3">', "<style>td { color: red }", "</style>", "</script>", "&lt;b&gt;",
                     "<![", "<!--", "-->", "$", "\x00", "\ud800"])
).map("".join)  # fmt: skip

GROUPED = """<table><tr><th>a</th><th>b</th></tr><tr><th rowspan="3">x</th><td>1</td></tr><tr><td>2</td></tr>
<tr><td>3</td></tr><tr><th>y</th><td>4</td></tr></table>"""


def shown(text: str, **chosen: str | int) -> str:
    return tables_of(text, Display(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize("case", list(read_cases("tables/displayed.md")), ids=lambda case: case.id)
def test_displayed(case: Case) -> None:
    assert shown(case.inputs[0]) == case.expected


def test_an_invisible_character_at_the_end_of_a_cell_stays() -> None:
    cell = "\ufeff\xe4\x1b\U000c7399\ufeff"
    table = shown(f"<table><tr><th>a</th></tr><tr><td>{cell}</td></tr></table>")
    assert table.splitlines()[-1] == "| &#65279;\xe4\\^\\[\U000c7399&#65279; |"


@pytest.mark.parametrize(
    ("held", "seen"),
    [
        ("\xe4\x1b\U000c7399", "\xe4\\^\\[\U000c7399"),
        ("\xe4\x1bZ", "\xe4\\^\\[Z"),
        ("a\x1b[31mb\x1b[0m", "a\\^\\[\\[31mb\\^\\[\\[0m"),
        ("abc\b\bX", "abc\\^H\\^HX"),
        ("\x1b]0;t\x07\x9bA\x00", "\\^\\[\\]0\\;t\\^G\\\\x9bA\\^\\@"),
    ],
)
def test_no_letter_of_a_cell_is_a_command_of_a_terminal(held: str, seen: str) -> None:
    table = shown(f"<table><caption>{held}</caption><tr><th>a</th></tr><tr><td>{held}</td></tr></table>")
    assert table.startswith(f"**{seen}**\n")
    assert table.splitlines()[-1] == f"| {seen} |"
    assert show_controls(held) in text_of_tables(f"<table><tr><td>{held}</td></tr></table>")


@pytest.mark.parametrize(
    ("chosen", "column", "rows"),
    [
        ({}, ["x", "", "", "y"], ["hh", "hd", "ud", "ud", "hd"]),
        ({"max_lines": 2}, ["x", ""], ["hh", "hd", "ud"]),
        ({"lines": "2-3"}, ["x", ""], ["hh", "hd", "ud"]),
        ({"lines": "4,1"}, ["y", "x"], ["hh", "hd", "hd"]),
        ({"lines": "3,4,2"}, ["x", "y", "x"], ["hh", "hd", "hd", "hd"]),
        ({"lines": "9"}, [], []),
    ],
)
def test_chosen_rows_keep_what_is_merged(
    chosen: dict[str, str | int], column: list[str], rows: list[str]
) -> None:
    table = shown(GROUPED, **chosen)
    lines = [line for line in table.splitlines() if line.startswith("|")]
    assert [line.split("|")[1].strip() for line in lines[2:]] == column
    assert _rows(table) == rows


@pytest.mark.parametrize(("dots", "note"), [("...", "more rows"), ("…", "more rows"), ("1", "2 more rows")])
def test_rows_that_the_library_leaves_out_are_not_counted(dots: str, note: str) -> None:
    rows = "".join(f"<tr><td>{text}</td><td>{text}</td></tr>" for text in ("1", dots, "9"))
    assert shown(f"<table>{rows}</table>", max_lines=1).endswith(f"\n\n… \\({note}\\)")
    assert shown(f"<table>{rows}</table>", max_lines=2).endswith("\n\n… \\(1 more row\\)")


@pytest.mark.parametrize(
    ("rows", "head", "first"),
    [
        ("<tr><td></td><th>a</th></tr><tr><td></td><th>b</th></tr><tr><th>x</th><td>1</td></tr>", 2, "hh"),
        ('<tr><td rowspan="2"></td><th>a</th></tr><tr><th>b</th></tr><tr><th>x</th><td>1</td></tr>', 2, "hh"),
        ("<tr><td>x</td><th>a</th></tr><tr><th>x</th><td>1</td></tr>", 0, "dh"),
    ],
    ids=["two", "merged", "no header"],
)
def test_the_empty_corner_of_a_header_is_a_heading(rows: str, head: int, first: str) -> None:
    layout = json.loads(shown(f"<table>{rows}</table>").splitlines()[0].split(" ", 4)[4].removesuffix(" -->"))
    assert (layout["head"], layout["rows"][0]) == (head, first)


def test_rows_and_columns_that_are_left_out_are_counted() -> None:
    assert shown(GROUPED, max_lines=3).endswith("\n\n… \\(1 more row\\)")
    long = "<table>" + "<tr><td>1</td></tr>" * 70 + "</table>"
    assert shown(long).endswith("\n\n… \\(10 more rows\\)")
    wide = "<table><tr>" + "<td>1</td>" * 70 + "</tr></table>"
    assert shown(wide).endswith("\n\n… \\(10 more columns\\)")


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td rowspan=99999999 colspan=99999999>1</td></tr></table>",
        "<table>" + "<tr><td colspan=1000>1</td></tr>" * 90 + "</table>",
        "<table><tr>" + "<td rowspan=1000>1</td>" * 2000 + "</tr></table>",
    ],
)
def test_an_endless_table_is_cut(text: str) -> None:
    table = shown(text)
    assert len(table) < 20_000
    assert max(map(len, _rows(table))) <= 60


@pytest.mark.parametrize(
    "text", ["<table>" * 99999, "<b>" * 300 + "<table><tr><td>1", "<table>" + " " * 3_000_000]
)
def test_what_is_too_deep_or_too_long_is_no_table(text: str) -> None:
    assert shown(text) == ""


@given(html | hostile().map(lambda text: f"<table><tr><td style='{text}'>{text}</table>"))
def test_it_is_tables_and_text_and_nothing_else(text: str) -> None:
    table = shown(text)
    table.encode()
    bare = "\n".join(line for line in table.split("\n") if not line.startswith("<!-- lint ignore "))
    types = {token.type for token in markdown().parse(bare) if not token.level}
    assert types <= {"table_open", "table_close", "paragraph_open", "paragraph_close"}


def test_tables_as_text() -> None:
    assert text_of_tables(f"<p>two</p>{GROUPED.replace('<table>', '<table><caption>C</caption>')}") == (
        "two\n\nC\na  b\nx  1\n   2\n   3\ny  4"
    )
    assert text_of_tables("<table><tr><th>n</th></tr></table>") == "n"


VALUES = st.sampled_from(
    ["red", "url(x)", "#fff", "rgb(1, 2, 3)", "var(--a)", "expression(1)", "1px", "fixed", ";", "}", "{",
     "-->", "</style>", '"', "\\", "image-set('x')", "linear-gradient(", ")", "<!--", "@import 'x';", "50%",
     ",", "bold", "calc(1px)"]
)  # fmt: skip
NAMES = st.sampled_from(
    ["color", "background", "background-color", "border", "font-weight", "position", "content"]
)


@given(st.lists(st.tuples(NAMES, st.lists(VALUES, max_size=4).map(" ".join)), max_size=4))
def test_styles_are_colours_fonts_and_borders(declarations: list[tuple[str, str]]) -> None:
    css = ";".join(f"{name}: {value}" for name, value in declarations)
    for text in (f"<style>td {{ {css} }}</style><table><tr><td>1", f'<table><tr><td style="{css}">1'):
        for style in _layout(shown(text + "</table>")).get("styles", {}):
            assert re.fullmatch(r"[\w#%(),.:; -]+", style)
            assert not re.search(r"url|var|calc|image|expression|import|fixed|content|--", style)


def _layout(table: str) -> dict[str, dict[str, object]]:
    match = re.search(r"<!-- lint ignore deckwright-table (.*) -->", table)
    return json.loads(match[1]) if match else {}


def _rows(table: str) -> list[str]:
    rows = _layout(table).get("rows", [])
    return list(rows)


@pytest.mark.parametrize(
    ("texts", "right"),
    [
        (("-3,5", "0,25"), True),
        (("1.234.567,8", "0,1"), True),
        (("1,234,567.8", "-.5"), True),
        (("1'234", "12"), True),
        (("1 084 831", "7"), True),
        (("1+2j", "-0.5e-3-1.0j", "3j"), True),
        (("$5", "€1,234.50", "12 %", "3 €"), True),
        (("inf", "-inf", "NaN", "1e+300"), True),
        (("1", "two"), False),
        (("1, 2", "3"), False),
        (("1.2.3", "3"), False),
        (("2026-01-01", "2026-01-02"), False),
        (("None", "NaT"), False),
    ],
    ids=str,
)
def test_a_column_of_numbers_is_aligned_right(texts: tuple[str, ...], right: bool) -> None:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in texts)
    table = shown(f"<table><thead><tr><th>n</th></tr></thead>{rows}</table>")
    assert ("---:" in table) is right
