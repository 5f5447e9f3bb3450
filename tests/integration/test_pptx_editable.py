"""Texts and pictures of real slides as shapes: what the browser finds, and what LibreOffice draws."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from pptx import Presentation as read

from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.rendering import MarpRendering
from deckwright.model import RenderRequest, SlideBlocks, TextBlock
from integration.in_process import deckwright
from support.pictures import png

pytestmark = pytest.mark.integration

needs_libreoffice = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed"
)

DECK = """---
footer: the footer
math: katex
lang: fr-FR
html: true
---

# Two *lines*<br>with a [link](https://example.org/)

A long paragraph that has far more words than would fit into a single line of a slide of this size: it wraps.

- one `code` with $x^2$ inside
- two
  - nested

3. third

![a chart](red.png)

---

```python
def f(x):

    return x  # 中文
```

| a | b |
|---|---|
| 1 | 2 |

<p style="text-transform: uppercase">changed</p>
<p style="position: absolute; left: -50px">cut off</p>
<p>water: H<sub>2</sub>O</p>
"""


def written(folder: Path) -> Path:
    source = folder / "slides/deck.md"
    source.parent.mkdir()
    source.write_text(DECK)
    (source.parent / "red.png").write_bytes(png(200, 100, b"\xff\0\0"))
    return source


@pytest.fixture(scope="module")
def rendering(renderer: MarpRenderer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarpRendering]:
    folder = tmp_path_factory.mktemp("deck")
    request = RenderRequest("slides/deck.md", folder, written(folder), settings={"html": True})
    with renderer.open(request) as opened:
        yield opened


@pytest.fixture(scope="module")
def slides(rendering: MarpRendering) -> Sequence[SlideBlocks]:
    return rendering.blocks()


def lines(block: TextBlock) -> list[str]:
    return ["".join(run.text for run in line.runs) for each in block.paragraphs for line in each.lines]


def test_each_block_is_one_text_with_its_lines(slides: Sequence[SlideBlocks]) -> None:
    first, second = ([lines(block) for block in slide.texts] for slide in slides)
    heading, paragraph, items, numbered, footer = first
    assert heading == ["Two lines", "with a link"]
    assert len(paragraph) == 2
    assert " ".join(paragraph).startswith("A long paragraph that has")
    assert items == ["one code with  inside", "two", "nested"]
    assert (numbered, footer) == (["third"], ["the footer"])
    assert second == [
        ["def f(x):", "", "    return x  # 中文"],
        ["a"],
        ["b"],
        ["1"],
        ["2"],
        ["CHANGED"],
        ["the footer"],
    ]
    assert [slide.others for slide in slides] == [0, 2]
    assert {slide.language for slide in slides} == {"fr-FR"}


def test_runs_say_how_letters_look(slides: Sequence[SlideBlocks]) -> None:
    heading, _, items, *_ = slides[0].texts
    assert [heading.heading, items.heading] == [True, False]
    looks = {run.text: run for run in heading.runs}
    assert (looks["lines"].italic, looks["Two "].italic, looks["Two "].weight >= 600) == (True, False, True)
    link = looks["link"].link
    assert link is not None
    assert link.address == "https://example.org/"
    assert looks["link"].colour != looks["Two "].colour
    code = next(run for run in slides[1].texts[0].runs if "中文" in run.text)
    assert code.font == "Noto Sans SC"


def test_items_have_their_markers(slides: Sequence[SlideBlocks]) -> None:
    (numbered,), items = slides[0].texts[3].paragraphs, slides[0].texts[2].paragraphs
    assert [each.marker and each.marker.text for each in (*items, numbered)] == ["•", "•", "◦", "3."]
    markers = [each.marker.left for each in items if each.marker]
    assert markers[0] == markers[1] < items[0].lines[0].left < items[2].lines[0].left


def test_a_formula_leaves_a_gap(slides: Sequence[SlideBlocks]) -> None:
    before = next(run for run in slides[0].texts[2].runs if run.text.endswith("with "))
    formula = next(each for each in slides[0].pictures if each.alt == "x^2")
    assert before.gap == pytest.approx(formula.box.right - formula.box.left, abs=3)


def test_pictures_have_their_descriptions(slides: Sequence[SlideBlocks]) -> None:
    assert [each.alt for each in slides[0].pictures] == ["x^2", "a chart"]


def test_slides_without_their_blocks(rendering: MarpRendering, slides: Sequence[SlideBlocks]) -> None:
    whole, ground, again = (
        Image.open(BytesIO(next(iter(rendering.pictures(slides=1, grounds=grounds))))).convert("RGB")
        for grounds in (False, True, False)
    )
    chart = slides[0].pictures[1].box
    middle = (round((chart.left + chart.right) / 2), round((chart.top + chart.bottom) / 2))
    assert (whole.getpixel(middle), ground.getpixel(middle)) == ((255, 0, 0), (255, 255, 255))
    for block in slides[0].texts[:2]:
        place = (int(block.box.left), int(block.box.top), int(block.box.right), int(block.box.bottom))
        assert len(whole.crop(place).getcolors(9999) or ()) > 2
        assert len(ground.crop(place).getcolors() or ()) == 1
    assert ImageChops.difference(again, whole).getbbox() is None


def shapes(path: Path) -> list[list[Any]]:
    return [[*slide.shapes] for slide in read(str(path)).slides]


@needs_libreoffice
def test_the_command_writes_shapes(tmp_path: Path) -> None:
    written(tmp_path)
    ran = deckwright(tmp_path, "build", "--editable", "-o", "talk.pptx")
    assert ran.code == 0
    said = re.search(r"2 of 2 slides and (\d+) of 14 texts can be edited; fonts: ", ran.out)
    assert said
    assert int(said[1]) >= 10
    first, second = shapes(tmp_path / "talk.pptx")
    assert [shape.name for shape in first].count("Picture") == 2
    texts = [shape.text_frame.text for shape in first if shape.name == "Text"]
    assert "Two lines\vwith a link" in texts
    assert "\ntwo\nnested" in "\n".join(texts)
    assert "def f(x):\v\v    return x  # 中文" in [s.text_frame.text for s in second if s.has_text_frame]


def test_without_libreoffice_the_command_says_what_to_install(tmp_path: Path, monkeypatch: Any) -> None:
    written(tmp_path)
    if shutil.which("soffice") or shutil.which("libreoffice"):
        folders = [each for each in ("/usr/bin",) if not (Path(each) / "soffice").exists()]
        monkeypatch.setenv("PATH", ":".join(folders) or "/nonexistent")
    ran = deckwright(tmp_path, "build", "--pptx", "--editable")
    assert (ran.code, "LibreOffice, which was not found" in ran.err) == (3, True)
    assert not (tmp_path / "build/pptx").exists()
