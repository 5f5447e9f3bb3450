"""Scripts: statements, cells, regions, names, options."""

import warnings

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckwright.model import Options, Script, Statement
from deckwright.parse import parse_script
from deckwright.parse.script import parse_program
from support.cases import Case, read_cases
from support.course import SCRIPT, described

LINES = [
    "# region a",
    "# endregion a",
    "# endregion",
    "# region",
    "# %% a",
    "# %%",
    "#| label: x",
    "#| raises: [",
    "x = 1",
    "",
    "def f():",
    "    # region b",
    "    return 1",
    '"""',
    "# region a # endregion a",
    "if x:",
    "  # endregion b",
    "\tpass",
    "\x0c",
    "# /// script",
    "# [tool.deckwright]",
    "# tool = 3",
    "# timeout = 3",
    "# [tool.deckwright.smoke]",
    "# smoke.x = 3",
    "# x = 1",
    "#| smoke: false",
    "# ///",
    "class A:",
    "@d",
    "\\",
    "(",
    ")",
    "from x import *",
    "import a.b as c",
    "\x00",
    "\ud800",
    "中 = 1",
    "'\\d'",
    "# %% [markdown]",
    "!ls",
    "v = %time f()",
    "%%bash",
    "len?",
    "await x",
]
wild = st.lists(st.sampled_from(LINES)).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)


def statements_of(script: Script) -> list[Statement]:
    return [statement for unit in script.units for statement in unit.statements]


def parse(text: str) -> Script:
    return parse_script(SCRIPT, text)


def script_text(script: Script) -> str:
    """Return regions with their statements and code, cells, names, options, wrongs."""
    rows = []
    for name, region in script.regions.items():
        if name:
            span = f"{region.first_statement}-{region.end_statement}"
            rows.append(f"region {name} {span} [{region.code.replace(chr(10), '⏎')}]")
    for cell in script.cells:
        rows.append(
            f"cell {cell.name!r} {cell.first_line}-{cell.last_line}"
            f" {cell.first_statement}-{cell.end_statement} {cell.label!r} {cell.raises!r}"
            f" {cell.fig_alt!r} {cell.fig_width}"
        )
    rows.append("names " + ("?" if script.names is None else " ".join(sorted(script.names))))
    if script.options != Options():
        rows.append(str(script.options))
    if script.smoke.overrides:
        rows.append(f"smoke {script.smoke} without {script.smoke.left_out}")
    return "\n".join([*rows, described(script.diagnostics)]).rstrip("\n")


@pytest.mark.parametrize("case", list(read_cases("parse/script.md")), ids=lambda case: case.id)
def test_script(case: Case) -> None:
    assert script_text(parse(case.inputs[0])) == case.expected


@given(st.text() | wild)
@settings(max_examples=300)
def test_never_raises_and_every_range_is_in_the_script(text: str) -> None:
    script = parse(text)
    count = len(statements_of(script))
    for part in (*script.regions.values(), *script.cells):
        assert 0 <= part.first_statement <= part.end_statement <= count


@example("\\\r\n")
@given(wild)
def test_line_ends_change_nothing(text: str) -> None:
    plain = parse(text.replace("\r\n", "\n").replace("\r", "\n"))
    script = parse(text)
    assert script.regions == plain.regions
    assert script.cells == plain.cells
    assert [unit.syntax for unit in script.units] == [
        unit.syntax for unit in plain.units
    ] or plain.diagnostics


def test_a_backslash_at_the_end_is_no_trouble() -> None:
    (diagnostic,) = parse("#region\r\\\r\n").diagnostics
    assert diagnostic.slug == "syntax-error"


def test_a_byte_order_mark_is_no_part_of_the_script() -> None:
    assert parse("\ufeffx = 1\n") == parse("x = 1\n")


def test_deep_nesting_is_told() -> None:
    (diagnostic,) = parse("x = " + "(" * 5000 + ")" * 5000).diagnostics
    assert diagnostic.slug == "syntax-error"
    (diagnostic,) = parse("x = " + "+".join(["1"] * 20000)).diagnostics
    assert diagnostic.slug == "syntax-error"


def test_what_python_would_warn_of_is_the_run_s_business() -> None:
    with warnings.catch_warnings(record=True) as seen:
        assert not parse("x = '\\d'\n").diagnostics
    assert not seen


def test_the_exec_fences_of_a_deck_are_one_script_with_the_deck_s_lines() -> None:
    fences = [(3, "x = 1\nprint(x)\n"), (8, "#| raises: ValueError\nint('x')\n"), (12, "")]
    script = parse_program("slides/deck.md", 12, fences)
    assert [unit.first_line for unit in script.units] == [3, 8, 12]
    assert [(s.first_line, s.last_line) for s in statements_of(script)] == [(3, 3), (4, 4), (9, 9)]
    assert [(c.first_statement, c.end_statement, c.raises) for c in script.cells] == [
        (0, 2, ""),
        (2, 3, "ValueError"),
        (3, 3, ""),
    ]
    assert script.text.split("\n")[2:4] == ["x = 1", "print(x)"]


def test_a_syntax_error_that_is_asserted_is_none() -> None:
    fence = (2, "#| raises: SyntaxError\nx = = 1\n")
    assert not parse_program("slides/deck.md", 4, [fence]).diagnostics


def test_comments_and_blank_lines_are_in_no_statement() -> None:
    plain, moved = parse("x = 1\ny = 2\n"), parse("# a\n\nx = 1  # b\n# region r\ny = 2\n# endregion r\n")
    assert [unit.syntax for unit in plain.units] == [unit.syntax for unit in moved.units]
