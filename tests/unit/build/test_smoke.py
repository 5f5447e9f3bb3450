"""Smoke runs: a second variant with records and pages of its own, marked, and never accepted."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from deckwright.build.context import Context
from deckwright.build.entry import build_or_replay
from deckwright.build.pipeline import build, plan_decks, sync
from deckwright.build.smoke import smoke_context
from deckwright.model import Artifact, CaseState, Check, Job, Report, Request, Result, State
from deckwright.report.junit import junit_xml
from support.course import output
from support.fakes import House, house

TRAIN = """# /// script
# [tool.deckwright.smoke]
# epochs = 1
# ///
epochs = 30
# %% fit
print(epochs)
# %% curve
#| label: curve
draw()
# %% claims
#| smoke: false
print("holds")
best = 0.5
"""
DECK = """# Training

```text output=../snippets/train.py#fit
30
```

![A curve](../figures/curve.svg)

---

# Claims

```text output=../snippets/train.py#claims
holds
```

The best is [0.5](../snippets/train.py#best "{}").

---

# Others

```text output=../snippets/other.py
other
```
"""
TEXTS = {
    "slides/d.md": DECK,
    "snippets/train.py": TRAIN,
    "snippets/other.py": "print('other')\n",
    "figures/curve.svg": "<svg>30</svg>",
}
SMALL = "snippets/train.py@epochs=1"


def trained(job: Job) -> Result:
    """Return what the script gives with its own values, or with small ones."""
    small = dict(job.variant.overrides)
    epochs = small.get("epochs", "30")
    outputs = ["", f"{epochs}\n", "", "" if small else "holds\n", ""]
    pictures = tuple(Artifact(str(figure), f"<svg>{epochs}</svg>".encode()) for figure in job.figures)
    values = {} if small else {"best": 0.5}
    return Result(job.id, "cpu", 0.1, tuple(map(output, outputs)), values, pictures)


@pytest.fixture
def home(tmp_path: Path) -> House:
    home = house(tmp_path, TEXTS)
    home.runner.results = {
        "snippets/train.py": trained,
        SMALL: trained,
        "snippets/other.py": lambda job: Result(job.id, "cpu", 0.1, (output("other\n"),)),
    }
    return home


def smoke(home: House, **choices: object) -> Context:
    """Return the context of a smoke run, whose renderer writes where its pages are."""
    context = smoke_context(home.context(Request(**choices)))  # type: ignore[arg-type]
    home.renderer.build = context.build
    return context


def whole(home: House, **choices: object) -> Context:
    home.renderer.build = home.project.build
    return home.context(Request(**choices))  # type: ignore[arg-type]


def ran(home: House, context: Context) -> set[str]:
    """Build; return what ran."""
    home.runner.ran.clear()
    build(context)
    return set(home.runner.ran)


def checked(home: House) -> Report:
    return build(smoke(home, check=Check()))


def test_the_variants_do_not_touch_each_other_s_records(home: House) -> None:
    assert ran(home, whole(home)) == {"snippets/train.py", "snippets/other.py"}
    assert ran(home, smoke(home)) == {SMALL}
    assert ran(home, whole(home)) == set()
    assert ran(home, smoke(home)) == set()


def test_what_a_smoke_run_did_of_other_scripts_counts(home: House) -> None:
    assert ran(home, smoke(home)) == {SMALL, "snippets/other.py"}
    assert ran(home, whole(home)) == {"snippets/train.py"}


def test_another_value_or_cell_runs_the_small_one_alone(home: House) -> None:
    build(whole(home))
    build(smoke(home))
    for text in (TRAIN.replace("epochs = 1", "epochs = 2"), TRAIN.replace("smoke: false", "smoke: true")):
        home.files.contents["snippets/train.py"] = text.encode()
        home.runner.results["snippets/train.py@epochs=2"] = trained
        assert ran(home, whole(home)) == set()
        assert len(ran(home, smoke(home))) == 1


def test_a_table_of_small_values_reruns_nothing(home: House) -> None:
    with_table = home.files.contents["snippets/train.py"]
    home.files.contents["snippets/train.py"] = (
        TRAIN[TRAIN.index("epochs = 30") :].replace("#| smoke: false\n", "").encode()
    )
    build(whole(home))
    home.files.contents["snippets/train.py"] = with_table
    assert ran(home, whole(home)) == set()


def test_its_pages_replace_none(home: House) -> None:
    build(whole(home))
    before = home.built()
    report = build(smoke(home))
    after = home.built()
    assert {path: after[path] for path in before} == before
    assert {"smoke/html/d.html", "smoke/index.html", "smoke/report.json"} <= after.keys()
    assert report.smoke == (SMALL,)
    assert b"smoke run: 1 script with small values" in after["smoke/index.html"].lower()
    assert b"smoke run" not in after["index.html"].lower()


def test_a_slide_says_which_values_its_results_have(home: House) -> None:
    build(smoke(home))
    training, claims, others = home.built()["smoke/slides/d.md"].decode().split("\n---\n")
    mark = "<!-- lint ignore deckwright-smoke -->"
    assert mark in training
    assert r"epochs \= 1*" in training
    assert "\n1\n" in training
    assert r"accepted results*" in claims
    assert "holds" in claims
    assert "The best is 0\\.5" in claims
    assert mark not in others
    build(whole(home))
    assert mark not in home.built()["slides/d.md"].decode()


@pytest.mark.parametrize(
    ("setting", "shown"),
    [("best = 0.5", "0\\.5"), ("best = 0.5\n# %% late\nbest = 0.1", "0\\.1")],
    ids=["the-last-setting-is-left-out", "it-runs"],
)
def test_a_value_that_a_left_out_cell_sets_last_is_the_accepted_one(
    home: House, setting: str, shown: str
) -> None:
    text = TRAIN.replace("print(epochs)", "print(epochs)\nbest = 0.1").replace("best = 0.5", setting)
    home.files.contents["snippets/train.py"] = text.encode()
    home.runner.results[SMALL] = lambda job: replace(trained(job), values={"best": 0.1})
    build(smoke(home))
    assert f"The best is {shown}" in home.built()["smoke/slides/d.md"].decode()


def test_differences_from_accepted_results_are_none(home: House) -> None:
    report = checked(home)
    assert report.diagnostics == ()
    assert home.renderer.compared == []
    states = {case.name: case.state for case in report.cases}
    assert states["train.py#fit:output"] == states["curve.svg"] == CaseState.SMOKE
    assert states["train.py#claims:output"] == CaseState.SMOKE
    assert states["other.py:output"] == CaseState.PROVED


def test_junit_says_which_cases_had_small_values(home: House) -> None:
    suite = ElementTree.fromstring(junit_xml(checked(home)))
    skipped = {
        case.attrib["name"]: skip.attrib["message"] for case in suite.iter("testcase") for skip in case
    }
    assert skipped == {
        "train.py#fit:output": "smoke run: epochs=1",
        "curve.svg": "smoke run: epochs=1",
        "train.py#claims:output": "smoke run: a smoke run leaves it out",
        "train.py#best:value": "smoke run: a smoke run leaves it out",
    }


def test_other_scripts_are_compared_as_always(home: House) -> None:
    home.files.contents["slides/d.md"] = DECK.replace("\nother\n", "\nelse\n").encode()
    assert [each.slug for each in checked(home).diagnostics] == ["drifted"]


def test_an_acceptance_that_small_results_do_not_need_stays(home: House) -> None:
    deck = DECK.replace("# Training\n", '# Training\n\n[//]: # (deckwright: accept drifted "soon")\n')
    home.files.contents["slides/d.md"] = deck.encode()
    assert checked(home).diagnostics == ()
    assert [each.slug for each in build(whole(home, check=Check())).diagnostics] == ["unused-acceptance"]


def test_no_student_runs_small_values(home: House) -> None:
    build(smoke(home, check=Check(standalone=True)))
    assert set(home.ran_standalone) == {"snippets/other.py"}


def test_sync_accepts_none_of_it(home: House) -> None:
    build(smoke(home))
    home.runner.ran.clear()
    _, changes = sync(whole(home))
    assert home.runner.ran == ["snippets/train.py"]
    assert changes == {}


def test_a_second_smoke_run_repeats_the_first(home: House) -> None:
    first = build_or_replay(smoke(home))
    home.renderer.rendered.clear()
    second = build_or_replay(smoke(home))
    assert second.smoke == first.smoke
    assert home.renderer.rendered == []


def test_a_plan_says_what_a_smoke_run_would_run(home: House) -> None:
    build(whole(home))
    plan, _ = plan_decks(smoke(home))
    assert plan
    assert {step.job.id: step.state for step in plan.steps} == {
        SMALL: State.STALE,
        "snippets/other.py": State.FRESH,
    }


def test_a_file_that_others_read_is_not_replaced_unnoticed(home: House) -> None:
    def writes(job: Job) -> Result:
        home.files.contents["snippets/learnt.json"] = dict(job.variant.overrides).get("epochs", "30").encode()
        return replace(trained(job), writes=frozenset({"snippets/learnt.json"}))

    def reads(job: Job) -> Result:
        stamp = home.files.stamp("snippets/learnt.json")
        return Result(job.id, "cpu", 0.1, (output("other\n"),), reads={"snippets/learnt.json": stamp})

    home.runner.results |= {"snippets/train.py": writes, SMALL: writes, "snippets/other.py": reads}
    assert build(whole(home)).diagnostics == ()
    (found,) = build(smoke(home)).diagnostics
    assert (found.slug, found.location.path, found.location.line) == (
        "smoke-replaces",
        "snippets/train.py",
        2,
    )
    assert found.message == "the smoke run has replaced snippets/learnt.json, which snippets/other.py reads"


def test_a_file_of_its_own_may_be_written(home: House) -> None:
    def writes(job: Job) -> Result:
        home.files.contents["snippets/model.bin"] = job.id.encode()
        return replace(trained(job), writes=frozenset({"snippets/model.bin"}))

    home.runner.results |= {"snippets/train.py": writes, SMALL: writes}
    build(whole(home))
    assert build(smoke(home)).diagnostics == ()


def test_an_accepted_picture_is_not_replaced_unnoticed(home: House) -> None:
    def writes(job: Job) -> Result:
        home.files.contents["figures/curve.svg"] = b"<svg>1</svg>"
        return replace(trained(job), writes=frozenset({"figures/curve.svg"}))

    home.runner.results[SMALL] = writes
    (found,) = build(smoke(home)).diagnostics
    assert found.message == "the smoke run has replaced figures/curve.svg, which slides/d.md shows"
