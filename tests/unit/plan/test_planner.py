"""What would run, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.files.digests import ABSENT, CHANGED_MEANWHILE, MADE, SYNTAX, digest
from deckwright.model import Figure, Job, NamedValue, Options, Plan, Record, State, reasons
from deckwright.parse import parse_script
from deckwright.plan.keys import job_key, job_parts
from deckwright.plan.planner import Scope, make_plan
from deckwright.plan.reasons import CurrentState

NOTHING: Mapping[str, Any] = {}
ANY = Scope()
ON_CPU = {"any": "cpu", "cpu": "cpu"}
ON_GPU = {"any": "cuda", "cpu": "cpu", "cuda": "cuda:0"}


def job(path: str = "snippets/a.py", text: str = "x = 1\n", device: str = "any", **more: object) -> Job:
    script = parse_script(path, text)
    options = replace(Options(device=device), **more.pop("options", {}))  # type: ignore[arg-type]
    return Job(path, text, script.units, script.cells, options, "any", **more)  # type: ignore[arg-type]


def record(
    of: Job,
    device: str = "cpu",
    seconds: float = 1.0,
    failed: bool = False,
    reads: Mapping[str, str] = NOTHING,
    packages: Mapping[str, str] = NOTHING,
    writes: Mapping[str, str] = NOTHING,
    text: str = "",
    by_kernel: bool = False,
    values: Iterable[str] = (),
    outside: str = "",
) -> Record:
    parts = job_parts(replace(of, device=device), "python 3")
    measured = (seconds, failed, writes, text, by_kernel, frozenset(values), outside)
    return Record(of.id, job_key(parts), parts, reads, packages, *measured)


def plan(
    *jobs: Job,
    records: Sequence[Record] = (),
    files: Mapping[str, str] = NOTHING,
    packages: Mapping[str, str] = NOTHING,
    python: str = "python 3",
    scope: Scope = ANY,
    kernel_records: bool = False,
    devices: Mapping[str, str] = ON_CPU,
    gpus: int = 1,
) -> Plan:
    """Plan with these records, the last run first."""
    now = CurrentState(
        python,
        packages,
        devices.get,
        lambda path: files.get(path, ABSENT),
        syntax_of(files),
        kernel_records,
        gpus,
    )

    def records_of(job: str) -> Iterable[Record]:
        return (r for r in records if r.job == job)

    return make_plan(jobs, now, records_of, scope)


def syntax_of(files: Mapping[str, str]) -> Callable[[str], str]:
    """In the digests of these tests, the code is the part before the `#`."""
    return lambda path: SYNTAX + files.get(path, ABSENT).partition("#")[0]


def reason(*args: Job, **more: Any) -> tuple[State, str]:
    (step,) = plan(*args, **more).steps
    return step.state, step.reason


A = job()
ALL = Scope(forced=lambda job: True)
NONE = Scope(wanted=lambda job: False)


@pytest.mark.parametrize(
    ("now", "more", "expected"),
    [
        (A, {}, (State.FRESH, "nothing changed")),
        (job(text="# moved\n\nx = 1  # same\n"), {}, (State.FRESH, "nothing changed")),
        (job(text="x = 2\n"), {}, (State.STALE, "its code changed")),
        (job(options={"seed": 1}), {}, (State.STALE, "its options changed")),
        (job(figures=(Figure("a", "svg"),)), {}, (State.STALE, "the decks ask for other figures")),
        (A, {"python": "python 4"}, (State.STALE, "Python or Deckwright changed")),
        (A, {"scope": ALL}, (State.STALE, "you asked for it")),
        (A, {"scope": NONE}, (State.FRESH, "nothing changed")),
        (job(device="cuda"), {}, (State.ABSENT, "cuda is absent here")),
        (job(device="cuda"), {"scope": ALL}, (State.ABSENT, "cuda is absent here")),
        (job(device="cuda"), {"scope": NONE}, (State.ABSENT, "cuda is absent here")),
        (A, {"records": []}, (State.STALE, "it never ran")),
        (A, {"records": [], "scope": NONE}, (State.SKIPPED, "it never ran, and it was not asked for")),
        (job(text="x = 2\n"), {"scope": NONE}, (State.SKIPPED, "its code changed, and it was not asked for")),
        (A, {"records": [record(A, failed=True)]}, (State.FRESH, "it failed, and nothing changed")),
        (A, {"records": [record(A, device="cuda")]}, (State.STALE, "it would run on another device")),
    ],
)
def test_reasons(now: Job, more: dict[str, Any], expected: tuple[State, str]) -> None:
    assert reason(now, **{"records": [record(A)], **more}) == expected


FAILED_OUTSIDE = record(A, failed=True, outside="the network")
IN_DOUBT = "it failed for a reason that may lie outside of the script: the network"
WAITS = Scope(retried=lambda job, record: False)
RAN = Scope(has_run=lambda job: True)


@pytest.mark.parametrize(
    ("now", "more", "expected"),
    [
        (A, {}, (State.STALE, IN_DOUBT)),
        (job(text="x = 2\n"), {}, (State.STALE, "its code changed")),
        (A, {"scope": NONE}, (State.SKIPPED, f"{IN_DOUBT}, and it was not asked for")),
        (A, {"scope": RAN}, (State.FRESH, f"{IN_DOUBT}; it takes long: save it to run it again")),
        (A, {"scope": WAITS}, (State.FRESH, f"{IN_DOUBT}; it takes long: save it to run it again")),
        (job(text="x = 2\n"), {"scope": WAITS}, (State.STALE, "its code changed")),
        (A, {"records": [FAILED_OUTSIDE, record(A)]}, (State.FRESH, "nothing changed")),
        (A, {"records": [record(A), FAILED_OUTSIDE]}, (State.FRESH, "nothing changed")),
    ],
)
def test_a_failure_with_a_cause_outside(now: Job, more: dict[str, Any], expected: tuple[State, str]) -> None:
    assert reason(now, **{"records": [FAILED_OUTSIDE], **more}) == expected


@pytest.mark.parametrize("has_run", [False, True])
def test_of_what_is_forced_no_record_counts_but_that_of_this_build(has_run: bool) -> None:
    scope = Scope(forced=lambda job: True, has_run=lambda job: has_run)
    older, newer = record(A), record(A, reads={"a.csv": "1"})
    for files, state in (({"a.csv": "1"}, State.FRESH), ({"a.csv": "2"}, State.STALE)):
        (step,) = plan(A, records=[newer, older], files=files, scope=scope).steps
        assert step.state is (state if has_run else State.STALE)


@pytest.mark.parametrize("failed", [FAILED_OUTSIDE, record(A, failed=True)])
def test_no_failure_of_another_machine_counts(failed: Record) -> None:
    now = CurrentState("python 3", {}, lambda device: "cpu", lambda path: ABSENT, lambda path: ABSENT)
    for shared, state in (([failed], State.STALE), ([failed, record(A)], State.FRESH)):
        (step,) = make_plan(
            [A], now, lambda job: (), shared_of=lambda keys, those=shared: dict.fromkeys(keys, those)
        ).steps
        assert step.state is state


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ("1", "1", ""),
        (ABSENT, ABSENT, ""),
        ("1", "2", "data.csv changed, read by snippets/a.py"),
        ("1", ABSENT, "data.csv is gone, read by snippets/a.py"),
        (ABSENT, "1", "data.csv is new, read by snippets/a.py"),
        (CHANGED_MEANWHILE, "1", "data.csv changed while it ran, read by snippets/a.py"),
        (CHANGED_MEANWHILE, ABSENT, "data.csv changed while it ran, read by snippets/a.py"),
        # What the run made where nothing was may be gone.
        (MADE + "1", "1", ""),
        (MADE + "1", ABSENT, ""),
        (MADE + "1", "2", "data.csv changed, read by snippets/a.py"),
    ],
)
def test_a_file_that_the_run_read(then: str, now: str, expected: str) -> None:
    records = [record(A, reads={"data.csv": then})]
    state = State.STALE if expected else State.FRESH
    assert reason(A, records=records, files={"data.csv": now}) == (state, expected or "nothing changed")


@pytest.mark.parametrize(
    ("then", "now", "stale"), [("x = 1\n", "x = 1\n", False), ("x = 1\n", "x = 1  # one\n", True)]
)
def test_a_run_that_looked_at_its_text(then: str, now: str, stale: bool) -> None:
    expected = (State.STALE, reasons.OWN_TEXT) if stale else (State.FRESH, "nothing changed")
    assert reason(job(text=now), records=[record(A, text=digest(then))]) == expected
    assert reason(A, records=[record(A, reads={A.script: then})], files={A.script: now}) == expected


def test_the_first_of_several_files_is_named() -> None:
    records = [record(A, reads={"b.csv": "1", "a.csv": "1"})]
    assert reason(A, records=records)[1] == "a.csv is gone, read by snippets/a.py"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"torch": "2.9", "numpy": "2"}, ""),
        ({"torch": "2.9", "rich": "14"}, ""),
        ({"torch": "2.10"}, "torch 2.9 became 2.10, needed by snippets/a.py"),
        ({}, "torch 2.9 became absent, needed by snippets/a.py"),
    ],
)
def test_a_package_that_the_run_imported(now: dict[str, str], expected: str) -> None:
    state = State.STALE if expected else State.FRESH
    records = [record(A, packages={"torch": "2.9"})]
    assert reason(A, records=records, packages=now) == (state, expected or "nothing changed")


def test_an_older_run_that_is_valid_again_counts() -> None:
    b = job(text="x = 2\n")
    old, new = record(A, seconds=3.0), record(b, seconds=7.0)
    for now, expected in ((A, old), (b, new)):
        (step,) = plan(now, records=[new, old]).steps
        # The last run says how long it may take, even if another one is valid.
        assert (step.state, step.record, step.last_seconds) == (State.FRESH, expected, 7.0)


def test_of_two_valid_runs_the_later_counts() -> None:
    later, earlier = record(A, reads={"a.csv": "1"}), record(A, reads={})
    (step,) = plan(A, records=[later, earlier], files={"a.csv": "1"}).steps
    assert step.record == later
    (step,) = plan(A, records=[later, earlier], files={"a.csv": "2"}).steps
    assert (step.state, step.record) == (State.FRESH, earlier)


def test_the_last_run_gives_the_reason() -> None:
    older, last = record(A, reads={"a.csv": "1"}), record(A, reads={"a.csv": "2"})
    changed = (State.STALE, "a.csv is gone, read by snippets/a.py")
    assert reason(A, records=[last, older]) == changed
    assert reason(job(text="x = 2\n"), records=[last, older]) == (State.STALE, "its code changed")


def test_after_an_undo_the_run_of_that_code_gives_the_reason() -> None:
    older, last = (
        record(A, reads={"a.csv": "1"}),
        record(job(text="x = 2\n"), reads={"a.csv": "1"}, seconds=5.0),
    )
    (step,) = plan(A, records=[last, older], files={"a.csv": "2"}).steps
    assert (step.reason, step.last_seconds) == ("a.csv changed, read by snippets/a.py", 5.0)


def test_another_job_s_records_do_not_count() -> None:
    assert reason(job("snippets/b.py"), records=[record(A)]) == (State.STALE, "it never ran")


digests = st.sampled_from(["1", "2", ABSENT])
runs = st.lists(
    st.tuples(st.sampled_from(["x = 1\n", "x = 2\n"]), st.dictionaries(st.sampled_from("ab"), digests)),
    max_size=4,
)


@given(runs, st.dictionaries(st.sampled_from("ab"), digests), st.booleans())
def test_a_step_is_fresh_if_any_run_saw_what_is_there_now(
    runs: list[tuple[str, dict[str, str]]], files: dict[str, str], wanted: bool
) -> None:
    records = [record(job(text=text), reads=reads) for text, reads in runs]
    (step,) = plan(A, records=records, files=files, scope=Scope(wanted=lambda job: wanted)).steps
    valid = any(
        text == A.source and all(files.get(path, ABSENT) == was for path, was in reads.items())
        for text, reads in runs
    )
    assert step.state is (State.FRESH if valid else State.STALE if wanted else State.SKIPPED)
    assert (step.record is not None) == valid


def test_longest_first_and_what_never_ran_before_all() -> None:
    jobs = [job(f"snippets/{name}.py") for name in "abcd"]
    records = [record(j, seconds=s) for j, s in zip(jobs, (1.0, 5.0, 5.0), strict=False)]
    assert [step.job.id[9] for step in plan(*jobs, records=records).steps] == ["d", "b", "c", "a"]


def test_stale_are_those_that_run() -> None:
    jobs = [A, job("snippets/b.py"), job("snippets/c.py", device="mps")]
    assert [step.job.id for step in plan(*jobs, records=[record(A)]).stale] == ["snippets/b.py"]


def test_missing_are_those_that_may_not_or_cannot_run() -> None:
    jobs = [A, job("snippets/b.py"), job("snippets/c.py", device="mps")]
    missing = plan(*jobs, records=[record(A)], scope=NONE).missing
    assert missing == {
        "snippets/b.py": "it never ran, and it was not asked for",
        "snippets/c.py": "mps is absent here",
    }


def test_the_device_that_a_job_gets_is_in_its_step() -> None:
    assert plan(A).steps[0].job.device == "cpu"


def test_of_a_module_that_was_imported_only_the_code_counts() -> None:
    ran = record(A, reads={"helper.py": SYNTAX + "x = 1"})
    assert reason(A, records=[ran], files={"helper.py": "x = 1# more"})[0] is State.FRESH
    assert reason(A, records=[ran], files={"helper.py": "x = 2"})[0] is State.STALE
    opened = record(A, reads={"helper.py": "x = 1"})
    assert reason(A, records=[opened], files={"helper.py": "x = 1# more"})[0] is State.STALE


MAKER, READER = job("snippets/m.py"), job("snippets/r.py", "print(1)\n")


@pytest.mark.parametrize(
    ("wrote", "read", "now", "why"),
    [
        ("1", {"a.pt": "1"}, "1", {}),
        ("1", {"a.pt": "1"}, ABSENT, {"m": "is gone", "r": "is gone"}),
        ("1", {"a.pt": "1"}, "2", {"m": "changed", "r": "changed"}),
        ("1", {"a.pt": ABSENT}, ABSENT, {"m": "is gone"}),  # the reader failed without it
        ("1", {"a.pt": "2"}, "2", {"m": "changed"}),  # after an undo in the maker its older run is valid
        ("1", {"a.pt": MADE + "2"}, ABSENT, {"m": "is gone"}),
        (ABSENT, {"a.pt": ABSENT}, ABSENT, {}),  # made and removed again
        ("1", {"b.pt": ABSENT}, ABSENT, {}),  # no script reads it
    ],
)
def test_a_script_that_makes_what_others_read(
    wrote: str, read: Mapping[str, str], now: str, why: dict[str, str]
) -> None:
    records = [record(MAKER, writes={"a.pt": wrote}), record(READER, reads=read)]
    due = {
        step.job.id: step.reason for step in plan(MAKER, READER, records=records, files={"a.pt": now}).stale
    }
    words = {"m": f"which it makes and {READER.id} reads", "r": f"read by {READER.id}"}
    assert due == {f"snippets/{name}.py": f"a.pt {what}, {words[name]}" for name, what in why.items()}


@pytest.mark.parametrize("other", ["reader", "second maker"])
def test_what_several_write_belongs_to_none(other: str) -> None:
    second = job("snippets/s.py", "print(2)\n")
    records = [
        record(MAKER, writes={"a.pt": "1"}),
        record(READER, reads={"a.pt": "2"}, writes={"a.pt": "2"} if other == "reader" else {}),
        record(second, writes={"a.pt": "2"} if other == "second maker" else {}),
    ]
    assert not plan(MAKER, READER, second, records=records, files={"a.pt": "2"}).stale


def test_a_maker_whose_device_is_absent_does_not_run() -> None:
    away = job("snippets/m.py", device="cuda")
    records = [record(away, device="cuda", writes={"a.pt": "1"}), record(READER, reads={"a.pt": ABSENT})]
    assert not plan(away, READER, records=records).stale


DECK = "slides/a.md"


@pytest.mark.parametrize(
    ("recorded", "named", "missing"),
    [
        ([], [], ""),
        ([], ["x"], "x"),
        (["x", "y"], [], ""),
        (["x", "y"], ["y"], ""),
        (["x"], ["x", "y"], "y"),
        (["x"], ["x.best", "x[0]", "x['a'].b"], ""),
        (["x.best"], ["x"], "x"),
        (["x.best"], ["x.best[0]", "x.bestest"], "x.bestest"),
        (["x[0]"], ["x.0"], ""),
    ],
)
def test_a_value_that_was_not_recorded_is_named(recorded: list[str], named: list[str], missing: str) -> None:
    wanting = job(values=tuple(NamedValue(name, DECK) for name in named))
    why = f"{DECK} names `{missing}`, whose value was not recorded"
    expected = (State.STALE, why) if missing else (State.FRESH, "nothing changed")
    assert reason(wanting, records=[record(A, values=recorded)]) == expected


def test_digests_of_variables_are_salted_with_the_key() -> None:
    before = record(A, reads={"$TOKEN": "1"})
    same = {f"$TOKEN={before.key}": "1"}
    assert reason(A, records=[before], files=same) == (State.FRESH, "nothing changed")
    other = {"$TOKEN": "1", f"$TOKEN={before.key}": "2"}
    assert reason(A, records=[before], files=other) == (State.STALE, f"$TOKEN changed, read by {A.id}")
    assert reason(A, records=[before]) == (State.STALE, f"$TOKEN is gone, read by {A.id}")


def test_values_are_in_no_key() -> None:
    wanting = job(values=(NamedValue("x", DECK),))
    assert job_parts(wanting, "python 3") == job_parts(A, "python 3")


def test_an_edit_is_named_rather_than_a_value() -> None:
    wanting = job(text="x = 2\n", values=(NamedValue("x", DECK),))
    assert reason(wanting, records=[record(A)]) == (State.STALE, "its code changed")


def test_a_run_that_recorded_the_value_counts_before_a_later_one() -> None:
    wanting = job(values=(NamedValue("x", DECK),))
    (step,) = plan(wanting, records=[record(A, seconds=1), record(A, seconds=2, values=["x"])]).steps
    assert step.record
    assert step.record.seconds == 2


@pytest.mark.parametrize(
    ("by_kernel", "kernel_records", "state"),
    [
        (True, True, State.FRESH),
        (True, False, State.FRESH),
        (False, False, State.FRESH),
        (False, True, State.STALE),
    ],
)
def test_what_hooks_recorded_is_believed_where_hooks_record(
    by_kernel: bool, kernel_records: bool, state: State
) -> None:
    records = [record(A, by_kernel=by_kernel)]
    (step,) = plan(A, records=records, kernel_records=kernel_records).steps
    assert step.state is state
    assert (step.reason == reasons.BY_HOOKS) is (state is State.STALE)


def test_an_edit_is_named_rather_than_the_recorder() -> None:
    records = [record(A, reads={"x.csv": "1"})]
    (step,) = plan(A, records=records, files={"x.csv": "2"}, kernel_records=True).steps
    assert step.reason == "x.csv changed, read by snippets/a.py"


@pytest.mark.parametrize(
    ("device", "gpus", "expected"),
    [
        ("cuda", 1, (State.ABSENT, "it needs 2 GPUs, and there is no more than 1 here")),
        ("cuda", 2, (State.STALE, "it never ran")),
        ("any", 1, (State.STALE, "it never ran")),  # as many as there are
    ],
)
def test_several_gpus(device: str, gpus: int, expected: tuple[State, str]) -> None:
    assert reason(job(device=device, options={"gpus": 2}), devices=ON_GPU, gpus=gpus) == expected
