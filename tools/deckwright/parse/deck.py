"""Marp Markdown -> `Deck`: its slides, its references, and the files that it shows."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from markdown_it.token import Token

from deckwright.model import (
    Acceptance,
    Deck,
    Diagnostic,
    Dialect,
    Fence,
    Kind,
    Note,
    Picture,
    Prose,
    Reference,
    Version,
)
from deckwright.parse.acceptances import deck_acceptances
from deckwright.parse.diagrams import diagrams_of
from deckwright.parse.directives import directives_of, read_front_matter
from deckwright.parse.emphasis import literal_emphasis
from deckwright.parse.fences import fence_diagnostics, kind_of, read_fence, reference_of, target_of
from deckwright.parse.foreign_markup import ForeignMarkup, foreign_fence
from deckwright.parse.html import local_file, local_files, style_files
from deckwright.parse.links import Links
from deckwright.parse.markdown import PLAIN, Places, markdown
from deckwright.parse.notes import notes_of
from deckwright.parse.open_fences import open_fences
from deckwright.parse.pictures import Pictures
from deckwright.parse.script import parse_program
from deckwright.parse.slides import cut_slides
from deckwright.parse.value_places import ValuePlaces
from deckwright.parse.versions import versions_of
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project
from deckwright.text.value_links import without_links

_Item = Reference | Fence | Picture | Prose | Note | Acceptance | Diagnostic | str
"""One item of a deck; a text is a file as the deck names it."""

_T = TypeVar("_T")


def parse_deck(path: str, text: str, dialect: Dialect = PLAIN) -> Deck:
    """Parse a deck, diagnostics included."""
    return _Parser(path, text, dialect).deck()


class _Parser:
    """One walk over a deck's tokens; collects, never raises."""

    def __init__(self, path: str, text: str, dialect: Dialect) -> None:
        self.dialect = dialect
        self.lines = Lines(path, text)
        self.tokens = markdown(dialect).parse(text.removeprefix("\ufeff"))
        self.front_matter, self.diagnostics = read_front_matter(self.tokens, self.lines)
        self.slides = cut_slides(self.tokens, self.lines, self.front_matter, dialect)
        self.places = Places(self.lines)
        self.links = Links(self.lines, self.slides)
        self.values = ValuePlaces(self.lines, self.slides)
        self.pictures = Pictures(self.lines, self.slides)
        self.foreign = ForeignMarkup(self.lines, self.slides)
        self.has_scripts = any("<script" in token.content.lower() for token in self.tokens)
        self.program: list[tuple[int, str]] = []

    def deck(self) -> Deck:
        accepted = deck_acceptances(self.tokens, self.lines, self.slides)
        items = [*self._directives(self.front_matter), *self._walk(), *accepted]
        unclosed = open_fences(_only(Fence, items), self.lines)
        program = parse_program(self.lines.path, len(self.lines), self.program) if self.program else None
        of_program = program.diagnostics if program else ()
        diagrams = tuple(diagrams_of(_only(Fence, items), self.tokens))
        in_diagrams = (each for diagram in diagrams for each in self.values.in_diagram(diagram))
        return Deck(
            path=self.lines.path,
            text=self.lines.text,
            title=self._title(),
            description=without_links(str(self.front_matter.get("description") or "")),
            slides=self.slides,
            references=tuple(sorted(_only(Reference, items), key=attrgetter("start"))),
            fences=_only(Fence, items),
            pictures=_only(Picture, items),
            diagrams=diagrams,
            prose=_only(Prose, items),
            notes=_only(Note, items),
            program=program,
            files=tuple(dict.fromkeys(in_project(self.lines.path, file) for file in _only(str, items))),
            front_matter=self.front_matter,
            acceptances=_only(Acceptance, items),
            diagnostics=(*self.diagnostics, *_only(Diagnostic, items), *unclosed, *in_diagrams, *of_program),
        )

    def _title(self) -> str:
        title = self.front_matter.get("title")
        headings = (slide.title for slide in self.slides if slide.title)
        return without_links(str(title)) if title else next(headings, posixpath.basename(self.lines.path))

    def _walk(self) -> Iterator[_Item]:
        line = 1
        for index, token in enumerate(self.tokens):
            line = token.map[0] + 1 if token.map else line
            offsets: Sequence[int] = ()
            for directives in directives_of(token):
                yield from self._directives(directives)
            if token.type == "fence":
                yield from self._fence(token)
            elif token.type == "inline":
                offsets = self.places.of(token, line, token.map[1] if token.map else line)
                yield from self._inline(token, offsets)
                yield from self.foreign.read(self.tokens, index, offsets)
            elif token.type == "html_block":
                yield from local_files(token.content)
            yield from self.values.read(token, offsets)
            yield from self.pictures.read(token, offsets)
            yield from notes_of(token, offsets, self.lines)

    def _directives(self, directives: Mapping[str, Any]) -> Iterator[str]:
        """Yield the files that directives show: in style sheets, headers and footers."""
        for key, value in directives.items():
            if key.removeprefix("_") in ("style", "backgroundImage"):
                yield from style_files(str(value))
            elif key.removeprefix("_") in ("header", "footer"):
                yield from self._shown(str(value))

    def _shown(self, text: str) -> Iterator[str]:
        (inline,) = markdown(self.dialect).parseInline(text)
        for child in inline.children or []:
            if child.type == "image":
                yield from filter(None, [local_file(str(child.attrs.get("src", "")))])
            elif child.type == "html_inline":
                yield from local_files(child.content)

    def _fence(self, token: Token) -> Iterator[_Item]:
        fence = read_fence(token, self.lines, self.slides)
        kind = kind_of(fence.info)
        yield fence
        yield from fence_diagnostics(fence, kind, self.lines)
        if kind is None:
            yield from foreign_fence(fence, self.lines, self.has_scripts)
            return
        if kind is Kind.EXEC:
            self.program.append((fence.first, fence.body))
        above = self.program[-1][0] if self.program else None
        target = target_of(fence, kind, self.lines, above)
        if isinstance(target, Diagnostic):
            yield target
        else:
            then = versions_of(fence, kind, target, self.lines)
            yield from _only(Diagnostic, then)
            yield reference_of(fence, kind, target, _only(Version, then), self.lines)

    def _inline(self, token: Token, offsets: Sequence[int]) -> Iterator[_Item]:
        yield from self._emphasis(token, offsets)
        yield from self.links.read(token, offsets)
        for child in token.children or []:
            if child.type in ("text", "code_inline"):
                yield Prose(child.content, offsets[0], offsets[-1])

    def _emphasis(self, inline: Token, offsets: Sequence[int]) -> Iterator[Diagnostic]:
        position = None if self.dialect.cjk_emphasis else literal_emphasis(inline)
        if position is not None:
            place = self.lines.span(offsets[position], offsets[position] + 2)
            message = "beside full-width punctuation, Marp shows these asterisks"
            hint = "set cjk_emphasis = true in [tool.deckwright.marp], or put the punctuation outside"
            yield self.lines.warning("literal-emphasis", message, place, hint)


def _only(kind: type[_T], items: Iterable[object]) -> tuple[_T, ...]:
    return tuple(item for item in items if isinstance(item, kind))
