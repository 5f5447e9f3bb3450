"""States of slides in a build: each a run of its own, all in the page, and only one accepted."""

from pathlib import Path

import pytest

from deckwright.build.entry import build_or_replay
from deckwright.build.pipeline import build, plan_decks, sync
from deckwright.model import Artifact, Failure, FailureKind, Job, Raised, Request, Result, Status
from support.course import output
from support.fakes import House, house

TRAIN = """# /// script
# [tool.deckwright.vary]
# lr = [0.1, 0.5]
# ///
lr = 0.5
# %% fit
#| label: curve
print(lr)
"""
DECK = """# Training

```text output=../snippets/train.py#fit vary=lr
0.5
```

![A curve](../figures/curve.svg "vary: lr")
"""
TEXTS = {"slides/d.md": DECK, "snippets/train.py": TRAIN, "figures/curve.svg": "<svg>0.5</svg>"}
OWN, OTHER, THIRD = "snippets/train.py", "snippets/train.py@lr=0.1", "snippets/train.py@lr=0.9"


def trained(job: Job) -> Result:
    lr = dict(job.variant.overrides).get("lr", "0.5")
    pictures = tuple(Artifact(str(figure), f"<svg>{lr}</svg>".encode()) for figure in job.figures)
    return Result(job.id, "cpu", 0.1, (output(), output(f"{lr}\n")), {}, pictures)


@pytest.fixture
def home(tmp_path: Path) -> House:
    home = house(tmp_path, TEXTS)
    home.runner.results = dict.fromkeys((OWN, OTHER, THIRD), trained)
    return home


def ran(home: House, **choices: object) -> set[str]:
    home.runner.ran.clear()
    build_or_replay(home.context(Request(**choices)))  # type: ignore[arg-type]
    return set(home.runner.ran)


def edit(home: House, path: str, old: str, new: str) -> None:
    text = home.files.contents[path].decode()
    assert old in text
    home.files.contents[path] = text.replace(old, new).encode()


def test_another_value_runs_alone(home: House) -> None:
    assert ran(home) == {OWN, OTHER}
    assert ran(home) == set()
    edit(home, "snippets/train.py", "[0.1, 0.5]", "[0.1, 0.5, 0.9]")
    plan, _ = plan_decks(home.context())
    assert plan
    assert {step.job.id for step in plan.stale} == {THIRD}
    assert ran(home) == {THIRD}
    edit(home, "snippets/train.py", "print(lr)", "print(lr, lr)")
    assert ran(home) == {OWN, OTHER, THIRD}


def test_the_own_value_is_no_other_run(home: House) -> None:
    build(home.context())
    edit(home, "snippets/train.py", "lr = 0.5\n", "lr = 0.1\n")
    assert ran(home) == {OWN, "snippets/train.py@lr=0.5"}


def test_states_are_beside_the_deck_and_go_with_their_control(home: House) -> None:
    build(home.context())
    folder = home.project.build
    assert "0.1" not in (folder / "slides/d.md").read_text("utf-8")
    assert "\n0.1\n" in (folder / "slides/d@states.md").read_text("utf-8")
    (picture,) = (folder / "outputs").iterdir()
    assert picture.read_text("utf-8") == "<svg>0.1</svg>"
    edit(home, "slides/d.md", " vary=lr", "")
    edit(home, "slides/d.md", ' "vary: lr"', "")
    assert ran(home) == set()
    assert not (folder / "slides/d@states.md").exists()
    assert not picture.exists()


def test_sync_accepts_no_other_state(home: House) -> None:
    report, changes = sync(home.context())
    assert (report.diagnostics, changes) == ((), {})
    edit(home, "slides/d.md", "\n0.5\n", "\n0.7\n")
    _, changes = sync(home.context())
    assert list(changes) == ["slides/d.md"]
    assert b"\n0.5\n" in changes["slides/d.md"].after


def test_a_state_that_fails_is_an_error_that_names_its_values(home: House) -> None:
    failure = Failure(FailureKind.RAISED, "ValueError: no", 1, Raised("ValueError", "no"))
    home.runner.results[OTHER] = lambda job: Result(job.id, "cpu", 0.1, (output(),), failure=failure)
    report = build(home.context())
    (wrong,) = report.diagnostics
    assert (wrong.slug, wrong.message) == ("snippet-failed", "ValueError: no (with lr = 0.1)")
    assert "tool.deckwright.vary" in wrong.hint
    assert {job.job: job.status for job in report.jobs} == {OWN: Status.OK, OTHER: Status.FAILED}
    assert "0.5" in (home.project.build / "slides/d.md").read_text("utf-8")
    assert "ValueError: no" in (home.project.build / "slides/d@states.md").read_text("utf-8")


def test_only_one_state_may_run(home: House) -> None:
    assert ran(home, only=(OTHER,)) == {OTHER}
