"""Properties and notes of a PDF."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from deckwright.formats.pdf import finish


@pytest.fixture
def printed() -> bytes:
    """Two empty pages, with the dates that a browser writes."""
    writer = PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 50)
    # pypdf would escape the colon; browsers do not.
    writer.add_metadata({"/Title": "T", "/CreationDate": "Dx20300102030405", "/ModDate": "Dx20300102030405"})
    file = BytesIO()
    writer.write(file)
    return file.getvalue().replace(b"(Dx", b"(D:")


def test_counts_pages(printed: bytes) -> None:
    assert finish(printed) == (printed, 2)


def test_says_who_wrote_it(printed: bytes) -> None:
    data, _ = finish(printed, author="王老师", subject="第 2 讲")
    info = PdfReader(BytesIO(data)).metadata
    assert info is not None
    assert (info.title, info.author, info.subject) == ("T", "王老师", "第 2 讲")


def test_carries_notes_on_their_pages(printed: bytes) -> None:
    data, _ = finish(printed, notes=("", "讲慢一点", "no such page"))
    first, second = PdfReader(BytesIO(data)).pages
    assert "/Annots" not in first
    (note,) = (annotation.get_object() for annotation in second["/Annots"])
    assert note["/Subtype"] == "/Text"
    assert note["/Contents"] == "讲慢一点"


def test_gives_the_same_bytes(printed: bytes) -> None:
    first, second = (finish(printed, author="A", notes=("1", "2")) for _ in range(2))
    assert first == second
