"""Figures with letters that no font has."""

from dataclasses import replace

import pytest

from deckwright.checks.missing_glyphs import check
from deckwright.model import MissingGlyphs, Severity
from support.course import SCRIPT, result_of
from support.evidence import evidence_of

CODE = "# %% a\n#| label: f\nfig\n# %% b\nprint(2)\n"


@pytest.mark.parametrize(
    ("deck", "glyphs", "expected"),
    [
        ("![f](../figures/f.svg)\n", [MissingGlyphs("안녕", "f.svg")], ["안 (U+C548) and 녕 (U+B155)"]),
        ("![f](../figures/f.svg)\n", [MissingGlyphs("안", "f.png"), MissingGlyphs("안", statement=0)], []),
        (
            "```text output=../snippets/a.py#a\n```\n",
            [MissingGlyphs("\ue000", statement=0), MissingGlyphs("\ue000", statement=0)],
            ["has U+E000"],
        ),
        ("```text output=../snippets/a.py#b\n```\n", [MissingGlyphs("안", statement=0)], []),
    ],
)
def test_letters_without_a_font_are_an_error_where_they_are_shown(
    deck: str, glyphs: list[MissingGlyphs], expected: list[str]
) -> None:
    (result,) = result_of("", "2\n").values()
    results = {SCRIPT: replace(result, missing_glyphs=tuple(glyphs))}
    found = list(check(evidence_of(deck, {SCRIPT: CODE}, results=results)))
    assert [(each.severity, each.slide) for each in found] == [(Severity.ERROR, 1)] * len(expected)
    assert all(words in each.message for words, each in zip(expected, found, strict=True))


def test_the_hint_names_what_could_not_be_fetched() -> None:
    (result,) = result_of("").values()
    glyphs = (MissingGlyphs("안", "f.svg"),)
    results = {SCRIPT: replace(result, missing_glyphs=glyphs, fonts={"Noto Sans KR": "absent"})}
    (found,) = check(evidence_of("![f](../figures/f.svg)\n", {SCRIPT: CODE}, results=results))
    assert "Noto Sans KR" in found.hint
