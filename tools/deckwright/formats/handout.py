"""Hand-outs, one PDF per deck: slides with their notes, with lines to write on, or several on a page."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from deckwright.errors import ToolMissing
from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.formats.notes import slide_notes
from deckwright.formats.pdf import finish
from deckwright.frozen import dataclass
from deckwright.model import LAYOUTS, PAPERS, FormatOptions
from deckwright.text.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Template
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper. Lengths are in millimetres."""

    width: float
    height: float
    top: float = 17
    bottom: float = 15
    side: float = 17

    @property
    def inner_height(self) -> float:
        """How much of the height is between the margins."""
        return self.height - self.top - self.bottom

    @property
    def wide(self) -> Paper:
        """The same sheet, turned."""
        return Paper(self.height, self.width, self.top, self.bottom, self.side)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page shows: slides in rows and columns, or one above its notes, which may need more pages."""

    columns: int = 1
    rows: int = 1
    gap: float = 6
    """Between slides, in millimetres."""
    lines: int = 0
    """How many lines to write on are beside a slide."""
    has_notes: bool = False
    is_wide: bool = False


SIZES: Mapping[str, Paper] = {"A4": Paper(210, 297), "Letter": Paper(215.9, 279.4)}
SHAPES: Mapping[str, Layout] = {
    "notes": Layout(has_notes=True),
    "lines": Layout(rows=3, gap=10, lines=7),
    "2up": Layout(rows=2),
    "4up": Layout(rows=2, columns=2, is_wide=True),
    "6up": Layout(rows=3, columns=2),
}


@dataclass(frozen=True, slots=True)
class HandoutSlide:
    """A slide on paper."""

    page: int
    """Of the deck, counted from 0: that of its last step."""
    notes: Markup


def sheets(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> str:
    """Return the sheets of a hand-out as HTML, with places for slides. Raises ToolMissing."""
    from markupsafe import Markup

    layout, paper = SHAPES[options.layout or LAYOUTS[0]], SIZES[options.paper or PAPERS[0]]
    said = slide_notes(rendering, lecture)
    slides = [
        HandoutSlide(page, Markup(notes_html(notes.text, rendering.math)))
        for page, notes in zip(lecture.last_pages, said, strict=True)
    ]
    return _template().render(
        lecture=lecture,
        running=" · ".join(filter(None, [lecture.course_title, lecture.deck.title])),
        layout=layout,
        paper=paper.wide if layout.is_wide else paper,
        slides=slides,
        qr=Markup(_qr_code(lecture.address)) if lecture.address else "",
    )


def notes_html(markdown: str, math: bool = True) -> str:
    """Return notes as HTML, with places for formulas if `math` is true.

    Raw HTML in them is text. Headings are paragraphs, as the outline of a hand-out is that of its slides, and
    pictures are their descriptions.
    """
    parser = _parser(math)
    tokens = parser.parse(markdown)
    for token in _all(tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
        if token.type == "heading_open":
            token.attrSet("class", "heading")
        if token.type == "image":
            token.type = "text"
        if token.type in _FORMULAS:
            token.type, element = _FORMULAS[token.type]
            token.content = f"<{element} data-formula>{html.escape(token.content)}</{element}>"
        _join_lines(token.children or [])
    return str(parser.renderer.render(tokens, parser.options, {}))


def _join_lines(tokens: list[Token]) -> None:
    """Leave out breaks of lines that are no spaces: Chinese text has none between its lines."""
    seen = [each for each in tokens if each.content or each.type == "softbreak"]
    for before, line_break, after in zip(seen, seen[1:], seen[2:]):
        if line_break.type == "softbreak" and _is_chinese(before.content[-1:], after.content[:1]):
            line_break.type = "text"


def _is_chinese(last: str, first: str) -> bool:
    """Whether text goes on without a space between these characters: quotes may be of either language."""
    wide = [each for each in (last, first) if each and unicodedata.east_asian_width(each) in "WF"]
    return len(wide) == 2 or (len(wide) == 1 and bool({last, first} & _QUOTES))


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


_QUOTES = frozenset("“”‘’…—·")
_FORMULAS = {"math_inline": ("html_inline", "span"), "math_block": ("html_block", "p")}
"""For each kind of formula, the kind of token that is HTML at its place, and the element."""


@cache
def _parser(math: bool) -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where there are notes to read

    from deckwright.parse.math import math_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.use(math_plugin) if math else parser


@cache
def _template() -> Template:
    templates = templates_of("deckwright.formats")
    templates.filters["css"] = css_string
    return templates.get_template("handout.html")


def css_string(text: str) -> Markup:
    """Return text as a string of a style sheet, which cannot end it."""
    from markupsafe import Markup

    special = {ord(sign): f"\\{ord(sign):04x} " for sign in '"\\<>&\n\r\f'}
    return Markup(f'"{text.translate(special)}"')


def _qr_code(address: str) -> str:
    """Return a picture of an address for the camera of a phone, as SVG. Raises ToolMissing."""
    try:
        import segno
    except ImportError:
        message = "segno is missing, which draws the QR code of a hand-out"
        raise ToolMissing(message, "pip install 'deckwright[handout]'") from None
    return str(segno.make_qr(address, error="m").svg_inline(border=0, omitsize=True))


def _files(lecture: Lecture) -> tuple[str]:
    return (f"handout/{lecture.name}.pdf",)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    (path,) = _files(lecture)
    printed, diagnostics = rendering.sheets(sheets(rendering, lecture, options), path)
    data, count = finish(printed, rendering.author, rendering.description)
    return Made({path: data}, count, diagnostics, rendering.misfits())


HANDOUT = Format(
    "handout",
    _files,
    _make,
    suffix="pdf",
    options=("layout", "paper"),
    is_dated=True,
    sources=lambda lecture: [lecture.course_title, lecture.date, lecture.address],
)
