"""The buttons that copy code, used in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deckwright.marp.node import NodeProcess
from integration.browse import asked
from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

COPY = Path(__file__).parent / "copy.mjs"
SCRIPT = """\
# %% shapes
long = {"alpha": 1, "beta": 2, "gamma": 3, "delta": 4, "epsilon": 5, "zeta": 6, "eta": "😀 👩‍💻 < & >"}
print("\\tno prompt: >>> ", len(long))


# %% more
for x in range(2):
    print(x)
"""
SHAPES = "\n".join(SCRIPT.splitlines()[1:3])
DECK = """\
---
marp: true
{settings}
---

```python file=../snippets/a.py#shapes {{2}}
```

```text output=../snippets/a.py#shapes
```

```json output=../snippets/a.py#more
```

---

```python file=../snippets/a.py#more max-lines=1
```

```console
# in a shell
$ pip install deckwright
Collecting deckwright
$ deckwright build \\
    --to html
```

```pycon
>>> for x in [1]:
...     print(x)
...
1
>>> x
```

```text
as it is
```

---

```ipython
In [1]: def f():
   ...:     return 1

In [2]: f()
Out[2]: 1
```

```latex
$ a + b $
is a sum
```
"""
SESSIONS = ["pip install deckwright\ndeckwright build \\\n    --to html", "for x in [1]:\n    print(x)\n\nx"]
COPIED = [
    [SHAPES],
    ["for x in range(2):", *SESSIONS],
    ["def f():\n    return 1\nf()", "$ a + b $\nis a sum"],
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two decks, of which the second has a theme with looks of its own for outputs."""
    root = tmp_path_factory.mktemp("copied")
    write(root, {"snippets/a.py": SCRIPT, "slides/en.md": DECK.format(settings="theme: gaia")})
    theme = "/* @theme own */ section { width: 1280px; height: 720px } pre button, pre span { display: none }"
    write(root, {"slides/themes/own.css": f"{theme} pre code.language-pytb {{ color: red }}"})
    write(root, {"slides/zh.md": DECK.format(settings="theme: own\nlang: zh-CN")})
    ran = deckwright(root, "build", "--to", "html")
    assert ran.code == 0, ran.err
    return root / "build/html"


def copied(
    browser: NodeProcess, page: Path, way: str, clipboard: bool = True, swapped: bool = False
) -> dict[str, Any]:
    return asked(browser, COPY, page, slides=[1, 2, 3], way=way, clipboard=clipboard, swapped=swapped)


@pytest.mark.parametrize("way", ["pointer", "Enter", "Space"])
@pytest.mark.parametrize("clipboard", [True, False])
def test_code_is_in_the_clipboard(course: Path, browser: NodeProcess, way: str, clipboard: bool) -> None:
    seen = copied(browser, course / "en.html", way, clipboard)
    assert seen["errors"] == []
    slides = seen["seen"]
    assert [slide["copied"] for slide in slides] == COPIED
    assert [slide["buttons"] for slide in slides] == [
        [True, False, False],
        [True, True, True, False],
        [True, True],
    ]
    assert {said for slide in slides for said in slide["said"]} == {"Copied"}
    assert {tuple(each) for slide in slides for each in slide["shown"]} == {("0", "1")}
    assert [slide["hash"] for slide in slides] == ["#1", "#2", "#3"]  # no key turned a page
    assert [slide["names"].count("button Copy code") for slide in slides] == [1, 3, 2]


def test_slides_that_serve_replaces_have_buttons(course: Path, browser: NodeProcess) -> None:
    seen = copied(browser, course / "en.html", "Enter", swapped=True)
    assert seen["errors"] == []
    assert [slide["copied"] for slide in seen["seen"]] == COPIED


def test_a_theme_and_a_language_of_its_own(course: Path, browser: NodeProcess) -> None:
    seen = copied(browser, course / "zh.html", "pointer")["seen"]
    assert [slide["copied"] for slide in seen] == COPIED
    assert seen[0]["buttons"] == [True, False, False]
    assert {said for slide in seen for said in slide["said"]} == {"已复制"}
    assert seen[0]["names"].count("button 复制代码") == 1
