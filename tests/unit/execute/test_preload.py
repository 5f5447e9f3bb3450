from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.execute.preload import preloads
from deckwright.model import Cell, Job, Options, Statement, Unit

ROOT = Path("/nowhere")
JOB = Job("snippets/x.py", "", (), (), Options(), "cpu")


def job(source: str) -> Job:
    return replace(JOB, source=source, units=(Unit(1, source.count("\n") + 1, (), ""),))


def test_only_known_packages_are_imported_ahead_the_slowest_first() -> None:
    source = "import json, matplotlib, matplotlib.pyplot, mine, sklearn.datasets, torch.nn, torchish"
    modules = ["torch.nn", "sklearn.datasets", "matplotlib.pyplot", "matplotlib"]
    assert preloads(job(source), ROOT) == modules


@pytest.mark.parametrize(
    "source",
    [
        "import torch\n\noptimizer = torch.optim.SGD([])",
        "import torch\nfrom torch import optim",
        "def train():\n    from torch.optim import Adam\n    import torch",
        "import torch\nimport torchvision.datasets",
    ],
)
def test_what_is_imported_when_it_is_used_is_imported_ahead(source: str) -> None:
    modules = preloads(job(source), ROOT)
    assert modules[:2] == ["torch", "torch._dynamo"]


def test_what_files_of_the_project_import_is_imported_ahead(tmp_path: Path) -> None:
    for path, text in {
        "snippets/data.py": "import a.more, sklearn.datasets",
        "snippets/a/more.py": "import data, pandas",
        "shared/tools.py": "import torch",
        "snippets/broken.py": "import scipy\nimport (",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    wanted = replace(job("import data, tools, broken, missing"), pythonpath=("shared",))
    assert preloads(wanted, tmp_path) == ["torch", "sklearn.datasets", "pandas"]


def test_a_script_may_add_folders_of_the_project(tmp_path: Path) -> None:
    for path, text in {
        "shared/data.py": "import torch",
        "snippets/01/model.py": "import pandas",
        "snippets/02/model.py": "import sklearn",
        "figures/look.py": "import matplotlib",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    adds = "import sys\nsys.path.append('elsewhere')\nimport data, look, model"
    figure = replace(job(adds), script="figures/02/a.py")
    assert preloads(figure, tmp_path) == ["torch", "sklearn", "matplotlib"]
    assert preloads(job("import sys, data"), tmp_path) == []


def test_only_the_code_of_a_deck_counts() -> None:
    deck = "# Slides\n\n```python exec\nimport torch\n```\n\nimport pandas\n"
    assert preloads(replace(JOB, source=deck, units=(Unit(4, 4, (), ""),)), ROOT) == ["torch"]


@pytest.mark.parametrize(
    ("last", "displays"),
    [
        ("x", True),
        ("f(\n1)", True),
        ("print(x)", False),
        ("x = 1", False),
        ("    x", True),
        ("x = = 1", False),
    ],
)
def test_ipython_is_imported_ahead_of_a_display(last: str, displays: bool) -> None:
    source = f"# %%\nx = 1\n{last}\n"
    lines = source.count("\n")
    unit = Unit(1, lines, (Statement(2, 2), Statement(3, lines)), "")
    shown = replace(JOB, source=source, units=(unit,), cells=(Cell("", 1, lines, 0, 2),))
    assert (preloads(shown, ROOT) == ["IPython.core.formatters"]) is displays


def test_an_empty_cell_displays_nothing() -> None:
    assert preloads(replace(JOB, cells=(Cell("", 1, 1, 0, 0),)), ROOT) == []
