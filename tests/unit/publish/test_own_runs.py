"""Scripts of exercises, run without their solutions: what counts as a stop at the gap."""

from __future__ import annotations

import pytest

from deckwright.model import Failure, FailureKind, Frame, Raised, Result
from deckwright.publish.own_runs import not_at_gap, own_jobs
from deckwright.publish.sources import Sources
from support.course import SCRIPT, course_of
from support.fakes import MemoryFiles

DECK = "```text output=../snippets/a.py\n```\n\n![late](../figures/late.svg)\n"
IN_FUNCTION = """\
# BEGIN SOLUTION
# %%
y = 1
# END SOLUTION


def double(x):
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION


print(double(2))
# %%
#| label: late
import matplotlib.pyplot as plt
"""
ONLY_FUNCTION = "def double(x):\n    # BEGIN SOLUTION\n    return 2 * x\n    # END SOLUTION\n"
AT_TOP = "x = 1\n# BEGIN SOLUTION\nx = 2\n# END SOLUTION\nprint(x)\n"
HELPER = "snippets/helper.py"


def sources(script: str, reads: tuple[str, ...] = (), **files: str) -> Sources:
    course = course_of(DECK if "late" in script else DECK.partition("!")[0], {SCRIPT: script})
    return Sources(course, MemoryFiles({HELPER: ONLY_FUNCTION.encode()}), {SCRIPT: frozenset(reads)})


def raised(line: int, message: str, type: str = "NotImplementedError", path: str = SCRIPT) -> Failure:
    error = Raised(type, message, (Frame(path, line, "<module>", ""),))
    return Failure(FailureKind.RAISED, f"{type}: {message}", 0, error)


GOOD = {
    "at the gap": (AT_TOP, (), raised(2, "a")),
    "in a function that it does not call": (ONLY_FUNCTION, (), None),
    "in a module": ("from helper import double\ndouble(1)\n", (HELPER,), raised(2, "double", path=HELPER)),
    "in a module whose gap it does not reach": ("from helper import double\n", (HELPER,), None),
}
WRONG = {
    "to its end": (AT_TOP, (), None, f"{SCRIPT}:2", "it runs to its end"),
    "another line": (AT_TOP, (), raised(3, "a"), f"{SCRIPT}:2", "NotImplementedError: a (snippets/a.py:3)"),
    "another exercise": (AT_TOP, (), raised(2, "b"), f"{SCRIPT}:2", "NotImplementedError: b"),
    "another error": (AT_TOP, (), raised(2, "a", "ValueError"), f"{SCRIPT}:2", "ValueError: a"),
    "a limit": (
        AT_TOP,
        (),
        Failure(FailureKind.TIMEOUT, "took long\nvery"),
        f"{SCRIPT}:2",
        "ends with took long",
    ),
    "a module's error": (
        "from helper import double\ndouble(1)\n",
        (HELPER,),
        raised(1, "no", "KeyError", HELPER),
        f"{HELPER}:2",
        "KeyError: no (snippets/helper.py:1)",
    ),
}


@pytest.mark.parametrize(("script", "reads", "failure"), GOOD.values(), ids=GOOD)
def test_it_stops_at_the_gap(script: str, reads: tuple[str, ...], failure: Failure | None) -> None:
    result = Result(SCRIPT, "cpu", 0.1, failure=failure)
    assert list(not_at_gap(sources(script, reads), {SCRIPT: result})) == []
    assert set(own_jobs(sources(script, reads))) == {SCRIPT}


@pytest.mark.parametrize(("script", "reads", "failure", "place", "says"), WRONG.values(), ids=WRONG)
def test_it_does_not(
    script: str, reads: tuple[str, ...], failure: Failure | None, place: str, says: str
) -> None:
    result = Result(SCRIPT, "cpu", 0.1, failure=failure)
    (found,) = not_at_gap(sources(script, reads), {SCRIPT: result})
    assert f"{found.location.path}:{found.location.line}" == place
    assert says in found.message


def test_what_students_get_is_what_runs() -> None:
    job = own_jobs(sources(IN_FUNCTION))[SCRIPT]
    assert "2 * x" not in job.source
    assert [cell.label for cell in job.cells] == ["late"]
    assert [(str(figure), figure.cell) for figure in job.figures] == [("late.svg", 0)]
    assert job.end_statement == 4


def test_a_course_without_exercises_runs_nothing() -> None:
    assert own_jobs(sources("x = 1\n")) == {}
