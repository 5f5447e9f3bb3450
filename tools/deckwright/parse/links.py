"""Links and images of a deck: references to values and figures, and local files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from urllib.parse import unquote

from markdown_it.token import Token

from deckwright.model import Diagnostic, Kind, PictureAt, Reference, Slide, ValueOf, Variant
from deckwright.parse.html import local_file, local_files
from deckwright.parse.markdown import address_span
from deckwright.parse.slides import slide_at
from deckwright.parse.titles import read_title, with_variant
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project

VALUE = re.compile(r"(?P<path>[^#:]+\.py)#(?P<name>.+?)(?:@(?P<device>[A-Za-z]\w*))?")
FIGURE = re.compile(r"(?P<stem>(?:.*/)?figures/(?:[^/]+/)*[^/]+)(?P<suffix>\.\w+)")


class Links:
    """Reader of the links and images of one deck."""

    def __init__(self, lines: Lines, slides: Sequence[Slide]) -> None:
        self._lines = lines
        self._slides = slides

    def read(self, inline: Token, offsets: Sequence[int]) -> Iterator[Reference | Diagnostic | str]:
        """Yield the references in an inline token, their diagnostics, and the files as they are written."""
        children = inline.children or []
        for index, child in enumerate(children):
            if child.type == "image":
                yield from self._image(child, offsets)
            elif child.type == "link_open":
                yield from self._link(inline, child, offsets, children[index + 1 :])
            elif child.type == "html_inline":
                yield from local_files(child.content)

    def _image(self, image: Token, offsets: Sequence[int]) -> Iterator[Reference | Diagnostic | str]:
        address = str(image.attrs.get("src", ""))
        path, source = local_file(address), unquote(address)
        match = FIGURE.fullmatch(source)
        if path and match:
            title = read_title(str(image.attrs.get("title", "")))
            device = title.device
            accepted = source if device is None else f"{match['stem']}@{Variant(device)}{match['suffix']}"
            target = PictureAt(*(in_project(self._lines.path, each) for each in (accepted, source)))
            reference = self._reference(Kind.FIGURE, target, image, offsets, image.content)
            yield from with_variant(self._lines, reference, device, title.vary)
        elif path:
            yield path

    def _link(
        self, inline: Token, link: Token, offsets: Sequence[int], rest: list[Token]
    ) -> Iterator[Reference | Diagnostic | str]:
        address = str(link.attrs.get("href", ""))
        path = local_file(address)
        match = VALUE.fullmatch(unquote(address))
        label = list(takewhile(lambda token: token.type != "link_close", rest))
        if path and match and _can_be_value(inline, link, label):
            text = "".join(" " if t.type in ("softbreak", "hardbreak") else t.content for t in label)
            target = ValueOf(in_project(self._lines.path, match["path"]), match["name"])
            reference = self._reference(Kind.VALUE, target, link, offsets, text)
            title = read_title(str(link.attrs.get("title", "")))
            reference = replace(reference, format=title.rest)
            yield from with_variant(self._lines, reference, match["device"], title.vary)
        elif path and not _is_footnote(label):
            yield path

    def _reference(
        self, kind: Kind, target: PictureAt | ValueOf, token: Token, offsets: Sequence[int], body: str
    ) -> Reference:
        start, label_end, end = (offsets[position] for position in token.meta["span"])
        first, last = address_span(self._lines.text, label_end, end) or (start, start + 1)
        location = self._lines.span(first, last)
        return Reference(
            kind=kind,
            target=target,
            location=location,
            start=start,
            end=end,
            slide=slide_at(self._slides, location.line),
            body=body,
            label=self._lines.text[start + (2 if kind is Kind.FIGURE else 1) : label_end],
        )


def _is_footnote(label: list[Token]) -> bool:
    """Whether a link is a footnote whose note has one word: to Marp, `[^1]: word` is an address."""
    return bool(label) and label[0].content.startswith("^")


def _can_be_value(inline: Token, link: Token, label: list[Token]) -> bool:
    """Whether a link may name a value: its address is written here, and its label is text."""
    written_here = "span" in link.meta and inline.content[link.meta["span"][-1] - 1] == ")"
    return written_here and not any(token.type == "image" for token in label)
