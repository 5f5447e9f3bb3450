"""What a competitor made really holds what every script prints and draws; else nothing counts as fast."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from commands import BenchError, Run
from pypdf import PdfReader
from work import Script, Work

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


def check_deck(path: Path, work: Work) -> None:
    """Raise BenchError unless a deck's HTML shows all outputs and figures."""
    page = Page(path)
    check_text(page.text, work.scripts, path.name)
    check_count(page.drawn, work.figures, f"figures in {path.name}")


def check_pages(folder: Path, work: Work) -> None:
    """Raise BenchError unless a folder holds a page for each script, with its output and figure."""
    for script in work.scripts:
        page = Page(folder / f"{script.name}.html")
        check_text(page.text, [script], script.name)
        check_count(page.drawn, int(script.draws), f"figures on the page of {script.name}")


def check_pdf(path: Path, work: Work) -> None:
    """Raise BenchError unless a deck's PDF has all its pages, with all outputs and drawings."""
    pages = PdfReader(path).pages
    check_count(len(pages), work.slides, f"pages of {path.name}")
    texts = [page.extract_text() for page in pages]
    check_text("".join(texts), work.scripts, path.name)
    drawn = sum(
        not text.strip(" 0123456789\n") and _drawing_bytes(page) > _DRAWN_BYTES
        for page, text in zip(pages, texts, strict=True)
    )
    check_count(drawn, work.figures, f"figures in {path.name}")


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


def _drawing_bytes(page: Any) -> int:
    forms = page.get("/Resources", {}).get("/XObject", {}).values()
    return sum(len(part.get_data()) for part in [page.get_contents(), *(form.get_object() for form in forms)])
