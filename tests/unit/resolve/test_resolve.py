"""Every reference has a target or a diagnostic."""

import pytest

from deckwright.model import Course, Figure
from deckwright.parse import parse_deck
from deckwright.resolve import resolve, theme_names, wanted_scripts
from support.cases import Case, read_cases
from support.course import DECK, course_of, described

SCRIPTS = {
    "snippets/matmul.py": "# region shapes\na = 1\nprint(a)\n# endregion shapes\naccuracy = 0.9\nclass A:\n"
    "    # region method\n    def f(self): ...\n    # endregion method\n",
    "snippets/cells.py": "# %% loss\n#| label: loss_curve\nplot()\n",
    "snippets/open.py": "from torch import *\n",
    "snippets/broken.py": "x = (\n",
    "snippets/gpu.py": '# /// script\n# [tool.deckwright]\n# device = "cuda"\n# ///\nprint(1)\n',
    "figures/softmax.py": "draw()\n",
    "figures/twice.py": "draw()\n",
    "figures/axis.py": "# %%\n#| label: axis\ndraw()\n# %%\n#| label: steps\ndraw()\n",
    "figures/again.py": "# %%\n#| label: again\ndraw()\n# %%\n#| label: again\ndraw()\n",
    "snippets/imports.py": "import numpy as np\nimport os.path\nfrom x import ppm\n",
    "snippets/totals.sql": "select 1;\n-- region sum\nselect sum(x)\nfrom t;\n-- endregion sum\n",
    "snippets/a.json": '{"region": 1}\n',
    "snippets/twice.py": "# %%\n#| label: twice\ndraw()\n",
    "snippets/first/polar.py": "# %%\n#| label: polar\ndraw()\n",
    "snippets/other/polar.py": "# %%\n#| label: polar\ndraw()\n# %%\n#| label: unique\ndraw()\n",
    "figures/first/field.py": "draw()\n",
    "snippets/grow.py": "# %% sums\ntotal = 0\nfor n in [1, 2]:\n    total += n\nprint(total)\ntotal\n"
    "# %% curve\n#| label: curve\nopen()\ndraw()\nclose()\n",
    "figures/axes.py": "open()\n# region lines\ndraw()\nname()\n# endregion lines\nclose()\n",
}
FILES = (
    "slides/images/a b.png",
    "figures/photo.jpg",
    "../outside.py",
    "/etc/outside.py",
    "snippets/data.csv",
)


def course_text(course: Course) -> str:
    rows = [f"job {job.id}" + "".join(f" {f}@{f.cell}" for f in job.figures) for job in course.jobs.values()]
    rows += [f"figure {path} by {drawn.job}" for path, drawn in course.figures.items()]
    return "\n".join([*rows, described(course.diagnostics)]).strip("\n")


CASES = [case for name in ("deck", "flipbooks", "versions") for case in read_cases(f"resolve/{name}.md")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_deck(case: Case) -> None:
    assert course_text(course_of(case.inputs[0], SCRIPTS, FILES)) == case.expected


def test_a_link_to_a_folder_is_named_as_such() -> None:
    (found,) = course_of("[a](../src) [b](../src/)", {}, ("src/",)).diagnostics
    assert (found.slug, found.message) == ("missing-file", "src is a folder, which a page cannot link")


def test_a_job_leaves_the_values_that_decks_name() -> None:
    text = """---
footer: "[](../snippets/matmul.py#accuracy)"
---
[](../snippets/matmul.py#a) [](../snippets/matmul.py#a "{:.2f}")
![b [](../snippets/matmul.py#accuracy[0])](x.png)
<!-- [](../snippets/matmul.py#A.f) -->

```text output=../snippets/cells.py
```
"""
    jobs = course_of(text, SCRIPTS, FILES).jobs
    assert {id: [(each.name, each.deck) for each in job.values] for id, job in jobs.items()} == {
        "snippets/matmul.py": [(name, DECK) for name in ("A.f", "a", "accuracy", "accuracy[0]")],
        "snippets/cells.py": [],
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("![](img/no.png)\n\n![](no.png)", [(1, 9), (3, 5)]),
        ("```python\nopen('no.png')\n```\n\n![](./no.png)", [(5, 7)]),
        ('<img src="no.png.bak">\n\n<img src="no.png">', [(1, 11), (3, 11)]),
        ("[a](no.md#part)\n[b](no.mdx)", [(1, 5), (2, 5)]),
    ],
)
def test_a_missing_file_is_marked_where_the_deck_names_it(text: str, place: list[tuple[int, int]]) -> None:
    found = course_of(text, {}).diagnostics
    assert [(each.location.line, each.location.column) for each in found] == place


def test_figures_of_one_job_are_in_order_whatever_the_deck_says() -> None:
    decks = ["![](../figures/softmax.svg) ![](../figures/softmax.gif)"]
    decks.append("![](../figures/softmax.gif) ![](../figures/softmax.svg) ![](../figures/softmax.gif)")
    one, other = (course_of(deck, SCRIPTS).jobs["figures/softmax.py"].figures for deck in decks)
    assert one == other == (Figure("softmax", "gif"), Figure("softmax", "svg"))


DIAGRAMS = {
    "figures/loop.mmd": "graph TD\n",
    "snippets/deep/net.dot": "digraph {}\n",
    "snippets/both.gv": "digraph {}\n",
    "figures/both.mermaid": "graph TD\n",
    "figures/softmax.mmd": "graph TD\n",
    "figures/other/far.mmd": "graph TD\n",
}


@pytest.mark.parametrize(
    ("picture", "source", "message"),
    [
        ("figures/loop.svg", "figures/loop.mmd", ""),
        ("figures/net.svg", "snippets/deep/net.dot", ""),
        ("lecture/figures/net.svg", "snippets/deep/net.dot", ""),
        ("figures/both.svg", "", "has two producers: snippets/both.gv and figures/both.mermaid"),
        ("figures/softmax.svg", "", "has two producers: figures/softmax.py and figures/softmax.mmd"),
        ("figures/loop.png", "", "figures/loop.mmd is not drawn as figures/loop.png"),
        ("figures/loop.mmd", "", "figures/loop.mmd is not drawn as figures/loop.mmd"),
        ("figures/far.svg", "", "nothing draws figures/far.svg"),
        ("lecture/figures/loop.svg", "", "nothing draws lecture/figures/loop.svg"),
        ('figures/loop.svg "device: cuda"', "", "figures/loop.mmd is drawn on no device"),
    ],
)
def test_diagrams_draw_figures(picture: str, source: str, message: str) -> None:
    course = course_of(f"![a](../{picture})\n", {**SCRIPTS, **DIAGRAMS})
    assert [each.path for each in course.diagrams.values()] == ([source] if source else [])
    assert all(message in each.message for each in course.diagnostics)
    assert len(course.diagnostics) == bool(message)


def test_a_bitmap_of_a_script_is_none_of_a_diagram() -> None:
    course = course_of("![a](../figures/softmax.png)\n", {**SCRIPTS, **DIAGRAMS})
    assert course.diagnostics == ()
    assert list(course.figures) == ["figures/softmax.png"]


def test_wanted_are_scripts_of_the_project_only() -> None:
    deck = parse_deck(
        "slides/deck.md",
        "![](../figures/softmax.svg) ![](../figures/photo.jpg) [1](../../outside.py#x) [1](/etc/a.py#x)\n\n"
        "```python file=../snippets/gone.py\n```\n\n```python exec\nx = 1\n```\n",
    )
    assert list(wanted_scripts(deck, SCRIPTS.__contains__)) == ["figures/softmax.py", "snippets/gone.py"]


@pytest.mark.parametrize(
    ("front_matter", "column", "hint"),
    [
        ("theme: unocver", 8, "did you mean uncover?"),
        ('theme:   "zz"', 10, "known: default, gaia, uncover, mine"),
    ],
)
def test_a_theme_that_is_not_there_is_told(front_matter: str, column: int, hint: str) -> None:
    deck = parse_deck("slides/d.md", f"---\nmarp: true\n{front_matter}\n---\n# A\n")
    (diagnostic,) = resolve(
        [deck],
        {},
        [],
        lambda path: True,
        theme_names(["/*\n * @theme mine\n */", "/* as\nits @theme says */"]),
    ).diagnostics
    assert (diagnostic.slug, diagnostic.location.line, diagnostic.location.column) == (
        "missing-theme",
        3,
        column,
    )
    assert diagnostic.hint == hint


@pytest.mark.parametrize("theme", ["gaia", "mine", '"mine"'])
def test_a_theme_that_is_there(theme: str) -> None:
    deck = parse_deck("slides/d.md", f"---\ntheme: {theme}\n---\n# A\n")
    assert resolve([deck], {}, [], lambda path: True, theme_names(["/* @theme mine */"])).diagnostics == ()


def test_a_region_without_end_is_told_once() -> None:
    course = course_of("```python file=../snippets/a.py#r\n```\n", {"snippets/a.py": "# region r\nx = 1\n"})
    assert [diagnostic.slug for diagnostic in course.diagnostics] == ["unclosed-region"]
