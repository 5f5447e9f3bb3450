"""What a slide shows of a figure at the steps of a flipbook."""

from dataclasses import replace

import pytest

from deckwright.compose.compose import compose
from deckwright.model import Artifact, Course, ExpandedDeck, Result
from support.course import SCRIPT, course_of, deck_of

CODE = """# %% above
plot()
# %% curve
#| label: curve
x = 1
open()
plot(x)
close()
"""
DECK = """```python file=../snippets/a.py#curve {1|2|3|all} flipbook
```

![w:300 A curve](../figures/curve.svg)

---

![](../figures/curve.svg)
"""
WHOLE = b'<svg width="4" height="3">whole</svg>'
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


def composed(drew: tuple[int, ...], **stages: bytes) -> tuple[list[bytes | None], ExpandedDeck]:
    """Return what each slide shows of the figure, None for the whole one; and the deck."""
    course: Course = course_of(DECK, {SCRIPT: CODE})
    assert not course.diagnostics
    saved = [Artifact(f"curve@{name[1:]}.svg", data, 1, after=int(name[1:])) for name, data in stages.items()]
    artifacts = (*saved, Artifact("curve.svg", WHOLE, 1))
    result = Result(SCRIPT, "cpu", 0.1, artifacts=artifacts, drew=drew)
    expanded = compose(deck_of(course), course, {SCRIPT: result})
    addresses = [
        row.partition("](../")[2].rstrip(")") for row in expanded.text.split("\n") if row.startswith("![")
    ]
    return [expanded.pictures.get(path) for path in addresses], expanded


def test_each_step_shows_the_figure_of_then() -> None:
    shown, expanded = composed((2,), _2=b"<svg>open</svg>", _3=b"<svg>plot</svg>")
    assert shown == [BLANK, b"<svg>open</svg>", b"<svg>plot</svg>", None, None]
    assert expanded.text.count("![w:300 A curve](../outputs/curve") == 3
    assert not expanded.diagnostics


@pytest.mark.parametrize(("drew", "expected"), [((0, 2), BLANK), ((0,), b"<svg>above</svg>")])
def test_a_figure_of_the_cells_above_counts_only_where_the_cell_opens_none(
    drew: tuple[int, ...], expected: bytes
) -> None:
    shown, _ = composed(drew, _1=b"<svg>above</svg>", _2=b"<svg>open</svg>", _3=b"<svg>plot</svg>")
    assert shown[0] == expected


def test_a_figure_that_exists_only_at_the_last_step() -> None:
    shown, expanded = composed(())
    assert shown == [BLANK, BLANK, BLANK, None, None]
    (late,) = expanded.diagnostics
    assert (late.slug, late.location.line, late.location.column) == ("late-figure", 4, 18)


def test_an_accepted_picture_has_no_steps() -> None:
    course = course_of(DECK, {SCRIPT: CODE}, ["figures/curve.svg"])
    expanded = compose(deck_of(course), replace(course), {})
    assert expanded.text.count("](../figures/curve.svg)") == 5
    assert not expanded.pictures
