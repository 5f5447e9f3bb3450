"""The cells of a script: those of the author, or regions and what is between them."""

from __future__ import annotations

import pytest

from deckwright.formats.notebook.script_cells import script_cells
from deckwright.formats.notebook.scripts import file_names, shown_scripts
from support.notebooks import brief, lecture_with


def cells_of(script: str) -> list[str]:
    """Return the cells below the title and those that prepare the run."""
    lecture = lecture_with("```python file=../snippets/a.py\n```\n", {"snippets/a.py": script})
    title, _, use, *cells = brief(script_cells(shown_scripts(lecture)["snippets/a.py"]))
    assert title.startswith("markdown: # `a.py`")
    assert use.startswith("hidden: _use_script('snippets/a.py'")
    return cells


@pytest.mark.parametrize(
    ("script", "cells"),
    [
        pytest.param("a = 1\nprint(a)\n", ["code: a = 1\nprint(a) -> <print(a)>"], id="one-cell"),
        pytest.param(
            "import a\n# region x\nb = 1\n# region y\nc = 2\n# endregion y\n# endregion x\nd = 3\n",
            ["code: import a", "code: b = 1\nc = 2", "code: d = 3"],
            id="regions",
        ),
        pytest.param(
            "def f():\n    # region x\n    return 1\n    # endregion x\n\nprint(1)\n",
            ["code: def f():\n    return 1", "code: print(1) -> <print(1)>"],
            id="a-region-in-a-function",
        ),
        pytest.param(
            "import a\n\n# %% [markdown]\n# # Title\n#\n# $x$\n\n# %% one\nb = 1\n\n# %%\nc = 2\n",
            ["code: import a", "markdown: # Title\n\n$x$", "code: b = 1", "code: c = 2"],
            id="cells-and-text",
        ),
        pytest.param(
            '# %% [markdown]\n"""\n# Title\n"""\n# %% [raw]\n# raw\n# %%\na = 1\n',
            ["markdown: # Title", "raw: raw", "code: a = 1"],
            id="text-in-quotes",
        ),
    ],
)
def test_cells(script: str, cells: list[str]) -> None:
    assert cells_of(script) == cells


def test_the_docstring_is_text() -> None:
    script = '"""What it is.\n\nAnd why.\n"""\nimport a\n'
    lecture = lecture_with("```python file=../snippets/a.py\n```\n", {"snippets/a.py": script})
    first, _, _, *rest = brief(script_cells(shown_scripts(lecture)["snippets/a.py"]))
    assert first == "markdown: # `a.py`\n\nWhat it is.\n\nAnd why."
    assert rest == ["code: import a"]


def test_names_of_files() -> None:
    assert file_names(["snippets/a/x.py", "snippets/b/x.py", "snippets/y.py"]) == {
        "snippets/a/x.py": "snippets-a-x",
        "snippets/b/x.py": "snippets-b-x",
        "snippets/y.py": "y",
    }
