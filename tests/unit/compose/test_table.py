"""Tables that cells display."""

from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.table import table_of
from deckwright.parse.markdown import markdown

FRAME = """<div><style scoped>td {x}</style><table border="1"><thead><tr><th></th><th>a|b</th></tr></thead>
<tbody><tr><th>0</th><td>1.5</td></tr><tr><td>only <b>one</b></td></tr></tbody></table><p>2 rows</p></div>"""

html = st.lists(
    st.sampled_from(["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "x", "|", "\n", "`",
                     "---", "<script>",
                     "</script>", "&lt;b&gt;", "<![", "<!--", "-->", "$", "\x00", "\ud800"])
).map("".join)  # fmt: skip


def test_a_data_frame() -> None:
    assert table_of(FRAME).splitlines() == [
        "|  | a&#124;b |",
        "| --- | --- |",
        "| 0 | 1\\.5 |",
        "| only one |  |",
    ]


def test_an_invisible_character_at_the_end_of_a_cell_stays() -> None:
    cell = "\ufeff\xe4\x1b\U000c7399\ufeff"
    assert table_of(f"<table><tr><td>{cell}</td></tr></table>").startswith(
        "| &#65279;\xe4\\^\\[\U000c7399&#65279; |\n"
    )


def test_no_table() -> None:
    assert table_of("<p>x</p>") == ""
    assert table_of("<![x") == ""


def test_the_first_table_only() -> None:
    assert table_of("<table><tr><td>1</table><table><tr><td>2</td></table>").count("2") == 0


@given(html)
def test_it_is_one_table_and_nothing_else(text: str) -> None:
    table = table_of(text)
    table.encode()
    types = [token.type for token in markdown().parse(table) if not token.level]
    assert types in ([], ["table_open", "table_close"])
