"""Sessions with prompts as code and output."""

import pytest

from deckwright.adopt.analysis.edits import applied
from deckwright.adopt.analysis.sessions import exchanges_of, session_edits
from deckwright.parse import parse_deck
from support.plain_decks import fence


@pytest.mark.parametrize(
    ("session", "exchanges"),
    [
        (">>> x = 1\n>>> x\n1\n>>> y = 2", [("x = 1\nx", "1"), ("y = 2", "")]),
        (">>> for i in x:\n...     print(i)\n...\n1\n2", [("for i in x:\n    print(i)\n", "1\n2")]),
        ("In [1]: x = 1\n\nIn [2]: x\nOut[2]: 1\n", [("x = 1\nx", "1")]),
        (
            "In [1]: def f():\n   ...:     return 1\n   ...:\n\nIn [2]: f()",
            [("def f():\n    return 1\n\nf()", "")],
        ),
        (">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb", [("print('a\\n\\nb')", "a\n\nb")]),
        (">>> x  # doctest: +ELLIPSIS\n[1, ...]", [("x", "[1, ...]")]),
        (">>>\n>>> x\n1", [("\nx", "1")]),
        ("x = 1\n>>> x", []),
        ("x = 1", []),
        ("", []),
    ],
)
def test_code_ends_where_an_output_is_shown(session: str, exchanges: list[tuple[str, str]]) -> None:
    found = [("\n".join(each.code), "\n".join(each.shown).strip("\n")) for each in exchanges_of(session)]
    assert found == exchanges


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_session_becomes_fences_at_its_place(end: str) -> None:
    text = "# A\n\n- b\n\n  ```pycon\n  >>> x = 1\n  >>> x\n  1\n  ```\n\nc\n".replace("\n", end)
    edits = [edit for _, edit in session_edits(parse_deck("slides/a.md", text))]
    code = "  ```python\n  x = 1\n  x\n  ```\n\n  ```text output\n  1\n  ```\n"
    assert applied(text, edits) == f"# A\n\n- b\n\n{code}\nc\n".replace("\n", end)


@pytest.mark.parametrize(
    ("info", "is_session"),
    [
        ("python", True),
        ("", True),
        ("doctest", True),
        ('python no-exec="a session with prompts, no program"', True),
        ('python no-exec="my own reason"', False),
        ("python {1}", False),
        ("bash", False),
    ],
)
def test_which_fences_may_become_code_and_output(info: str, is_session: bool) -> None:
    deck = parse_deck("slides/a.md", fence(">>> x", info=info))
    assert bool(list(session_edits(deck))) is is_session
    assert not list(session_edits(deck, {1}))


def test_a_fence_that_is_not_closed_stays() -> None:
    assert not list(session_edits(parse_deck("slides/a.md", "```python\n>>> x\n")))
