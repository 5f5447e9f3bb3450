"""The last touches on a printed PDF: the deck's author and subject, speaker notes, and no clock."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from deckwright.marp.page_links import finish_links

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject, PdfObject

_DATE = re.compile(rb"/(?:CreationDate|ModDate) \(D:\d{14}")
_FIXED = b"19700101000000"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a PDF says of itself, and the notes of its pages."""

    author: str = ""
    subject: str = ""
    notes: Sequence[str] = ()


def finish(data: bytes, properties: Properties) -> tuple[bytes, int]:
    """The printed PDF with its properties, the same on every day; and how many pages it has."""
    from pypdf import PdfReader  # only where something is printed

    # Of the same length, so that every offset in the file stays true.
    data = finish_links(_DATE.sub(lambda date: date.group()[:-14] + _FIXED, data))
    pages = len(PdfReader(BytesIO(data)).pages)
    if properties.author or properties.subject or any(properties.notes):
        data = _with(data, properties)
    return data, pages


def _with(data: bytes, properties: Properties) -> bytes:
    from pypdf import PdfWriter

    # Incremental: what the browser wrote stays byte for byte, and only what is new is written.
    writer = PdfWriter(BytesIO(data), incremental=True)
    info = {"/Author": properties.author, "/Subject": properties.subject}
    writer.add_metadata({name: value for name, value in info.items() if value})
    for page, note in enumerate(properties.notes[: len(writer.pages)]):
        if note:
            writer.add_annotation(page, _note(note, properties.author))
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _note(text: str, author: str) -> DictionaryObject:
    """A sticky note in the page's corner, as marp-cli writes it."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        TextStringObject,
    )

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
