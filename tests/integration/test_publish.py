"""A course published for its students: walked through in a browser, its kit run, and nothing given away."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from deckwright.marp.node import NodeProcess
from deckwright.publish.leaks import Secret, leaks_in, squeezed
from integration.browse import asked
from integration.in_process import deckwright

pytestmark = pytest.mark.integration

WALK = Path(__file__).parent / "walk.mjs"
NOTE = "先问大家：为什么要除以根号下的维数"
SOLUTION = "scores = q @ k.T / k.shape[-1] ** 0.5"
DECK = f"""---
marp: true
lang: zh-CN
title: 第 1 讲 · 注意力
description: 怎样按相似的程度取数
---

# 注意力怎样算

<!--
{NOTE}
-->

```python file=../snippets/01-attention/exercise.py#task
```

最大的权重是 [0.7](../snippets/01-attention/exercise.py#largest "{{:.1f}}")。

---

# 图上看

![两条线](../figures/01-attention/lines.svg)

```text output=../snippets/01-attention/lines.py#numbers
```
"""
EXERCISE = f'''"""Attention by hand."""

import numpy as np

from small import softmax


# region task
def attention(q, k, v):
    """按 q 与 k 的相似程度，取 v 的平均。"""
    # BEGIN SOLUTION
    {SOLUTION}
    return softmax(scores) @ v
    # END SOLUTION
# endregion task


k = np.eye(2)
largest = attention(2 * k, k, k).max()
print(largest)
'''
SMALL = """\
import numpy as np


def softmax(x):
    e = np.exp(x)
    return e / e.sum(-1, keepdims=True)
"""
LINES = """\
# %% numbers
from pathlib import Path

numbers = Path(__file__).with_name("data.csv").read_text().split(",")
print(len(numbers))
# %%
#| label: lines
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.show()
"""
FILES = {
    "pyproject.toml": '[tool.deckwright]\ntitle = "测试课"\n',
    "slides/01-attention.md": DECK,
    "snippets/01-attention/exercise.py": EXERCISE,
    "snippets/01-attention/small.py": SMALL,
    "snippets/01-attention/data.csv": "1,2\n",
    "snippets/01-attention/lines.py": LINES,
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course, published into `site`."""
    root = tmp_path_factory.mktemp("published")
    write(root, FILES)
    ran = deckwright(root, "publish", "site")
    assert ran.code == 0, ran.err
    return root


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def walk(browser: NodeProcess, index: Path, *words: str) -> dict[str, Any]:
    """Walk through a site as walk.mjs does; the first word must have a hit."""
    return asked(browser, WALK, index, words=words)


def test_a_student_walks_through_it(course: Path, browser: NodeProcess) -> None:
    seen = walk(browser, course / "site/index.html", "注意力", "softmax", "nothing at all", "numbers 2")
    assert (seen["errors"], seen["wanted"]) == ([], [])
    assert seen["index"] == {"title": "测试课", "lectures": 1}
    assert seen["hits"] == {"注意力": ["注意力怎样算"], "softmax": [], "nothing at all": [], "numbers 2": []}
    assert (seen["slide"]["title"], seen["slide"]["hash"]) == ("第 1 讲 · 注意力", "#1")
    assert "图上看" in seen["lecture"]["text"]
    assert "NotImplementedError" in seen["script"]["text"]
    assert seen["shown"]["hash"] == "#1"
    assert {seen[each]["broken"] for each in ("slide", "lecture", "script", "shown")} == {0}


def test_no_file_has_a_note_or_a_solution(course: Path) -> None:
    for path in (course / "site").rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".zip":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = b"".join(map(archive.read, archive.namelist()))
        for secret in (NOTE, SOLUTION, "BEGIN SOLUTION", "softmax(scores)"):
            assert secret.encode() not in data, path
    assert (course / "build/html/01-attention.html").read_text("utf-8").count(NOTE)


@pytest.mark.parametrize("folder", ["pdf", "handout"])
def test_the_search_for_leaks_reads_pdfs(course: Path, folder: str) -> None:
    data = (course / f"site/{folder}/01-attention.pdf").read_bytes()
    for line in ("按 q 与 k 的相似程度，取 v 的平均。", 'raise NotImplementedError("attention")'):
        secret = Secret(squeezed(line), "a.py", 1, line, "solution")
        assert [leak.secret for leak in leaks_in({"a.pdf": data}, [secret])] == [secret]


def test_the_kit_runs_and_stops_at_the_gap(course: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(course / "site/kit/01-attention.zip") as archive:
        archive.extractall(tmp_path)
    scripts = tmp_path / "01-attention/snippets/01-attention"
    good, stopped = (run(scripts / name) for name in ("lines.py", "exercise.py"))
    assert (good.returncode, good.stdout) == (0, "2\n")
    assert stopped.stderr.endswith("NotImplementedError: attention\n")
    rows = scripts.joinpath("exercise.py").read_text("utf-8").splitlines()
    line = rows.index('    raise NotImplementedError("attention")') + 1
    assert f'exercise.py", line {line}, in attention' in stopped.stderr


def test_its_notebooks_run_and_stop_at_the_gap(course: Path, tmp_path: Path) -> None:
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    with zipfile.ZipFile(course / "site/kit/01-attention.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / "01-attention/notebooks"
    nbclient.NotebookClient(nbformat.read(folder / "01-attention/lines.ipynb", 4)).execute(cwd=str(folder))
    for name in ("01-attention.ipynb", "01-attention/exercise.ipynb"):
        with pytest.raises(nbclient.exceptions.CellExecutionError, match="NotImplementedError"):
            nbclient.NotebookClient(nbformat.read(folder / name, 4)).execute(cwd=str(folder))


def run(script: Path) -> subprocess.CompletedProcess[str]:
    """Run a script as a student does."""
    return subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=script.anchor, check=False
    )


def test_who_teaches_gets_the_solutions(course: Path) -> None:
    kit = course / "build/kit/01-attention.zip"
    for arguments, is_whole in (((), False), (("--solutions",), True)):
        ran = deckwright(course, "kit", *arguments)
        assert (ran.code, ran.out) == (0, "build/kit/01-attention.zip\n"), ran.err
        with zipfile.ZipFile(kit) as archive:
            texts = [
                archive.read(name).decode() for name in archive.namelist() if name.endswith((".py", ".ipynb"))
            ]
        assert any("k.shape[-1] ** 0.5" in text for text in texts) == is_whole
        assert any("NotImplementedError" in text for text in texts) != is_whole
        assert not any(NOTE in text for text in texts)


def test_publishing_again_changes_nothing(course: Path) -> None:
    ran = deckwright(course, "publish", "site")
    assert ran.code == 0, ran.err
    assert "0 new or changed" in ran.out


SHOWN = LINES.replace("print(len(numbers))", f"print(len(numbers), {SOLUTION!r})")
LEAKS = {
    "a slide says it": ("slides/01-attention.md", f"{DECK}\n---\n\n# 答案\n\n```text\n{SOLUTION}\n```\n"),
    "a script prints it": ("snippets/01-attention/lines.py", SHOWN),
}


@pytest.mark.parametrize(("path", "text"), LEAKS.values(), ids=LEAKS)
def test_a_course_that_would_give_it_away_is_not_published(tmp_path: Path, path: str, text: str) -> None:
    write(tmp_path, {**FILES, path: text})
    ran = deckwright(tmp_path, "publish", "site")
    assert ran.code == 1, ran.out
    assert "error [leak] this line of a solution would be in " in ran.err
    assert "snippets/01-attention/exercise.py:12:" in ran.err
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "site/thesis.tex": "mine"})
    ran = deckwright(tmp_path, "publish", "site")
    assert ran.code == 2
    assert "site holds other files, such as thesis.tex" in ran.err
    assert os.listdir(tmp_path / "site") == ["thesis.tex"]
    assert not (tmp_path / "build").exists()


def test_clean_removes_the_pages_for_students(course: Path, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    shutil.copytree(course / "build", tmp_path / "build")
    (tmp_path / "build/.students/html/empty").mkdir(parents=True)  # as where other files were made before
    ran = deckwright(tmp_path, "clean")
    assert (ran.code, ran.out) == (0, "removed build/\n")
    assert not (tmp_path / "build").exists()
