"""What rendered slides consist of, for programs that edit them. Lengths are pixels of the slide."""

from __future__ import annotations

from deckwright.frozen import dataclass
from deckwright.model.contents import Box, SlideLink


@dataclass(frozen=True, slots=True)
class TextRun:
    """Letters of one look."""

    text: str
    font: str
    """The family that draws them. As the browser says it, the list of families of the style."""
    size: float
    weight: int = 400
    italic: bool = False
    colour: str = "#000000"
    alpha: float = 1.0
    spacing: float = 0.0
    """Between letters."""
    gap: float = 0.0
    """How much more room there is to the next run than the letters take, as for a formula between them."""
    space: float = 0.0
    """How wide a space is."""
    underline: str = ""
    """Its style, such as `solid`; empty for none."""
    strike: bool = False
    link: SlideLink | None = None
    """Where it leads; it has no boxes."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Letters on one line, from the top of the highest to the bottom of the lowest."""

    left: float
    top: float
    right: float
    bottom: float
    base: float
    """On which the letters stand."""
    runs: tuple[TextRun, ...] = ()
    """None for an empty line of code."""


@dataclass(frozen=True, slots=True)
class ListMarker:
    """What stands before an item of a list."""

    text: str
    left: float
    colour: str
    font: str
    """As that of a run."""
    number: int = 0
    """0 for a bullet."""
    size: float = 1.0
    """In parts of that of the text."""


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """Lines of a paragraph, of an item of a list, or of code."""

    lines: tuple[TextLine, ...]
    align: str = "start"
    """As CSS has it."""
    marker: ListMarker | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, a paragraph, a list, code, or a cell of a table."""

    box: Box
    paragraphs: tuple[TextParagraph, ...]
    heading: bool = False

    @property
    def is_one_line(self) -> bool:
        return sum(len(each.lines) for each in self.paragraphs) == 1

    @property
    def runs(self) -> tuple[TextRun, ...]:
        return tuple(run for each in self.paragraphs for line in each.lines for run in line.runs)


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture, a drawing or a formula."""

    box: Box
    alt: str = ""


@dataclass(frozen=True, slots=True)
class SlideBlocks:
    """What can be taken out of a slide; the rest is what is behind it."""

    texts: tuple[TextBlock, ...] = ()
    pictures: tuple[PictureBlock, ...] = ()
    others: int = 0
    """How many texts there are besides, such as turned ones, which are drawn with what is behind."""
    language: str = ""
    """In which they are, such as zh-CN; empty where the page does not say it."""
