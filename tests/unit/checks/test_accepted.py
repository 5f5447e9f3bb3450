"""What authors accept at its place."""

from dataclasses import replace

from deckwright.checks.accepted import Sorted, sort_accepted, unused_acceptances
from deckwright.model import Cause, Diagnostic, Location
from support.course import DECK, SCRIPT, course_of
from support.evidence import places

LINE = '[//]: # (deckwright: accept {} "why")'
TEXT = "# A\n\n{}\n\n---\n\n# B\n\n[1](../snippets/a.py#x)\n\n---\n\n# C\n"
OTHER = "snippets/b.py"
SCRIPTS = {SCRIPT: '# deckwright: accept stderr "noise"\nx = 1\n', OTHER: "y = 2\n"}


def wrong(slug: str, line: int, slide: int = 0, path: str = DECK, cause: str = "") -> Diagnostic:
    found = Diagnostic(slug, "m", Location(path, line), slide=slide)
    return replace(found, cause=Cause(cause, "p")) if cause else found


def sorted_of(slugs: str, *found: Diagnostic) -> Sorted:
    return sort_accepted(course_of(TEXT.format(LINE.format(slugs)), SCRIPTS), found)


def test_it_counts_for_its_slide_and_its_slug() -> None:
    here, by_slide = wrong("overflow", 1), wrong("overflow", 9, slide=1)
    others = (
        wrong("clipped", 1),
        wrong("overflow", 7),
        wrong("overflow", 1, slide=2),
        wrong("overflow", 1, path="b.md"),
    )
    result = sorted_of("overflow", here, *others, by_slide)
    assert [(each.diagnostic, each.reason) for each in result.accepted] == [(here, "why"), (by_slide, "why")]
    assert result.left == others


def test_front_matter_belongs_to_the_first_slide() -> None:
    text = f"---\nmarp: true\n---\n\n{LINE.format('missing-theme')}\n\n# A\n"
    result = sort_accepted(course_of(text, {}), [wrong("missing-theme", 2)])
    assert (len(result.accepted), result.left) == (1, ())


def test_what_has_the_same_cause_is_accepted_in_the_whole_deck() -> None:
    pale = [
        wrong("low-contrast", line, slide, cause="theme gaia") for line, slide in ((1, 1), (7, 2), (13, 3))
    ]
    elsewhere = wrong("low-contrast", 1, 1, "slides/b.md", cause="theme gaia")
    own = wrong("low-contrast", 7, 2)
    result = sorted_of("low-contrast", *pale, elsewhere, own)
    assert [each.diagnostic for each in result.accepted] == pale
    assert result.left == (elsewhere, own)


def test_a_script_accepts_for_itself() -> None:
    here, there = wrong("stderr", 9, path=SCRIPT), wrong("stderr", 1, path=OTHER)
    result = sorted_of("overflow", here, there, wrong("overflow", 1))
    assert result.left == (there,)
    assert [each.reason for each in result.accepted] == ["noise", "why"]


def test_an_acceptance_that_nothing_needs_is_said() -> None:
    course = course_of(TEXT.format(LINE.format("overflow, clipped")), SCRIPTS)
    result = sort_accepted(course, [wrong("overflow", 1), wrong("too-small", 1)])
    unused = list(unused_acceptances(course, result.unused, result.left))
    assert places(unused) == [("unused-acceptance", 3), ("unused-acceptance", 1)]
    assert [(each.location.path, each.message, each.hint) for each in unused] == [
        (DECK, "nothing here is clipped any more", "there is too-small"),
        (SCRIPT, "nothing here is stderr any more", "remove it"),
    ]
    assert {each.severity for each in unused} == {"warning"}
