"""Where the captions of code are in the expanded deck."""

from __future__ import annotations

import pytest

from deckwright.compose.captions import placed_captions
from deckwright.compose.compose import compose
from deckwright.model import Caption
from support.course import course_of, deck_of, result_of

FILES = {
    "snippets/a.py": "# region r\nx = '''\n```python file=../snippets/a.py\n'''\n# endregion r\n",
    "data/q.sql": "SELECT 1;\n",
    "figures/d.mmd": "graph LR; a-->b\n",
}
CODE = "```python file=../snippets/a.py#r\n```\n"


def captioned(deck: str) -> list[tuple[str, str]]:
    """Return each line that opens a fence with a caption, and the caption."""
    course = course_of(deck, FILES)
    expanded = compose(deck_of(course), course, result_of("1\n"))
    rows = expanded.text.split("\n")
    captions = placed_captions(deck_of(course), course, expanded, Caption)
    return [(rows[line - 1], caption.text) for line, caption in captions.items()]


@pytest.mark.parametrize(
    ("deck", "expected"),
    [
        (CODE, [("````python", "snippets/a.py")]),
        (f"- b\n\n  {CODE.replace(chr(10), chr(10) + '  ')}", [("  ````python", "snippets/a.py")]),
        (CODE.replace("#r", "#r {1|2}"), [(f"````python {{{n}}}", "snippets/a.py") for n in (1, 2)]),
        (
            CODE.replace("#r", "#r {1|2} then=../data/q.sql"),
            [
                ('````python {1} moves="1:0,1,2"', "snippets/a.py"),
                ('````python {2} moves="1:0,1,2"', "snippets/a.py"),
                ('```python moves="1:3"', "data/q.sql"),
            ],
        ),
        ("```sql file=../data/q.sql\n```\n", [("```sql", "data/q.sql")]),
        (CODE.replace("#r", "#r no-caption"), []),
        ("```text output=../snippets/a.py#r\n```\n", []),
        ("```mermaid file=../figures/d.mmd\n```\n", []),
        ("```mermaid file=../figures/d.mmd no-draw\n```\n", [("```mermaid", "figures/d.mmd")]),
        ("```python exec\nx = 1\n```\n", []),
        ('```python no-exec="old"\nx = 1\n```\n', []),
        ("```python\nx = 1\n```\n", []),
    ],
)
def test_only_code_of_files(deck: str, expected: list[tuple[str, str]]) -> None:
    assert captioned(deck) == expected
