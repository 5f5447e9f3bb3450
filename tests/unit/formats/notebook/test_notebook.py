"""The files of the format: valid notebooks, equal for equal input."""

from __future__ import annotations

import json
from dataclasses import replace

import nbformat
import pytest

from deckwright.formats.notebook import NOTEBOOK
from deckwright.formats.notebook.cells import code_cell, markdown_cell, notebook
from deckwright.model import FormatOptions, Result
from support.course import output
from support.fakes import FakeRendering
from support.notebooks import lecture_with

SCRIPTS = {
    "snippets/a.py": "# region r\nprint(1)\n# endregion r\n",
    "snippets/b.py": "x = 2\n",
    "figures/c.py": "# %%\n#| label: c\nx\n",
}
DECK = """# 一

```python file=../snippets/a.py#r
```

![C](../figures/c.svg) and [2](../snippets/b.py#x)

```python exec
y = 1
```
"""
LECTURE = lecture_with(DECK, SCRIPTS)


def made(lecture=LECTURE) -> dict[str, bytes]:  # type: ignore[no-untyped-def]
    return dict(NOTEBOOK.make(FakeRendering(b""), lecture, FormatOptions()).files)


def test_a_script_whose_code_is_shown_has_a_notebook_of_its_own() -> None:
    assert list(made()) == ["notebook/deck.ipynb", "notebook/deck/a.ipynb"] == list(NOTEBOOK.files(LECTURE))


@pytest.mark.parametrize("path", made())
def test_notebooks_are_valid(path: str) -> None:
    data = json.loads(made()[path])
    nbformat.validate(data)
    assert data["metadata"]["kernelspec"]["name"] == "python3"
    counts = [cell["execution_count"] for cell in data["cells"] if cell["cell_type"] == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_equal_input_gives_equal_bytes() -> None:
    assert made() == made(lecture_with(DECK, SCRIPTS))


def test_any_text_can_be_written() -> None:
    data = notebook("\ud83d", [markdown_cell("a"), code_cell("b = '\ud83d'", raises=True)])
    nbformat.validate(json.loads(data))


def test_what_it_depends_on() -> None:
    script = replace(LECTURE.course.scripts["snippets/a.py"], text="print(1)  # other\n")
    changed = replace(LECTURE.course, scripts={**LECTURE.course.scripts, "snippets/a.py": script})
    result = Result("snippets/a.py", "cpu", 0.1, (output("2\n"),))
    lectures = [
        LECTURE,
        replace(LECTURE, course=changed),
        replace(LECTURE, results={**LECTURE.results, "snippets/a.py": result}),
    ]
    sources = [json.dumps(NOTEBOOK.sources(each)) for each in lectures]
    assert len(set(sources)) == len(sources)
    # What only a fresh run knows.
    slower = replace(LECTURE.results["snippets/a.py"], seconds=9.0, imports=("torch",))
    later = replace(LECTURE, results={**LECTURE.results, "snippets/a.py": slower})
    assert NOTEBOOK.sources(later) == NOTEBOOK.sources(LECTURE)
