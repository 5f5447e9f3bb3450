"""The pages of a site: what they link is there, and what authors wrote is text."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from deckwright.compose.compose import compose
from deckwright.formats import Lecture
from deckwright.model import Artifact
from deckwright.publish.published import PublishedLecture, published
from deckwright.publish.site import Site
from support.course import SCRIPT, course_of, deck_of, result_of

DECK = """\
---
lang: {lang}
title: Sums & <b>
description: What adds up
---

# One

```python file=../snippets/a.py#add {{1|2}}
```

```text output=../snippets/a.py
```

---

# Two `</script>`

b **a** (b) *c* and more

![a plot](../figures/plot.svg)
"""
CODE = "# region add\ndef add(a, b):\n    return a + b\n# endregion add\nprint(add(1, 2))\n"
PLOT = "# %%\n#| label: plot\nimport matplotlib.pyplot as plt\nplt.plot([1])\n"


def lecture(name: str = "02-sums", lang: str = "en") -> PublishedLecture:
    course = course_of(DECK.format(lang=lang), {SCRIPT: CODE, "snippets/plot.py": PLOT})
    results = result_of("", "3 <i>\n")
    expanded = compose(deck_of(course), course, results)
    pictures = {"figures/plot.svg": Artifact("plot.svg", b"<svg/>")}
    made = published(
        Lecture(deck_of(course), expanded, course, results, pictures), {"slides": f"html/{name}.html"}
    )
    return replace(made, name=name, files={**made.files, "kit": f"kit/{name}.zip"})


def site(*lectures: PublishedLecture, **how: Any) -> dict[str, str]:
    files = Site("Course", lectures or (lecture(),), **how).files("const MiniSearch = 1")
    return {path: data.decode() for path, data in files.items()}


def links(path: str, page: str) -> set[str]:
    """Return the paths below the site's folder to which a page leads."""
    found = (unquote(link.partition("#")[0]) for link in re.findall(r'(?:href|src)="([^"]*)"', page))
    return {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in found if ":" not in link
    }


def test_a_lecture_as_students_see_it() -> None:
    made = lecture()
    assert (made.title, made.description, made.language) == ("Sums & <b>", "What adds up", "en")
    assert [(each.number, each.page, each.title) for each in made.slides] == [
        (1, 1, "One"),
        (2, 3, "Two </script>"),
    ]
    assert "return a + b" in made.slides[0].text
    assert "3 <i>" in made.slides[0].text
    assert "b a (b) c and more" in made.slides[1].text
    shown = {each.path: [slide.number for slide in each.slides] for each in made.scripts}
    assert shown == {SCRIPT: [1], "snippets/plot.py": [2]}
    assert {each.path: each.pictures for each in made.scripts}["snippets/plot.py"] == ("figures/plot.svg",)


def test_every_link_leads_somewhere() -> None:
    pages = site(lecture("01-a"), lecture("02-b"))
    there = {*pages, "figures/plot.svg", *(f"{kind}/{name}" for kind, name in (
        ("html", "01-a.html"), ("html", "02-b.html"), ("kit", "01-a.zip"), ("kit", "02-b.zip")
    ))}  # fmt: skip
    for path, page in pages.items():
        if path.endswith(".html"):
            assert links(path, page) <= there, path
    assert {path for path in pages if path.endswith(".html")} == {
        "index.html",
        "lectures/01-a.html",
        "lectures/02-b.html",
        "scripts/a.html",
        "scripts/plot.html",
    }


def test_neighbours() -> None:
    pages = site(lecture("01-a"), lecture("02-b"), lecture("03-c"))
    assert {"lectures/01-a.html", "lectures/03-c.html"} <= links(
        "lectures/02-b.html", pages["lectures/02-b.html"]
    )
    assert 'rel="prev"' not in pages["lectures/01-a.html"]
    assert 'rel="next"' not in pages["lectures/03-c.html"]


def test_a_script_names_the_slides_of_all_lectures() -> None:
    page = site(lecture("01-a"), lecture("02-b"))["scripts/a.html"]
    assert {"html/01-a.html#1", "html/02-b.html#1"} <= set(re.findall(r"html/0\d-\w\.html#1", page))
    assert "3 &lt;i&gt;" in page


def test_what_authors_wrote_is_text() -> None:
    pages = site()
    assert "Sums &amp; &lt;b&gt;" in pages["index.html"]
    assert "<b>" not in pages["index.html"]
    assert "</script>" not in pages["search.js"]


@pytest.mark.parametrize(("lang", "word"), [("en", "Lectures: 1"), ("zh-CN", "共 1 讲"), ("", "Lectures: 1")])
def test_the_language_is_that_of_the_lectures(lang: str, word: str) -> None:
    page = site(lecture(lang=lang))["index.html"]
    assert word in page
    assert f'<html lang="{lang or "en"}">' in page


def test_addresses() -> None:
    pages = site(
        base="https://example.org/course/", source_of=lambda path: f"https://example.org/blob/main/{path}"
    )
    assert (
        '<link rel="canonical" href="https://example.org/course/scripts/a.html">' in pages["scripts/a.html"]
    )
    assert 'href="https://example.org/blob/main/snippets/a.py"' in pages["scripts/a.html"]
    assert "canonical" not in site()["scripts/a.html"]


def test_earlier_terms_are_linked() -> None:
    files = Site("Course", [lecture()], releases=["2026-autumn"]).files("")
    assert 'href="2026-autumn/index.html"' in files["index.html"].decode()
    assert "Earlier terms" not in site()["index.html"]


def test_nothing_comes_from_the_network() -> None:
    for path, page in site().items():
        assert "://" not in page.replace("http://www.w3.org", ""), path
