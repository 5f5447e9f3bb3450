"""What the browser measured on slides becomes diagnostics at lines of the deck."""

import pytest

from deckwright.checks.slides import check
from deckwright.model import Cause, SlideDiagnostic, SlideMeasurements, SlideSlug
from support.course import DECK
from support.evidence import evidence_of, places


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


def test_a_measurement_hands_on_its_cause() -> None:
    cause = Cause("theme gaia", "code is pale", "code { color: #333 }")
    pale = SlideDiagnostic(SlideSlug.LOW_CONTRAST, 1, 3, "code is pale", "x = 1", cause=cause)
    measured = {DECK: SlideMeasurements(DECK, (pale,))}
    (diagnostic,) = check(evidence_of("# A\n\ntext\n", measured=measured))
    assert diagnostic.cause == cause


@pytest.mark.parametrize(
    ("kind", "name", "hint"),
    [
        (SlideSlug.OVERFLOW, "the picture", "#| fig-width"),
        (SlideSlug.OVERFLOW, "the list", "split it"),
        (SlideSlug.OVERFLOW, "the code", "lines=1-8"),
        (SlideSlug.OVERFLOW, "the table", "max-lines=8"),
        (SlideSlug.OVERFLOW, "the output", "max-lines=8"),
        (SlideSlug.CLIPPED, "the picture", "its box larger"),
    ],
)
def test_the_hint_fits_what_does_not_fit_on_the_slide(kind: SlideSlug, name: str, hint: str) -> None:
    measured = {DECK: SlideMeasurements(DECK, (SlideDiagnostic(kind, 1, 3, f"{name} does not fit"),))}
    (diagnostic,) = check(evidence_of("# A\n\ntext\n", measured=measured))
    assert hint in diagnostic.hint
    assert ("max-lines" in diagnostic.hint) == ("max-lines" in hint)
