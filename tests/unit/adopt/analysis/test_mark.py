"""What adopting adds to a deck, and that it touches nothing else."""

import pytest
from hypothesis import given

from deckwright.adopt.analysis.edits import applied
from deckwright.adopt.analysis.figures import figure_labels
from deckwright.adopt.analysis.mark import marks
from deckwright.adopt.analysis.outputs import shown_outputs
from deckwright.adopt.analysis.pictures import propose_alts
from deckwright.adopt.analysis.verdicts import DeckAnalysis, analyse
from deckwright.parse import parse_deck
from support.plain_decks import analyses, judged, undone


@given(analyses())
def test_what_is_not_marked_stays_byte_for_byte(analysis: DeckAnalysis) -> None:
    deck = analysis.deck
    edits = [
        *marks(analysis, shown_outputs(analysis), figure_labels(analysis)),
        *propose_alts(deck).values(),
    ]
    changed = applied(deck.text, edits)
    assert undone(changed, edits) == deck.text
    after = parse_deck(deck.path, changed)
    assert [slide.title for slide in after.slides] == [slide.title for slide in deck.slides]
    slugs = {d.slug for d in after.diagnostics} - {d.slug for d in deck.diagnostics}
    assert slugs <= {"bad-option", "bad-attribute"}, after.diagnostics
    assert not propose_alts(after)
    if analysis.fences == analyse(deck, {}).fences:
        again = analyse(after, {})
        assert not list(marks(again, {}, figure_labels(again)))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_added_lines_end_as_the_lines_around_them(end: str) -> None:
    rows = "```python\nfrom __future__ import annotations\nnp.ones(3)\n```\n"
    analysis = judged(rows.replace("\n", end))
    expected = "```python exec\nfrom __future__ import annotations\nimport numpy as np\nnp.ones(3)\n```\n"
    assert applied(analysis.deck.text, marks(analysis, {}, {})) == expected.replace("\n", end)


def test_line_numbers_on_a_fence_move_with_its_code() -> None:
    analysis = judged("```python {1|2} lines=1-2\nnp.ones(3)\nx = 1\n```\n")
    assert "```python exec {2|3} lines=2-3\n" in applied(analysis.deck.text, marks(analysis, {}, {}))
