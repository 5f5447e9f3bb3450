"""The pictures of a deck: address, position, and text alternative of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from deckwright.model import Picture, Slide
from deckwright.parse.comments import comment_spans
from deckwright.parse.markdown import address_span
from deckwright.parse.slides import slide_at
from deckwright.text.addresses import is_remote
from deckwright.text.lines import Lines

KEYWORD = re.compile(
    r"bg|fit|contain|cover|auto|vertical|horizontal|left|right|center|(?:left|right)?:?\d+(?:\.\d+)?%|"
    r"(?:w|h|width|height):\S*|(?:left|right):\S+|"
    r"(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S*)?"
)
"""A word of a picture's label that is an instruction to Marp or, as `center`, to themes."""

CLASS = re.compile(r"\[alt[~*^$]?=[\"']?([\w-]+)")
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(alt|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))|\balt\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"_?backgroundImage\s*:\s*[\"']?url\(\s*[\"']?(https?://[^\s\"')]+)")


class Pictures:
    """Reader of the pictures of one deck, except those in comments or code."""

    def __init__(self, lines: Lines, slides: Sequence[Slide]) -> None:
        self._lines = lines
        self._text = lines.text
        self._slides = slides
        self._instructions = {*CLASS.findall(lines.text)}

    def read(self, token: Token, offsets: Sequence[int]) -> Iterator[Picture]:
        """Yield the pictures of a token; `offsets` are those of an inline token's content."""
        if token.type == "inline":
            yield from self._inline(token, offsets)
        elif token.map and token.type in ("front_matter", "html_block"):
            start, end = self._lines.start(token.map[0] + 1), self._lines.start(token.map[1] + 1)
            yield from self._html(start, end) if token.type == "html_block" else self._background(start, end)

    def _inline(self, token: Token, offsets: Sequence[int]) -> Iterator[Picture]:
        for child in token.children or []:
            if child.type == "image":
                yield from self._image(child, offsets)
            elif child.type == "html_inline":
                start, end = child.meta["span"]
                yield from self._html(offsets[start], offsets[end])

    def _background(self, start: int, end: int) -> Iterator[Picture]:
        """Yield the pictures from the network in directives."""
        for match in _BACKGROUND.finditer(self._text, start, end):
            if "#" not in self._text[self._text.rfind("\n", 0, match.start()) + 1 : match.start()]:
                yield self._picture(*match.span(1))

    def _image(self, image: Token, offsets: Sequence[int]) -> Iterator[Picture]:
        start, label_end, end = (offsets[position] for position in image.meta["span"])
        address = address_span(self._text, label_end, end)
        if not image.attrs.get("src") or address is None:
            return
        words = self._text[start + 2 : label_end].split()
        alt = [word for word in words if not self._is_instruction(word)]
        needs_alt = not alt and "bg" not in words
        yield replace(
            self._picture(*address),
            alt=" ".join(alt),
            alt_at=label_end if needs_alt else None,
            gap=" " if words and not self._text[label_end - 1].isspace() else "",
        )

    def _is_instruction(self, word: str) -> bool:
        """Whether a word of a label is for Marp or for a style sheet. A number is a description, too."""
        is_class = word in self._instructions and not word.isdecimal()
        return is_class or KEYWORD.fullmatch(word) is not None

    def _html(self, start: int, end: int) -> Iterator[Picture]:
        """Yield the pictures in some HTML, and in the directives of its comments."""
        comments = list(comment_spans(self._text, start, end))
        for first, last in comments:
            yield from self._background(first, last)
        for tag in _IMG.finditer(self._text, start, end):
            if not any(first <= tag.start() < last for first, last in comments):
                yield from self._tag(tag)

    def _tag(self, tag: re.Match[str]) -> Iterator[Picture]:
        attributes = {(match[1] or "alt").lower(): match for match in _ATTRIBUTE.finditer(tag[0])}
        if source := attributes.get("src"):
            first, last = (tag.start() + at for at in source.span(source.lastindex or 0))
            alt_at = None if "alt" in attributes else tag.start() + len("<img")
            yield replace(self._picture(first, last), alt_at=alt_at, html=True)

    def _picture(self, start: int, end: int) -> Picture:
        """Return a picture with this address, and without a text alternative."""
        address = self._text[start:end]
        slide = self._slides[slide_at(self._slides, self._lines.at(start)[0]) - 1]
        return Picture(address, start, end, slide, is_remote(address))
