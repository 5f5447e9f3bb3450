"""The same work for every competitor: N scripts, and the deck, notebooks and pages made of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DRAWS_EVERY = 4
COPIES = 4
"""Decks beside the first, for the seconds that one more deck costs."""

_SHAPES = """\
# %% shapes
import torch

batch = torch.linspace(0, 1, 12 * {number}).reshape({number}, 12)
layer = torch.nn.Linear(12, 5)
scores = layer(batch)
print("script", {number}, "gives", tuple(scores.shape), "from", tuple(batch.shape))
"""
_FIGURE = """\

# %% draw
#| label: {figure}
import matplotlib.pyplot as plt

drawing, axes = plt.subplots()
lines = axes.plot(scores.detach())
"""
_SAVE = 'drawing.savefig("{figure}.svg")\n'
"""What the loop's scripts need in addition: the others save figures by themselves."""

_FRONT = "---\nmarp: true\n---\n\n# {title}\n"
_SLIDE = """
---

# Script {number}

```python file=../snippets/{name}.py
```

```text output=../snippets/{name}.py
```
"""
_PICTURE = """
---

![w:700 Scores of script {number}](../figures/{figure}.svg)
"""

_PAGE = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# Script {number}

```{{code-cell}} ipython3
{code}```
"""
_CONF = """\
project = "bench"
extensions = ["myst_nb"]
exclude_patterns = ["_build"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
"""


@dataclass(frozen=True, slots=True)
class Script:
    """One of the scripts, and what it must print and draw."""

    number: int

    @property
    def name(self) -> str:
        return f"script_{self.number:03}"

    @property
    def figure(self) -> str:
        return f"figure_{self.number:03}"

    @property
    def draws(self) -> bool:
        return self.number % DRAWS_EVERY == 0

    @property
    def code(self) -> str:
        parts = _SHAPES + _FIGURE if self.draws else _SHAPES
        return parts.format(number=self.number, figure=self.figure)

    @property
    def saving_code(self) -> str:
        return self.code + _SAVE.format(figure=self.figure) if self.draws else self.code

    @property
    def printed(self) -> str:
        """The line that only running can give: its shapes are not in the code."""
        return f"script {self.number} gives ({self.number}, 5) from ({self.number}, 12)"

    @property
    def slides(self) -> str:
        parts = _SLIDE + _PICTURE if self.draws else _SLIDE
        return parts.format(number=self.number, name=self.name, figure=self.figure)


@dataclass(frozen=True, slots=True)
class Work:
    """The scripts, and where each competitor finds its form of them."""

    root: Path
    scripts: tuple[Script, ...]

    @property
    def figures(self) -> int:
        return sum(script.draws for script in self.scripts)

    @property
    def slides(self) -> int:
        return 1 + len(self.scripts) + self.figures

    @property
    def project(self) -> Path:
        return self.root / "project"

    @property
    def loop(self) -> Path:
        return self.root / "loop"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def pages(self) -> Path:
        return self.root / "pages"

    @property
    def marp(self) -> Path:
        return self.root / "marp"

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(f"copies/copy_{number}.md" for number in range(1, COPIES + 1))


def make_work(root: Path, scripts: int) -> Work:
    """Write every form of the work below a folder, but the expanded deck, which a build makes."""
    work = Work(root, tuple(Script(number) for number in range(1, scripts + 1)))
    for path, text in _texts(work):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return work


def take_expanded_deck(work: Work) -> None:
    """Hand the deck that a build expanded, and copies of it, to marp-cli."""
    shutil.copytree(work.project / "build/figures", work.marp / "figures")
    text = (work.project / "build/slides/deck.md").read_text("utf-8")
    for name in ("slides/deck.md", *work.copies):
        path = work.marp / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


def _texts(work: Work) -> Iterator[tuple[Path, str]]:
    yield work.project / "slides/deck.md", _deck(work, "Bench")
    for name in work.copies:
        yield work.project / name, _deck(work, name)
    yield work.pages / "conf.py", _CONF
    yield work.pages / "index.md", _index(work)
    for script in work.scripts:
        yield work.project / f"snippets/{script.name}.py", script.code
        yield work.loop / f"{script.name}.py", script.saving_code
        yield work.notebooks / f"{script.name}.ipynb", _notebook(script)
        yield work.pages / f"{script.name}.md", _PAGE.format(number=script.number, code=script.code)


def _deck(work: Work, title: str) -> str:
    return _FRONT.format(title=title) + "".join(script.slides for script in work.scripts)


def _index(work: Work) -> str:
    return "# Bench\n\n```{toctree}\n" + "".join(f"{script.name}\n" for script in work.scripts) + "```\n"


def _notebook(script: Script) -> str:
    cell: dict[str, object] = {
        "cell_type": "code",
        "id": script.name,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": script.code,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": [cell]}
    )
