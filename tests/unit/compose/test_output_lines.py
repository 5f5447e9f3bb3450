"""Where the outputs of a deck are in the expanded deck."""

from __future__ import annotations

import pytest

from deckwright.compose.compose import compose
from deckwright.compose.output_lines import output_lines
from support.course import course_of, deck_of, result_of

SCRIPTS = {"snippets/a.py": "# region r\nx = 1\ny = 2\n# endregion r\n"}
OUTPUT = "```text output=../snippets/a.py\n```\n"
CODE = "```python file=../snippets/a.py#r {1|2}\n```\n"
PLAIN = "```text\na\n```\n"


def shown(deck: str, *printed: str) -> list[str]:
    """Return the lines of each output."""
    course = course_of(deck, SCRIPTS)
    expanded = compose(deck_of(course), course, result_of(*printed))
    rows = expanded.text.split("\n")
    return ["\n".join(rows[first - 1 : last]) for first, last in output_lines(deck_of(course), expanded)]


@pytest.mark.parametrize(
    ("deck", "expected"),
    [
        (f"# A\n\n{OUTPUT}\n{PLAIN}", ["```text\na\nb\n```"]),
        (f"- b\n\n  {OUTPUT.replace(chr(10), chr(10) + '  ')}", ["  ```text\n  a\n  b\n  ```"]),
        (f"# A\n\n{CODE}\n{OUTPUT}\n{PLAIN}", ["```text\na\nb\n```"] * 2),
        (f"{CODE}\n{PLAIN}", []),
    ],
)
def test_only_outputs(deck: str, expected: list[str]) -> None:
    assert shown(deck, "a\n", "b\n") == expected
