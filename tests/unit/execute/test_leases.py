from __future__ import annotations

from deckwright.execute.leases import Lease, Leases


def test_a_gpu_is_leased_to_one_job() -> None:
    leases = Leases(3, ("0", "GPU-5"))
    assert leases.take("cuda:1") == Lease("GPU-5")
    first = leases.take("cuda")
    assert first == Lease("0")
    assert leases.take("cuda") is None
    assert leases.take("cuda:1") is None
    assert leases.take("cpu") == Lease("")
    leases.give(first)
    assert leases.take("cuda") == first


def test_slots() -> None:
    leases = Leases(1, ("0",))
    held = leases.take("cpu")
    assert held is not None
    assert leases.take("cuda") is None
    leases.give(held)
    assert leases.take("mps") == Lease()


def test_a_gpu_that_does_not_exist_is_leased_without_a_device() -> None:
    assert Leases(1, ()).take("cuda") == Lease()
    assert Leases(1, ("0",)).take("cuda:3") == Lease()


def test_a_spare_slot_is_for_quick_jobs_when_all_others_are_taken() -> None:
    leases = Leases(2, ("0",), spare=1)
    held = [leases.take("cpu"), leases.take("cpu", is_quick=True)]
    assert leases.take("cpu") is None
    quick = leases.take("cpu", is_quick=True)
    assert quick is not None
    assert leases.take("cpu", is_quick=True) is None
    leases.give(quick)
    assert leases.take("cpu") is None
    assert leases.take("cuda", is_quick=True) == Lease("0")
    leases.give(Lease("0"))
    for lease in held:
        assert lease is not None
        leases.give(lease)
    assert leases.take("cpu") is not None
