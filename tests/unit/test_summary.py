"""What a build did, as a report."""

import pytest

from deckwright.model import RenderedDeck
from deckwright.parse import parse_deck
from deckwright.summary import _render_warnings

DECK = parse_deck(
    "slides/a/deck.md", "# A\n\n![](/tmp/x.png) ![](no%20pe.png) ![](https://example.org/b.png)\n"
)


@pytest.mark.parametrize(
    ("warning", "place"),
    [
        ("a path of this machine alone: /tmp/x.png", (3, 5)),
        ("remote resource: https://example.org/b.png", (3, 38)),
        ("missing file: no%20pe.png", (1, 1)),
        ("it is too hot", (1, 1)),
    ],
)
def test_a_complaint_of_the_renderer_stands_where_the_deck_names_the_file(
    warning: str, place: tuple[int, int]
) -> None:
    rendered = RenderedDeck(DECK.path, 1, "html/a/deck.html", warnings=(warning,))
    (told,) = _render_warnings(DECK, rendered, ())
    assert (told.message, (told.location.line, told.location.column)) == (warning, place)


def test_a_missing_file_is_told_once() -> None:
    rendered = RenderedDeck(DECK.path, 1, "html/a/deck.html", warnings=("missing file: no%20pe.png",))
    assert list(_render_warnings(DECK, rendered, {"no file slides/a/no pe.png"})) == []


def test_a_slide_that_is_too_full_is_named_by_its_line() -> None:
    steps = "```python file=../a.py {1|2|3}\n```\n"
    deck = parse_deck("slides/deck.md", f"# A\n\n{steps}\n---\n\n# B\n")
    rendered = RenderedDeck(deck.path, 4, "html/deck.html", warnings=("slide 4 holds more than fits",))
    (told,) = _render_warnings(deck, rendered, ())
    assert told.source == "# B"
