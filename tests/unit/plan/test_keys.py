"""A key changes when the result may, and only then."""

from dataclasses import replace

import pytest

from deckwright.model import Cell, Figure, Job, Options, Statement, Unit, Variant
from deckwright.plan.keys import job_key, job_parts

UNIT = Unit(1, 2, (Statement(1, 1), Statement(2, 2)), "Module(body=[])")
CELL = Cell("train", 1, 2, 0, 2, label="loss")
JOB = Job(
    "snippets/a.py",
    "x = 1\n",
    (UNIT,),
    (CELL,),
    Options(),
    "cpu",
    figures=(Figure("loss", "svg", 0),),
)


def changed(job: Job, environment: str = "Python 3.12") -> set[str]:
    before, after = job_parts(JOB, "Python 3.12"), job_parts(job, environment)
    assert (job_key(before) == job_key(after)) == (before == after)
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    "job",
    [
        replace(JOB, source="# a comment\nx = 1\n"),
        replace(JOB, units=(replace(UNIT, first_line=7, last_line=9, statements=(Statement(8, 8),)),)),
        replace(JOB, cells=(replace(CELL, name="other", first_line=5, fig_alt="A curve"),)),
        replace(JOB, cells=(replace(CELL, smoke=False),)),
        replace(JOB, options=Options(device="cpu")),
        replace(JOB, imports=("torch",)),
    ],
)
def test_what_only_moves_or_presents_is_in_no_part(job: Job) -> None:
    assert changed(job) == set()


@pytest.mark.parametrize(
    ("job", "part"),
    [
        (replace(JOB, script="snippets/b.py"), "code"),
        (replace(JOB, units=(replace(UNIT, syntax="Module(body=[Pass()])"),)), "code"),
        (replace(JOB, units=(UNIT, UNIT)), "code"),
        (replace(JOB, cells=(replace(CELL, raises="RuntimeError"),)), "code"),
        (replace(JOB, cells=(replace(CELL, label="accuracy"),)), "code"),
        (replace(JOB, cells=(replace(CELL, fig_width=8.0),)), "code"),
        (replace(JOB, cells=(replace(CELL, end_statement=1),)), "code"),
        (replace(JOB, options=Options(seed=1)), "options"),
        (replace(JOB, device="cuda"), "device"),
        (replace(JOB, pythonpath=("snippets",)), "pythonpath"),
        (replace(JOB, variant=Variant("cpu")), "variant"),
        (replace(JOB, variant=Variant(overrides=(("lr", "0.1"),))), "variant"),
        (replace(JOB, variant=Variant(left_out=(0,))), "variant"),
        (replace(JOB, figures=()), "figures"),
    ],
)
def test_what_may_change_the_result_changes_its_part_alone(job: Job, part: str) -> None:
    assert changed(job) == {part}


def test_python_is_a_part() -> None:
    assert changed(JOB, "Python 3.13") == {"python"}


def test_the_order_of_figures_is_not() -> None:
    two = (Figure("a", "svg"), Figure("b", "svg", 1))
    parts = [job_parts(replace(JOB, figures=figures), "") for figures in (two, two[::-1])]
    assert parts[0] == parts[1]
