from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from deckwright.execute.leases import Lease, Leases
from deckwright.model import Job, Options

GIB = 2**30
HALF = Fraction(1, 2)
WHOLE = Fraction(1)


def job(device: str = "cpu", quick: bool = False, nproc: int = 1, gpus: int = 1, memory: int = 0) -> Job:
    options = Options(nproc=nproc, gpus=gpus, gpu_memory_bytes=memory)
    return Job("a.py", "", (), (), options, device, is_quick=quick)


def take(leases: Leases, *wanted: Job) -> list[Lease | None]:
    """Return the leases that jobs get which wait together, the first one first."""
    turn = leases.turn()
    return [turn.take(each) for each in wanted]


def on(visible: str, **more: Fraction | int) -> Lease:
    share = more.pop("share", WHOLE)
    return Lease(visible, shares={gpu: Fraction(share) for gpu in visible.split(",")}, **more)  # type: ignore[arg-type]


def test_a_gpu_is_leased_to_one_job() -> None:
    leases = Leases(3, ("0", "GPU-5"))
    assert take(leases, job("cuda:1"), job("cuda")) == [on("GPU-5"), on("0")]
    assert take(leases, job("cuda"), job("cuda:1"), job()) == [None, None, Lease("")]
    leases.give(on("0"))
    assert take(leases, job("cuda:1"), job("cuda")) == [None, on("0")]


def test_slots() -> None:
    leases = Leases(1, ("0",))
    assert take(leases, job(), job("cuda"), job("mps")) == [Lease(""), None, None]
    leases.give(Lease(""))
    assert take(leases, job("mps")) == [Lease()]


def test_a_gpu_that_does_not_exist_is_leased_without_a_device() -> None:
    assert take(Leases(1, ()), job("cuda", gpus=2)) == [Lease()]
    assert take(Leases(1, ("0",)), job("cuda:3")) == [Lease()]


def test_a_spare_slot_is_for_quick_jobs_when_all_others_are_taken() -> None:
    leases = Leases(2, ("0",), spare=1)
    quick = Lease("", is_quick=True)
    assert take(leases, job(), job(), job()) == [Lease(""), Lease(""), None]
    assert take(leases, job(), job(quick=True), job(quick=True)) == [None, quick, None]
    leases.give(quick)
    assert take(leases, job(), job("cuda", quick=True)) == [None, on("0", is_quick=True)]
    leases.give(Lease(""))
    assert take(leases, job(quick=True), job()) == [quick, None]
    leases.give(quick)
    assert take(leases, job()) == [Lease("")]


def test_a_job_of_several_processes_has_as_many_slots_and_at_most_all() -> None:
    leases = Leases(3, ())
    assert take(leases, job(nproc=2), job(nproc=2), job()) == [Lease("", 2), None, None]
    leases.give(Lease("", 2))
    assert take(leases, job(nproc=100), job()) == [Lease("", 3), None]


def test_a_job_of_several_gpus_has_them_together() -> None:
    leases = Leases(4, ("0", "1", "2"))
    assert take(leases, job("cuda:1"), job("cuda", gpus=2)) == [on("1"), on("0,2")]
    assert take(leases, job("cuda", gpus=5), job("cuda")) == [None, None]
    leases.give(on("1"))
    leases.give(on("0,2"))
    assert take(leases, job("cuda", gpus=5)) == [on("0,1,2")]


def test_the_gpus_for_which_a_job_waits_are_kept_for_it() -> None:
    leases = Leases(4, ("0", "1"), memory=lambda: dict.fromkeys("01", 2 * GIB))
    small, large = job("cuda", memory=GIB), job("cuda", gpus=2)
    assert take(leases, small) == [on("0", share=HALF)]
    assert take(leases, large, small, job("cuda")) == [None, None, None]
    leases.give(on("0", share=HALF))
    assert take(leases, large, small) == [on("0,1"), None]


def test_instances_of_a_divided_gpu_are_not_used_together() -> None:
    leases = Leases(4, ("MIG-a", "MIG-b", "GPU-5"))
    assert take(leases, job("cuda", gpus=2), job("cuda"), job("cuda")) == [
        on("GPU-5"),
        on("MIG-a"),
        on("MIG-b"),
    ]


def test_jobs_share_a_gpu_as_far_as_its_memory_goes() -> None:
    leases = Leases(9, ("0", "1"), memory=lambda: {"0": 40 * GIB, "1": 40 * GIB})
    half, third = job("cuda", memory=20 * GIB), job("cuda", memory=15 * GIB)
    assert take(leases, half, half, half, half, half) == [
        *(on("0", share=HALF), on("1", share=HALF)),
        *(on("0", share=HALF), on("1", share=HALF), None),
    ]
    leases.give(on("1", share=HALF))
    assert take(leases, third, third) == [on("1", share=Fraction(3, 8)), None]
    for _ in range(2):
        leases.give(on("0", share=HALF))
    assert take(leases, job("cuda", memory=99 * GIB), half) == [
        on("0"),
        None,
    ]  # more than there is: the whole


def test_without_knowledge_of_its_memory_a_gpu_has_one_job() -> None:
    leases = Leases(9, ("0",))
    assert take(leases, job("cuda", memory=GIB), job("cuda", memory=GIB)) == [on("0"), None]


def test_memory_is_looked_up_once_and_only_where_a_job_has_a_wish() -> None:
    asked = list[str]()

    def memory() -> Mapping[str, int]:
        asked.append("memory")
        return {"0": GIB}

    leases = Leases(9, ("0", "1"), memory=memory)
    take(leases, job(), job("cuda"))
    assert asked == []
    take(leases, job("cuda", memory=1), job("cuda", memory=1))
    assert asked == ["memory"]


DEVICES = st.sampled_from(["cpu", "cuda", "cuda:0", "cuda:1", "mps"])
MEMORY = st.sampled_from([0, 1, 3, 8, 20])
JOBS = st.builds(job, DEVICES, st.booleans(), st.integers(1, 5), st.integers(1, 4), MEMORY)
SMALL = st.builds(job, DEVICES, st.booleans(), memory=MEMORY)
GPUS = st.lists(st.sampled_from(["0", "1", "2", "MIG-a", "MIG-b"]), max_size=4, unique=True)


@given(st.integers(1, 4), st.integers(0, 2), GPUS, st.lists(JOBS, max_size=30), st.randoms())
def test_no_more_is_leased_than_there_is_and_all_jobs_run(
    slots: int, spare: int, gpus: list[str], jobs: list[Job], random: st.DataObject
) -> None:
    leases = Leases(slots, gpus, spare, lambda: dict.fromkeys(gpus[1:], 8))
    waiting, running = list(jobs), list[Lease]()
    while waiting:
        turn = leases.turn()
        for each in list(waiting):
            if lease := turn.take(each):
                waiting.remove(each)
                running.append(lease)
        assert running
        assert sum(lease.slots for lease in running) <= slots + spare
        assert sum(lease.slots for lease in running if not lease.is_quick) <= slots
        for gpu in gpus:
            assert sum(lease.shares.get(gpu, 0) for lease in running) <= 1
        leases.give(running.pop(random.randrange(len(running))))  # type: ignore[attr-defined]


@given(
    st.integers(1, 4), st.integers(0, 2), GPUS, JOBS, st.lists(SMALL, min_size=1, max_size=6), st.randoms()
)
def test_a_job_gets_what_it_needs_although_small_ones_keep_coming(
    slots: int, spare: int, gpus: list[str], large: Job, small: list[Job], random: st.DataObject
) -> None:
    """At most as many others end before it as can run at a time: what they give back is kept for it."""
    leases = Leases(slots, gpus, spare, lambda: dict.fromkeys(gpus, 8))
    running = [lease for lease in take(leases, *small * 8) if lease]
    ended = 0
    while (taken := take(leases, large, *small * 8))[0] is None:
        running += [lease for lease in taken if lease]
        leases.give(running.pop(random.randrange(len(running))))  # type: ignore[attr-defined]
        ended += 1
        assert ended < 100


@given(st.integers(1, 4), st.integers(0, 2), GPUS, st.lists(JOBS, max_size=20))
def test_when_a_turn_is_over_no_job_gets_a_lease(
    slots: int, spare: int, gpus: list[str], jobs: list[Job]
) -> None:
    turn = Leases(slots, gpus, spare, lambda: dict.fromkeys(gpus, 8)).turn()
    for each in jobs:
        was_over = turn.is_over
        assert not (turn.take(each) and was_over)


def test_a_turn_is_over_when_all_slots_are_taken() -> None:
    turn = Leases(1, (), spare=1).turn()
    ends = []
    for each in (job(), job(), job(quick=True)):
        turn.take(each)
        ends.append(turn.is_over)
    assert ends == [False, False, True]
