"""The pictures of a deck as they are written: where each stands, what it shows, and what says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from deckwright.lines import Lines
from deckwright.model import Deck, Slide
from deckwright.parse.markdown import Places, markdown
from deckwright.parse.slides import slide_at

KEYWORD = re.compile(
    r"bg|fit|contain|cover|auto|vertical|horizontal|left|right|center|(?:left|right)?:?\d+(?:\.\d+)?%|"
    r"(?:w|h|width|height):\S*|(?:left|right):\S+|"
    r"(?:blur|brightness|contrast|drop-shadow|grayscale|hue-rotate|invert|opacity|saturate|sepia)(?::\S*)?"
)
"""The words of a picture's label that Marp takes as instructions, and `center`, which themes take."""

CLASS = re.compile(r"\[alt[~*^$]?=[\"']?([\w-]+)")
_IMG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(alt|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))|\balt\b", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BACKGROUND = re.compile(r"_?backgroundImage\s*:\s*[\"']?url\(\s*[\"']?(https?://[^\s\"')]+)")
_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its address, and where that and its text alternative stand (offsets in the deck)."""

    address: str
    start: int
    end: int
    slide: Slide
    alt: str = ""
    """What is said of it, Marp's instructions left out."""
    alt_at: int | None = None
    """Where a text alternative can be put; None where none is wanted (a background) or it is there."""
    html: bool = False
    gap: str = ""
    """What must stand before it."""

    @property
    def is_remote(self) -> bool:
        return bool(_REMOTE.match(self.address))


def read_pictures(deck: Deck) -> tuple[Picture, ...]:
    """Return all pictures that a deck shows, in order; not those in comments or in code."""
    return tuple(sorted(_Finder(deck).pictures(), key=lambda picture: picture.start))


class _Finder:
    """One walk over a deck's tokens."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.text = deck.text
        self.lines = Lines(deck.path, deck.text)
        self.places = Places(self.lines)
        self.instructions = {*CLASS.findall(deck.text)}

    def pictures(self) -> Iterator[Picture]:
        yield from self._backgrounds()
        line = 1
        for token in markdown().parse(self.text.removeprefix("\ufeff")):
            line = token.map[0] + 1 if token.map else line
            if token.type == "inline":
                yield from self._inline(token, line)
            elif token.type == "html_block" and token.map:
                start, end = self.lines.start(line), self.lines.start(token.map[1] + 1)
                yield from self._tags(start, end)

    def _backgrounds(self) -> Iterator[Picture]:
        front = self.lines.start(self.deck.slides[0].line) if self.deck.front_matter else 0
        spans = [(0, front), *(match.span() for match in _COMMENT.finditer(self.text))]
        for first, last in spans:
            for match in _BACKGROUND.finditer(self.text, first, last):
                if "#" not in self.text[self.text.rfind("\n", 0, match.start()) + 1 : match.start()]:
                    yield self._picture(match[1], *match.span(1))

    def _inline(self, token: Token, line: int) -> Iterator[Picture]:
        offsets = self.places.of(token, line, token.map[1] if token.map else line)
        cursor = offsets[0]
        for child in token.children or []:
            if child.type == "image":
                yield from self._image(child, offsets)
            elif child.type == "html_inline" and _IMG.match(child.content):
                start = self.text.find(child.content, cursor)
                if start >= 0:
                    cursor = start + len(child.content)
                    yield from self._tags(start, cursor)

    def _image(self, image: Token, offsets: Sequence[int]) -> Iterator[Picture]:
        address = str(image.attrs.get("src", ""))
        start, label_end, end = (offsets[position] for position in image.meta["span"])
        found = self._address(address, label_end, end)
        if not address or found is None:
            return
        words = self.text[start + 2 : label_end].split()
        said = [word for word in words if not KEYWORD.fullmatch(word) and word not in self.instructions]
        wanted = not said and "bg" not in words
        gap = " " if words and not self.text[label_end - 1].isspace() else ""
        yield self._picture(
            self.text[found[0] : found[1]],
            *found,
            alt=" ".join(said),
            alt_at=label_end if wanted else None,
            gap=gap,
        )

    def _address(self, address: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where an address is written; None for one that stands elsewhere (`![][ref]`)."""
        match = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s)][^\s]*?))(?=\s|\)$)").match(self.text, start, end)
        return match.span(match.lastindex or 0) if match else None

    def _tags(self, start: int, end: int) -> Iterator[Picture]:
        hidden = [match.span() for match in _COMMENT.finditer(self.text, start, end)]
        for tag in _IMG.finditer(self.text, start, end):
            if any(first <= tag.start() < last for first, last in hidden):
                continue
            found = {m[1].lower() if m[1] else "alt": m for m in _ATTRIBUTE.finditer(tag[0])}
            if "src" in found:
                source = found["src"]
                group = source.lastindex or 0
                first, last = (tag.start() + at for at in source.span(group))
                alt_at = None if "alt" in found else tag.start() + len("<img")
                yield self._picture(self.text[first:last], first, last, alt_at=alt_at, html=True)

    def _picture(
        self,
        address: str,
        start: int,
        end: int,
        alt: str = "",
        alt_at: int | None = None,
        html: bool = False,
        gap: str = "",
    ) -> Picture:
        slide = self.deck.slides[slide_at(self.deck.slides, self.lines.at(start)[0]) - 1]
        return Picture(address, start, end, slide, alt, alt_at, html, gap)
