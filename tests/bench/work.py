"""The same work for every competitor: N scripts, and the decks, notebooks and pages made of them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DRAWS_EVERY = 4
COPIES = 4
"""Decks beside the first, for the seconds that one more deck costs."""

_TRIVIAL = """\
# %% square
take = 0
print("script", {number}, "gives", {number} ** 2)
print("take", take, "done")
"""
_SHAPES = """\
# %% shapes
import torch

take = 0
batch = torch.linspace(0, 1, 12 * {number}).reshape({number}, 12)
layer = torch.nn.Linear(12, 5)
scores = layer(batch)
print("script", {number}, "gives", tuple(scores.shape), "from", tuple(batch.shape))
print("take", take, "done")
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

_DECK_FRONT = "---\nmarp: true\n---\n\n"
_WORDS = "# Script {number}\n\nTake 0.\n"
_SLIDE = """
```python file=../snippets/{name}.py
```

```text output=../snippets/{name}.py
```
"""
_PICTURE = """
---

![w:700 Scores of script {number}](../figures/{figure}.svg)
"""

_PAGE_FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n\n"
_CELL = "\n```{{code-cell}} ipython3\n{code}```\n"
_CONF = """\
project = "bench"
extensions = ["myst_nb"]
exclude_patterns = ["_build"]
nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 600
"""


@dataclass(frozen=True, slots=True)
class Script:
    """One of the scripts, and what it must print and draw."""

    number: int
    heavy: bool
    """Whether it computes with torch; one that does not is a few lines of plain Python."""

    @property
    def name(self) -> str:
        return f"script_{self.number:04}"

    @property
    def figure(self) -> str:
        return f"figure_{self.number:04}"

    @property
    def draws(self) -> bool:
        return self.heavy and self.number % DRAWS_EVERY == 0

    @property
    def code(self) -> str:
        parts = (_SHAPES if self.heavy else _TRIVIAL) + (_FIGURE if self.draws else "")
        return parts.format(number=self.number, figure=self.figure)

    @property
    def saving_code(self) -> str:
        return self.code + _SAVE.format(figure=self.figure) if self.draws else self.code

    @property
    def printed(self) -> str:
        """The line that only running can give: its shapes, or its square, are not in the code."""
        given = f"({self.number}, 5) from ({self.number}, 12)" if self.heavy else str(self.number**2)
        return f"script {self.number} gives {given}"

    @property
    def words(self) -> str:
        return _WORDS.format(number=self.number)

    @property
    def slides(self) -> str:
        parts = _SLIDE + _PICTURE if self.draws else _SLIDE
        return self.words + parts.format(number=self.number, name=self.name, figure=self.figure)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Scripts that stand together: in one deck, on one page or in one notebook."""

    name: str
    scripts: tuple[Script, ...]

    @property
    def figures(self) -> int:
        return sum(script.draws for script in self.scripts)

    @property
    def slides(self) -> int:
        return len(self.scripts) + self.figures


@dataclass(frozen=True, slots=True)
class Work:
    """The scripts, and where each competitor finds its form of them."""

    title: str
    root: Path
    decks: tuple[Sheet, ...]
    pages: tuple[Sheet, ...]
    """What is a notebook for nbconvert and a page for MyST-NB, with one kernel each."""

    @property
    def scripts(self) -> tuple[Script, ...]:
        return tuple(script for deck in self.decks for script in deck.scripts)

    @property
    def figures(self) -> int:
        return sum(deck.figures for deck in self.decks)

    @property
    def slides(self) -> int:
        return sum(deck.slides for deck in self.decks)

    @property
    def edited_deck(self) -> Sheet:
        """The deck in which a sentence is edited, and the first script of which is edited."""
        return self.decks[len(self.decks) // 2]

    @property
    def edited_script(self) -> Script:
        return self.edited_deck.scripts[0]

    @property
    def edited_page(self) -> Sheet:
        return next(page for page in self.pages if page.scripts[0] == self.edited_script)

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
    def sphinx(self) -> Path:
        return self.root / "sphinx"

    @property
    def marp(self) -> Path:
        return self.root / "marp"

    @property
    def copies(self) -> tuple[str, ...]:
        return tuple(f"copies/copy_{number}.md" for number in range(1, COPIES + 1))


def make_work(title: str, root: Path, scripts: int, a_deck: int, a_page: int, heavy: bool = False) -> Work:
    """Write every form of the work below a folder, but the expanded decks, which a build makes."""
    all_scripts = tuple(Script(number, heavy) for number in range(1, scripts + 1))
    work = Work(title, root, _sheets("deck", all_scripts, a_deck), _sheets("page", all_scripts, a_page))
    for path, text in _texts(work):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return work


def take_expanded_decks(work: Work) -> None:
    """Hand the decks that a build expanded, and copies of the first, to marp-cli."""
    made = work.project / "build"
    shutil.rmtree(work.marp, ignore_errors=True)
    shutil.copytree(made / "slides", work.marp / "slides")
    if work.figures:
        shutil.copytree(made / "figures", work.marp / "figures")
    for name in work.copies:
        (work.marp / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(made / f"slides/{work.decks[0].name}.md", work.marp / name)


def edit_text(path: Path, number: int) -> None:
    """Change the first sentence of a deck or page; `said_by_text` is what it must show then."""
    _edit(path, r"Take \d+\.", said_by_text(number))


def edit_code(path: Path, number: int) -> None:
    """Change the constant of the first script in a file; `said_by_code` is what it must print then."""
    _edit(path, r"take = \d+", f"take = {number}")


def said_by_text(number: int) -> str:
    return f"Take {number}."


def said_by_code(number: int) -> str:
    return f"take {number} done"


def _edit(path: Path, pattern: str, by: str) -> None:
    path.write_text(re.sub(pattern, by, path.read_text("utf-8"), count=1), "utf-8")


def _sheets(kind: str, scripts: tuple[Script, ...], size: int) -> tuple[Sheet, ...]:
    starts = range(0, len(scripts), size)
    return tuple(
        Sheet(f"{kind}_{number:03}", scripts[at : at + size]) for number, at in enumerate(starts, start=1)
    )


def _texts(work: Work) -> Iterator[tuple[Path, str]]:
    for deck in work.decks:
        yield work.project / f"slides/{deck.name}.md", _deck(deck)
    for name in work.copies:
        yield work.project / name, _deck(work.decks[0])
    for script in work.scripts:
        yield work.project / f"snippets/{script.name}.py", script.code
        yield work.loop / f"{script.name}.py", script.saving_code
    yield work.sphinx / "conf.py", _CONF
    yield work.sphinx / "index.md", _index(work)
    for page in work.pages:
        yield work.sphinx / f"{page.name}.md", _page(page)
        yield work.notebooks / f"{page.name}.ipynb", _notebook(page)


def _deck(deck: Sheet) -> str:
    return _DECK_FRONT + "\n---\n\n".join(script.slides for script in deck.scripts)


def _index(work: Work) -> str:
    return "# Bench\n\n```{toctree}\n" + "".join(f"{page.name}\n" for page in work.pages) + "```\n"


def _page(page: Sheet) -> str:
    return _PAGE_FRONT + "\n".join(script.words + _CELL.format(code=script.code) for script in page.scripts)


def _notebook(page: Sheet) -> str:
    cells = [cell for script in page.scripts for cell in _cells(script)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}
    )


def _cells(script: Script) -> tuple[dict[str, object], dict[str, object]]:
    words: dict[str, object] = {
        "cell_type": "markdown",
        "id": f"words_{script.number}",
        "metadata": {},
        "source": script.words,
    }
    code: dict[str, object] = {
        "cell_type": "code",
        "id": script.name,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": script.code,
    }
    return words, code
