"""Which values readers may choose, and where decks say that something varies."""

import ast

import pytest

from deckwright.model import Control
from deckwright.parse import parse_script
from deckwright.parse.titles import read_title
from deckwright.parse.vary import control_of


@pytest.mark.parametrize(
    ("code", "listed", "values", "accepted"),
    [
        ("x = 0.1", [0.01, 0.1, 1.0], ("0.01", "0.1", "1.0"), 1),
        ("x = 1e-1", [0.01, 0.1], ("0.01", "0.1"), 1),
        ("x = 1", [0.5, 1.0], ("0.5", "1"), 1),
        ("x = -2", [-1, 1], ("-2", "-1", "1"), 0),
        ("x = 5", [1, 10], ("1", "5", "10"), 1),
        ("x = 5", [10, 1], ("5", "10", "1"), 0),
        ("x = True", [0, 1], ("True", "0", "1"), 0),
        ("x: str = 'relu'", ["gelu", "relu"], ("'gelu'", "'relu'"), 1),
        ("x = 2 ** 3", [1, 8], ("2 ** 3", "1", "8"), 0),
        ("if __name__ == '__main__':\n    x = 3", [3, 4], ("3", "4"), 0),
    ],
)
def test_the_own_value_is_one_of_them(
    code: str, listed: list[object], values: tuple[str, ...], accepted: int
) -> None:
    assert control_of(ast.parse(code), "x", listed) == Control("x", values, accepted)


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("[tool.deckwright.vary]\n# lr = 0.1", "must be a list of values, not 0.1"),
        ("[tool.deckwright.vary]\n# lr = []", "must be a list of values"),
        ("[tool.deckwright.vary]\n# lr = [[1]]", "must be a text, a number, true or false, not [1]"),
        ("[tool.deckwright.vary]\n# lr = [1, 1.0, 2]", "has a value twice: 1, 1.0, 2"),
        ("[tool.deckwright.vary]\n# lr = [0.5]", "has no other value than 0.5"),
        ("[tool.deckwright.vary]\n# rate = [1]", "sets no top-level name 'rate'"),
        ("[tool.deckwright.vary]\n# twice = [1]", "sets 'twice' more than once, in lines 6 and 7"),
        ("[tool.deckwright]\n# vary = 3", "'vary' must be a table of names and values"),
    ],
)
def test_a_table_that_cannot_be_used(table: str, wrong: str) -> None:
    text = f"# /// script\n# {table}\n# ///\nlr = 0.5\ntwice = 1\ntwice = 2\n"
    (found,) = parse_script("a.py", text).diagnostics
    assert found.slug == "bad-option"
    assert wrong in found.message


@pytest.mark.parametrize(
    ("title", "rest", "device", "vary"),
    [
        ("{:.1%}", "{:.1%}", None, None),
        ("{:.1%} vary: lr", "{:.1%}", None, " lr"),
        ("vary: lr, batch", "", None, " lr, batch"),
        ("device: cuda", "device: cuda", "cuda", None),
        ("device: cuda, vary: lr", "device: cuda", "cuda", " lr"),
        ("prices vary:not", "prices", None, "not"),
        ("they vary a lot", "they vary a lot", None, None),
    ],
)
def test_titles(title: str, rest: str, device: str | None, vary: str | None) -> None:
    read = read_title(title)
    assert (read.rest, read.device, read.vary) == (rest, device, vary)
