"""The program of a deck as a script."""

from hypothesis import given

from deckwright.adopt.analysis.edits import applied
from deckwright.adopt.analysis.extract import extract
from deckwright.adopt.analysis.figures import figure_labels
from deckwright.adopt.analysis.outputs import shown_outputs
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from support.plain_decks import analyses, fence, judged, undone


@given(analyses())
def test_the_rest_of_the_deck_stays_byte_for_byte(analysis: DeckAnalysis) -> None:
    deck, outputs, labels = analysis.deck, shown_outputs(analysis), figure_labels(analysis)
    edits, _ = extract(analysis, outputs, labels, "snippets/deck.py")
    assert undone(applied(deck.text, edits), edits) == deck.text


def test_each_fence_is_a_region_with_a_name() -> None:
    text = "# Loss\n" + fence("def f(): ...") + fence("x = np.ones(2)") + fence("print(x)")
    analysis = judged(text + fence("1", info="text"), printed={8: "1"})
    edits, script = extract(analysis, shown_outputs(analysis), {}, "snippets/deck.py")
    assert script == (
        '"""Loss: the code of slides/deck.md, in the order of its slides."""\n\nimport numpy as np\n\n'
        "# region f\ndef f(): ...\n# endregion f\n\n# region loss\nx = np.ones(2)\n# endregion loss\n\n"
        "# region loss-2\nprint(x)\n# endregion loss-2\n"
    )
    deck = applied(analysis.deck.text, edits)
    assert "```python file=../snippets/deck.py#loss-2\n" in deck
    assert "```text output=../snippets/deck.py#loss-2\n" in deck


def test_code_that_displays_a_value_becomes_a_cell() -> None:
    analysis = judged(fence("x = 1", "x") + fence("1", info="text"), printed={1: "1"})
    assert "# %% slide-1\nx = 1\nx\n" in extract(analysis, shown_outputs(analysis), {}, "snippets/d.py")[1]
