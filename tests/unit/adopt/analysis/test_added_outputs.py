"""Output fences that adopting adds."""

from dataclasses import replace

from deckwright.adopt.analysis.added_outputs import SIZES, added_edits, better_plan, first_plan
from deckwright.adopt.analysis.edits import applied
from deckwright.adopt.analysis.outputs import unshown_outputs
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from support.plain_decks import fence, judged

ROWS = [f"row {number}" for number in range(20)]


def analysis_of(text: str, *lines: int) -> DeckAnalysis:
    """Return the analysis of a deck in which the code at these lines printed 20 rows."""
    texts = {size: "\n".join(ROWS[: size or None]) for size in SIZES}
    printed = dict.fromkeys(lines, texts[0])
    return replace(judged(text, printed=printed), showable=dict.fromkeys(lines, texts))


def test_only_what_no_fence_shows() -> None:
    code, text = fence("print(1)"), fence("anything", info="text")
    assert not list(unshown_outputs(analysis_of(code), {}))
    assert [each.fence.line for each in unshown_outputs(analysis_of(code, 1), {})] == [1]
    assert not list(unshown_outputs(analysis_of(code + text, 1), {}))
    assert not list(unshown_outputs(analysis_of(code + fence(info="text output"), 1), {}))
    assert not list(unshown_outputs(analysis_of(fence("print(1)", info="python exec hide"), 1), {}))
    assert [each.fence.line for each in unshown_outputs(analysis_of(code + code, 1, 4), {})] == [1, 4]


def test_a_plan_becomes_shorter_and_looser_and_then_gives_up() -> None:
    analysis = analysis_of(fence("print(1)"), 1)
    first = first_plan(analysis, [judged.fence for judged in analysis.program])
    assert first[1].attributes == " max-lines=8"
    second = better_plan(analysis, first, full={1}, drifted=())
    assert second[1].attributes == " max-lines=3"
    third = better_plan(analysis, second, full=(), drifted={1})
    assert third[1].attributes == " max-lines=3 compare=shape"
    assert better_plan(analysis, third, full={2}, drifted=()) == third
    assert better_plan(analysis, third, full=(), drifted={1}) == {}


def test_an_output_stands_below_its_code_in_the_same_list() -> None:
    analysis = analysis_of("- a\n\n  ```python\n  print(1)\n  ```", 3)
    plan = better_plan(analysis, first_plan(analysis, [analysis.program[0].fence]), {1}, ())
    changed = applied(analysis.deck.text, added_edits(analysis, plan))
    assert changed.partition("  print(1)\n  ```")[2] == (
        "\n\n  ```text output max-lines=3\n  row 0\n  row 1\n  row 2\n  ```"
    )
    changed = applied(analysis.deck.text, added_edits(analysis, plan, {3: "../snippets/a.py#a"}))
    assert "\n  ```text output=../snippets/a.py#a max-lines=3\n" in changed
