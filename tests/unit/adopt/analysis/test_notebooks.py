"""A notebook becomes a script with cells, and a deck that shows them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from deckwright.adopt.analysis.notebooks import NotebookFiles, files_of, read_notebook
from support.course import described


def code(
    source: str, *outputs: dict[str, Any], tags: tuple[str, ...] = (), slide: str = ""
) -> dict[str, Any]:
    metadata = {"tags": [*tags], "slideshow": {"slide_type": slide}}
    return {
        "cell_type": "code",
        "source": source.splitlines(True),
        "outputs": [*outputs],
        "metadata": metadata,
    }


def text(source: str, slide: str = "", **rest: Any) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "source": source,
        "metadata": {"slideshow": {"slide_type": slide}},
        **rest,
    }


def printed(*rows: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": [*rows]}


def shown(**data: Any) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": {key.replace("_", "/"): data[key] for key in data}}


ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "1", "traceback": ["x"]}


def adopted(*cells: dict[str, Any]) -> NotebookFiles:
    found, diagnostics = read_notebook("a.ipynb", json.dumps({"nbformat": 4, "cells": cells}))
    assert not diagnostics
    return files_of(found, "a", "slides/a.md", "slides/images")


def slides_of(*cells: dict[str, Any]) -> list[str]:
    """Return the slides of the deck, without the front matter."""
    matter, *slides = adopted(*cells).deck.removesuffix("\n").split("\n---\n\n")
    assert matter.startswith("---\nmarp: true\npaginate: true\ntitle: ")
    return [slide.removesuffix("\n") for slide in slides]


def test_headings_begin_slides() -> None:
    cells = [text("# A\n\nx\n\n## B\n\n### C\n\n```\n# no\n```"), text("y"), text("# D")]
    assert slides_of(*cells) == ["# A\n\nx", "## B\n\n### C\n\n```\n# no\n```\n\ny", "# D"]


def test_code_is_shown_with_its_output() -> None:
    made = adopted(text("# A"), code("x = 1"), code("print(x)\nx", printed("1\n"), shown(text_plain="1")))
    assert made.script == "# %% cell-1\nx = 1\n\n# %% cell-2\nprint(x)\nx\n"
    assert made.deck.endswith(
        "# A\n\n```python file=../snippets/a.py#cell-1\nx = 1\n```\n\n"
        "```python file=../snippets/a.py#cell-2\nprint(x)\nx\n```\n\n"
        "```text output=../snippets/a.py#cell-2\n1\n1\n```\n"
    )
    assert 'title: "A"\n' in made.deck


def test_a_figure() -> None:
    made = adopted(text("# A *b* [c](d)"), code("plot()", shown(text_plain="<Figure>", image_png="iVBO")))
    assert made.script == "# %% cell-1\n#| label: a-1\nplot()\n"
    assert made.deck.endswith("```\n\n![w:600 center A b c(d)](../figures/a-1.svg)\n")
    assert "output=" not in made.deck


def test_an_exception() -> None:
    made = adopted(code("{}[1]", ERROR))
    assert made.script == "# %% cell-1\n#| raises: KeyError\n{}[1]\n"
    assert "```text output=../snippets/a.py#cell-1\nKeyError: 1\n```" in made.deck


def test_what_is_not_to_be_seen_runs() -> None:
    made = adopted(code("x = 1", tags=("hide-cell",)), code("y = 2", slide="skip"), text("z", slide="skip"))
    assert made.script == "# %% cell-1\nx = 1\n\n# %% cell-2\ny = 2\n"
    assert "```" not in made.deck
    assert "z" not in made.deck


def test_slides_of_rise() -> None:
    cells = [text("a", "slide"), text("b", "fragment"), text("n -- m", "notes"), code("c", slide="subslide")]
    assert slides_of(*cells) == [
        "a\n\nb\n\n<!--\nn - - m\n-->",
        "```python file=../snippets/a.py#cell-1\nc\n```",
    ]


def test_pictures_of_text() -> None:
    cell = text("![A](attachment:p.png)", attachments={"p.png": {"image/png": "cG5n"}})
    made = adopted(cell)
    assert made.pictures == {"slides/images/a-p.png": b"png"}
    assert "![A](images/a-p.png)" in made.deck


@pytest.mark.parametrize(
    ("source", "script"),
    [
        ("%matplotlib inline\nx = 1", "# %matplotlib inline\nx = 1"),
        ("if x:\n    !ls\ny = 1", "if x:\n    pass  # !ls\ny = 1"),
        ("%%bash\nls\necho", "# %%bash\n# ls\n# echo"),
    ],
)
def test_what_only_a_notebook_understands_is_a_comment(source: str, script: str) -> None:
    made = adopted(code(source))
    assert made.script == f"# %% cell-1\n{script}\n"
    (found,) = made.diagnostics
    assert found.slug == "notebook-comment"
    assert found.message.endswith("works only in a notebook: it is a comment now")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a.ipynb:1:1 bad-notebook <> this is no JSON: Expecting value"),
        (
            '{"a":\n 1,}',
            "a.ipynb:2:4 bad-notebook <}> this is no JSON: Expecting property name enclosed in double quotes",
        ),
        ("[]", "a.ipynb:1:1 bad-notebook <[> this is no notebook | name a .ipynb file that Jupyter wrote"),
        ('{"nbformat": 3, "worksheets": []}', "a.ipynb:1:1 bad-notebook <{> this notebook has format 3"),
        ('{"nbformat": 4, "cells": []}', "a.ipynb:1:1 bad-notebook <{> this notebook is empty"),
        ('{"nbformat": 4, "cells": [1]}', "a.ipynb:1:1 bad-notebook <{> this notebook has no cells"),
        (
            '{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"language": "R"}}}',
            "a.ipynb:1:1 bad-notebook <{> the language of this notebook is R | Deckwright runs Python",
        ),
    ],
)
def test_what_is_no_notebook(content: str, message: str) -> None:
    cells, diagnostics = read_notebook("a.ipynb", content)
    assert not cells
    assert described(diagnostics).startswith(message)


def test_odd_cells_do_no_harm() -> None:
    cells = [
        {},
        {"cell_type": "raw", "source": "x"},
        {"cell_type": "code", "source": "y", "outputs": 3, "metadata": {"tags": 1, "slideshow": 2}},
        {"cell_type": "code", "source": "z", "outputs": [1, {"output_type": "display_data"}]},
        {"cell_type": "markdown", "source": "m", "attachments": {"p": {"image/png": "?"}, "q": 1}},
    ]
    found, diagnostics = read_notebook("a.ipynb", json.dumps({"nbformat": 4, "cells": cells}))
    assert [cell.text for cell in found] == ["y", "z", "m"]
    assert not diagnostics
