"""Scripts run as students run them: the reason is found where they print something else by chance."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from deckwright.build.alone import Trials
from deckwright.model import Chance, Event, Job, StandaloneRun, Varies
from support.course import SCRIPT, result_of
from support.evidence import evidence_of

DECK = "```text output=../snippets/a.py\n```\n"
CODE = "# /// script\n# [tool.deckwright]\n# seed = 7\n# ///\n{}\n"
SETS, PLAIN = CODE.format("print({1})"), CODE.format("print(1)")

Outcome = Callable[[Chance], str]


def trial(code: str, printed: Outcome, status: int = 0) -> tuple[StandaloneRun, list[Chance], list[Event]]:
    """Return how a script went whose slide shows `built`, what it ran with, and the events."""
    ran: list[Chance] = []
    happened: list[Event] = []

    def run(
        jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
    ) -> Iterator[tuple[str, StandaloneRun]]:
        ran.append(chance)
        for job in jobs:
            on_start(job.id)
            yield job.id, StandaloneRun(f"{printed(chance)}\n", "", status, 0.1)

    evidence = evidence_of(DECK, {SCRIPT: code}, results=result_of("built\n"))
    ((name, went),) = Trials(evidence, evidence.course.jobs, run, happened.append).outcomes()
    assert name == SCRIPT
    assert len(happened) == 2 * len(ran)
    return went, ran, happened


def test_what_prints_the_same_runs_once() -> None:
    went, ran, _ = trial(PLAIN, lambda _: "built")
    assert (went.varies, ran) == (None, [Chance()])


def test_what_is_decided_is_known_before_the_next_script_ends() -> None:
    """So a check that is stopped keeps it."""
    other = "snippets/b.py"
    results = result_of("built\n")
    results |= {other: results[SCRIPT]}
    evidence = evidence_of(DECK, {SCRIPT: PLAIN, other: PLAIN}, results=results)
    jobs = {name: replace(evidence.course.jobs[SCRIPT], script=name) for name in (SCRIPT, other)}

    def run(
        jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
    ) -> Iterator[tuple[str, StandaloneRun]]:
        yield SCRIPT, StandaloneRun("built\n", "", 0, 0.1)
        raise KeyboardInterrupt

    outcomes = Trials(evidence, jobs, run, lambda event: None).outcomes()
    assert next(outcomes)[0] == SCRIPT
    with pytest.raises(KeyboardInterrupt):
        next(outcomes)


def test_the_longest_starts_first() -> None:
    """So at the end, a core that has nothing left to run waits for a short one."""
    seconds = {"a.py": 2.0, "b.py": 3.0, "c.py": 1.0}
    results = {name: replace(result_of("")[SCRIPT], seconds=taken) for name, taken in seconds.items()}
    evidence = evidence_of(DECK, {SCRIPT: PLAIN}, results=results)
    jobs = {name: replace(evidence.course.jobs[SCRIPT], script=name) for name in seconds}
    started: list[str] = []

    def run(
        jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
    ) -> Iterator[tuple[str, StandaloneRun]]:
        started.extend(job.id for job in jobs)
        return iter(())

    assert not list(Trials(evidence, jobs, run, lambda event: None).outcomes())
    assert started == ["b.py", "a.py", "c.py"]


def test_what_may_depend_on_chance_runs_with_others_too() -> None:
    went, ran, _ = trial(SETS, lambda _: "built")
    assert (went.varies, len({chance.hashes for chance in ran}), len({chance.seed for chance in ran})) == (
        None,
        3,
        3,
    )


@pytest.mark.parametrize("code", [SETS, PLAIN])
@pytest.mark.parametrize(
    ("printed", "varies"),
    [
        (lambda chance: "built" if chance.hashes == 0 else "other", Varies.ORDER),
        (lambda chance: "built" if chance.seed == 7 else f"other {chance.seed}", Varies.GENERATOR),
        (lambda chance: "built" if chance == Chance(0, 7) else f"other {chance.seed}", Varies.BOTH),
        (lambda chance: f"{chance.hashes} {chance.seed}", Varies.ALWAYS),
        (lambda _: "other", None),
    ],
)
def test_the_reason(code: str, printed: Outcome, varies: Varies | None) -> None:
    went, _, _ = trial(code, printed)
    assert (went.varies, went.stdout != "built\n") == (varies, True)


def test_a_student_who_was_lucky_does_not_hide_it() -> None:
    went, _, _ = trial(SETS, lambda chance: "built" if chance.hashes in (0, 1) else "other")
    assert (went.varies, went.stdout) == (Varies.ORDER, "other\n")


def test_what_fails_has_no_such_reason() -> None:
    went, ran, _ = trial(SETS, lambda _: "built", status=1)
    assert (went.varies, ran) == (None, [Chance()])
