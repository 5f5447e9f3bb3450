"""What a rule of a style sheet makes pale is one thing, and its hint is CSS that corrects it."""

import pytest

from deckwright.checks.pale_rules import legible, pale_rules
from deckwright.checks.slides import check
from deckwright.model import ColourRule, Deck, Ground, SlideDiagnostic, SlideMeasurements, SlideSlug
from support.course import DECK
from support.evidence import evidence_of

WHITE, BLACK = Ground("#ffffff", 4.5), Ground("#000000", 4.5)
TEXT = "---\nstyle: |\n  h2 { color: #bbb }\n---\n\n# A\n\ntext\n\ntext\n"


def pale(selector: str, colour: str, *grounds: Ground, important: bool = False) -> SlideDiagnostic:
    rule = ColourRule("gaia", selector, colour, grounds, important)
    return SlideDiagnostic(SlideSlug.LOW_CONTRAST, 1, 8, "too little contrast", selector, rule=rule)


def fixes_of(*diagnostics: SlideDiagnostic) -> dict[str, str]:
    return dict(pale_rules([(Deck(DECK, TEXT, "", (), ()), diagnostics)]).fixes)


@pytest.mark.parametrize(
    ("colour", "grounds", "corrected"),
    [
        ("#bbbbbb", (WHITE,), "#747474"),
        ("#555555", (BLACK,), "#777777"),
        ("#ff0000", (Ground("#ffffff", 3.0),), "#fa0000"),
        ("#888888", (Ground("#ffffff", 3.0), Ground("#888888", 3.0)), "#3c3c3c"),
        ("#888888", (WHITE, BLACK), ""),
    ],
)
def test_a_colour_is_corrected_as_little_as_possible(
    colour: str, grounds: tuple[Ground, ...], corrected: str
) -> None:
    assert legible(colour, grounds) == corrected


def test_css_corrects_all_rules_of_a_style_sheet() -> None:
    fixes = fixes_of(
        pale(".b", "#bbbbbb", WHITE),
        pale(".a", "#bbbbbb", Ground("#ffffff", 3.0), important=True),
        pale(".b", "#bbbbbb", Ground("#eeeeee", 4.5)),
        pale("h2", "#bbbbbb", WHITE),
        pale(".c", "#888888", WHITE, BLACK),
    )
    assert [*fixes] == ["theme gaia", f"the style of {DECK}"]
    assert fixes["theme gaia"].split("\n")[1:] == [
        "style: |",
        "  .a { color: #929292 !important }",
        "  .b { color: #696969 }",
    ]


def test_a_rule_without_a_colour_that_suits_all_has_the_general_hint() -> None:
    found = pale(".c", "#888888", WHITE, BLACK)
    assert fixes_of(found) == {}
    (diagnostic,) = check(evidence_of(TEXT, measured={DECK: SlideMeasurements(DECK, (found,))}))
    assert diagnostic.hint.startswith("choose colours")


def test_texts_of_a_line_with_several_rules_have_a_cause_each() -> None:
    found = (
        pale(".a", "#bbbbbb", WHITE),
        pale(".b", "#bbbbbb", WHITE),
        SlideDiagnostic(SlideSlug.LOW_CONTRAST, 1, 8, "pale"),
    )
    first, second, own = check(evidence_of(TEXT, measured={DECK: SlideMeasurements(DECK, found)}))
    assert first.cause
    assert second.cause
    assert first.cause.name == second.cause.name == "theme gaia"
    assert first.cause.problem == ".a has too little contrast"
    assert first.hint == second.hint == first.cause.fix
    assert own.cause is None
