"""The place of what does not exist yet: nothing is shown there, and nothing moves when it appears."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import zip_longest

from deckwright.compose.show import Panel, PanelKind
from deckwright.compose.terminal import StyledText

_HIDDEN = ("<!-- lint ignore deckwright-hidden -->", "<!-- lint ignore deckwright-shown -->")
"""Stand around Markdown that takes its room and is not seen (marp/js/hidden.mjs)."""

_ROOT = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r"""\s(width|height|viewBox|preserveAspectRatio)\s*=\s*(["'])([^"'<>]*)\2""")

_HEAD_BYTES = 4096
"""Read at a time until the size of a picture is known."""

_WIDE = "\N{IDEOGRAPHIC SPACE}"
_TEXTS = (PanelKind.TEXT, PanelKind.ERROR)


def with_places(earlier: Sequence[Panel], later: Sequence[Panel]) -> Iterator[Panel]:
    """Yield the panels of an earlier step with blank places for what a later one shows besides."""
    for before, after in zip_longest(earlier, later):
        if before is None:
            yield _blank(after)
        elif after and before.kind in _TEXTS and after.kind in _TEXTS:
            yield _lengthened(before, after.styled.text)
        else:
            yield before


def hidden(markdown: str) -> str:
    """Return Markdown that takes its room and is not seen."""
    return f"{_HIDDEN[0]}\n\n{markdown}\n\n{_HIDDEN[1]}"


def blank_picture(data: bytes, suffix: str) -> bytes:
    """Return an SVG of the size of a picture that shows nothing."""
    size = _svg_size(data) if suffix == "svg" else _bitmap_size(data)
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in size.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()


def _svg_size(data: bytes) -> dict[str, str]:
    root = _ROOT.search(data.decode("utf-8", "replace"))
    return {name: value for name, _, value in _SIZE.findall(root[0])} if root else {}


def _bitmap_size(data: bytes) -> dict[str, str]:
    from PIL import Image, ImageFile  # only where there is such a picture

    parser = ImageFile.Parser()
    try:
        for start in range(0, len(data), _HEAD_BYTES):
            parser.feed(data[start : start + _HEAD_BYTES])
            if parser.image:
                width, height = parser.image.size
                return {"width": str(width), "height": str(height)}
    except (OSError, SyntaxError, Image.DecompressionBombError):  # no slide shows it either
        pass
    return {}


def _blank(panel: Panel) -> Panel:
    if panel.kind in _TEXTS:
        return Panel(PanelKind.TEXT, StyledText(blank_text(panel.styled.text)))
    if panel.kind is PanelKind.PICTURE:
        data = blank_picture(panel.content, panel.picture).decode()
        return replace(panel, picture="svg", data=data, is_hidden=True)
    return replace(panel, is_hidden=True)


def _lengthened(panel: Panel, later: str) -> Panel:
    """Return a text with blanks at its end, so that it has the rows of a later one."""
    rows = panel.styled.text.split("\n")
    rest = later.split("\n")[len(rows) - 1 :]
    rest[:1] = [row[len(rows[-1]) :] for row in rest[:1]]
    return replace(panel, styled=replace(panel.styled, text=panel.styled.text + blank_text("\n".join(rest))))


def blank_text(text: str) -> str:
    """Return blanks as wide as a text, row by row."""
    return "".join(map(_blank_letter, text))


def columns(text: str) -> int:
    """Return how many letters of the Latin script are as wide as a text."""
    return sum(1 + (blank == _WIDE) for blank in blank_text(text))


def _blank_letter(letter: str) -> str:
    if letter == "\n":
        return letter
    if unicodedata.combining(letter):
        return ""
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else " "
