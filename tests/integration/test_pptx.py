"""Presentations of real decks: what the browser says of each slide is in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation as read

from deckwright.marp.renderer import MarpRenderer
from deckwright.model import RenderRequest
from integration.in_process import deckwright
from support.pictures import png
from support.rendering import render

pytestmark = pytest.mark.integration

DECK = """---
title: 第 2 讲
author: 王老师
description: About links
keywords: [one, two]
header: the header
size: 4:3
math: katex
---

# Where `links` $x^2$ lead

A [page](https://example.org/?a=1&b=2), the [last slide](#3), a [deck](other.md#2), [data](data%20(1).csv),
[nowhere](#no-such-slide) and <a href="javascript:alert(1)">a script</a>.

[![red](red.png)](https://example.org/red)

<!-- say **this** -->

---

```python
for i in range(2):
    print(i)
```

| a | b |
|---|---|
| 1 | 2 |

---

### 三

- [first](#1)
"""


@pytest.fixture(scope="module")
def made(renderer: MarpRenderer, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The deck's file, made twice."""
    return [_made(renderer, tmp_path_factory.mktemp(name)) for name in ("a", "b")]


def _made(renderer: MarpRenderer, folder: Path) -> Path:
    source = folder / "slides/deck.md"
    source.parent.mkdir()
    source.write_text(DECK)
    (source.parent / "data (1).csv").touch()
    (source.parent / "red.png").write_bytes(png(200, 100, b"\xff\0\0"))
    request = RenderRequest("slides/deck.md", folder, source, settings={"html": True})
    request = replace(request, decks=frozenset({folder / "slides/other.md"}))
    return render(renderer, request, "pptx").paths["pptx"]


@pytest.fixture(scope="module")
def file(made: list[Path]) -> Any:
    return read(str(made[0]))


def described(shape: Any) -> str:
    return str(shape._element.xpath("./*/p:cNvPr")[0].get("descr"))


def links(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.name == "Link"]


def test_the_size_is_that_of_the_deck(file: Any) -> None:
    assert (file.slide_width.inches, file.slide_height.inches) == (10, 7.5)
    (picture,) = (shape for shape in file.slides[0].shapes if shape.name == "Slide")
    assert picture.image.size == (1920, 1440)


def test_titles_and_texts_are_those_that_the_slide_shows(file: Any) -> None:
    titles = [slide.shapes.title and slide.shapes.title.text_frame.text for slide in file.slides]
    assert titles == ["Where links x^2 lead", None, "三"]
    first, second, third = (
        described(shape) for s in file.slides for shape in s.shapes if shape.name == "Slide"
    )
    assert first.split("\n") == [
        "Where links x^2 lead",
        "A page, the last slide, a deck, data,",
        "nowhere and a script.",
        "red",
    ]
    assert second.split("\n") == ["for i in range(2):", "    print(i)", "a b", "1 2"]
    assert third.split("\n") == ["三", "first"]


def test_links_lead_where_those_of_the_slide_lead(file: Any) -> None:
    first, _, third = file.slides
    leads = {described(each): each.click_action for each in links(first)}
    assert {text: action.hyperlink.address for text, action in leads.items() if text != "last slide"} == {
        "page": "https://example.org/?a=1&b=2",
        "deck": "other.pptx#2",
        "data": "../slides/data%20%281%29.csv",
        "red": "https://example.org/red",
    }
    assert leads["last slide"].target_slide == third
    assert [each.click_action.target_slide for each in links(third)] == [first]


def test_links_are_where_the_slide_shows_them(file: Any) -> None:
    places = {described(each): each for each in links(file.slides[0])}
    red = places["red"]
    assert len(places) == len(links(file.slides[0]))
    assert (red.width.inches * 96, red.height.inches * 96) == pytest.approx((200, 100), abs=1)
    page, last = places["page"], places["last slide"]
    assert page.top == pytest.approx(last.top, abs=9525)
    assert 0 < page.left + page.width < last.left < last.left + last.width < file.slide_width
    assert page.height.inches * 96 == pytest.approx(30, abs=12)


def test_notes_and_properties(file: Any) -> None:
    assert [slide.has_notes_slide for slide in file.slides] == [True, False, False]
    assert file.slides[0].notes_slide.notes_text_frame.text == "say this"
    known = file.core_properties
    assert (known.title, known.author, known.subject) == ("第 2 讲", "王老师", "About links")
    assert known.keywords == "one, two"


def test_the_same_deck_gives_the_same_bytes(made: list[Path]) -> None:
    first, second = (path.read_bytes() for path in made)
    assert first == second


STEPS = '# A\n\n```python no-exec="a sketch" {1|2}\na\nb\n```\n'


@pytest.mark.parametrize(("options", "slides"), [((), 2), (("--steps", "last"), 1)])
def test_the_command_writes_the_file_that_is_named(
    tmp_path: Path, options: tuple[str, ...], slides: int
) -> None:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/a.md").write_text(STEPS)
    ran = deckwright(tmp_path, "build", "-o", "talk.pptx", *options)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "wrote talk.pptx")
    assert len(read(str(tmp_path / "talk.pptx")).slides) == slides
    assert not (tmp_path / "build/pdf").exists()
