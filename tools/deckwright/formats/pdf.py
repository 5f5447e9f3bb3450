"""One PDF per deck, one page per slide or step: with author and subject, and notes where they are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from deckwright.formats.format import DeckRendering, Format, Lecture, Made
from deckwright.formats.pdf_table import PlainPdf
from deckwright.formats.strips import STRIP, strip_pages, with_strips
from deckwright.model import FormatOptions

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, PdfObject


LAST = "last"
"""The choice of steps of which only the last one is printed."""


def finish(data: bytes, author: str = "", subject: str = "", notes: Sequence[str] = ()) -> tuple[bytes, int]:
    """Return a printed PDF with its author, subject and speaker notes, and how many pages it has."""
    info = {name: value for name, value in (("Author", author), ("Subject", subject)) if value}
    return _quickly(data, info, notes) or _with_library(data, info, author, notes)


def _quickly(data: bytes, info: Mapping[str, str], notes: Sequence[str]) -> tuple[bytes, int] | None:
    """Return what `finish` does of a PDF with properties alone, as Chromium prints it."""
    pdf = None if any(notes) else PlainPdf.of(data)
    pages = pdf.pages if pdf else None
    if pdf is None or pages is None:
        return None
    finished = pdf.with_properties(info) if info else data
    return (finished, pages) if finished else None


def _with_library(
    data: bytes, info: Mapping[str, str], author: str, notes: Sequence[str]
) -> tuple[bytes, int]:
    from pypdf import PdfReader, PdfWriter  # only for what few decks need

    pages = len(PdfReader(BytesIO(data)).pages)
    if not (info or any(notes)):
        return data, pages
    # Incremental: what the browser wrote stays byte for byte, and only what is new is written.
    writer = PdfWriter(BytesIO(data), incremental=True)
    writer.add_metadata({f"/{name}": value for name, value in info.items()})
    for page, note in enumerate(notes[:pages]):
        if note:
            writer.add_annotation(page, _note(note, author))
    file = BytesIO()
    writer.write(file)
    return file.getvalue(), pages


def _files(lecture: Lecture) -> tuple[str]:
    return (f"pdf/{lecture.name}.pdf",)


def _make(rendering: DeckRendering, lecture: Lecture, options: FormatOptions) -> Made:
    (path,) = _files(lecture)
    pages = lecture.last_pages if options.steps == LAST else tuple(range(len(rendering.notes)))
    notes = [rendering.notes[page] for page in pages] if options.notes else []
    printed = rendering.pdf(path, None if len(pages) == len(rendering.notes) else pages)
    data, count = finish(printed, rendering.author, rendering.description, notes)
    if options.states == STRIP:
        data = with_strips(data, rendering, lecture, pages, path)
        count += len(strip_pages(lecture, pages))
    return Made({path: data}, count, misfits=rendering.misfits())


PDF = Format("pdf", _files, _make, options=("notes", "steps", "states"))


def _note(text: str, author: str) -> DictionaryObject:
    """Return a sticky note in the page's corner, as marp-cli writes it."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

    def numbers(*values: float) -> ArrayObject:
        return ArrayObject([FloatObject(value) for value in values])

    entries: dict[str, PdfObject] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Text"),
        "/Rect": numbers(0, 20, 20, 20),
        "/Contents": TextStringObject(text),
        "/Name": NameObject("/Note"),
        "/Subj": TextStringObject("Note"),
        "/C": numbers(1, 0.92, 0.42),
        "/CA": FloatObject(0.25),
        **({"/T": TextStringObject(author)} if author else {}),
    }
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})
