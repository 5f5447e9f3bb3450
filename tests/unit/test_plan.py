"""What would run, and why."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from deckwright.fingerprint import job_key, job_parts
from deckwright.model import Figure, Job, Options, Plan, Record, State
from deckwright.parse import parse_script
from deckwright.plan import make_plan

NOTHING: Mapping[str, Any] = {}


def job(path: str = "snippets/a.py", text: str = "x = 1\n", device: str = "any", **more: object) -> Job:
    script = parse_script(path, text)
    return Job(path, text, script.units, script.cells, Options(device=device), "any", **more)  # type: ignore[arg-type]


def record(of: Job, device: str = "cpu", seconds: float = 1.0, failed: bool = False, **reads: str) -> Record:
    parts = job_parts(replace(of, device=device), "python 3")
    files = {name.replace("_", "."): digest for name, digest in reads.items()}
    return Record(of.id, job_key(parts), parts, files, seconds, failed)


def plan(
    *jobs: Job,
    records: Mapping[str, Record] = NOTHING,
    files: Mapping[str, str] = NOTHING,
    environment: str = "python 3",
    force: bool = False,
) -> Plan:
    return make_plan(
        jobs,
        record_of=records.get,
        digest_of=lambda path: files.get(path, ""),
        device_for={"any": "cpu", "cpu": "cpu"}.get,
        environment=environment,
        force=force,
    )


def reason(*args: Job, **more: object) -> tuple[State, str]:
    (step,) = plan(*args, **more).steps  # type: ignore[arg-type]
    return step.state, step.reason


A = job()


@pytest.mark.parametrize(
    ("now", "more", "expected"),
    [
        (A, {}, (State.FRESH, "nothing changed")),
        (job(text="# moved\n\nx = 1  # same\n"), {}, (State.FRESH, "nothing changed")),
        (job(text="x = 2\n"), {}, (State.STALE, "its code changed")),
        (job(figures=(Figure("a", "svg"),)), {}, (State.STALE, "other figures are asked for")),
        (A, {"environment": "python 4"}, (State.STALE, "Python, a package or Deckwright changed")),
        (A, {"force": True}, (State.STALE, "you asked for it")),
        (job(device="cuda"), {}, (State.ABSENT, "cuda is absent here")),
        (job(device="cuda"), {"force": True}, (State.ABSENT, "cuda is absent here")),
        (A, {"records": {}}, (State.STALE, "it never ran")),
        (A, {"records": {A.id: record(A, failed=True)}}, (State.FRESH, "it failed, and nothing changed")),
        (A, {"records": {A.id: record(A, device="cuda")}}, (State.STALE, "it gets another device")),
    ],
)
def test_reasons(now: Job, more: dict[str, object], expected: tuple[State, str]) -> None:
    assert reason(now, **{"records": {A.id: record(A)}, **more}) == expected


def test_a_file_that_the_run_read() -> None:
    records = {A.id: record(A, data_csv="1")}
    assert reason(A, records=records, files={"data.csv": "1"})[0] is State.FRESH
    changed = (State.STALE, "data.csv changed, read by snippets/a.py")
    assert reason(A, records=records, files={"data.csv": "2"}) == changed
    assert reason(A, records=records) == changed


def test_a_file_that_the_run_missed_is_still_missing() -> None:
    assert reason(A, records={A.id: record(A, data_csv="")})[0] is State.FRESH


def test_longest_first_and_what_never_ran_before_all() -> None:
    jobs = [job(f"snippets/{name}.py") for name in "abcd"]
    records = {j.id: record(j, seconds=s) for j, s in zip(jobs, (1.0, 5.0, 5.0), strict=False)}
    assert [step.job.id[9] for step in plan(*jobs, records=records).steps] == ["d", "b", "c", "a"]


def test_stale_are_those_that_run() -> None:
    jobs = [A, job("snippets/b.py"), job("snippets/c.py", device="mps")]
    assert [step.job.id for step in plan(*jobs, records={A.id: record(A)}).stale] == ["snippets/b.py"]


def test_the_device_that_a_job_gets_is_in_its_step() -> None:
    assert plan(A).steps[0].job.device == "cpu"
