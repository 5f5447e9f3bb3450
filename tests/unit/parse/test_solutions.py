"""Solutions of exercises: where they are, what is wrong with their marks, and scripts without them."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.model import Severity
from deckwright.parse import parse_script
from deckwright.parse.solutions import without_solutions
from support.course import SCRIPT, described

SCRIPTS = {
    "in a function": (
        'def f(x):\n    """Double."""\n    # BEGIN SOLUTION\n    return 2 * x\n    # END SOLUTION\n\nf(1)\n',
        'def f(x):\n    """Double."""\n    raise NotImplementedError("f")\n\nf(1)\n',
    ),
    "in a method, as nbgrader writes it": (
        "class A:\n  def f(self):\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n",
        'class A:\n  def f(self):\n    raise NotImplementedError("A.f")\n',
    ),
    "at top level": (
        "a = 1\n# BEGIN SOLUTION\nb = 2\n# END SOLUTION\nc = 3\n",
        'a = 1\nraise NotImplementedError("a")\nc = 3\n',
    ),
    "marks that are not indented as their code": (
        "if True:\n# BEGIN SOLUTION\n    x = 1\n# END SOLUTION\n",
        'if True:\n    raise NotImplementedError("a")\n',
    ),
    "no code": ("x = 1\n# BEGIN SOLUTION\n\n# END SOLUTION", 'x = 1\nraise NotImplementedError("a")'),
    "two of them": (
        "".join(f"def {name}():\n  # BEGIN SOLUTION\n  pass\n  # END SOLUTION\n" for name in "fg"),
        'def f():\n  raise NotImplementedError("f")\ndef g():\n  raise NotImplementedError("g")\n',
    ),
    "Chinese, with other line ends": (
        "def 求和():\r\n    # BEGIN SOLUTION 提示\r\n    return 1\r\n    # END SOLUTION\r\n",
        'def 求和():\n    raise NotImplementedError("求和")\n',
    ),
    "none": ("x = '# BEGIN'\n", "x = '# BEGIN'\n"),
}


@pytest.mark.parametrize(("text", "without"), SCRIPTS.values(), ids=SCRIPTS)
def test_a_script_without_its_solutions(text: str, without: str) -> None:
    script = parse_script(SCRIPT, text)
    assert script.diagnostics == ()
    assert without_solutions(SCRIPT, text, script.solutions) == without
    ast.parse(without)


WRONG = {
    "no end": (
        "x = 1\n# BEGIN SOLUTION\ny = 1\n",
        "snippets/a.py:2:1 bad-solution <# BEGIN SOLUTION> this solution has no end"
        " | write '# END SOLUTION' where it ends",
    ),
    "no beginning": (
        "x = 1\n# END SOLUTION\n",
        "snippets/a.py:2:1 bad-solution <# END SOLUTION> no solution has begun"
        " | remove it, or write '# BEGIN SOLUTION' above",
    ),
    "nested": (
        "# BEGIN SOLUTION\nx = 1\n# BEGIN SOLUTION\ny = 1\n# END SOLUTION\n",
        "snippets/a.py:3:1 bad-solution <# BEGIN SOLUTION> a solution begins in that of line 1"
        " | end that one above: # END SOLUTION",
    ),
    "in a string": (
        's = """\n# BEGIN SOLUTION\n"""\n',
        "snippets/a.py:2:1 stray-mark <# BEGIN SOLUTION> this marks no solution:"
        " it is in a text, or behind code"
        " | make it a comment on a line of its own",
    ),
    "behind code": (
        "# BEGIN SOLUTION\nx = 1  # END SOLUTION\n# END SOLUTION\n",
        "snippets/a.py:2:8 stray-mark <# END SOLUTION> this marks no solution:"
        " it is in a text, or behind code"
        " | make it a comment on a line of its own",
    ),
    "half of a statement": (
        "x = [\n    # BEGIN SOLUTION\n    1,\n    # END SOLUTION\n]\n",
        "snippets/a.py:2:1 bad-solution <    # BEGIN SOLUTION> Python cannot read the script"
        " without this solution: invalid syntax"
        " | put the marks around whole statements, with nothing else of them left",
    ),
}


@pytest.mark.parametrize(("text", "wrong"), WRONG.values(), ids=WRONG)
def test_marks_that_are_wrong(text: str, wrong: str) -> None:
    assert described(parse_script(SCRIPT, text).diagnostics) == wrong


def test_a_text_about_marks_is_only_warned_of() -> None:
    (found,) = parse_script(SCRIPT, WRONG["in a string"][0]).diagnostics
    assert found.severity is Severity.WARNING


def test_marks_are_on_no_slide() -> None:
    script = parse_script(SCRIPT, "# region r\n# BEGIN SOLUTION\nx = 1\n# END SOLUTION\n# endregion r\n")
    assert script.regions["r"].code == "x = 1"


blocks = st.lists(
    st.sampled_from(["x = 1", "    y = 2", "if x:", "def f():", "# BEGIN SOLUTION", "    # END SOLUTION"])
)


@given(blocks)
def test_what_is_left_is_python_or_something_is_wrong(rows: list[str]) -> None:
    text = "\n".join(rows)
    script = parse_script(SCRIPT, text)
    if script.solutions and not script.diagnostics:
        without = without_solutions(SCRIPT, text, script.solutions)
        compile(without, "", "exec")
        assert without.count("NotImplementedError") == len(script.solutions)
        assert "SOLUTION" not in without
