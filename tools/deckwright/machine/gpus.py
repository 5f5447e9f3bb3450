"""NVIDIA GPUs: their names and driver, their memory, and who uses them.

What a plan needs is in the driver's files. `nvidia-smi` runs only where a CUDA job is about to run.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from deckwright.text.sizes import size_text

DRIVER = Path("/proc/driver/nvidia")

MIG = "MIG-"
"""Begins the name of an instance of a GPU that is divided: a process can use only one of them."""

Ask = Callable[..., str]
"""Runs `nvidia-smi` with some arguments and returns what it prints; "" where that fails."""

_SECONDS = 30
_VERSION = re.compile(r"^NVRM version:.*?\s(\d+(?:\.\d+)+)\s", re.MULTILINE)
_FIELD = re.compile(r"^(Model|GPU UUID):\s*(\S.*?)\s*$", re.MULTILINE)
_LISTED = re.compile(
    r"^\s*(?:GPU \d+:|MIG \S*?(?P<gigabytes>\d+)gb\b).*\(UUID: (?P<name>[^)\s]+)\)", re.MULTILINE
)
_MIB = 2**20
_GB = 10**9


def nvidia_smi(*arguments: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        command = ["nvidia-smi", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True).stdout
    return ""


_GPU, _DRIVER = "GPU", "NVIDIA driver"
CARD_NAMES = frozenset((_GPU, _DRIVER))
"""What `card_versions` names."""


def card_versions(driver: Path = DRIVER) -> Mapping[str, str]:
    """Return the models of the GPUs here and the version of their driver, as if they were packages."""
    models = sorted(set(_of_cards(driver, "Model")))
    version = _VERSION.search(_text(driver / "version"))
    return {_GPU: ", ".join(models), _DRIVER: version[1] if version else "unknown"} if models else {}


def uuids(driver: Path = DRIVER) -> Sequence[str]:
    """Return the UUIDs of the GPUs here, as far as the driver's files tell them."""
    return list(_of_cards(driver, "GPU UUID"))


def instances(driver: Path = DRIVER, ask: Ask = nvidia_smi) -> Sequence[str]:
    """Return the names of what jobs can use where a GPU is divided: its instances, and whole GPUs beside it.

    Empty where none is divided.
    """
    if not any(driver.glob("capabilities/gpu*/mig/gi*/ci*")):
        return ()
    names = [match["name"] for match in _LISTED.finditer(ask("-L"))]
    followed = zip(names, [*names[1:], ""])
    divided = {name for name, after in followed if after.startswith(MIG) and not name.startswith(MIG)}
    return [name for name in names if name not in divided]


def gpu_memory(gpus: Sequence[str], ask: Ask = nvidia_smi, order: str | None = None) -> Mapping[str, int]:
    """Return the memory of GPUs in bytes, by the names that CUDA_VISIBLE_DEVICES has; of some it is unknown.

    `order` is CUDA_DEVICE_ORDER. Unless that is the order of `nvidia-smi`, a number may mean any of them, and
    counts as the smallest.
    """
    order = os.environ.get("CUDA_DEVICE_ORDER") if order is None else order
    rows = _rows(ask("--query-gpu=index,uuid,memory.total", "--format=csv,noheader,nounits"), 3)
    cards = [(index, uuid, int(size) * _MIB) for index, uuid, size in rows if size.isdecimal()]
    least = min((size for _, _, size in cards), default=0)
    numbers = {index: size if order == "PCI_BUS_ID" else least for index, _, size in cards}
    known = {**numbers, **_of_instances(gpus, ask)}
    by_uuid = {
        gpu: size for gpu in gpus for _, uuid, size in cards if not gpu.isdecimal() and uuid.startswith(gpu)
    }
    return {gpu: size for gpu, size in {**known, **by_uuid}.items() if gpu in gpus}


def _of_instances(gpus: Sequence[str], ask: Ask) -> Mapping[str, int]:
    """Return the memory of instances, which the name of their profile tells: `3g.20gb`."""
    if not any(gpu.startswith(MIG) for gpu in gpus):
        return {}
    listed = _LISTED.finditer(ask("-L"))
    return {match["name"]: int(match["gigabytes"]) * _GB for match in listed if match["gigabytes"]}


def other_users(
    gpus: Sequence[str], ask: Ask = nvidia_smi, owner: Callable[[int], str] | None = None
) -> list[str]:
    """Say which processes of others use the GPUs that we may use, and how much memory they have.

    `owner` says who runs a process; "" for one of our own.
    """
    return list(_other_users(gpus, ask, owner or user_of))


def _other_users(gpus: Sequence[str], ask: Ask, owner: Callable[[int], str]) -> Iterator[str]:
    cards = _rows(ask("--query-gpu=index,uuid,name", "--format=csv,noheader"), 3)
    ours = {
        uuid: f"GPU {index} ({name})"
        for index, uuid, name in cards
        if any(gpu == index or uuid.startswith(gpu) for gpu in gpus)
    }
    used = ask("--query-compute-apps=gpu_uuid,pid,used_memory", "--format=csv,noheader,nounits")
    for uuid, pid, size in _rows(used, 3):
        user = owner(int(pid)) if uuid in ours and pid.isdecimal() else ""
        if user:
            memory = f" with {size_text(int(size) * _MIB)}" if size.isdecimal() else ""
            yield f"{ours[uuid]} is also used by {user}{memory}"


def user_of(pid: int) -> str:
    """Return who runs a process, with its number; empty for ourselves."""
    import psutil  # takes long to load, and only a busy GPU needs it

    try:
        process = psutil.Process(pid)
        is_ours = process.uids().real == os.getuid()
        return "" if is_ours else f"{process.username()} (process {pid})"
    except psutil.Error:
        return f"a process that is not visible here ({pid})"


def _of_cards(driver: Path, field: str) -> Iterator[str]:
    for file in sorted(driver.glob("gpus/*/information")):
        yield from (value for name, value in _FIELD.findall(_text(file)) if name == field)


def _text(file: Path) -> str:
    with suppress(OSError):
        return file.read_text("utf-8", "replace")
    return ""


def _rows(text: str, columns: int) -> list[list[str]]:
    """Return the rows of a table of `nvidia-smi` that have as many columns as were asked for."""
    rows = [[cell.strip() for cell in line.split(",", columns - 1)] for line in text.splitlines()]
    return [row for row in rows if len(row) == columns]
