from __future__ import annotations

import os
from pathlib import Path

import pytest

from deckwright.machine.devices import together, visible_gpus
from deckwright.machine.gpus import card_versions, gpu_memory, instances, other_users, user_of, uuids

MIB = 2**20
INFORMATION = """Model: \t\t NVIDIA A100-SXM4-40GB
IRQ:   \t\t 37
GPU UUID: \t {}
Bus Location: \t 0000:00:04.0
"""
VERSION = "NVRM version: NVIDIA UNIX {}  {}  Tue Jun  6 22:20:39 UTC 2023\nGCC version:  gcc version 12.2.0\n"
LIST = """GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6)
  MIG 3g.20gb     Device  0: (UUID: MIG-c6d4f1ef)
  MIG 1g.5gb+me   Device  1: (UUID: MIG-cba663e8)
GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-8b2c5d5b)
"""
CARDS = {
    "index,uuid,memory.total": "0, GPU-5d5ba0d6, 40960\n1, GPU-8b2c5d5b, 81920\n2, GPU-ffff, [N/A]\n",
    "index,uuid,name": "0, GPU-5d5ba0d6, NVIDIA A100-SXM4-40GB\n1, GPU-8b2c5d5b, NVIDIA A100, large\n",
}


def ask(*arguments: str) -> str:
    """Answer as `nvidia-smi` does."""
    query = arguments[0].removeprefix("--query-gpu=")
    return LIST if query == "-L" else CARDS.get(query, "")


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    for number, uuid in enumerate(("GPU-5d5ba0d6", "GPU-8b2c5d5b")):
        folder = tmp_path / f"gpus/0000:0{number}:00.0"
        folder.mkdir(parents=True)
        (folder / "information").write_text(INFORMATION.format(uuid))
    (tmp_path / "version").write_text(VERSION.format("x86_64 Kernel Module", "535.54.03"))
    return tmp_path


def divide(driver: Path) -> None:
    (driver / "capabilities/gpu0/mig/gi1/ci0").mkdir(parents=True)


def test_the_card_and_its_driver(driver: Path) -> None:
    assert card_versions(driver) == {"GPU": "NVIDIA A100-SXM4-40GB", "NVIDIA driver": "535.54.03"}
    (driver / "version").write_text(VERSION.format("Open Kernel Module for x86_64", "570.86.15"))
    assert card_versions(driver)["NVIDIA driver"] == "570.86.15"


def test_no_card(tmp_path: Path) -> None:
    assert card_versions(tmp_path) == {}
    assert uuids(tmp_path) == []
    assert gpu_memory(["0"], lambda *_: "") == {}
    assert other_users(["0"], lambda *_: "") == []


def test_memory_by_number_by_uuid_and_by_its_beginning() -> None:
    memory = gpu_memory(["1", "GPU-8b", "GPU-ffff", "GPU-0"], ask, order="PCI_BUS_ID")
    assert memory == {"1": 81920 * MIB, "GPU-8b": 81920 * MIB}


def test_where_the_order_is_not_known_a_number_may_be_the_smallest_card() -> None:
    assert gpu_memory(["1"], ask, order="") == {"1": 40960 * MIB}


def test_memory_of_instances() -> None:
    assert gpu_memory(["MIG-c6d4f1ef", "MIG-cba663e8", "MIG-0"], ask, order="") == {
        "MIG-c6d4f1ef": 20 * 10**9,
        "MIG-cba663e8": 5 * 10**9,
    }


def test_instances_take_the_place_of_a_divided_gpu(driver: Path) -> None:
    assert instances(driver, ask) == ()
    divide(driver)
    assert instances(driver, ask) == ["MIG-c6d4f1ef", "MIG-cba663e8", "GPU-8b2c5d5b"]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (None, ("0", "1")),
        ("1,0", ("1", "0")),
        ("1,1", ("1",)),
        ("0,2,1", ("0",)),  # there is no third one
        ("GPU-8b,0", ("GPU-8b", "0")),
        ("GPU-0,0", ()),
        ("MIG-c6d4f1ef", ("MIG-c6d4f1ef",)),
        ("NoDevFiles", ()),  # as Slurm writes for none
    ],
)
def test_what_the_user_or_a_queue_allows_is_kept(
    driver: Path, environ: str | None, expected: tuple[str, ...]
) -> None:
    for name in ("nvidia0", "nvidia1"):
        (driver / name).touch()
    allowed = {} if environ is None else {"CUDA_VISIBLE_DEVICES": environ}
    assert visible_gpus(allowed, driver, lambda: "2.9.0", driver, ask) == expected


def test_instances_are_visible_where_nothing_is_set(driver: Path) -> None:
    (driver / "nvidia0").touch()
    divide(driver)
    gpus = visible_gpus({}, driver, lambda: "2.9.0", driver, ask)
    assert gpus == ("MIG-c6d4f1ef", "MIG-cba663e8", "GPU-8b2c5d5b")
    assert together(gpus) == 1
    assert together(("MIG-a", "MIG-b")) == 1
    assert together(("0", "1")) == 2
    assert together(()) == 0


def test_users_of_our_gpus_are_named() -> None:
    used = "GPU-8b2c5d5b, 7, 512\nGPU-8b2c5d5b, 8, [N/A]\nGPU-8b2c5d5b, 9, 1\nGPU-5d5ba0d6, 10, 1\n"

    def users(*arguments: str) -> str:
        return used if "compute-apps" in arguments[0] else ask(*arguments)

    owners = {7: "alice (process 7)", 8: "bob (process 8)", 9: "", 10: "eve (process 10)"}
    assert other_users(["1"], users, owners.__getitem__) == [
        "GPU 1 (NVIDIA A100, large) is also used by alice (process 7) with 512 MiB",
        "GPU 1 (NVIDIA A100, large) is also used by bob (process 8)",
    ]


def test_whose_a_process_is() -> None:
    assert user_of(os.getpid()) == ""
    assert user_of(2**30) == f"a process that is not visible here ({2**30})"
