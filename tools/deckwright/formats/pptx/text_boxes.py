"""Blocks of text as text boxes of a presentation: one box per block, with the lines that the slide shows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from deckwright.frozen import dataclass
from deckwright.model import Box, SlideLink, TextBlock, TextLine, TextParagraph, TextRun

POINTS_PER_INCH = 72
EMU_PER_INCH = 914400

_BELOW = 0.2
"""The part of its largest letters' size by which a line of a fixed height reaches below its base."""
_SMALLEST, _LARGEST = 100, 400_000
"""Sizes of letters, in hundredths of a point."""
_LEAST_GAP = 0.4
"""Pixels; less is not seen, and would take letters apart."""
_SAME = 1.0
"""Pixels by which lines of a paragraph may be apart from where they would be."""

_UNDERLINES = {"solid": "sng", "double": "dbl", "dotted": "dotted", "dashed": "dash", "wavy": "wavy"}
_ALIGNED = {"center": "ctr", "right": "r", "end": "r", "-webkit-center": "ctr", "-webkit-right": "r"}

Relate = Callable[[SlideLink], tuple[str, str] | None]
"""Returns the id of a link's relation and its action, empty for an address; None if it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of one paragraph that are equally far apart: what a paragraph of a text box can be."""

    lines: Sequence[TextLine]
    pitch: float
    """From line to line, in pixels; the first line begins so much above its end."""
    before: float
    """Between the end of the stack above, or the top of the box, and the first line."""
    paragraph: TextParagraph
    is_first: bool
    """Whether it begins the paragraph of the slide: there is its marker."""

    @property
    def left(self) -> float:
        return self.lines[0].left


def stacks_of(block: TextBlock, top: float) -> tuple[Stack, ...]:
    """Return the lines of a block as stacks, downwards from where its box begins."""
    stacks, end = list[Stack](), top
    for paragraph in block.paragraphs:
        for number, lines in enumerate(_even(paragraph)):
            pitch = _pitch(lines)
            before = _end(lines[0]) - pitch - end
            if before < 0 and len(lines) == 1:
                pitch, before = max(1.0, pitch + before), 0.0
            stacks.append(Stack(lines, pitch, before, paragraph, number == 0))
            end = _end(lines[-1])
    return tuple(stacks)


def box_of(block: TextBlock) -> Box:
    """Return where the text box of a block is: its first line may begin above the letters."""
    first = next(_even(block.paragraphs[0]))
    return replace(block.box, top=_end(first[0]) - _pitch(first))


def _end(line: TextLine) -> float:
    """Return where a line of a text box ends whose letters stand where those of this one do."""
    return line.base + _BELOW * _size(line)


def _size(line: TextLine) -> float:
    return max((run.size for run in line.runs), default=0.0)


def _pitch(lines: Sequence[TextLine]) -> float:
    """Return how high lines are that are equally far apart; a single one is as high as its letters."""
    if len(lines) > 1:
        return (lines[-1].base - lines[0].base) / (len(lines) - 1)
    return max(1.0, lines[0].bottom - lines[0].top)


def _even(paragraph: TextParagraph) -> Iterator[Sequence[TextLine]]:
    """Yield the lines of a paragraph in groups that are equally far apart, and begin at one place."""
    group = list[TextLine]()
    for line in paragraph.lines:
        if group and not _goes_on(group, line, paragraph.align):
            yield group
            group = []
        group.append(line)
    yield group


def _goes_on(group: Sequence[TextLine], line: TextLine, align: str) -> bool:
    pitch = line.base - group[-1].base
    is_even = len(group) == 1 or abs(pitch - (group[1].base - group[0].base)) < _SAME
    is_aligned = align in _ALIGNED or not line.runs or abs(line.left - group[0].left) < _SAME
    is_alike = not line.runs or abs(_size(line) - _size(group[0])) < _SAME
    return pitch > 0 and is_even and is_aligned and is_alike


class TextBoxWriter:
    """Writes blocks into the text frames of a slide."""

    def __init__(self, emu: float, language: str, in_xml: Callable[[str], str]) -> None:
        """`emu` is how large a pixel is, `in_xml` leaves out what XML cannot have."""
        self._emu = emu
        self._language = language or "en-US"
        self._in_xml = in_xml

    def write(self, body: Any, block: TextBlock, relate: Relate) -> None:
        """Write a block into a `txBody` element, in place of what is in it."""
        from pptx.oxml.ns import qn

        for old in body.findall(qn("a:p")):
            body.remove(old)
        self._set_frame(body.find(qn("a:bodyPr")))
        box = box_of(block)
        for stack in stacks_of(block, box.top):
            self._add_paragraph(body, stack, box, relate)

    def _set_frame(self, properties: Any) -> None:
        from lxml.etree import SubElement
        from pptx.oxml.ns import qn

        for child in [*properties]:
            properties.remove(child)
        for side in ("lIns", "tIns", "rIns", "bIns"):
            properties.set(side, "0")
        properties.set("wrap", "none")
        properties.set("anchor", "t")
        properties.set("rtlCol", "0")
        SubElement(properties, qn("a:noAutofit"))

    def _add_paragraph(self, body: Any, stack: Stack, box: Box, relate: Relate) -> None:
        from lxml.etree import SubElement
        from pptx.oxml.ns import qn

        paragraph = SubElement(body, qn("a:p"))
        self._set_properties(SubElement(paragraph, qn("a:pPr")), stack, box)
        for number, line in enumerate(stack.lines):
            if number:
                size = next((run for run in (*line.runs, *stack.lines[number - 1].runs)), None)
                line_break = SubElement(paragraph, qn("a:br"))
                if size:
                    SubElement(line_break, qn("a:rPr"), sz=self._size(size.size))
            for run in line.runs:
                self._add_run(paragraph, run, relate)

    def _set_properties(self, properties: Any, stack: Stack, box: Box) -> None:
        from lxml.etree import SubElement
        from pptx.oxml.ns import qn

        align = _ALIGNED.get(stack.paragraph.align, "l")
        marker = stack.paragraph.marker if stack.is_first else None
        left = stack.left - box.left if align == "l" else 0.0
        indent = marker.left - stack.left if marker else 0.0
        properties.set("marL", str(round(left * self._emu)))
        properties.set("indent", str(round(indent * self._emu)))
        properties.set("algn", align)
        for name, pixels in (("lnSpc", stack.pitch), ("spcBef", stack.before), ("spcAft", 0.0)):
            spacing = SubElement(properties, qn(f"a:{name}"))
            SubElement(spacing, qn("a:spcPts"), val=self._points(max(0.0, pixels)))
        if not marker:
            SubElement(properties, qn("a:buNone"))
            return
        colour = SubElement(properties, qn("a:buClr"))
        SubElement(colour, qn("a:srgbClr"), val=marker.colour.removeprefix("#"))
        SubElement(properties, qn("a:buSzPct"), val=str(round(100000 * min(4.0, max(0.25, marker.size)))))
        SubElement(properties, qn("a:buFont"), typeface=marker.font)
        if marker.number:
            SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod", startAt=str(marker.number))
        else:
            SubElement(properties, qn("a:buChar"), char=marker.text)

    def _add_run(self, paragraph: Any, run: TextRun, relate: Relate) -> None:
        """Add a run, and spaces as wide as the gap behind it: programs differ in how they space letters."""
        self._add_letters(paragraph, run, relate)
        if run.gap >= _LEAST_GAP and run.space > 0:
            count = math.ceil(run.gap / run.space)
            size = run.size * run.gap / (count * run.space)
            gap = replace(run, text=" " * count, size=size, spacing=0.0, underline="", strike=False)
            self._add_letters(paragraph, gap, relate)

    def _add_letters(self, paragraph: Any, run: TextRun, relate: Relate) -> None:
        from lxml.etree import SubElement
        from pptx.oxml.ns import qn

        element = SubElement(paragraph, qn("a:r"))
        properties = SubElement(element, qn("a:rPr"), lang=self._language, sz=self._size(run.size))
        properties.set("b", "1" if run.weight >= 600 else "0")
        properties.set("i", "1" if run.italic else "0")
        if run.underline:
            properties.set("u", _UNDERLINES.get(run.underline, "sng"))
        if run.strike:
            properties.set("strike", "sngStrike")
        if run.spacing:
            properties.set("spc", self._points(run.spacing))
        properties.set("dirty", "0")
        colour = SubElement(SubElement(properties, qn("a:solidFill")), qn("a:srgbClr"))
        colour.set("val", run.colour.removeprefix("#"))
        if run.alpha < 1:
            SubElement(colour, qn("a:alpha"), val=str(round(100000 * run.alpha)))
        for kind in ("latin", "ea", "cs"):
            SubElement(properties, qn(f"a:{kind}"), typeface=run.font)
        if run.link and (related := relate(run.link)):
            self._link(properties, *related)
        SubElement(element, qn("a:t")).text = self._in_xml(run.text)

    def _link(self, properties: Any, relation: str, action: str) -> None:
        """Let a run lead somewhere, in its own colour."""
        from lxml.etree import SubElement
        from pptx.oxml.ns import qn

        link = SubElement(properties, qn("a:hlinkClick"))
        link.set(qn("r:id"), relation)
        if action:
            link.set("action", action)
        space = "http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"
        extension = SubElement(SubElement(link, qn("a:extLst")), qn("a:ext"))
        extension.set("uri", "{A12FA001-AC4F-418D-AE19-62706E023703}")
        SubElement(extension, f"{{{space}}}hlinkClr", {"val": "tx"}, nsmap={"ahyp": space})

    def _size(self, pixels: float) -> str:
        """Return the size of letters; PowerPoint calls a file damaged that has smaller or larger ones."""
        return str(min(_LARGEST, max(_SMALLEST, int(self._points(pixels)))))

    def _points(self, pixels: float) -> str:
        """Return a length in hundredths of a point."""
        return str(round(100 * pixels * self._emu * POINTS_PER_INCH / EMU_PER_INCH))
