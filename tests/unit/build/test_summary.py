"""What a build did, as a report."""

from collections.abc import Collection, Sequence

import pytest

from deckwright.build.summary import summarise
from deckwright.compose.compose import compose
from deckwright.model import (
    BuiltDeck,
    Deck,
    Diagnostic,
    Evidence,
    PageDiagnostic,
    Plan,
    RenderedDeck,
    Severity,
    SlideDiagnostic,
    SlideSlug,
)
from deckwright.parse import parse_deck
from deckwright.resolve import resolve

TEXT = "# A\n\n![](/tmp/x.png) ![](no%20pe.png) ![](https://example.org/b.png)\n"
DECK = parse_deck("slides/a/deck.md", TEXT)


def summary(
    deck: Deck, *found: PageDiagnostic, files: Collection[str] = (), misfits: tuple[SlideDiagnostic, ...] = ()
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a build that notices something about a page; `files` are there."""
    course = resolve([deck], {}, (), {"slides/a/no pe.png", *files}.__contains__)
    rendered = RenderedDeck(deck.path, 4, diagnostics=found, misfits=misfits)
    built = BuiltDeck(deck, compose(deck, course, {}), rendered)
    return summarise(Evidence(course, Plan(()), {}, (built,)), 0.0, {}).diagnostics


def test_an_address_is_found_where_it_is_not_part_of_another() -> None:
    deck = parse_deck("slides/a/deck.md", "![](../img/p.png)\n\n![](/img/p.png)\n")
    found = summary(deck, PageDiagnostic("missing-file", "no file", "/img/p.png"), files=["slides/img/p.png"])
    assert [each.location.line for each in found] == [3]


@pytest.mark.parametrize(
    ("found", "place", "subject"),
    [
        (PageDiagnostic("machine-path", "x", "/tmp/x.png"), (3, 5), "/tmp/x.png"),
        (
            PageDiagnostic("remote-resource", "x", "https://example.org/b.png"),
            (3, 38),
            "https://example.org/b.png",
        ),
        (PageDiagnostic("missing-file", "x", "no%20pe.png"), (3, 21), "slides/a/no pe.png"),
        (PageDiagnostic("render-warning", "it is too hot"), (1, 1), "it is too hot"),
    ],
)
def test_a_diagnostic_of_a_page_is_where_the_deck_names_the_file(
    found: PageDiagnostic, place: tuple[int, int], subject: str
) -> None:
    (diagnostic,) = summary(DECK, found)
    assert (diagnostic.slug, diagnostic.message, diagnostic.subject) == (found.slug, found.message, subject)
    assert (diagnostic.location.line, diagnostic.location.column) == place


@pytest.mark.parametrize(
    ("text", "shown", "lines"),
    [
        ('<iframe src="no.html"></iframe>', (), []),
        ('a <embed src="img/no.png"> b', (), []),
        ('<iframe src="no.html"></iframe>\n\n<img src="no.png">', ("no.png",), [3]),
        ('<video src="no.mp4" autoplay></video>', ("no.mp4",), [1]),
    ],
)
def test_a_tag_that_marp_shows_as_text_misses_no_file(
    text: str, shown: Sequence[str], lines: list[int]
) -> None:
    tag = text.partition("\n")[0].removeprefix("a ").removesuffix(" b").removesuffix("</iframe>")
    refused = PageDiagnostic("refused-html", "Marp shows it as text", tag, 1)
    missing = [PageDiagnostic("missing-file", "no file", address) for address in shown]
    found = summary(parse_deck("slides/a/deck.md", text), refused, *missing)
    assert [each.location.line for each in found if each.slug == "missing-file"] == lines


def test_a_missing_file_is_reported_once() -> None:
    course = resolve([DECK], {}, (), lambda path: False)
    built = BuiltDeck(
        DECK,
        compose(DECK, course, {}),
        RenderedDeck(DECK.path, 1, diagnostics=(PageDiagnostic("missing-file", "x", "no%20pe.png"),)),
    )
    report = summarise(Evidence(course, Plan(()), {}, (built,)), 0.0, {})
    assert [each.slug for each in report.diagnostics] == ["missing-file"]


def test_what_does_not_fit_is_a_warning_at_its_line_once_for_all_steps() -> None:
    steps = "```python {1|2|3}\na = 1\nb = 2\nc = 3\n```\n"
    deck = parse_deck("slides/deck.md", f"# A\n\n{steps}\n---\n\n# B\n")
    found = [
        *(SlideDiagnostic(SlideSlug.CLIPPED, step, 3, "the code is cut", pixels=9.0) for step in (1, 2, 3)),
        SlideDiagnostic(SlideSlug.OVERFLOW, 4, 0, "the text does not fit", pixels=9.0),
    ]
    clipped, full = summary(deck, misfits=tuple(found))
    assert (clipped.slug, clipped.location.line, clipped.slide) == ("clipped", 3, 1)
    assert (full.source, full.slide, full.severity) == ("# B", 2, Severity.WARNING)
    assert full.message == 'slide 2 "B": the text does not fit'
