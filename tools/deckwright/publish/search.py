"""The search of a site: all in one script, because a page that is opened as a file may load no data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deckwright.marp.packages import install_packages
from deckwright.publish.published import PublishedLecture, PublishedSlide

_PACKAGE = Path(__file__).parent / "minisearch"
"""The lock of the library that searches."""

_CODE = Path(__file__).parent / "pages/search.js"


def minisearch() -> str:
    """Return the text of that library, which is installed once. Raises ToolMissing."""
    return (install_packages(_PACKAGE) / "node_modules/minisearch/dist/umd/index.js").read_text("utf-8")


def search_script(lectures: Sequence[PublishedLecture], library: str) -> str:
    """Return the script that searches all slides of these lectures."""
    slides = [_entry(lecture, slide) for lecture in lectures for slide in lecture.slides]
    data = json.dumps(slides, ensure_ascii=False).replace("</", "<\\/")
    return "\n".join([library, f"const SLIDES = {data}", _CODE.read_text("utf-8")])


def _entry(lecture: PublishedLecture, slide: PublishedSlide) -> Mapping[str, Any]:
    return {
        "lecture": lecture.title,
        "number": slide.number,
        "title": slide.title,
        "text": slide.text,
        "address": f"{quote(lecture.files['slides'])}#{slide.page}",
    }
