"""Pages of a PDF with all states of a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from deckwright.formats.format import Lecture
from deckwright.formats.strips import strip_pages, with_strips
from deckwright.model import Control, ControlledPage, ExpandedDeck, PageDiagnostic
from support.course import course_of, deck_of
from support.fakes import FakeRendering


@dataclass(frozen=True)
class Sheets(FakeRendering):
    """A deck with states that remembers which sheets it was asked for."""

    asked: list[str] = field(default_factory=list)

    def sheets(self, sheets: str, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        self.asked.append(sheets)
        return super().sheets(sheets, path)


def control(name: str, count: int) -> Control:
    return Control(name, tuple(map(str, range(count))), 0)


def lecture(*controlled: ControlledPage) -> Lecture:
    course = course_of("# A", {})
    return Lecture(deck_of(course), ExpandedDeck("a", "", (), controlled=controlled), course, {}, {})


def printed(pages: int) -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for number in range(pages):
        writer.add_blank_page(200 + number, 50)
    writer.write(file)
    return file.getvalue()


def test_a_strip_is_behind_the_last_step_that_is_printed() -> None:
    steps = [ControlledPage(page, 2, (control("lr", 2),), 2 * page) for page in (1, 2)]
    deck = lecture(*steps, ControlledPage(4, 4, (control("lr", 2),), 6))
    assert [page.page for page in strip_pages(deck, range(5))] == [2, 4]
    states = Sheets(b"")
    data = with_strips(printed(3), Sheets(b"", states=states), deck, (0, 2, 4), "pdf/a.pdf")
    widths = [page.mediabox.width for page in PdfReader(BytesIO(data)).pages]
    assert widths == [200, 201, 100, 202, 100]  # a strip of our fake has 100
    assert 'data-slide="5"' in states.asked[0]


@pytest.mark.parametrize(
    ("counts", "shape"),
    [
        ((3,), "repeat(2, minmax(0, 1fr)) / repeat(2, minmax(0, 1fr)); grid-auto-flow: row"),
        ((2, 4), "repeat(2, minmax(0, 1fr)) / repeat(4, minmax(0, 1fr)); grid-auto-flow: row"),
        ((4, 2), "repeat(2, minmax(0, 1fr)) / repeat(4, minmax(0, 1fr)); grid-auto-flow: column"),
        ((2, 2, 2), "repeat(3, minmax(0, 1fr)) / repeat(3, minmax(0, 1fr)); grid-auto-flow: row"),
    ],
)
def test_the_values_of_two_controls_make_rows_and_columns(counts: Sequence[int], shape: str) -> None:
    controls = tuple(control(name, count) for name, count in zip("abc", counts))
    states = Sheets(b"")
    with_strips(printed(1), Sheets(b"", states=states), lecture(ControlledPage(0, 1, controls, 0)), (0,), "")
    assert shape in states.asked[0]


def test_a_deck_without_controls_stays() -> None:
    data = printed(2)
    assert with_strips(data, FakeRendering(b""), lecture(), (0, 1), "") is data


def test_captions_are_text() -> None:
    odd = replace(control("lr", 2), values=("1", "'<b>'"))
    states = Sheets(b"")
    with_strips(printed(1), Sheets(b"", states=states), lecture(ControlledPage(0, 1, (odd,), 0)), (0,), "")
    assert "lr = &lt;b&gt;" in states.asked[0]
