from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ConfigError, DeviceMissing
from deckwright.execute.leases import Lease, Leases
from deckwright.machine import devices
from deckwright.machine.devices import find, resolve, visible_gpus

PLAIN = ("cpu",)
CUDA = ("cpu", "cuda:0", "cuda:1")
APPLE = ("cpu", "mps")


@pytest.mark.parametrize(
    ("wanted", "script", "found", "expected"),
    [
        ("auto", "any", PLAIN, "cpu"),
        ("auto", "any", CUDA, "cuda"),
        ("auto", "any", APPLE, "mps"),
        ("auto", "cpu", CUDA, "cpu"),
        ("auto", "cuda", CUDA, "cuda"),
        ("auto", "cuda", PLAIN, None),
        ("auto", "mps", CUDA, None),
        ("cpu", "any", CUDA, "cpu"),
        ("cpu", "cuda", CUDA, "cuda"),
        ("cpu", "cuda", PLAIN, None),
        ("cuda", "any", CUDA, "cuda"),
        ("cuda:1", "any", CUDA, "cuda:1"),
        ("cuda:1", "cuda", CUDA, "cuda:1"),
        ("cuda:1", "cpu", CUDA, "cpu"),
        ("mps", "any", APPLE, "mps"),
    ],
)
def test_resolve(wanted: str, script: str, found: tuple[str, ...], expected: str | None) -> None:
    assert resolve(wanted, script, found) == expected


@pytest.mark.parametrize(("wanted", "found"), [("cuda", PLAIN), ("cuda:2", CUDA), ("mps", CUDA)])
def test_absent_device(wanted: str, found: tuple[str, ...]) -> None:
    with pytest.raises(DeviceMissing) as caught:
        resolve(wanted, "any", found)
    assert caught.value.hint == "it has " + ", ".join(found)


@pytest.mark.parametrize("wanted", ["gpu", "cuda:x", "CUDA", ""])
def test_no_device_of_that_name(wanted: str) -> None:
    with pytest.raises(ConfigError):
        resolve(wanted, "any", CUDA)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ("0", "1")),
        ({"CUDA_VISIBLE_DEVICES": ""}, ()),
        ({"CUDA_VISIBLE_DEVICES": "-1"}, ()),
        ({"CUDA_VISIBLE_DEVICES": "1"}, ("1",)),
        ({"CUDA_VISIBLE_DEVICES": "GPU-5, 1"}, ("GPU-5", "1")),
    ],
)
def test_gpus_are_the_visible_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], expected: tuple[str, ...]
) -> None:
    monkeypatch.setattr(devices, "_torch_is_for_cpu", lambda: False)
    for name in ("nvidia0", "nvidia3", "nvidiactl", "nvidia-uvm", "null"):
        (tmp_path / name).touch()
    assert visible_gpus(environ, tmp_path) == expected
    assert find(environ, tmp_path)[1 : len(expected) + 1] == tuple(f"cuda:{n}" for n in range(len(expected)))


def test_no_gpus_without_the_driver_or_for_a_torch_without_cuda(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert visible_gpus({"CUDA_VISIBLE_DEVICES": "0"}, tmp_path) == ()
    (tmp_path / "nvidia0").touch()
    monkeypatch.setattr(devices, "_torch_is_for_cpu", lambda: True)
    assert visible_gpus({}, tmp_path) == ()


def test_a_gpu_is_leased_to_one_job() -> None:
    leases = Leases(3, ("0", "GPU-5"))
    assert leases.take("cuda:1") == Lease("GPU-5", "GPU-5")
    first = leases.take("cuda")
    assert first == Lease("0", "0")
    assert leases.take("cuda") is None
    assert leases.take("cuda:1") is None
    assert leases.take("cpu") == Lease(visible="")
    leases.give(first)
    assert leases.take("cuda") == first


def test_slots() -> None:
    leases = Leases(1, ("0",))
    held = leases.take("cpu")
    assert held is not None
    assert leases.take("cuda") is None
    leases.give(held)
    assert leases.take("mps") == Lease()


def test_a_gpu_that_we_do_not_know_of_is_the_scripts_affair() -> None:
    assert Leases(1, ()).take("cuda") == Lease()
    assert Leases(1, ("0",)).take("cuda:3") == Lease()
