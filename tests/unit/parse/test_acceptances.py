"""Where authors accept what is wrong: in decks and in scripts."""

import pytest

from deckwright.model import Acceptance
from deckwright.parse import parse_deck, parse_script
from support.course import DECK, SCRIPT, described

WRITE = 'write [//]: # (deckwright: accept overflow "why")'


def of_deck(text: str) -> tuple[tuple[Acceptance, ...], str]:
    deck = parse_deck(DECK, text)
    return deck.acceptances, described(deck.diagnostics)


@pytest.mark.parametrize(
    "line",
    [
        '[//]: # (deckwright: accept overflow "the table: it is the point")',
        "[//]: # (deckwright: accept overflow 'the table: it is the point')",
        "[//]: # 'deckwright: accept overflow \"the table: it is the point\"'",
        '[//]: <> (deckwright:accept overflow "the table: it is the point" )',
        '   [comment]: <#>  (deckwright: accept  overflow  "the table: it is the point")',
    ],
)
def test_an_acceptance_is_a_link_definition_that_nothing_refers_to(line: str) -> None:
    ((accepted,), wrong) = of_deck(f"# A\n\n---\n\n# B\n\n{line}\n\ntext\n")
    assert (accepted.slugs, accepted.reason, accepted.slide) == (
        ("overflow",),
        "the table: it is the point",
        2,
    )
    assert (accepted.location.line, accepted.source, wrong) == (7, line, "")


def test_it_names_several_slugs_and_may_stand_in_a_list() -> None:
    ((accepted,), wrong) = of_deck("- a\n\n  [//]: # (deckwright: accept overflow, too-small 'why')\n- b\n")
    assert (accepted.slugs, accepted.slide, wrong) == (("overflow", "too-small"), 1, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[//]: # (deckwright: accept overflow)", f"an acceptance names what it accepts and why | {WRITE}"),
        (
            '[//]: # (deckwright: accept overflow " ")',
            f"an acceptance names what it accepts and why | {WRITE}",
        ),
        ('[//]: # (deckwright: accept "why")', f"an acceptance names what it accepts and why | {WRITE}"),
        (
            '[//]: # (deckwright: allow overflow "why")',
            f"an acceptance names what it accepts and why | {WRITE}",
        ),
        (
            '[//]: # (deckwright: accept overflow "why (this)"',
            "the slide shows this line as text | leave brackets and quotes out of the reason",
        ),
        (
            'text\n[//]: # (deckwright: accept overflow "why")',
            "the slide shows this line as text | put a blank line above it",
        ),
    ],
)
def test_what_is_wrong_with_it(text: str, message: str) -> None:
    accepted, wrong = of_deck(f"# A\n\n{text}\n")
    line = text.split("\n")[-1]
    place = f"{DECK}:{2 + len(text.split(chr(10)))}:1 bad-acceptance"
    assert (accepted, wrong) == ((), f"{place} <{line}> {message}")


def test_code_and_comments_are_none() -> None:
    line = '[//]: # (deckwright: accept overflow "why")'
    for text in (f"```markdown\n{line}\n```\n", f"<!--\n{line}\n-->\n", f"    {line}\n", "[//]: # (note)\n"):
        assert of_deck(text) == ((), "")


def test_a_script_accepts_in_a_comment_that_no_slide_shows() -> None:
    text = '# region r\n# deckwright: accept stderr, not-alone "needs the cluster"\nx = 1\n# endregion r\n'
    script = parse_script(SCRIPT, text)
    (accepted,) = script.acceptances
    assert (accepted.slugs, accepted.reason, accepted.slide) == (
        ("stderr", "not-alone"),
        "needs the cluster",
        0,
    )
    assert script.regions["r"].code == "x = 1"


def test_a_script_says_why() -> None:
    script = parse_script(SCRIPT, "x = 1\n# deckwright: accept stderr\n")
    assert described(script.diagnostics) == (
        f"{SCRIPT}:2:1 bad-acceptance <# deckwright: accept stderr> an acceptance names what it accepts "
        'and why | write # deckwright: accept not-alone "why"'
    )
