"""Hand-outs and PDFs without steps, printed by a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from deckwright.formats.handout import sheets
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import FormatOptions, RenderRequest
from integration.in_process import deckwright
from integration.shell import write
from support.lecture import lecture_of
from support.rendering import render

pytestmark = pytest.mark.integration

LONG = "\n\n".join(f"第 {number} 段：" + "先看数据，再看模型。" * 12 for number in range(1, 31))
DECK = f"""---
marp: true
title: 讲义
---
# 第一张

<!--
备注：*先* 提问，见 [第三张](#3)。学习率$\\eta$很小，不能读：$\\nosuch$

不是 $5 或 $10

$$
\\nabla L
$$
-->

---

## 第二张

<!--
{LONG}
-->

---

## 第三张

---

## 第四张

---

## 第五张
"""
TITLES = ["第一张", "第二张", "第三张", "第四张", "第五张"]


def request(folder: Path, text: str = DECK) -> RenderRequest:
    source = folder / "slides/deck.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, "utf-8")
    return RenderRequest("slides/deck.md", folder, source)


def text_of(page: PageObject) -> str:
    """Return the text of a page, without spaces."""
    return "".join(page.extract_text().split())


def titles(reader: PdfReader) -> list[str]:
    return list(_titles(reader.outline))


def _titles(items: list[object]) -> Iterator[str]:
    for item in items:
        if isinstance(item, list):
            yield from _titles(item)
        else:
            yield str(item["/Title"])  # type: ignore[index]


def led_to(reader: PdfReader) -> list[int | None]:
    """Return the pages, counted from 0, to which links on the first page lead in the file."""
    links = (note.get_object() for note in reader.pages[0].get("/Annots", ()))
    names = (str(link["/Dest"]) for link in links if "/Dest" in link)
    return [reader.get_destination_page_number(reader.named_destinations[name]) for name in names]


def size(page: PageObject) -> tuple[int, int]:
    """Return width and height in millimetres."""
    width, height = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
    return round(width), round(height)


@pytest.mark.parametrize(
    ("layout", "paper", "pages", "shape"),
    [
        ("lines", "A4", 2, (210, 297)),
        ("2up", "Letter", 3, (216, 279)),
        ("4up", "A4", 2, (297, 210)),
        ("6up", "A4", 1, (210, 297)),
    ],
)
def test_slides_on_sheets(
    renderer: MarpRenderer, tmp_path: Path, layout: str, paper: str, pages: int, shape: tuple[int, int]
) -> None:
    made = render(renderer, request(tmp_path), "handout", layout=layout, paper=paper)
    reader = PdfReader(made.paths["handout"])
    assert made.pages == len(reader.pages) == pages
    assert {size(page) for page in reader.pages} == {shape}
    assert titles(reader) == TITLES
    texts = list(map(text_of, reader.pages))
    assert all(title in "".join(texts) for title in TITLES)
    assert "备注" not in "".join(texts)
    assert not any(page.images for page in reader.pages)
    assert all(f"{number}/{pages}" in text for number, text in enumerate(texts, 1))


def test_notes(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = render(renderer, request(tmp_path), "handout", layout="notes")
    texts = list(map(text_of, PdfReader(made.paths["handout"]).pages))
    assert "备注：先提问，见第三张。学习率很小，不能读：不是$5或$10" in texts[0]  # formulas are drawings
    assert [(each.slug, each.address) for each in made.diagnostics] == [("broken-formula", r"\nosuch")]
    assert "第二张" in texts[1]
    assert "第1段：" in texts[1]
    assert "第1段：" not in texts[2]
    assert made.pages == len(texts) >= 5
    whole = "".join(texts)
    assert [f"第{number}段：" in whole for number in range(1, 31)] == [True] * 30
    assert whole.count("先看数据，再看模型。") == 30 * 12
    assert [title in whole for title in TITLES] == [True] * 5


def test_the_deck_is_as_before_when_a_hand_out_has_been_printed(
    renderer: MarpRenderer, tmp_path: Path
) -> None:
    text = DECK.replace("marp: true", "math: katex")
    lecture, options = lecture_of("slides/deck.md", text), FormatOptions(layout="notes", paper="A4")
    with renderer.open(request(tmp_path, text)) as rendering:
        before = rendering.pdf("pdf/deck.pdf")
        paper = sheets(rendering, lecture, options)
        printed = rendering.sheets(paper, "handout/deck.pdf")
        assert rendering.sheets(paper, "handout/deck.pdf") == printed
        assert rendering.pdf("pdf/deck.pdf") == before
    first = PdfReader(BytesIO(printed[0])).pages[0]
    assert "η\\nosuch∇L" in text_of(first)
    assert "KaTeX_Math" in str([font.get_object() for font in first["/Resources"]["/Font"].values()])  # type: ignore[index]


def test_a_lecture_on_paper(tmp_path: Path) -> None:
    """Steps, the course's title and address, and links, by the command."""
    write(tmp_path, COURSE)
    ran = deckwright(tmp_path, "build", "--to", "pdf,handout", "--steps", "last", "--layout", "6up")
    assert ran.code == 0, ran.err
    reader = PdfReader(tmp_path / "build/pdf/a.pdf")
    assert [page.extract_text().split()[0] for page in reader.pages] == ["One", "Steps", "Last"]
    assert titles(reader) == ["One", "Steps", "Last"]
    assert led_to(reader) == [1, 1, 2]
    paper = PdfReader(tmp_path / "build/handout/a.pdf")
    assert titles(paper) == ["One", "Steps", "Last"]
    assert len(led_to(paper)) == 3
    text = text_of(paper.pages[0])
    assert "机器学习" in text
    assert "https://example.org/ml/html/a.html" in text
    links = [note.get_object() for note in paper.pages[0]["/Annots"]]  # type: ignore[union-attr]
    addresses = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]
    assert addresses.count("https://example.org/ml/html/a.html") == 2
    assert "data.csv" in addresses[-1]


COURSE = {
    "pyproject.toml": """
        [tool.deckwright]
        title = "机器学习"
        [tool.deckwright.publish]
        url = "https://example.org/ml"
        """,
    "slides/a.md": """
        # One

        [first step](#2) [last step](#4) [last slide](#5)

        ---

        # Steps

        ```python no-exec="a sketch" {1|2|1,2}
        first = 1
        second = 2
        ```

        ---

        # Last

        [data](../data.csv)
        """,
    "data.csv": "1",
}
