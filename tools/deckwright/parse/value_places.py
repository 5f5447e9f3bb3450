"""Values outside of the text of slides: in directives, notes, alternative texts and raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from markdown_it.token import Token

from deckwright.model import Diagnostic, Diagram, Kind, Reference, Slide, ValueOf, ValuePlace
from deckwright.parse.comments import comment_spans
from deckwright.parse.directives import is_note
from deckwright.parse.html import local_file
from deckwright.parse.links import FIGURE, VALUE
from deckwright.parse.slides import slide_at
from deckwright.parse.titles import read_title, with_variant
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project
from deckwright.text.value_links import LINK, words_of

_KEY = re.compile(r"(?P<indent>[ \t]*(?:<!--+[ \t]*)?)(?P<key>_?[A-Za-z]\w*)[ \t]*:")
_PLACES = {
    **dict.fromkeys(("header", "footer"), ValuePlace.BAR),
    **dict.fromkeys(("title", "description", "author", "keywords"), ValuePlace.PROPERTY),
}
"""The directives that may hold a value, and what they are."""

_DIRECTIVE = re.compile(
    r"background\w+|class|color|headingDivider|image|lang|math|paginate|size|style|theme|transition|url"
)
"""The others that mean something to Marp; it ignores all else."""

_CODE = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SLIDE = re.compile(r"^[ \t]*(?:```|~~~|!\[|---|#{1,6} |[-*] !\[)", re.MULTILINE)
"""What says that a comment is a part of a slide that its author left out, and no note."""

_HINT = "write it in the text of a slide; headers, footers, titles, notes and HTML may have values, too"
_UNQUOTED = re.compile(rf"<!--+\s*(_?(?:{'|'.join(_PLACES)}))\s*:\s*\[")
_QUOTES_HINT = "put quotes around it: to Marp, a bracket there begins a list"
_DIAGRAM_HINT = "write it in the text of the slide, beside the diagram"
_FIGURE_HINT = "write it in the text beside the figure, or describe the figure with '#| fig-alt'"


class ValuePlaces:
    """Reader of the values of one deck that are no links of its Markdown."""

    def __init__(self, lines: Lines, slides: Sequence[Slide]) -> None:
        self._lines = lines
        self._text = lines.text
        self._slides = slides

    def read(self, token: Token, offsets: Sequence[int]) -> Iterator[Reference | Diagnostic]:
        """Yield the values of a token; `offsets` are those of an inline token's content."""
        if token.type == "inline":
            yield from self._inline(token, offsets)
        elif token.map and token.type in ("front_matter", "html_block", "math_block"):
            start, end = self._lines.start(token.map[0] + 1), self._lines.start(token.map[1] + 1)
            if token.type == "front_matter":
                yield from self._directives(start, end)
            elif token.type == "html_block":
                yield from self._html(start, end)
            else:
                yield from self._refused(start, end, "in a formula")

    def in_diagram(self, diagram: Diagram) -> Iterator[Diagnostic]:
        """Yield an error for each value in a diagram, which shows what its text says."""
        fence = diagram.fence
        yield from self._refused(
            self._lines.start(fence.first), self._lines.start(fence.end), "in a diagram", _DIAGRAM_HINT
        )

    def _inline(self, token: Token, offsets: Sequence[int]) -> Iterator[Reference | Diagnostic]:
        for child in token.children or []:
            if child.type == "html_inline":
                start, end = child.meta["span"]
                yield from self._html(offsets[start], offsets[end])
            elif child.type == "image":
                start, end, _ = child.meta["span"]
                yield from self._alt(child, offsets[start], offsets[end])
            elif child.type == "math_inline" and LINK.search(child.content):
                start = token.content.find(child.content)
                yield from self._refused(offsets[start], offsets[start + len(child.content)], "in a formula")

    def _alt(self, image: Token, start: int, end: int) -> Iterator[Reference | Diagnostic]:
        if FIGURE.fullmatch(unquote(str(image.attrs.get("src", "")))):
            yield from self._refused(start, end, "in the description of a figure", _FIGURE_HINT)
        else:
            yield from self._values(start, end, ValuePlace.ALT)

    def _html(self, start: int, end: int) -> Iterator[Reference | Diagnostic]:
        """Yield the values in some HTML, in code of it, and in its comments: notes and directives."""
        comments = list(comment_spans(self._text, start, end))
        code = [match.span() for match in _CODE.finditer(self._text, start, end)]
        done = start
        for first, last in sorted([*comments, *code]):
            if first < done:
                continue
            yield from self._values(done, first, ValuePlace.HTML)
            done = last
            if (first, last) in code:
                yield from self._refused(first, last, "in a style sheet or a script")
            elif not is_note(self._text[first:last]):
                yield from self._directives(first, last)
            elif match := _UNQUOTED.match(self._text, first, last):
                yield from self._refused(first, last, f"at the beginning of '{match[1]}'", _QUOTES_HINT)
            elif not _SLIDE.search(self._text, first, last):
                yield from self._values(first, last, ValuePlace.NOTE)
        yield from self._values(done, end, ValuePlace.HTML)

    def _directives(self, start: int, end: int) -> Iterator[Reference | Diagnostic]:
        """Yield the values in lines of `key: value`, each of which may go on in the lines below."""
        key, first, indent = "", start, None
        for line in range(self._lines.at(start)[0], self._lines.at(max(end - 1, start))[0] + 1):
            at = max(self._lines.start(line), start)
            match = _KEY.match(self._text, at, end)
            if match and (indent is None or len(match["indent"]) <= indent):
                yield from self._directive(key, first, at)
                key, first = match["key"].removeprefix("_"), match.end()
                indent = len(match["indent"])
        yield from self._directive(key, first, end)

    def _directive(self, key: str, start: int, end: int) -> Iterator[Reference | Diagnostic]:
        if key in _PLACES:
            yield from self._values(start, end, _PLACES[key])
        elif _DIRECTIVE.fullmatch(key):
            yield from self._refused(start, end, f"in '{key}'")

    def _refused(self, start: int, end: int, where: str, hint: str = _HINT) -> Iterator[Diagnostic]:
        for match in LINK.finditer(self._text, start, end):
            place = self._lines.span(*match.span())
            yield self._lines.diagnostic("misplaced-value", f"a value cannot stand {where}", place, hint)

    def _values(self, start: int, end: int, place: ValuePlace) -> Iterator[Reference | Diagnostic]:
        for match in LINK.finditer(self._text, start, end):
            address = unquote(match["address"])
            named = VALUE.fullmatch(address)
            if not named or not local_file(match["address"]):
                continue
            location = self._lines.span(*match.span("address"))
            title = read_title(match["format"] or "")
            reference = Reference(
                kind=Kind.VALUE,
                target=ValueOf(in_project(self._lines.path, named["path"]), named["name"]),
                location=location,
                start=match.start(),
                end=match.end(),
                slide=slide_at(self._slides, location.line),
                body=words_of(match["label"], place),
                label=match["label"],
                format=title.rest,
                place=place,
            )
            yield from with_variant(self._lines, reference, named["device"], title.vary)
