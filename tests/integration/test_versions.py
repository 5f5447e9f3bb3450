"""Code that changes at a step, in a real browser: lines that stay move; in print are both versions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from integration.in_process import deckwright
from integration.shell import write
from integration.tabs import Tab, Tabs

pytestmark = pytest.mark.integration

SCRIPT = '''
# %% loop
def total(values):
    """The sum
    of <b>squares</b>."""
    result = 0
    for value in values:
        result += value**2
    return result

print("loop", total([1, 2]))

# %% sum
def total(values):
    """The sum
    of <b>squares</b>."""
    return sum(value**2 for value in values)

print("sum", total([1, 2]))
'''
DECK = """
---
marp: true
---

# One

```python file=../snippets/a.py#loop {4|all} then=#sum
```

```text output=../snippets/a.py#loop then=#sum
```

below
"""

CODE = """[...document.querySelectorAll('.bespoke-marp-active :is(pre, marp-pre)')]
  .map((each) => each.textContent.trimEnd())"""
PLACE = "document.querySelector('.bespoke-marp-active p').getBoundingClientRect().top"
NAMES = """[...document.querySelectorAll('.bespoke-marp-active [data-deckwright-line]')]
  .map((each) => [getComputedStyle(each).viewTransitionName, each.textContent.trim()])"""

WATCH = """(() => {
  const start = document.startViewTransition.bind(document)
  document.startViewTransition = (update) => {
    const transition = start(update)
    transition.ready.then(() => {
      window.moved = document.getAnimations().map((each) => each.effect.pseudoElement)
    })
    transition.finished.then(() => { window.ended = true })
    return transition
  }
})()"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    files = {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": DECK, "snippets/a.py": SCRIPT}
    write(folder, files)
    ran = deckwright(folder, "build", "--to", "html,pdf")
    assert ran.code == 0, ran.out + ran.err
    return folder


def opened(tabs: Tabs, project: Path, slide: int) -> Tab:
    tab = tabs.open(f"{(project / 'build/html/a.html').as_uri()}#{slide}")
    tab.wait("document.querySelector('.bespoke-marp-active')")
    return tab


def pieces(moved: list[str | None], kind: str) -> set[str]:
    """Return the names that one kind of picture of a transition has."""
    found = (re.fullmatch(rf"::view-transition-{kind}\((deckwright-.*)\)", each or "") for each in moved)
    return {match[1] for match in found if match}


def test_each_step_shows_its_version(tabs: Tabs, project: Path) -> None:
    regions = [cell.partition("\n")[2].strip() for cell in SCRIPT.split("# %%")[1:]]
    loop, after = regions
    shown, places = [], []
    for slide in (1, 2, 3):
        tab = opened(tabs, project, slide)
        shown.append(tab.ask(CODE))
        places.append(tab.steady(PLACE))
    assert shown == [[loop, "loop 5"], [loop, "loop 5"], [after, "sum 5"]]
    assert len(set(places)) == 1


def test_lines_that_stay_have_the_same_name(tabs: Tabs, project: Path) -> None:
    names: list[Any] = [opened(tabs, project, slide).ask(NAMES) for slide in (2, 3)]
    before, after = ({text: name for name, text in each} for each in names)
    assert [text for text in before if before[text] == after.get(text)] == [
        "def total(values):",
        '"""The sum',
        'of <b>squares</b>."""',
    ]
    assert len({*before.values(), *after.values()}) == len(before) + len(after) - 3


def test_lines_move_from_one_version_to_the_next_and_back(tabs: Tabs, project: Path) -> None:
    tab = opened(tabs, project, 1)
    tab.ask(WATCH)
    tab.press("ArrowRight")
    tab.wait("location.hash === '#2'")
    assert tab.ask("window.moved ?? null") is None  # between highlights nothing changes
    for key, slide in (("ArrowRight", 3), ("ArrowLeft", 2)):
        tab.ask("window.ended = false")
        tab.press(key)
        tab.wait("window.ended")
        assert tab.ask("location.hash") == f"#{slide}"
        old, new = (pieces(tab.ask("window.moved"), kind) for kind in ("old", "new"))
        assert len(old & new) == 3
        assert {len(old - new), len(new - old)} == {5, 2}


def test_who_prefers_less_motion_gets_none(tabs: Tabs, project: Path) -> None:
    tab = opened(tabs, project, 2)
    tab.prefer("prefers-reduced-motion", "reduce")
    tab.ask(WATCH)
    tab.press("ArrowRight")
    tab.wait("window.ended")
    assert pieces(tab.ask("window.moved"), "old") == set()
    assert tab.ask(CODE)[1] == "sum 5"


def test_a_browser_without_transitions_shows_the_next_version(tabs: Tabs, project: Path) -> None:
    page = (project / "build/html/a.html").as_uri()
    tab = tabs.open(f"{page}#2", "delete Document.prototype.startViewTransition")
    tab.wait("document.querySelector('.bespoke-marp-active')")
    tab.press("ArrowRight")
    assert tab.wait("location.hash === '#3'")
    assert tab.ask(CODE)[1] == "sum 5"


def test_both_are_in_print(project: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(project / "build/pdf/a.pdf").pages]
    assert ["for value in values:" in page for page in pages] == [True, True, False]
    assert ["sum 5" in page for page in pages] == [False, False, True]


def test_a_version_that_fails_fails_the_build(tmp_path: Path) -> None:
    broken = SCRIPT.replace("return sum(", "return max(") + "raise ValueError('v2')\n"
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": DECK, "snippets/a.py": broken})
    assert "ValueError: v2" in (ran := deckwright(tmp_path, "build", "--to", "html")).out + ran.err
    assert ran.code == 1
