"""What the browser measured on slides becomes diagnostics at lines of the deck."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from deckwright.checks.slides import MISFITS, check
from deckwright.compose.compose import compose
from deckwright.model import (
    Cause,
    Diagnostic,
    Failure,
    FailureKind,
    Frame,
    Raised,
    Result,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
)
from deckwright.report.groups import grouped
from support.course import DECK, SCRIPT, deck_of, result_of
from support.evidence import SHOWN, evidence_of, places


def test_equal_measurements_on_different_lines_are_several() -> None:
    measurements = tuple(
        SlideDiagnostic(SlideSlug.INACCESSIBLE, 1, line, "an image has no text") for line in (3, 5, 5)
    )
    measured = {DECK: SlideMeasurements(DECK, measurements)}
    evidence = evidence_of("# A\n\n![](a.png)\n\n![](b.png)\n", measured=measured)
    assert places(check(evidence)) == [("inaccessible", 3), ("inaccessible", 5)]


def test_a_line_of_the_deck_once_for_all_steps() -> None:
    text = "# A\n\n```python file=../snippets/a.py {1|1}\n```\n\n---\n\n# B\n\ntext\n"
    measurements = (
        SlideDiagnostic(SlideSlug.CLIPPED, 1, 3, "its code is cut", "print", 20.0),
        SlideDiagnostic(SlideSlug.CLIPPED, 2, 3, "its code is cut", "print", 20.0),
        SlideDiagnostic(SlideSlug.OVERFLOW, 3, 0, "88 pixels are cut off", "", 88.0),
        SlideDiagnostic(SlideSlug.COVERED, 3, 0, "a pixel", "", 1.0),
        SlideDiagnostic(SlideSlug.LOW_CONTRAST, 3, 0, "2.1 to 1", "text"),
    )
    measured = {DECK: SlideMeasurements(DECK, measurements, {3: "check/deck-3.png"})}
    diagnostics = list(check(evidence_of(text, measured=measured)))
    assert places(diagnostics) == [("clipped", 3), ("overflow", 8), ("low-contrast", 8)]
    overflow = diagnostics[1]
    assert (overflow.slide, overflow.picture) == (2, "check/deck-3.png")
    assert overflow.message == 'slide 2 "B": 88 pixels are cut off'


def test_letters_without_a_font_are_one_cause_wherever_they_are() -> None:
    lacking = "no font of the slides has ߷ (U+07F7)"
    measurements = (
        SlideDiagnostic(SlideSlug.MISSING_GLYPH, 1, 1, lacking, "a"),
        SlideDiagnostic(SlideSlug.MISSING_GLYPH, 2, 0, lacking, "a footer"),
        SlideDiagnostic(SlideSlug.MISSING_GLYPH, 2, 5, "no font of the slides has ฅ (U+0E05)", "b"),
    )
    measured = {DECK: SlideMeasurements(DECK, measurements)}
    (first, other) = grouped(check(evidence_of("# A\n\n---\n\n# B\n", measured=measured)))
    assert first.diagnostic.message == f"{lacking}, on 2 slides"
    assert other.diagnostic.message == 'slide 2 "B": no font of the slides has ฅ (U+0E05)'


def test_a_footer_is_one_cause_on_all_slides() -> None:
    measurements = tuple(
        SlideDiagnostic(SlideSlug.CLIPPED, slide, 0, "the footer is cut", "A course", 9.0) for slide in (1, 2)
    )
    measured = {DECK: SlideMeasurements(DECK, measurements, {})}
    found = list(check(evidence_of("# A\n\n---\n\n# B\n", measured=measured)))
    assert [each.message for each in found] == [
        'slide 1 "A": the footer is cut',
        'slide 2 "B": the footer is cut',
    ]
    assert {(each.subject, each.cause) for each in found} == {
        ("A course", Cause('"A course" (header or footer)', "the footer is cut"))
    }


DECK_TEXT = """# A

text

```python file=../snippets/a.py#a
```

```text output=../snippets/a.py#b
```

```python exec
1
```
"""


@pytest.mark.parametrize(
    ("kind", "element", "line", "hint"),  # the line counts with what is put in
    [
        (SlideSlug.OVERFLOW, "picture", 3, "![w:800 …](…)"),
        (SlideSlug.OVERFLOW, "list", 3, "split it"),
        (SlideSlug.OVERFLOW, "code", 3, "split it"),
        (SlideSlug.OVERFLOW, "code", 5, "lines=1-8 behind its file="),
        (SlideSlug.OVERFLOW, "code", 13, "lines=1-8 behind exec"),
        (SlideSlug.OVERFLOW, "table", 3, "split it"),
        (SlideSlug.OVERFLOW, "table", 9, "rows: max-lines=8"),
        (SlideSlug.OVERFLOW, "output", 9, "show less of it: max-lines=8"),
        (SlideSlug.OVERFLOW, "picture", 9, "#| fig-width"),
        (SlideSlug.OVERFLOW, "quotation", 3, "split it"),
        (SlideSlug.CLIPPED, "picture", 3, "its box larger"),
        (SlideSlug.CLIPPED, "picture", 9, "#| fig-width"),
        (SlideSlug.TOO_WIDE, "table", 9, "fewer columns"),
        (SlideSlug.TOO_SMALL, "picture", 3, "larger text"),
    ],
)
def test_the_hint_fits_what_does_not_fit_and_where_it_comes_from(
    kind: SlideSlug, element: str, line: int, hint: str
) -> None:
    wrong = SlideDiagnostic(kind, 1, line, "does not fit", element=element)
    (diagnostic,) = check(evidence_of(DECK_TEXT, measured={DECK: SlideMeasurements(DECK, (wrong,))}))
    assert hint in diagnostic.hint
    assert ("lines=" in diagnostic.hint) == ("lines=" in hint)


RAISED = Raised("ValueError", "x", (Frame(SCRIPT, 6, "", "print(2)"),))
FAILED = result_of("1\n", failure=Failure(FailureKind.RAISED, "x", 1, RAISED))
"""The second statement raised."""

TWO_SLIDES = f"# A\n\ntext\n\n{SHOWN}\n---\n\n# B\n\ntext\n".replace("2\n```", "```")


def found_with(
    text: str, wrong: SlideDiagnostic, results: Mapping[str, Result], missing: Mapping[str, str] | None = None
) -> list[Diagnostic]:
    """Return what a check says of a measurement of a deck that shows these results."""
    evidence = evidence_of(text, measured={DECK: SlideMeasurements(DECK, (wrong,))})
    expanded = compose(deck_of(evidence.course), evidence.course, results, missing or {})
    return list(check(replace(evidence, built=(replace(evidence.built[0], expanded=expanded),))))


@pytest.mark.parametrize(
    ("kind", "slide", "line", "pixels", "is_reported"),
    [
        *((kind, 1, line, 99.0, False) for kind in sorted(MISFITS) for line in (0, 3, 5)),
        (SlideSlug.TOO_SMALL, 1, 5, 0.0, False),
        (SlideSlug.LOW_CONTRAST, 1, 6, 0.0, False),
        (SlideSlug.TOO_SMALL, 1, 3, 0.0, True),
        (SlideSlug.INACCESSIBLE, 1, 3, 0.0, True),
        (SlideSlug.OVERFLOW, 2, 0, 99.0, True),
    ],
)
@pytest.mark.parametrize("results", [FAILED, {}], ids=["failed", "missing"])
def test_what_comes_of_a_missing_result_is_not_reported(
    results: Mapping[str, Result], kind: SlideSlug, slide: int, line: int, pixels: float, is_reported: bool
) -> None:
    wrong = SlideDiagnostic(kind, slide, line, "it does not fit", pixels=pixels)
    assert bool(found_with(TWO_SLIDES, wrong, results)) == is_reported


@pytest.mark.parametrize(("pixels", "is_reported"), [(20.0, False), (90.0, True)])
def test_a_note_below_an_accepted_result_takes_a_line(pixels: float, is_reported: bool) -> None:
    wrong = SlideDiagnostic(SlideSlug.OVERFLOW, 1, 1, "it does not fit", pixels=pixels)
    assert bool(found_with(SHOWN, wrong, {}, {SCRIPT: "cuda is absent"})) == is_reported


def test_an_output_above_the_failure_of_its_script_is_measured() -> None:
    text = SHOWN.replace("#b", "#a")
    assert found_with(text, SlideDiagnostic(SlideSlug.OVERFLOW, 1, 1, "full", pixels=99.0), FAILED)
