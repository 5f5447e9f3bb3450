"""The states of slides with controls: the accepted one in the deck, and all of them in another one."""

from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.model import Artifact, Course, ExpandedDeck, Failure, FailureKind, Result
from support.course import SCRIPT, course_of, deck_of, output

CODE = """# /// script
# [tool.deckwright.vary]
# lr = [0.1, 0.5]
# ///
lr = 0.5
# region shown
print(lr)
# endregion shown
# %% draw
#| label: loss
draw()
"""
DECK = """---
marp: true
---

<!-- class: lead -->

# One

```text output=../snippets/a.py#shown vary=lr
0.5
```

[0.5](../snippets/a.py#lr "{:.1f} vary: lr") ![w:300 loss](../figures/loss.svg "vary: lr")

---

# Two

```text output=../snippets/a.py#shown
```
"""
OTHER = f"{SCRIPT}@lr=0.1"


def course(deck: str = DECK) -> Course:
    found = course_of(deck, {SCRIPT: CODE})
    assert not found.diagnostics
    return found


def result(job: str, lr: str, failure: Failure | None = None) -> Result:
    outputs = (output(), output(f"{lr}\n"), output())
    return Result(
        job, "cpu", 0.1, outputs, {"lr": float(lr)}, (Artifact("loss.svg", lr.encode()),), failure=failure
    )


RESULTS = {SCRIPT: result(SCRIPT, "0.5"), OTHER: result(OTHER, "0.1")}


def expanded(results: dict[str, Result], deck: str = DECK, **missing: str) -> ExpandedDeck:
    found = course(deck)
    return compose(deck_of(found), found, results, {OTHER: "it was not asked for"} if missing else {})


def states(deck: ExpandedDeck) -> list[str]:
    assert deck.states
    return deck.states.text.split("\n---\n")


def test_the_deck_shows_the_accepted_state() -> None:
    text = expanded(RESULTS).text
    assert r"0\.5 ![w:300 loss](../figures/loss.svg)" in text
    assert "0.1" not in text.replace("\\", "")


def test_each_state_is_a_slide_of_another_deck() -> None:
    found = expanded(RESULTS)
    head, low, high, two = states(found)[0], *states(found)[1:]
    assert head.endswith("marp: true")
    assert "```text\n0.1\n```" in low
    assert "```text\n0.5\n```" in high
    assert r"0\.5 ![w:300 loss](../figures/loss.svg)" in high
    (path,) = found.states.pictures if found.states else ()
    assert rf"0\.1 ![w:300 loss](../{path})" in low
    assert "output=../snippets/a.py#shown" in two  # as it is written: nobody sees it
    (page,) = found.controlled
    assert (page.page, page.slide, page.first) == (0, 1, 0)
    assert [str(state) for state in page.states] == ["lr = 0.1", "lr = 0.5"]
    assert "_paginate: skip" in high
    assert "_paginate" not in low


def test_steps_have_the_same_states() -> None:
    steps = "# A\n\n---\n\n```python file=../snippets/a.py#shown {1|1}\n```\n\n" + DECK[DECK.index("[0.5]") :]
    found = expanded(RESULTS, steps)
    assert [(each.page, each.slide, each.first) for each in found.controlled] == [(1, 2, 1), (2, 2, 3)]
    assert len(states(found)) == 1 + 4 + 1


def test_the_same_picture_has_the_same_path() -> None:
    deck = DECK + '\n---\n\n![again](../figures/loss.svg "vary: lr")\n'
    assert len(expanded(RESULTS, deck).states.pictures) == 1  # type: ignore[union-attr]


def test_a_state_that_failed_shows_its_error_and_the_others_work() -> None:
    failure = Failure(FailureKind.TIMEOUT, "it took too long", 1)
    found = expanded({**RESULTS, OTHER: result(OTHER, "0.1", failure)})
    low, high = states(found)[1:3]
    assert "```pytb\nit took too long\n```" in low
    assert '```text rows="2"\n0.5\n```' in high
    assert not found.diagnostics


def test_a_state_that_did_not_run_says_so_and_shows_nothing_accepted() -> None:
    found = expanded({SCRIPT: RESULTS[SCRIPT]}, why="it was not asked for")
    low = states(found)[1]
    assert "```text\n(no result yet: it was not asked for)\n```" in low
    assert r"\(no result yet\) **figures" in low
    assert found.accepted == ()


def test_only_the_accepted_state_is_compared_and_accepted() -> None:
    assert expanded(RESULTS).diagnostics == ()
    found = course()
    assert accept(deck_of(found), found, RESULTS) == DECK.replace("#shown\n```\n", "#shown\n0.5\n```\n")
    stale = DECK.replace("\n0.5\n```", "\n0.1\n```", 1)
    drifted = compose(deck_of(course(stale)), course(stale), RESULTS)
    assert [each.slug for each in drifted.diagnostics] == ["drifted"]


def test_a_value_that_only_one_state_lacks_is_an_error_that_names_it() -> None:
    lacking = Result(OTHER, "cpu", 0.1, RESULTS[OTHER].outputs, {}, RESULTS[OTHER].artifacts)
    (diagnostic,) = expanded({**RESULTS, OTHER: lacking}).diagnostics
    assert diagnostic.slug == "missing-value"
    assert "(with lr = 0.1)" in diagnostic.message
