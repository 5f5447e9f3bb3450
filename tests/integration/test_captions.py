"""Captions of code: in pages, in print, in what a check measures, and where they lead."""

from __future__ import annotations

import os
import posixpath
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from pypdf import PdfReader

from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

SETTINGS = """\
[tool.deckwright]
captions = true

[tool.deckwright.publish]
repository = "https://github.com/NAME/COURSE"
colab = "https://github.com/NAME/COURSE/tree/gh-pages"
"""
DECK = """\
---
marp: true
---

# One

```python file=../snippets/one/alone.py#r {1|2}
```

```python file=../snippets/one/data.py
```

```sql file=../data/q.sql
```
"""
FILES = {
    "pyproject.toml": SETTINGS,
    "slides/01 one.md": DECK,
    "snippets/one/alone.py": "# region r\nx = 1\nprint(x)\n# endregion r\n",
    "snippets/one/data.py": "print(len(open(__file__.replace('one/data.py', '../data/q.sql')).read()))\n",
    "data/q.sql": "SELECT 1;\n",
}
FILE = "https://github.com/NAME/COURSE/blob/HEAD"
COLAB = "https://colab.research.google.com/github/NAME/COURSE/blob/gh-pages/notebook/01%20one/alone.ipynb"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course, built and published into `site`."""
    root = write(tmp_path_factory.mktemp("captions"), FILES)
    for arguments in (("build",), ("publish", "site")):
        ran = deckwright(root, *arguments)
        assert ran.code == 0, ran.err
    return root


def captions(page: Path) -> list[tuple[str, list[str]]]:
    """Return the text of each caption of a page, and where it leads."""
    found = html.fromstring(page.read_text("utf-8")).iterfind(".//span[@data-deckwright-caption]")
    return [(each.text_content(), [link.get("href") for link in each.iterfind("a")]) for each in found]


def links(pdf: Path) -> list[str]:
    """Return where the links of each page lead, in order."""
    pages = PdfReader(BytesIO(pdf.read_bytes())).pages
    notes: list[Any] = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    return [str(note["/A"]["/URI"]).strip() for note in notes if "/A" in note]


def test_a_build_leads_to_the_repository(course: Path) -> None:
    paths = ("snippets/one/alone.py", "snippets/one/data.py", "data/q.sql")
    slide = [(posixpath.basename(path), [f"{FILE}/{path}"]) for path in paths]
    assert captions(course / "build/html/01 one.html") == slide * 2  # one slide per step
    assert links(course / "build/pdf/01 one.pdf") == [f"{FILE}/{path}" for path in paths] * 2
    text = PdfReader(course / "build/pdf/01 one.pdf").pages[0].extract_text()
    assert text.index("alone.py") < text.index("x = 1") < text.index("data.py")


def test_the_deck_of_other_marp_tools_has_none(course: Path) -> None:
    deck = (course / "build/slides/01 one.md").read_text("utf-8")
    assert "alone.py" not in deck
    assert "caption" not in deck


def test_a_site_leads_to_the_page_of_the_script_and_to_colab(course: Path) -> None:
    page = course / "site/html/01 one.html"
    alone, data, text = captions(page)[:3]
    assert alone == ("alone.py · Colab", ["../scripts/one/alone.html", COLAB])
    assert data == ("data.py", ["../scripts/one/data.html"])
    assert text == ("q.sql", [f"{FILE}/data/q.sql"])
    assert links(course / "site/pdf/01 one.pdf")[:2] == alone[1]
    for address in (alone[1][0], data[1][0]):
        assert (page.parent / unquote(address)).resolve().is_file()
    notebook = unquote(urlsplit(COLAB).path).partition("/gh-pages/")[2]
    assert (course / "site" / notebook).is_file()


def test_a_release_leads_to_its_own_notebooks(course: Path) -> None:
    ran = deckwright(course, "release", "2026", "site")
    assert ran.code == 0, ran.err
    (_, (page, colab)), *_ = captions(course / "site/2026/html/01 one.html")
    assert (page, colab) == ("../scripts/one/alone.html", COLAB.replace("gh-pages", "gh-pages/2026"))


FULL = "# Full\n\n```python file=../snippets/a.py{}\n```\n"
ROWS = "".join(f"print({number})\n" for number in range(18))


@pytest.mark.parametrize(("more", "is_too_much"), [("", True), (" no-caption", False)])
def test_a_caption_that_is_one_line_too_many(tmp_path: Path, more: str, is_too_much: bool) -> None:
    write(tmp_path, {"pyproject.toml": SETTINGS, "slides/a.md": FULL.format(more), "snippets/a.py": ROWS})
    ran = deckwright(tmp_path, "check")
    assert ("slides/a.md:3:1 error [overflow]" in ran.err) == is_too_much
    assert ran.code == int(is_too_much), ran.err


def test_without_the_setting_nothing_of_it_is_there(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "pyproject.toml": SETTINGS.replace("captions = true", "")})
    ran = deckwright(tmp_path, "build")
    assert ran.code == 0, ran.err
    assert captions(tmp_path / "build/html/01 one.html") == []
    assert links(tmp_path / "build/pdf/01 one.pdf") == []


def test_an_address_that_is_none(tmp_path: Path) -> None:
    write(
        tmp_path,
        {**FILES, "pyproject.toml": SETTINGS.replace('https://github.com/NAME/COURSE"', 'github/NAME"')},
    )
    ran = deckwright(tmp_path, "build")
    assert ran.code == 2
    assert (
        "pyproject.toml, [tool.deckwright.publish]: 'repository' must be the address of a repository"
        in ran.err
    )
    assert os.listdir(tmp_path).count("build") == 0
