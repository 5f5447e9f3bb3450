"""Properties and notes of a PDF."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from deckwright.formats.pdf import finish

CHROMIUM = [
    b"<</Title (T \\(endobj >> x\\))\n/CreationDate (D:19700101000000)>>",
    b"<</Type /Catalog\n/Pages 3 0 R>>",
    b"<</Type /Pages\n/Count 2\n/Kids [4 0 R 5 0 R]>>",
    *[b"<</Type /Page\n/Resources <<>>\n/MediaBox [0 0 9 9]\n/Parent 3 0 R>>"] * 2,
]
"""The objects of a file of two pages, as Chromium writes them."""


def from_chromium(objects: Sequence[bytes] = CHROMIUM) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    size, at = len(objects) + 1, len(data)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, entries)
    return data + b"trailer\n<</Size %d\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, at)


@pytest.fixture(params=["chromium", "another"])
def printed(request: pytest.FixtureRequest) -> bytes:
    return from_chromium() if request.param == "chromium" else from_another()


def from_another() -> bytes:
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
    assert info.title in ("T", "T (endobj >> x)")
    assert (info.author, info.subject) == ("王老师", "第 2 讲")
    assert data.startswith(printed)


def test_carries_notes_on_their_pages(printed: bytes) -> None:
    data, _ = finish(printed, notes=("", "讲慢一点", "no such page"))
    first, second = PdfReader(BytesIO(data)).pages
    assert "/Annots" not in first
    (note,) = (annotation.get_object() for annotation in second["/Annots"])
    assert note["/Subtype"] == "/Text"
    assert note["/Contents"] == "讲慢一点"


def test_reads_no_objects_of_what_chromium_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    printed, notes = from_chromium(), ("", "")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert finish(printed) == (printed, 2)
    assert finish(printed, "A", "B", notes)[0] != printed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"/Title (", b"/Author (C)\n/Title (", id="an author of its own"),
        pytest.param(b"/Count 2", b"/Count 3 0 R", id="a count elsewhere"),
    ],
)
def test_leaves_other_files_to_the_library(
    before: bytes, after: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = from_chromium([each.replace(before, after) for each in CHROMIUM])
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ImportError):
        finish(printed, "A")


def test_gives_the_same_bytes(printed: bytes) -> None:
    first, second = (finish(printed, author="A", notes=("1", "2")) for _ in range(2))
    assert first == second
