"""What a competitor made really holds what every script prints and draws; else nothing counts as fast."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from commands import BenchError, Run
from pypdf import PdfReader
from work import Script, Sheet

_DRAWN_BYTES = 1000
"""An image or a page of a PDF with a drawing has more than this; an empty one has less."""


class Page(HTMLParser):
    """A page's text outside scripts and styles, and the images that it names."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.folder = path.parent
        self.text = ""
        self.images: list[str] = []
        self._hidden = False
        self.feed(path.read_text("utf-8"))

    @property
    def drawn(self) -> int:
        """How many of its images are there, and no empty files."""
        return sum(_image_bytes(self.folder, image) > _DRAWN_BYTES for image in self.images)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden = tag in ("script", "style")
        source = dict(attrs).get("src")
        if tag == "img" and source:
            self.images.append(source)

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


def check_text(text: str, scripts: Iterable[Script], where: str) -> None:
    """Raise BenchError unless a text holds what each of the scripts prints."""
    squeezed = _squeeze(text)
    missing = [script.name for script in scripts if _squeeze(script.printed) not in squeezed]
    if missing:
        raise BenchError(f"{where}: no output of {', '.join(missing)}")


def check_count(found: int, wanted: int, what: str) -> None:
    """Raise BenchError unless as many things were found as wanted."""
    if found != wanted:
        raise BenchError(f"{what}: {found}, not {wanted}")


def check_said(text: str, wanted: str, where: str) -> None:
    """Raise BenchError unless a text holds what an edit made it say."""
    if _squeeze(wanted) not in _squeeze(text):
        raise BenchError(f"{where} does not say: {wanted}")


def check_page(path: Path, sheet: Sheet, said: str = "") -> None:
    """Raise BenchError unless an HTML file shows all outputs and figures of a sheet, and what was edited."""
    page = Page(path)
    check_text(page.text, sheet.scripts, path.name)
    check_count(page.drawn, sheet.figures, f"figures in {path.name}")
    check_said(page.text, said, path.name)


def check_pdf(path: Path, deck: Sheet, said: str = "") -> None:
    """Raise BenchError unless a deck's PDF has all its pages, with all outputs and drawings."""
    pages = PdfReader(path).pages
    check_count(len(pages), deck.slides, f"pages of {path.name}")
    texts = [page.extract_text() for page in pages]
    check_text("".join(texts), deck.scripts, path.name)
    check_said("".join(texts), said, path.name)
    if deck.figures:
        drawn = sum(map(_is_drawing, pages, texts))
        check_count(drawn, deck.figures, f"figures in {path.name}")


def pdf_text(path: Path) -> str:
    """Return the text of all pages of a PDF."""
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def events(run: Run, *names: str) -> list[dict[str, Any]]:
    """Return the events that `deckwright build --json` printed, or those of the kinds named."""
    found = [json.loads(line) for line in run.stdout.splitlines()]
    return [event for event in found if not names or event["event"] in names]


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _image_bytes(folder: Path, source: str) -> int:
    if source.startswith("data:"):
        return len(source)
    path = folder / source
    return path.stat().st_size if path.is_file() else 0


def _is_drawing(page: Any, text: str) -> bool:
    """Whether a page holds no words but a drawing."""
    return not text.strip(" 0123456789\n") and _drawing_bytes(page) > _DRAWN_BYTES


def _drawing_bytes(page: Any) -> int:
    forms = page.get("/Resources", {}).get("/XObject", {}).values()
    return sum(len(part.get_data()) for part in [page.get_contents(), *(form.get_object() for form in forms)])
