"""The file of a presentation (PPTX), the same bytes for the same slides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from deckwright.formats.pptx.text_boxes import TextBoxWriter, box_of
from deckwright.frozen import dataclass
from deckwright.model import Box, SlideLink, TextBlock

if TYPE_CHECKING:
    from pptx.presentation import Presentation as File
    from pptx.slide import Slide as FileSlide

_EMU_PER_PIXEL = 9525
_EMU_PER_INCH = 914400
_LEAST, _MOST = 1 * _EMU_PER_INCH, 56 * _EMU_PER_INCH
"""Sides of a slide that PowerPoint opens."""

_FIXED_DATE = datetime(1980, 1, 1)
"""The oldest date that a zip file can have."""

_TITLE_ONLY, _BLANK = "Title Only", "Blank"
"""Layouts of the template that python-pptx has."""

_LONGEST_PROPERTY = 255
_LONGEST_ADDRESS = 2000
"""PowerPoint calls a file with a longer one damaged."""

_NOT_IN_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Clip:
    """A picture on a slide that is a shape of its own."""

    picture: bytes
    """PNG."""
    box: Box
    alt: str = ""


@dataclass(frozen=True, slots=True)
class PptxSlide:
    """A slide that shows a picture, perhaps with shapes on it, and what programs know of it besides."""

    picture: bytes
    """PNG; of the whole slide, or of what is behind its texts and clips."""
    title: str = ""
    """What the outline has, and what a screen reader says first; nothing shows it on the slide."""
    text: str = ""
    """The description of the picture; empty where shapes say it."""
    notes: str = ""
    links: Sequence[SlideLink] = ()
    """Each leads to an address, or to a slide of the presentation, counted from 1."""
    clips: Sequence[Clip] = ()
    texts: Sequence[TextBlock] = ()
    language: str = ""
    """That of the texts, such as zh-CN."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """Slides of one size, in pixels, and the properties of the document."""

    width: float
    height: float
    slides: Sequence[PptxSlide]
    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: Sequence[str] = ()


def presentation_file(presentation: Presentation) -> bytes:
    """Return the file; needs python-pptx."""
    from pptx import Presentation as open_template  # only where a presentation is made

    file = open_template()
    emu = _emu_per_pixel(presentation.width, presentation.height)
    width, height = round(presentation.width * emu), round(presentation.height * emu)
    _set_size(file, width, height)
    _set_properties(file, presentation)
    _drop_foreign_parts(file)
    made = [_add_slide(file, slide, width, height) for slide in presentation.slides]
    for slide, on in zip(presentation.slides, made, strict=True):
        _add_shapes(on, slide, width, emu, made)
        for link in slide.links:
            for box in link.boxes:
                _add_link(on, link, box, emu, made)
    written = BytesIO()
    file.save(written)
    return _with_fixed_dates(written.getvalue())


def _emu_per_pixel(width: float, height: float) -> float:
    """Return how large a pixel is: 1/96 inch where PowerPoint has slides of that size."""
    scale = min(_MOST / max(width, height), max(_EMU_PER_PIXEL, _LEAST / min(width, height)))
    return float(scale)


def _set_size(file: File, width: int, height: int) -> None:
    """Give slides a size, and the places of the template's layouts the same part of it as they had."""
    from pptx.util import Emu

    across, down = width / (file.slide_width or width), height / (file.slide_height or height)
    file.slide_width, file.slide_height = Emu(width), Emu(height)
    file.element.sldSz.attrib.pop("type", None)  # the name of the template's size
    for part in (file.slide_master, *file.slide_layouts):
        for place in part.element.iter("{*}off", "{*}ext"):
            for name, factor in (("x", across), ("y", down), ("cx", across), ("cy", down)):
                if name in place.attrib:
                    place.set(name, str(round(int(place.get(name)) * factor)))


def _set_properties(file: File, presentation: Presentation) -> None:
    properties = file.core_properties
    properties.title = _property(presentation.title)
    properties.author = properties.last_modified_by = _property(presentation.author)
    properties.subject = _property(presentation.subject)
    properties.keywords = _property(", ".join(presentation.keywords))
    properties.created = properties.modified = _FIXED_DATE
    properties.comments = ""  # the template's
    properties.revision = 1


def _property(text: str) -> str:
    return _in_xml(text)[:_LONGEST_PROPERTY]


def _drop_foreign_parts(file: File) -> None:
    """Drop what only the template was: its picture, the counts of its slides, settings of a printer."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    package, part = file.part.package, file.part
    foreign = (KIND.THUMBNAIL, KIND.EXTENDED_PROPERTIES)
    for id in [each.rId for each in package.iter_rels() if each.reltype in foreign]:
        package.drop_rel(id)
    for id in [each.rId for each in part.rels.values() if each.reltype == KIND.PRINTER_SETTINGS]:
        part.drop_rel(id)


def _add_slide(file: File, slide: PptxSlide, width: int, height: int) -> FileSlide:
    from pptx.util import Emu

    layout = file.slide_layouts.get_by_name(_TITLE_ONLY if slide.title else _BLANK)
    added: FileSlide = file.slides.add_slide(layout)
    if slide.title:
        _set_title(added.shapes.title, _in_xml(slide.title), width, height)
    picture = added.shapes.add_picture(BytesIO(slide.picture), Emu(0), Emu(0), Emu(width), Emu(height))
    picture.name = "Background" if slide.texts else "Slide"
    _describe(picture, slide.text)
    if slide.texts:
        _mark_decorative(picture)
    if slide.notes:
        _set_notes(added, _in_xml(slide.notes))
    return added


def _add_shapes(on: FileSlide, slide: PptxSlide, width: int, emu: float, slides: Sequence[FileSlide]) -> None:
    """Add the clips and texts of a slide; its first heading takes the place of the title."""
    from pptx.util import Emu

    def sides(box: Box) -> tuple[Emu, Emu, Emu, Emu]:
        left, top, right, bottom = (round(side * emu) for side in (box.left, box.top, box.right, box.bottom))
        return Emu(left), Emu(top), Emu(right - left), Emu(bottom - top)

    for clip in slide.clips:
        picture = on.shapes.add_picture(BytesIO(clip.picture), *sides(clip.box))
        picture.name = "Picture"
        _describe(picture, clip.alt)
    writer = TextBoxWriter(emu, slide.language, _in_xml)
    title = on.shapes.title
    for block in slide.texts:
        place = sides(box_of(block))
        if title is not None and block.heading and block.is_one_line:  # LibreOffice squeezes lines of a title
            shape: Any = title
            on.shapes._spTree.append(shape.element)  # above the picture
            shape.left, shape.top, shape.width, shape.height = place
            shape.width = max(shape.width, width - shape.left)  # it breaks them, too
            title = None
        else:
            shape = on.shapes.add_textbox(*place)
            shape.name = "Text"
        writer.write(shape.element.txBody, block, lambda link: _relation(on, link, slides))


def _relation(on: FileSlide, link: SlideLink, slides: Sequence[FileSlide]) -> tuple[str, str] | None:
    """Return the relation of a slide to where a link leads, and the action of the link."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    if link.slide:
        return on.part.relate_to(slides[link.slide - 1].part, KIND.SLIDE), "ppaction://hlinksldjump"
    if len(link.address) > _LONGEST_ADDRESS:
        return None
    return on.part.relate_to(_in_xml(link.address), KIND.HYPERLINK, is_external=True), ""


def _set_title(shape: Any, title: str, width: int, height: int) -> None:
    """Write the title above the slide, where PowerPoint's own "hidden slide title" is."""
    shape.left, shape.width, shape.height = 0, width, height // 8
    shape.top = -shape.height
    shape.text_frame.text = title


def _set_notes(slide: FileSlide, notes: str) -> None:
    pane = slide.notes_slide.notes_text_frame
    assert pane is not None, "the template for notes has a place for them"
    pane.text = notes


def _add_link(slide: FileSlide, link: SlideLink, box: Box, emu: float, slides: Sequence[FileSlide]) -> None:
    from pptx.enum.shapes import MSO_SHAPE
    from pptx.util import Emu

    if len(link.address) > _LONGEST_ADDRESS:
        return
    left, top, right, bottom = (Emu(round(side * emu)) for side in (box.left, box.top, box.right, box.bottom))
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, top, Emu(right - left), Emu(bottom - top))
    _make_transparent(shape)
    shape.name = "Link"
    _describe(shape, link.text or link.address)
    if link.slide:
        shape.click_action.target_slide = slides[link.slide - 1]
    else:
        shape.click_action.hyperlink.address = _in_xml(link.address)


def _make_transparent(shape: Any) -> None:
    """Fill a shape with a colour that nobody sees: one without any cannot be clicked."""
    from lxml.etree import SubElement
    from pptx.enum.dml import MSO_THEME_COLOR
    from pptx.oxml.ns import qn

    shape.line.fill.background()
    shape.fill.solid()
    shape.fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    (colour,) = shape.element.spPr.findall(f"{qn('a:solidFill')}/{qn('a:schemeClr')}")
    SubElement(colour, qn("a:alpha"), val="0")
    for style in shape.element.findall(qn("p:style")):  # the theme's shadow
        shape.element.remove(style)


def _describe(shape: Any, text: str) -> None:
    """Set what a screen reader says of a shape."""
    (properties,) = shape.element.xpath("./*/p:cNvPr")
    properties.set("descr", _in_xml(text))


def _mark_decorative(shape: Any) -> None:
    """Let a screen reader pass over a shape, and programs that check files not miss a description."""
    from lxml.etree import SubElement
    from pptx.oxml.ns import qn

    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    (properties,) = shape.element.xpath("./*/p:cNvPr")
    extension = SubElement(SubElement(properties, qn("a:extLst")), qn("a:ext"))
    extension.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    SubElement(extension, f"{{{space}}}decorative", {"val": "1"}, nsmap={"adec": space})


def _in_xml(text: str) -> str:
    """Return a text without the characters that XML cannot have."""
    return _NOT_IN_XML.sub("", text)


def _with_fixed_dates(data: bytes) -> bytes:
    """Return a zip file whose dates do not depend on the clock."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            info = ZipInfo(name, _FIXED_DATE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            after.writestr(info, before.read(name))
    return written.getvalue()
