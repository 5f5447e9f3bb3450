"""The text of slides as Markdown that notebooks show: without directives, notes and what only Marp knows."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it.token import Token

from deckwright.compose.description import figure_alt
from deckwright.compose.escape import escape_inline, marks_of
from deckwright.compose.show import shown_value
from deckwright.compose.written_values import written_value
from deckwright.formats.format import Lecture
from deckwright.formats.notebook.outputs import media_type, whole
from deckwright.model import Kind, Picture, Reference, ValuePlace
from deckwright.parse.comments import comment_spans
from deckwright.parse.markdown import Places, markdown
from deckwright.text.lines import Lines
from deckwright.text.memory_addresses import without_addresses
from deckwright.text.paths import in_project
from deckwright.text.value_links import without_links

Edit = tuple[int, int, str]
"""Start and end of a part of a text, and what takes its place."""

_SIZE = re.compile(r"(?:^|\s)(w|h|width|height):(\d+)(?:px)?(?=\s|$)")
_ONLY_LAYOUT = re.compile(r"(?:\s*</?(?:div|section|center)\b[^>]*>)*\s*", re.IGNORECASE)
_OPENING = re.compile(r"(`{3,}|~{3,})[ \t]*([^\s`]*).*")
_ADDRESS_FOLLOWS = re.compile(r"\]\(\s*<?$")
_LONE_PICTURES = re.compile(r"(?m)^([ \t>]*)((?:<img [^>\n]*>[ \t]*)+)\n(?=[ \t>]*[^\s>])")
"""Pictures on a line of their own, with text below: for HTML, that would belong to them."""

_SPACE = re.compile(r"[ \t]*")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*(?:e[+-]?\d+)? ?%?")
_DEEPEST = 6
"""There are no headings below this level."""


class Prose:
    """The Markdown of a lecture's slides, part by part."""

    def __init__(self, lecture: Lecture) -> None:
        self._lecture = lecture
        self._deck = lecture.deck

    def of(self, start: int, end: int, edits: Sequence[Edit], below: bool) -> str:
        """Return a part of the deck with these edits; its headings go one level down if it is `below`."""
        data: list[str] = []
        others = [*self._pictures(start, end, data), *self._values(start, end)]
        text = self._deck.text[start:end]
        for first, last, new in reversed(_outer([*edits, *others])):
            text = text[: first - start] + new + text[last - start :]
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        text = cleaned(text, below)
        text = _LONE_PICTURES.sub(r"\1\2\n\1\n", text)
        for number, each in enumerate(data):
            text = text.replace(_placeholder(number), each)
        return whole(text)

    def _values(self, start: int, end: int) -> Iterator[Edit]:
        for reference in self._deck.references:
            if reference.kind is Kind.VALUE and start <= reference.start < end:
                yield reference.start, reference.end, self._written(reference, self._value(reference))

    def _written(self, reference: Reference, text: str) -> str:
        """Return a value for its place; a number needs no escapes."""
        if reference.place is ValuePlace.TEXT and _NUMBER.fullmatch(text):
            marks = marks_of(reference.label, text)
            return f"{marks}{text}{marks[::-1]}"
        return written_value(self._deck, reference, text)

    def _value(self, reference: Reference) -> str:
        """Return the text of a value: that of the run, or what the deck accepts where there is none."""
        result = self._lecture.results.get(self._lecture.course.job_of(reference))
        try:
            return without_addresses(shown_value(reference, result.values)) if result else reference.body
        except ValueError:
            return reference.body

    def _pictures(self, start: int, end: int, data: list[str]) -> Iterator[Edit]:
        """Yield pictures as elements with their size, and put what they hold into `data`."""
        figures = [each for each in self._deck.references if each.kind is Kind.FIGURE]
        for picture in self._deck.pictures:
            if start <= picture.start < end:
                reference = next((each for each in figures if each.start <= picture.start < each.end), None)
                place = (reference.start, reference.end) if reference else self._place(picture)
                new = self._picture(picture, reference, place[0], data) if place else None
                if place and new is not None:
                    yield *place, new

    def _place(self, picture: Picture) -> tuple[int, int] | None:
        """Return where a picture is written; for one in HTML its address, None for one in a directive."""
        text, start = self._deck.text, self._deck.text.rfind("![", picture.slide.start, picture.start)
        if picture.html:
            return picture.start, picture.end
        if start < 0 or not _ADDRESS_FOLLOWS.search(text, start, picture.start):
            return None
        return start, text.find(")", picture.end) + 1

    def _picture(
        self, picture: Picture, reference: Reference | None, start: int, data: list[str]
    ) -> str | None:
        """Return what takes the place of a picture; None where it stays as it is."""
        path = reference.target.path if reference else in_project(self._deck.path, unquote(picture.address))
        content, kind = self._content(path), media_type(path)
        if content is not None and kind:
            data.append(f"data:{kind};base64,{base64.b64encode(content).decode()}")
        if picture.html:
            return _placeholder(len(data) - 1) if content is not None and kind else None
        alt = without_links(picture.alt or (figure_alt(self._lecture.course, reference) if reference else ""))
        if content is None or not kind:
            return f"![{picture.alt}]({picture.address})" if picture.is_remote else _emphasised(alt)
        label = self._deck.text[start + len("![") : picture.start]
        sizes = {{"w": "width", "h": "height"}.get(name, name): size for name, size in _SIZE.findall(label)}
        attributes = {"src": _placeholder(len(data) - 1), "alt": alt, **sizes}
        return "<img " + " ".join(f'{name}="{html.escape(text)}"' for name, text in attributes.items()) + ">"

    def _content(self, path: str) -> bytes | None:
        artifact = self._lecture.pictures.get(path)
        return artifact.data if artifact else self._lecture.files.get(path)


def _placeholder(number: int) -> str:
    """Return what stands for the content of a picture, as long as it is not there."""
    return f"deckwright-picture:{number}:"


def _emphasised(text: str) -> str:
    return f"*{escape_inline(text)}*" if text.strip() else ""


def _outer(edits: Sequence[Edit]) -> list[Edit]:
    """Return edits in order, without those inside of others."""
    kept: list[Edit] = []
    for each in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if not kept or each[0] >= kept[-1][1]:
            kept.append(each)
    return kept


def cleaned(text: str, below: bool) -> str:
    """Return Markdown without comments, style sheets, boxes, and the attributes of fences.

    Headings go one level down if it is `below`.
    """
    lines = Lines("", text)
    for first, last, new in reversed(_outer(list(_cleaning(lines, below)))):
        text = text[:first] + new + text[last:]
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip()


def _cleaning(lines: Lines, below: bool) -> Iterator[Edit]:
    places = Places(lines)
    for token in markdown().parse(lines.text):
        if not token.map:
            continue
        start, end = lines.start(token.map[0] + 1), lines.start(token.map[1] + 1)
        if token.type == "html_block":
            yield from _without_hidden(token, lines.text, start, end)
        elif token.type == "inline":
            offsets = places.of(token, token.map[0] + 1, token.map[1])
            hidden = [child for child in token.children or [] if child.type == "html_inline" and child.hidden]
            spans = ((offsets[place] for place in child.meta["span"]) for child in hidden)
            yield from (_hidden(lines.text, *span) for span in spans)
        elif token.type == "heading_open" and below and token.markup.startswith("#"):
            at = lines.text.index("#", start)
            yield at, at, "#" if len(token.markup) < _DEEPEST else ""
        elif token.type == "fence":
            yield from _without_attributes(lines.text, start)


def _without_hidden(token: Token, text: str, start: int, end: int) -> Iterator[Edit]:
    comments = list(comment_spans(text, start, end))
    rest = text[start:end]
    for first, last in reversed(comments):
        rest = rest[: first - start] + rest[last - start :]
    if (token.hidden and not comments) or _ONLY_LAYOUT.fullmatch(rest):
        yield start, end, ""
    else:
        yield from (_hidden(text, first, last) for first, last in comments)


def _hidden(text: str, first: int, last: int) -> Edit:
    """Return the edit that removes a comment, and the space behind it."""
    space = _SPACE.match(text, last)
    return first, space.end() if space else last, ""


def _without_attributes(text: str, start: int) -> Iterator[Edit]:
    if match := _OPENING.search(text, start):
        yield *match.span(), match[1] + match[2]
