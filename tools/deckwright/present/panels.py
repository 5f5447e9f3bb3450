"""What a block shows on stage, as parts of a page: the same panels that a built slide has of an output.

What was printed is data here, too: text is escaped, and a picture is in an element that runs nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape

from markdown_it import MarkdownIt

from deckwright.compose.show import Panel, PanelKind, shown_output
from deckwright.compose.terminal import StyledText
from deckwright.model import Display, Job, Kind, Location, Reference, Region, RegionOf, Result, Script

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
"""The layout of a table, which only our renderer reads."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def panels_of(job: Job, result: Result, display: Display) -> list[dict[str, str]]:
    """Return what a run of a job shows, each panel as its kind and its HTML."""
    count = job.end_statement
    region = Region("", 1, 1, "", 0, count)
    script = Script(job.script, job.source, job.units, job.cells, {"": region}, None, frozenset())
    reference = Reference(Kind.OUTPUT, RegionOf(job.script, ""), Location(job.script, 1), 0, 0, 1)
    panels = shown_output(replace(reference, display=display), script, result)
    return [{"kind": str(panel.kind), "html": _html(panel)} for panel in panels if not _is_empty(panel)]


def _is_empty(panel: Panel) -> bool:
    return panel.kind is PanelKind.TEXT and not panel.styled.text


def _html(panel: Panel) -> str:
    if panel.kind is PanelKind.PICTURE:
        data = base64.b64encode(panel.content).decode()
        return f'<img alt="" src="data:{_TYPES[panel.picture]};base64,{data}">'
    if panel.kind is PanelKind.MARKDOWN and "$" not in panel.data:
        return str(_MARKDOWN.render(_COMMENT.sub("", panel.data)))
    return "".join(_spans(panel.styled))


def _spans(styled: StyledText) -> Iterator[str]:
    """Yield a text with its colours, as those of a built slide."""
    done = 0
    for span in styled.spans:
        yield escape(styled.text[done : span.start])
        yield f'<span class="{escape(span.classes)}">{escape(styled.text[span.start : span.end])}</span>'
        done = span.end
    yield escape(styled.text[done:])
