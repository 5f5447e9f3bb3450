"""The blocks of decks that can run on stage, and what runs for each."""

from __future__ import annotations

import pytest

from deckwright.model import Course
from deckwright.parse import parse_deck, parse_script
from deckwright.present.blocks import Block, blocks_of
from deckwright.resolve import resolve

SCRIPT = """\
import math

# %% first
#| fig-width: 3
a = 1
b = 2

# %% second
#| label: curve
c = 3
# region inner
d = 4
d
# endregion
e = 5
"""


def course_of(deck: str, script: str = SCRIPT) -> Course:
    path = "snippets/a.py"
    parsed = {path: parse_script(path, script)}
    return resolve([parse_deck("slides/deck.md", deck)], parsed, [path], lambda path: True)


def fence(name: str, attributes: str = "") -> str:
    return f"```python file=../snippets/a.py#{name} {attributes}\n```\n"


def block_of(name: str, script: str = SCRIPT) -> Block:
    return blocks_of(course_of(fence(name), script)).by_id[f"snippets/a.py#{name}"]


def code_of(block: Block, edited: str | None = None) -> tuple[str, str]:
    """Return the code that runs before a block, and that of the block."""
    staged = block.staged(edited)
    texts = []
    for job in (staged.before, staged.block):
        lines = job.source.split("\n")
        texts.append("\n".join("\n".join(lines[u.first_line - 1 : u.last_line]) for u in job.units))
    return texts[0], texts[1]


def test_a_cell_runs_after_what_stands_before_it() -> None:
    before, block = code_of(block_of("second"))
    assert before == SCRIPT.partition("\n\n# %% second")[0]
    assert block == SCRIPT.partition("# %% second\n")[2].rstrip("\n")
    assert code_of(block_of("first"))[0] == "import math"


def test_an_edit_stands_on_the_lines_of_the_block() -> None:
    block = block_of("first")
    before, edited = code_of(block, "x = 1\n\ny = 2")
    assert (before, edited) == ("import math", "x = 1\n\ny = 2")
    (unit,) = block.staged("x = 1\n\ny = 2").block.units
    assert (unit.first_line, unit.last_line, len(unit.statements)) == (
        block.first_line,
        block.first_line + 2,
        2,
    )


def test_the_parts_of_a_cell_do_what_they_hold() -> None:
    staged = block_of("inner").staged()
    (first, cut) = staged.before.cells
    assert (first.first_statement, first.end_statement, first.fig_width) == (1, 3, 3)
    assert (cut.first_statement, cut.end_statement, cut.label) == (3, 4, "")  # its picture is not finished
    (cell,) = staged.block.cells
    assert (cell.first_statement, cell.end_statement, cell.label) == (0, 2, "")
    whole = block_of("second").staged().block.cells[0]
    assert (whole.first_statement, whole.end_statement, whole.label) == (0, 4, "curve")
    assert staged.before.figures == staged.block.figures == ()


@pytest.mark.parametrize("code", ["", "# nothing", "x = (", "x = 1"])
def test_whatever_is_edited_is_one_cell(code: str) -> None:
    job = block_of("first").staged(code).block
    assert [(cell.first_statement, cell.end_statement, cell.fig_width) for cell in job.cells] == [(0, 1, 3)]


def test_the_place_of_a_block_is_that_of_its_first_statement() -> None:
    assert block_of("second").staged().place == ("snippets/a.py", 3)
    assert block_of("second").staged("x = 1").place == ("snippets/a.py", 3)


def test_code_that_is_no_statement_of_a_script_cannot_run() -> None:
    script = "def f():\n    # region inner\n    return 1\n    # endregion\n"
    assert blocks_of(course_of(fence("inner"), script)).by_id == {}
    deck = "```python\nx = 1\n```\n\n```python no-exec=why\nx\n```\n\n```sh\nls\n```\n"
    assert blocks_of(course_of(deck)).by_id == {}


def test_where_blocks_are() -> None:
    deck = f"""\
# A

{fence("first", "lines=1 {1|all}")}
```text output=../snippets/a.py#first stream=both
```

---

{fence("second")}
![The curve](../figures/curve.svg) ![other](../figures/other.svg)

---

{fence("inner")}

---

```python exec hide
n = 1
```

```python exec
#| fig-width: 2
n + 1
```
"""
    blocks = blocks_of(course_of(deck))
    slides = blocks.places["html/deck.html"]
    assert [[place.block.partition("#")[2] for place in slide] for slide in slides] == [
        ["first"],
        ["first"],  # each step is a slide
        ["second"],
        ["inner"],
        ["29"],
    ]
    first, second, fence_of_deck = slides[0][0], slides[2][0], slides[4][0]
    assert (first.text, first.has_output, blocks.display(first.block).stream) == ("a = 1", True, "both")
    assert blocks.by_id[first.block].code == "a = 1\nb = 2"
    assert (second.has_output, second.figures) == (False, ("The curve",))
    assert slides[3][0].figures == ()
    assert fence_of_deck.text == "n + 1"
    assert code_of(blocks.by_id[fence_of_deck.block]) == ("n = 1", "#| fig-width: 2\nn + 1")


def test_code_in_the_main_guard_runs_dedented() -> None:
    guard = "a = 1\nif __name__ == '__main__':\n    b = 2\n"
    script = f"{guard}    # region r\n    for k in [1]:\n        k\n    # endregion\n"
    before, block = code_of(block_of("r", script))
    assert before == "a = 1\nif __name__ == '__main__':\n    b = 2"
    assert block == "for k in [1]:\n    k"
