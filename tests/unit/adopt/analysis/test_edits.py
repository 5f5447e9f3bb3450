"""Edits change what they name and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.adopt.analysis.edits import Edit, applied, notes_on, offset_before
from support.plain_decks import undone


@given(st.text(), st.data())
def test_edits_change_nothing_else(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    edits = [
        Edit(start, text[start:end], data.draw(st.text(max_size=5)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    assert undone(applied(text, edits), edits) == text


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        applied("abc", [Edit(1, "x", "y")])


def test_an_offset_of_the_changed_text_has_a_place_in_the_old_one() -> None:
    edits = [Edit(1, "", "xyz"), Edit(3, "de", "D"), Edit(6, "", "!")]
    text = "abcdefg"
    assert applied(text, edits) == "axyzbcDf!g"
    assert [offset_before(edits, at) for at in range(11)] == [0, 1, 1, 1, 1, 2, 3, 5, 6, 6, 7]


def test_edits_at_one_place_keep_their_order() -> None:
    assert applied("ac", [Edit(1, "", "b"), Edit(1, "", "B")]) == "abBc"


def test_notes_are_on_the_changed_lines() -> None:
    edits = [
        Edit(2, "", "x\n", "first"),
        Edit(2, "", "y\n", "second"),
        Edit(3, "", "!"),
        Edit(4, "c", "z", "third"),
    ]
    assert applied("a\nb\nc", edits) == "a\nx\ny\nb!\nz"
    assert notes_on("a\nb\nc", edits) == {"x": "first", "y": "second", "z": "third"}
