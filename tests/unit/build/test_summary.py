"""What a build did, as a report."""

import pytest

from deckwright.build.summary import _remarks
from deckwright.model import PageDiagnostic, RenderedDeck
from deckwright.parse import parse_deck

DECK = parse_deck(
    "slides/a/deck.md", "# A\n\n![](/tmp/x.png) ![](no%20pe.png) ![](https://example.org/b.png)\n"
)


@pytest.mark.parametrize(
    ("remark", "place", "subject"),
    [
        (PageDiagnostic("machine-path", "x", "/tmp/x.png"), (3, 5), "/tmp/x.png"),
        (PageDiagnostic("remote-resource", "x", "https://example.org/b.png"), (3, 38), "https://example.org/b.png"),
        (PageDiagnostic("missing-file", "x", "no%20pe.png"), (3, 21), "slides/a/no pe.png"),
        (PageDiagnostic("render-warning", "it is too hot"), (1, 1), "it is too hot"),
    ],
)
def test_a_remark_stands_where_the_deck_names_the_file(
    remark: PageDiagnostic, place: tuple[int, int], subject: str
) -> None:
    rendered = RenderedDeck(DECK.path, 1, "html/a/deck.html", diagnostics=(remark,))
    (told,) = _remarks(DECK, rendered, ())
    assert (told.slug, told.message, told.subject) == (remark.slug, remark.message, subject)
    assert (told.location.line, told.location.column) == place


def test_a_missing_file_is_told_once() -> None:
    rendered = RenderedDeck(
        DECK.path, 1, "html/a/deck.html", diagnostics=(PageDiagnostic("missing-file", "x", "no%20pe.png"),)
    )
    assert list(_remarks(DECK, rendered, {"slides/a/no pe.png"})) == []


def test_a_slide_that_is_too_full_is_named_by_its_line() -> None:
    steps = "```python file=../a.py {1|2|3}\n```\n"
    deck = parse_deck("slides/deck.md", f"# A\n\n{steps}\n---\n\n# B\n")
    rendered = RenderedDeck(deck.path, 4, "html/deck.html", diagnostics=(PageDiagnostic("overflow", "full", slide=4),))
    (told,) = _remarks(deck, rendered, ())
    assert (told.source, told.slide, told.message) == ("# B", 2, 'slide 2 "B" full')
