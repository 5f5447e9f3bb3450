"""Flipbooks of real runs, in a real browser: what each step shows, and that nothing moves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from deckwright.model import Figure
from integration.in_process import deckwright
from integration.shell import report_of, write
from integration.tabs import Tabs
from integration.test_execute import make_job, run_all

pytestmark = pytest.mark.integration

SCRIPT = """
# %% rows
import matplotlib.pyplot as plt
from IPython.display import HTML, Math, display
for n in range(2):
    print("row", n)
display(HTML("<table><tr><th>loss</th></tr><tr><td>0.5</td></tr></table>"))
display(Math("x^2"))
print("一个很长的结果，比上面的都长")

# %% curve
#| label: curve
figure, axes = plt.subplots(figsize=(4, 2))
axes.plot([1, 2, 3])
axes.set_title("done")
figure

# %% late
#| label: late
data = [3, 1, 2]
plt.figure(figsize=(4, 2))
plt.plot(data)
"""
DECK = """
---
marp: true
---

# Rows

```python file=../snippets/a.py#rows {none|1-4|5|6|all} flipbook
```

```text output=../snippets/a.py#rows
```

below

---

# Curve

```python file=../snippets/a.py#curve {1|2|all} flipbook
```

![w:400](../figures/curve.svg)

```text output=../snippets/a.py#curve
```

below

---

# Late

```python file=../snippets/a.py#late {1|all} flipbook
```

![w:400](../figures/late.png)

below
"""

SEEN = """(() => {
  const section = document.querySelector('.bespoke-marp-active section')
  const box = ({ left, top, width, height }) => [left, top, width, height]
  const elements = [...section.querySelectorAll('h1, pre, marp-pre, table, img, mjx-container, p')]
  const shown = (element) => getComputedStyle(element).visibility === 'visible'
  return {
    text: section.innerText.split(/\\s*\\n\\s*/).filter(Boolean),
    boxes: elements.map((element) => box(element.getBoundingClientRect())),
    formulas: elements.filter((element) => element.matches('mjx-container') && shown(element)).length,
    pictures: [...section.querySelectorAll('img')].filter(shown).map((img) => atob(img.src.split(',')[1])),
  }
})()"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flipbooks")
    files = {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": DECK, "snippets/a.py": SCRIPT}
    write(folder, files)
    assert deckwright(folder, "build", "--to", "html").code == 0
    return folder


def steps_of(tabs: Tabs, project: Path, numbers: range) -> list[Any]:
    """Return what a browser shows of these slides."""
    page = (project / "build/html/a.html").as_uri()
    steps = []
    for number in numbers:
        tab = tabs.open(f"{page}#{number}")
        tab.wait("document.querySelector('.bespoke-marp-active')")
        steps.append(tab.steady(SEEN))
    return steps


def test_each_step_shows_what_existed_after_it(tabs: Tabs, project: Path) -> None:
    steps = steps_of(tabs, project, range(1, 6))
    code = len(SCRIPT.split("# %%")[1].strip().split("\n")) - 1
    results = [step["text"][1 + code : -1] for step in steps]
    rows, table = ["row 0", "row 1"], ["loss", "0.5"]
    assert results == [[], rows, rows + table, rows + table, [*rows, *table, "一个很长的结果，比上面的都长"]]
    assert [step["formulas"] for step in steps] == [0, 0, 0, 1, 1]
    assert [step["boxes"] for step in steps] == [steps[0]["boxes"]] * len(steps)


def test_a_figure_grows(tabs: Tabs, project: Path) -> None:
    steps = steps_of(tabs, project, range(6, 9))
    figures = [step["pictures"][0] for step in steps]
    assert len(set(figures)) == 3
    assert [">done<" in figure or "<!-- done -->" in figure for figure in figures] == [False, False, True]
    displayed = [step["pictures"][1] for step in steps]
    assert [len(picture) < 200 for picture in displayed] == [True, True, False]
    assert [step["boxes"] for step in steps] == [steps[0]["boxes"]] * len(steps)


def test_a_figure_that_exists_only_at_the_end_is_named(tabs: Tabs, project: Path) -> None:
    blank, drawn = steps_of(tabs, project, range(9, 11))
    assert blank["pictures"] == ['<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"/>']
    assert drawn["pictures"][0].startswith("\x89PNG")
    assert blank["boxes"] == drawn["boxes"]
    (late,) = report_of(project)["diagnostics"]
    rows = (project / "slides/a.md").read_text("utf-8").split("\n")
    assert (late["slug"], rows[late["line"] - 1]) == ("late-figure", "![w:400](../figures/late.png)")


def test_sync_accepts_the_whole_output_once(project: Path) -> None:
    assert deckwright(project, "sync", "--yes").code == 0
    text = (project / "slides/a.md").read_text("utf-8")
    assert "row 0\nrow 1\n" in text
    assert "一个很长的结果，比上面的都长\n```" in text
    assert deckwright(project, "build", "--to", "html").out.count("drifted") == 0
    assert sorted(each.name for each in (project / "figures").iterdir()) == ["curve.svg", "late.png"]


STAGES = """
import matplotlib.pyplot as plt
# %% unlabelled
plt.plot([9, 9])
# %% drawn
#| label: drawn
x = 1
plt.figure()
plt.plot([x, 2])
plt.title("t")
"""


def test_a_job_saves_figures_on_the_way(tmp_path: Path) -> None:
    whole = Figure("drawn", "svg", 1)
    early = [whole.before(stop) for stop in (3, 4, 5)]
    animated = Figure("x", "gif", None).before(2)
    name = "snippets/x.py"
    job = make_job(tmp_path, name, STAGES, whole, *early, animated)
    plain = run_all(tmp_path, make_job(tmp_path, name, STAGES, whole))[name]
    result = run_all(tmp_path, job)[name]
    assert result.failure is None
    saved = {artifact.name: artifact for artifact in result.artifacts}
    assert [*saved] == ["x@1.png", "drawn@2.svg", "drawn@3.svg", "drawn@4.svg", "drawn.svg"]
    assert saved["x@1.png"].data.startswith(b"\x89PNG")
    assert saved["drawn@4.svg"].data != saved["drawn.svg"].data
    assert saved["drawn.svg"].data == plain.artifacts[0].data


MOVIE = """
import matplotlib.pyplot as plt
from matplotlib.animation import FuncAnimation
figure, axes = plt.subplots(figsize=(2, 1))
movie = FuncAnimation(figure, lambda n: axes.plot([n]), frames=2)
"""


def test_an_animation_stands_still_in_its_size(tmp_path: Path) -> None:
    whole = Figure("x", "gif")
    job = make_job(tmp_path, "snippets/x.py", MOVIE, whole, whole.before(3))
    artifacts = run_all(tmp_path, job)["snippets/x.py"].artifacts
    pictures = {each.name: Image.open(io.BytesIO(each.data)) for each in artifacts}
    assert {name: (each.format, each.size) for name, each in pictures.items()} == {
        "x@2.png": ("PNG", (200, 100)),
        "x.gif": ("GIF", (200, 100)),
    }
