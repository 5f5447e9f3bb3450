"""A deck rendered for a test: its formats in files, as a build would leave them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deckwright.formats import FORMATS
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import FormatOptions, PageDiagnostic, RenderRequest, SlideDiagnostic
from support.lecture import lecture_of


@dataclass(frozen=True)
class RenderedFiles:
    """The files that were written, by the format's name, and what was noticed."""

    paths: Mapping[str, Path]
    slides: int
    pages: int
    diagnostics: Sequence[PageDiagnostic]
    misfits: Sequence[SlideDiagnostic]


def render(renderer: MarpRenderer, request: RenderRequest, *formats: str, **options: Any) -> RenderedFiles:
    """Render a deck to formats (HTML and PDF if none is named) in `request.build`.

    Options are those of FormatOptions.
    """
    wanted, chosen = formats or ("html", "pdf"), FormatOptions(**{"scale": 1.0, "steps": "all", **options})
    with renderer.open(request) as rendering:
        lecture = lecture_of(request.path, request.source.read_text("utf-8"))
        made = {each.name: each.make(rendering, lecture, chosen) for each in FORMATS if each.name in wanted}
        found = [*rendering.diagnostics, *(d for each in made.values() for d in each.diagnostics)]
    for each in made.values():
        for path, data in each.files.items():
            (request.build / path).parent.mkdir(parents=True, exist_ok=True)
            (request.build / path).write_bytes(data)
    return RenderedFiles(
        {name: request.build / next(iter(each.files)) for name, each in made.items()},
        len(rendering.notes),
        max(each.pages for each in made.values()),
        tuple(dict.fromkeys(found)),
        tuple(dict.fromkeys(misfit for each in made.values() for misfit in each.misfits)),
    )
