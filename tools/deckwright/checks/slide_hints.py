"""What helps where something on a slide cannot be seen whole or read, by what it is."""

from __future__ import annotations

from deckwright.model import Kind, Reference, SlideDiagnostic, SlideSlug

_GENERAL = {
    SlideSlug.OVERFLOW: "split it into two slides, or make it shorter",
    SlideSlug.CLIPPED: "make the text shorter or its box larger",
    SlideSlug.TOO_WIDE: "break it into lines, or make it smaller",
    SlideSlug.COVERED: "move it, or show less",
    SlideSlug.TOO_SMALL: "show it larger, or draw it with larger text",
    SlideSlug.LOW_CONTRAST: "choose colours of text and background with more contrast",
    SlideSlug.MISSING_GLYPH: "put a font that has them into the project, and name it in an @font-face rule",
    SlideSlug.INACCESSIBLE: "describe it in words for readers who cannot see it",
}

_FEWER_LINES = "show less of it: max-lines=8 or lines=1-8 behind its output="
_FEWER_ROWS = "show fewer rows: max-lines=8 or lines=1-8 behind its output="
_SMALLER = "show it smaller, as in ![w:800 …](…)"
_DRAWN_SMALLER = "draw it smaller: '#| fig-width: 6' in the cell that displays it"

_BY_ELEMENT = {
    (SlideSlug.OVERFLOW, "picture"): _SMALLER,
    (SlideSlug.OVERFLOW, "drawing"): "draw it smaller, or split it in two",
    (SlideSlug.OVERFLOW, "list"): "split it into two slides",
    (SlideSlug.OVERFLOW, "paragraph"): "split it into two slides",
    (SlideSlug.OVERFLOW, "code"): "split it into two slides, or show less of it",
    (SlideSlug.OVERFLOW, "table"): "show fewer rows, or split it into two slides",
    (SlideSlug.OVERFLOW, "formula"): "break it into lines, or split it into two slides",
    (SlideSlug.OVERFLOW, "heading"): "make it shorter, or its text smaller",
    (SlideSlug.CLIPPED, "picture"): "show it smaller, as in ![w:400 …](…), or make its box larger",
    (SlideSlug.CLIPPED, "code"): "break its long lines, or make its box larger",
    (SlideSlug.TOO_WIDE, "table"): "show fewer columns, or shorter words in them",
    (SlideSlug.TOO_WIDE, "formula"): r"break it into lines, as with \begin{aligned}, or make it smaller",
}
"""By how the browser names what does not fit."""

_BY_REFERENCE = {
    (SlideSlug.OVERFLOW, Kind.OUTPUT, "output"): _FEWER_LINES,
    (SlideSlug.OVERFLOW, Kind.OUTPUT, "table"): _FEWER_ROWS,
    (SlideSlug.OVERFLOW, Kind.OUTPUT, "picture"): _DRAWN_SMALLER,
    (SlideSlug.CLIPPED, Kind.OUTPUT, "picture"): _DRAWN_SMALLER,
    (
        SlideSlug.OVERFLOW,
        Kind.CODE,
        "code",
    ): "show less of it: a smaller region, or lines=1-8 behind its file=",
    (
        SlideSlug.OVERFLOW,
        Kind.EXEC,
        "code",
    ): "split it into two slides, or show less of it: lines=1-8 behind exec",
}
"""The same where a reference shows it: what its fence can say."""


def hint_for(measurement: SlideDiagnostic, reference: Reference | None) -> str:
    """Return what to do; `reference` is what the deck shows there, if it is one."""
    kind, element = measurement.kind, measurement.element
    own = _BY_REFERENCE.get((kind, reference.kind, element)) if reference else None
    return own or _BY_ELEMENT.get((kind, element)) or _GENERAL[kind]
