"""What the slides of a built page show, as text: one block per panel, table, formula, picture and diagram."""

from __future__ import annotations

import base64
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

_NUMBER = re.compile(r"[\d.\u2212-]+")
_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = ("text-align:right", "text-align:left", "vertical-align:top", "white-space:nowrap")


@dataclass(frozen=True, slots=True)
class ShownSlide:
    title: str
    blocks: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join([f"# {self.title}", *self.blocks])


def shown_slides(page: str) -> list[ShownSlide]:
    """Return what each slide of a page shows below its title."""
    root = html.fromstring(page)
    return [_slide(section) for section in root.iter("section")]


def _slide(section: Any) -> ShownSlide:
    title = section.find("h1")
    blocks = (block for child in section if child is not title for block in _blocks(child))
    return ShownSlide(title.text_content(), tuple(blocks))


def _blocks(element: Any) -> Iterator[str]:
    if element.tag == "table":
        yield "\n".join(_rows(element))
    elif element.tag in ("pre", "marp-pre"):
        code = element.find(".//code")
        yield f"{code.get('class')}:\n{''.join(_coloured(code)).rstrip()}"
    elif element.tag in ("ul", "ol", "blockquote"):
        yield "\n".join(f"{element.tag}: {_words(item)}" for item in element)
    elif element.get("data-deckwright-chart"):
        yield _chart(element)
    elif element.tag == "p":
        yield _words(element)
    elif element.tag == "div":
        for child in element:
            yield from _blocks(child)


def _rows(table: Any) -> Iterator[str]:
    """Yield the rows of a table: `[…]` is a heading, `<` a number that is aligned right."""
    for section in table:
        yield f"{section.tag}:"
        for row in section:
            yield " | ".join(map(_cell, row))


def _cell(cell: Any) -> str:
    text = _words(cell)
    spans = "".join(f" {name}={cell.get(name)}" for name in ("colspan", "rowspan") if cell.get(name))
    styles = [style for style in (cell.get("style") or "").split(";") if style]
    right = "> " if "text-align:right" in styles else ""
    look = "".join(f" {{{style}}}" for style in styles if style not in _DROPPED)
    return f"{right}{f'[{text}]' if cell.tag == 'th' else text}{spans}{look}"


def _coloured(code: Any) -> Iterator[str]:
    """Yield the text of code; what has a terminal's colour is in braces."""
    yield code.text or ""
    for child in code:
        look = (child.get("class") or "").replace("ansi-", "")
        inner = child.get("alt") if child.tag == "img" else "".join(_coloured(child))
        yield f"{{{look}:{inner}}}" if "ansi-" in (child.get("class") or "") else inner
        yield child.tail or ""


def _words(element: Any) -> str:
    """Return the text of a paragraph with its emphasis, links, formulas and pictures."""
    return " ".join("".join(_spans(element)).split())


def _spans(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "mjx-container":
            yield f"formula({_glyphs(child)})"
        elif child.tag == "img":
            yield _picture(child)
        elif child.tag == "svg":
            yield _diagram(child)
        elif child.tag in ("strong", "em", "code", "a"):
            yield f"{child.tag}({''.join(_spans(child))})"
        else:
            yield "".join(_spans(child))
        yield child.tail or ""


def _glyphs(formula: Any) -> str:
    """Return the characters that a formula draws, in order."""
    codes = (each.get("data-c") for each in formula.iter() if each.get("data-c"))
    return "".join(chr(int(code, 16)) for code in codes)


def _picture(image: Any) -> str:
    kind, _, data = image.get("src").removeprefix("data:").partition(";base64,")
    content = base64.b64decode(data)
    if kind == "image/png":
        width, height = struct.unpack(">II", content[16:24])
        what = f"{width}x{height}"
    else:
        drawing = etree.fromstring(content)
        what = f"{drawing.get('width')} x {drawing.get('height')}: {_texts(drawing)}"
    return f"picture({kind} {what}, alt={image.get('alt')!r})"


def _diagram(svg: Any) -> str:
    return f"diagram({svg.get('aria-label')!r}: {_texts(svg)})"


def _chart(element: Any) -> str:
    """Return a live chart; the numbers at its axes differ with the room on the slide."""
    chart = json.loads(element.get("data-deckwright-chart"))
    picture = element[0]
    words = [label for label in _texts(picture).split(", ") if not _NUMBER.fullmatch(label)]
    return f"chart({chart['kind']} {picture.get('aria-label')!r}: {', '.join(words)})"


def _texts(drawing: Any) -> str:
    """Return the labels of a drawing."""
    labels = ("".join(each.itertext()).split() for each in drawing.iter(f"{_SVG}text", "text"))
    return ", ".join(" ".join(label) for label in labels if label)
