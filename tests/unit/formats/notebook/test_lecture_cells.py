"""The cells of a lecture: text as on its slides, and each script from top to bottom."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.formats.notebook.lecture_cells import lecture_cells
from deckwright.model import Output, Raised, Result, Rich
from support.course import DECK, output, result_of
from support.notebooks import brief, lecture_with

A = """import os
# region one
a = 1
print(a)
# endregion one
b = 2
# region two
print(a, b)
# endregion two
assert b
"""
B = '"""About b."""\nc = 3\n# region all\nprint(c)\n# endregion all\n'
SCRIPTS = {"snippets/a.py": A, "snippets/b.py": B}
ONE, TWO = "```python file=../snippets/a.py#one\n```\n", "```python file=../snippets/a.py#two\n```\n"
ONE_OUT, TWO_OUT = "```text output=../snippets/a.py#one\n```\n", "```text output=../snippets/a.py#two\n```\n"
ALL = "```python file=../snippets/b.py#all\n```\n"

USE_A, USE_B = "hidden: _use_script('snippets/a.py')", "hidden: _use_script('snippets/b.py')"
CODE_ONE, CODE_TWO = "code: a = 1\nprint(a) -> <print(a)>", "code: print(a, b) -> <print(a, b)>"
QUOTED_ONE = "```python\na = 1\nprint(a)\n```"
SETUP, TITLE, NEXT = "hidden: setup", "markdown: # T", "markdown: ### S"


def cells_of(*slides: str, scripts: dict[str, str] = SCRIPTS, **options: Any) -> list[str]:
    """Return the cells of slides."""
    deck = "# T\n\n" + "\n---\n\n## S\n\n".join(slides)
    return brief(lecture_cells(lecture_with(deck, scripts, **options)))


@pytest.mark.parametrize(
    ("slides", "cells"),
    [
        pytest.param(
            [ONE + ONE_OUT, TWO],
            [*(USE_A, "hidden: import os", CODE_ONE), NEXT, *("hidden: b = 2", CODE_TWO, "hidden: assert b")],
            id="in-order",
        ),
        pytest.param(
            [TWO, ONE + ONE_OUT],
            [
                *(USE_A, "hidden: import os\na = 1\nprint(a)\nb = 2 -> <print(a)>", CODE_TWO),
                f"{NEXT}\n\n{QUOTED_ONE}\n```text\n<print(a)>\n```",
                "hidden: assert b",
            ],
            id="in-another-order",
        ),
        pytest.param(
            [ONE, ONE],
            [
                *(USE_A, "hidden: import os", CODE_ONE, f"{NEXT}\n\n{QUOTED_ONE}"),
                "hidden: b = 2\nprint(a, b)\nassert b -> <print(a, b)>",
            ],
            id="twice",
        ),
        pytest.param(
            [ONE, ALL, TWO],
            [
                *(USE_A, "hidden: import os", CODE_ONE, NEXT),
                *(USE_B, "hidden: c = 3", "code: print(c) -> <print(c)>", NEXT),
                *(USE_A, "hidden: b = 2", CODE_TWO, "hidden: assert b"),
            ],
            id="another-script-between",
        ),
        pytest.param(
            [ONE + TWO_OUT],
            [
                *(USE_A, "hidden: import os", CODE_ONE),
                *("hidden: b = 2", "output: print(a, b) -> <print(a, b)>", "hidden: assert b"),
            ],
            id="an-output-without-its-code",
        ),
        pytest.param(
            [ONE_OUT + ONE],
            [
                *(USE_A, "hidden: import os", CODE_ONE),
                "hidden: b = 2\nprint(a, b)\nassert b -> <print(a, b)>",
            ],
            id="an-output-above-its-code",
        ),
        pytest.param(
            [ONE.replace("#one", "#one {1|2}")],
            [
                *(USE_A, "hidden: import os", CODE_ONE),
                "hidden: b = 2\nprint(a, b)\nassert b -> <print(a, b)>",
            ],
            id="steps",
        ),
        pytest.param(
            ["```python file=../snippets/b.py\n```\n"],
            [USE_B, 'code: """About b."""\nc = 3\nprint(c) -> <print(c)>'],
            id="a-whole-script",
        ),
    ],
)
def test_code_runs_from_top_to_bottom(slides: list[str], cells: list[str]) -> None:
    assert cells_of(*slides) == [TITLE, SETUP, *cells]


@pytest.mark.parametrize(
    ("fence", "text"),
    [
        ('```python no-exec="a sketch" {1}\nx = …\n```\n', "```python\nx = …\n```"),
        ("```python\nx = 1\n```\n", "```python\nx = 1\n```"),
        ("```yaml file=../snippets/a.yaml {1}\n```\n", "```yaml\na: 1\n```"),
        ("```js {1}\nlet x\n```\n", "```js\nlet x\n```"),
    ],
)
def test_code_that_no_run_proves_stays_text(fence: str, text: str) -> None:
    assert cells_of(fence, scripts={"snippets/a.yaml": "a: 1\n"}) == [f"{TITLE}\n\n{text}"]


def test_a_script_that_runs_as_several_processes_stays_text() -> None:
    several = f"# /// script\n# [tool.deckwright]\n# nproc = 2\n# ///\n{A}"
    start = "```console\n$ torchrun --standalone --nproc-per-node 2 snippets/a.py\n```"
    assert cells_of(ONE + ONE_OUT, ONE, scripts={"snippets/a.py": several}) == [
        f"{TITLE}\n\n{QUOTED_ONE}\n\n{start}\n```text\n<print(a)>\n```",
        f"{NEXT}\n\n{QUOTED_ONE}",
    ]


@pytest.mark.parametrize(("device", "is_text"), [("cuda", True), ("mps", True), ("cpu", False)])
def test_a_script_that_needs_a_gpu_stays_text(device: str, is_text: bool) -> None:
    script = f'# /// script\n# [tool.deckwright]\n# device = "{device}"\n# ///\n{A}'
    cells = cells_of(ONE, scripts={"snippets/a.py": script}, results={})
    assert (cells == [f"{TITLE}\n\n{QUOTED_ONE}"]) == is_text


def test_a_deck_that_runs_code_of_its_own() -> None:
    deck = (
        "```python exec\nx = 1\nx\n```\n\n```text output\n```\n\nThen:\n\n```python exec hide\ny = 2\n```\n\n"
        "```python exec\n#| raises: ZeroDivisionError\nx / 0\n```\n"
    )
    raised = Raised("ZeroDivisionError", "division by zero")
    outputs = (Output(), output(display={"text/plain": "1"}), Output(), Output(raised=raised))
    assert cells_of(deck, results={DECK: Result(DECK, "cpu", 0.1, outputs)}) == [
        *(TITLE, SETUP, "hidden: _use_script('slides/deck.md')", "code: x = 1\nx -> [text/plain]"),
        *("markdown: Then:", "hidden: y = 2", "code raises: x / 0 -> [ZeroDivisionError: division by zero]"),
    ]


def test_a_fence_in_a_list_ends_it() -> None:
    slide = "- one\n\n  ```python file=../snippets/b.py#all\n  ```\n\n- two\n"
    code = (SETUP, USE_B, "hidden: c = 3", "code: print(c) -> <print(c)>")
    assert cells_of(slide) == [f"{TITLE}\n\n- one", *code, "markdown: - two"]


def test_a_variant_is_quoted() -> None:
    slide = "```text output=../snippets/b.py#all device=cuda\n12\n```\n"
    plain = "```text output=../snippets/b.py#all\n```\n"
    cells = cells_of(ALL + plain + slide, results=result_of("", "", "3\n", job="snippets/b.py"))
    assert cells[-2:] == ["code: print(c) -> 3", "markdown: ```text\n12\n```"]


def test_without_a_result_what_is_accepted_is_there() -> None:
    slide = "```text output=../snippets/b.py#all\n3\n```\n"
    assert cells_of(ALL + slide, results={})[-1] == "code: print(c) -> 3"


def test_a_script_may_say_how_it_is_run() -> None:
    script = '# /// script\n# [tool.deckwright]\n# seed = 7\n# ///\n"""A."""\nimport torch\nprint(__doc__)\n'
    (cell,) = cells_of(
        "```text output=../snippets/a.py\n```\n", scripts={"snippets/a.py": script}, results={}
    )[2:3]
    assert cell == "hidden: _use_script('snippets/a.py', seed=7, imports=('torch',))\n__doc__ = 'A.'"


def test_a_deck_without_a_heading_has_its_title() -> None:
    cells = brief(lecture_cells(lecture_with("---\ntitle: A *b*\n---\n\ntext\n\n---\n\n# B\n", {})))
    assert cells == ["markdown: # A \\*b\\*", "markdown: text", "markdown: ## B"]


def test_a_quoted_output_keeps_its_forms() -> None:
    rich = Rich({"image/png": "iVBORw0KGgo=", "text/plain": "p"})
    table = Rich({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"})
    outputs = (Output(), output("x\n", display=rich), output(display=table))
    script = "# %% one\nx\n# %% two\ny\n# %% three\nz\n"
    fences = "```python file=../snippets/a.py#three\n```\n"
    fences += "```text output=../snippets/a.py#two\n```\n```text output=../snippets/a.py#three\n```\n"
    results = {"snippets/a.py": Result("snippets/a.py", "cpu", 0.1, outputs)}
    *_, cell = cells_of(fences, scripts={"snippets/a.py": script}, results=results)
    assert cell == 'markdown: ```text\nx\n```\n\n\n<img src="data:image/png;base64,iVBORw0KGgo=" alt="">'


LINES = ["a = 1", "print(a)", "def f():\n    return 1", "for i in 'ab':\n    print(i)", "# a comment", ""]


@st.composite
def courses(draw: st.DrawFn) -> tuple[list[str], dict[str, str]]:
    """Slides that show regions of two scripts in any order, nested and inside of statements, too."""
    scripts, fences = {}, []
    for name in "ab":
        rows: list[str] = []
        for number in range(draw(st.integers(1, 3))):
            rows += [*draw(st.lists(st.sampled_from(LINES), max_size=2)), f"# region r{number}"]
            rows += [*draw(st.lists(st.sampled_from(LINES), max_size=2)), f"x{number} = 0"]
            rows += [f"# endregion r{number}"]
            fences += [
                f"python file=../snippets/{name}.py#r{number}",
                f"text output=../snippets/{name}.py#r{number}",
            ]
        rows += draw(st.lists(st.sampled_from(LINES), max_size=2))
        guard = draw(st.booleans())
        body = "\n".join(rows).split("\n")
        text = "\n".join(f"    {row}" if row else "" for row in body) if guard else "\n".join(body)
        scripts[f"snippets/{name}.py"] = ("if __name__ == '__main__':\n" if guard else "") + text + "\n"
    chosen = draw(st.lists(st.sampled_from(fences), min_size=1, max_size=6))
    return [f"```{fence}\n```\n" for fence in chosen], scripts


@given(courses())
def test_each_statement_runs_once_and_in_order(course: tuple[list[str], dict[str, str]]) -> None:
    slides, scripts = course
    lecture = lecture_with("\n---\n\n".join(slides), scripts)
    ran: dict[str, list[str]] = {}
    for cell in lecture_cells(lecture):
        if cell["cell_type"] == "code" and "def _scripts" not in cell["source"]:
            body = ast.parse(cell["source"]).body
            if cell["source"].startswith("_use_script"):
                current = ran.setdefault(ast.literal_eval(body[0].value.args[0]), [])  # type: ignore[attr-defined]
            else:
                current += map(ast.dump, body)
    assert ran == {path: statements(text) for path, text in scripts.items() if path in ran}
    assert set(ran) == {path for path in scripts if any(path[9:] in slide for slide in slides)}


def statements(text: str) -> list[str]:
    body = ast.parse(text).body
    guarded = body[0].body if isinstance(body[0], ast.If) else body
    return [ast.dump(each) for each in guarded]
