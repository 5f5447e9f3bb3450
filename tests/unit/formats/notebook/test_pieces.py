"""Where a script is divided, and what a cell of it holds."""

from __future__ import annotations

import pytest

from deckwright.formats.notebook.pieces import Pieces
from deckwright.parse import parse_script
from deckwright.parse.script import parse_program


def pieces_of(script: str) -> Pieces:
    """Return the pieces of a script; what is called `shown` is displayed."""
    parsed = parse_script("snippets/a.py", script)
    lines = [each.first_line for unit in parsed.units for each in unit.statements]
    rows = script.split("\n")
    return Pieces(parsed, [n for n, line in enumerate(lines) if rows[line - 1].startswith("shown")])


@pytest.mark.parametrize(
    ("script", "cells"),
    [
        pytest.param("a = 1\n\n# %% two\n#| label: f\nb = 2\n", ["a = 1", "b = 2"], id="cells"),
        pytest.param("# region r\na = 1\n# endregion r\n", ["a = 1"], id="markers"),
        pytest.param("# ///\n# /// script\n# x = 1\n# ///\na = 1\n", ["# ///\na = 1"], id="script-block"),
        pytest.param("f()\n", ["f();"], id="a-value-that-no-run-displays"),
        pytest.param("é = [1]  # é\né  # x\n", ["é = [1]  # é\né;  # x"], id="behind-the-value"),
        pytest.param("print(1)\n", ["print(1)"], id="print"),
        pytest.param("# %%\nshown\n", ["shown"], id="a-value-that-a-cell-displays"),
        pytest.param("# %%\nplot()\n", ["plot();"], id="a-value-that-a-cell-does-not-display"),
        pytest.param("# %%\nx;\n", ["x;"], id="a-semicolon"),
        pytest.param("# %% [markdown]\n# text\n# %%\na = 1\n", ["a = 1"], id="text"),
        pytest.param("", [], id="nothing"),
        pytest.param("# only a comment\n", [], id="a-comment"),
        pytest.param(
            'a = 1\nif __name__ == "__main__":\n'
            '    @f\n    def g():\n        return """\n    x\ny"""\n\n    g()\n',
            ['a = 1\n@f\ndef g():\n    return """\n    x\ny"""\n\ng();'],
            id="main-guard",
        ),
        pytest.param(
            'if __name__ == "__main__": f()\n', ['if __name__ == "__main__": f()'], id="guard-in-one-line"
        ),
        pytest.param(
            "# %%\n#| raises: KeyError\nd = {}\nd[1]\n# %%\nx = 1\n",
            ["d = {}\nd[1]", "x = 1"],
            id="an-exception",
        ),
        pytest.param("a = 1\r\nb = 2\r\n", ["a = 1\nb = 2"], id="crlf"),
    ],
)
def test_cells_of_a_script(script: str, cells: list[str]) -> None:
    pieces = pieces_of(script)
    assert [piece.code for piece in pieces.cut(1, pieces.last_line)] == cells


def test_a_statement_is_never_divided() -> None:
    pieces = pieces_of("@f\ndef g():\n    # region r\n    return 1\n    # endregion r\n\nh = [\n    1,\n]\n")
    assert pieces.widened(4, 4) == (1, 4)
    assert pieces.widened(4, 8) == (1, 9)
    assert pieces.widened(6, 6) == (6, 6)


def test_a_cell_that_asserts_an_exception_is_never_divided() -> None:
    pieces = pieces_of("# %%\n#| raises: KeyError\nd = {}\nd[1]\n# %%\nx = 1\n")
    assert pieces.widened(4, 4) == (2, 4)
    assert [piece.raises for piece in pieces.cut(1, 6)] == [True, False]


def test_a_docstring_can_be_left_out() -> None:
    pieces = pieces_of('# /// script\n# ///\n"""What\n\nit is."""\nimport a\n')
    assert pieces.docstring.text == "What\n\nit is."
    assert [piece.code for piece in pieces.cut(1, 6, pieces.docstring.lines)] == ["import a"]
    assert [piece.statements for piece in pieces.cut(1, 6, pieces.docstring.lines)] == [range(1, 2)]


def test_fences_that_python_cannot_read() -> None:
    fences = [(2, "#| raises: SyntaxError\n1 +\n"), (7, "#| label: x\ny = 1\n")]
    pieces = Pieces(parse_program("slides/a.md", 9, fences))
    assert [(piece.code, piece.raises) for piece in pieces.cut(1, 9)] == [("1 +", True), ("y = 1", False)]
    assert pieces.docstring.text == ""
