"""What varies on slides: the jobs of their states, their controls, and what is wrong with them."""

import pytest

from deckwright.model import Course
from deckwright.resolve import with_smoke
from support.course import SCRIPT, course_of, deck_of

CODE = """# /// script
# [tool.deckwright.vary]
# lr = [0.1, 0.5, 1.0]
# rule = ["plain", "momentum"]
# big = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
# ///
lr = 0.5
rule = "plain"
big = 1
loss = lr
print(loss)
# %% draw
#| label: loss
draw()
"""
OTHER = "# /// script\n# [tool.deckwright.vary]\n# lr = [0.1, 0.5]\n# ///\nlr = 0.1\nprint(lr)\n"
OUTPUT = "```text output=../snippets/a.py vary={}\n```\n"


def course(deck: str) -> Course:
    return course_of(deck, {SCRIPT: CODE, "snippets/b.py": OTHER})


@pytest.mark.parametrize(
    "reference",
    [
        OUTPUT.format("lr"),
        '[](../snippets/a.py#loss "{:.2f} vary: lr")\n',
        '![loss](../figures/loss.svg "vary: lr")\n',
        '<b>[](../snippets/a.py#loss "vary: lr")</b>\n',
    ],
)
def test_a_reference_that_varies_is_a_run_for_each_value(reference: str) -> None:
    found = course(reference)
    assert not found.diagnostics
    assert sorted(found.jobs) == ["snippets/a.py", "snippets/a.py@lr=0.1", "snippets/a.py@lr=1.0"]
    (shown,) = deck_of(found).references
    assert found.job_of(shown) == "snippets/a.py"
    assert found.job_of(shown, (("lr", "1.0"), ("rule", "'momentum'"))) == "snippets/a.py@lr=1.0"
    assert sorted(found.jobs_of(shown)) == sorted(found.jobs)


def test_all_jobs_of_a_reference_leave_what_it_shows() -> None:
    found = course('![loss](../figures/loss.svg "vary: lr") [](../snippets/a.py#loss "vary: lr")\n')
    assert {len(job.figures) for job in found.jobs.values()} == {1}
    assert {job.values[0].name for job in found.jobs.values()} == {"loss"}


def test_names_make_a_grid_whose_runs_slides_share() -> None:
    found = course(OUTPUT.format("lr,rule") + "\n---\n\n" + OUTPUT.format("rule,lr"))
    assert len(found.jobs) == 6
    assert [[each.name for each in on] for on in found.controls["slides/deck.md"].values()] == [
        ["lr", "rule"],
        ["rule", "lr"],
    ]


def test_a_device_and_a_name() -> None:
    found = course("```text output=../snippets/a.py vary=rule device=cpu\n```\n")
    assert sorted(found.jobs) == ["snippets/a.py@cpu", "snippets/a.py@cpu,rule='momentum'"]


@pytest.mark.parametrize(
    ("deck", "wrong"),
    [
        (OUTPUT.format("speed"), "lists no values of 'speed'"),
        (OUTPUT.format("lr,rule,big"), "slide 1 has 72 states: 3 of lr × 2 of rule × 12 of big; at most 64"),
        (OUTPUT.format("lr,big") + "\n" + OUTPUT.format("rule"), "slide 1 has 72 states"),
        (
            OUTPUT.format("lr") + "\n```text output=../snippets/b.py vary=lr\n```\n",
            "has other values of 'lr'",
        ),
        (OUTPUT.format("1lr"), "'vary' must be names of the script"),
        ('[](../snippets/a.py#loss "vary: a b")\n', "after 'vary:' there must be names of the script"),
        ('<!-- about [](../snippets/a.py#loss "vary: lr") -->\n', "a value that varies cannot stand here"),
        ("```python file=../snippets/a.py vary=lr\n```\n", "only a result varies"),
    ],
)
def test_what_cannot_vary(deck: str, wrong: str) -> None:
    found = course(deck)
    (diagnostic,) = found.diagnostics
    assert diagnostic.slug == "bad-attribute"
    assert wrong in diagnostic.message
    assert len(found.jobs) < 64
    # A deck with errors is not built, and still reported.
    assert all({*found.jobs_of(each)} <= found.jobs.keys() for each in deck_of(found).references)


def test_a_smoke_run_does_not_vary() -> None:
    found = with_smoke(course(OUTPUT.format("lr")))
    assert list(found.jobs) == ["snippets/a.py"]
    assert found.controls == {}
