from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ConfigError, DeviceMissing
from deckwright.machine.devices import find, resolve, visible_gpus

PLAIN = ("cpu",)
CUDA = ("cpu", "cuda:0", "cuda:1")
APPLE = ("cpu", "mps")


@pytest.mark.parametrize(
    ("wanted", "script", "present", "expected"),
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
def test_resolve(wanted: str, script: str, present: tuple[str, ...], expected: str | None) -> None:
    assert resolve(wanted, script, present) == expected


@pytest.mark.parametrize(("wanted", "present"), [("cuda", PLAIN), ("cuda:2", CUDA), ("mps", CUDA)])
def test_absent_device(wanted: str, present: tuple[str, ...]) -> None:
    with pytest.raises(DeviceMissing) as caught:
        resolve(wanted, "any", present)
    assert caught.value.hint == "it has " + ", ".join(present)


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
    tmp_path: Path, environ: dict[str, str], expected: tuple[str, ...]
) -> None:
    for name in ("nvidia0", "nvidia3", "nvidiactl", "nvidia-uvm", "null"):
        (tmp_path / name).touch()
    gpus = visible_gpus(environ, tmp_path, lambda: "2.9.0+cu128")
    assert gpus == expected
    assert find(gpus)[1 : len(gpus) + 1] == tuple(f"cuda:{number}" for number, _ in enumerate(gpus))


def test_no_gpus_without_the_driver_or_for_a_torch_without_cuda(tmp_path: Path) -> None:
    assert visible_gpus({"CUDA_VISIBLE_DEVICES": "0"}, tmp_path) == ()
    (tmp_path / "nvidia0").touch()
    assert visible_gpus({}, tmp_path, lambda: "2.9.0+cpu") == ()
