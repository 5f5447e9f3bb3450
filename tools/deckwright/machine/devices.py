"""The devices of this machine, found without importing torch or starting a process.

The driver's files show which GPUs there are. The torch that is installed may still be unable to use
one; the script then fails with its own error.
"""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from deckwright.errors import ConfigError, DeviceMissing
from deckwright.machine.gpus import DRIVER, MIG, Ask, instances, nvidia_smi, uuids

_DEVICE = re.compile(r"cpu|cuda|cuda:\d+|mps")


def torch_version() -> str:
    """Return the version of the torch that is installed, empty if none is."""
    from importlib import metadata  # slow to import

    try:
        return metadata.version("torch")
    except metadata.PackageNotFoundError:
        return ""


def find(gpus: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Return the devices here: cpu always, then cuda:0, cuda:1, … or mps."""
    gpus = visible_gpus() if gpus is None else gpus
    mps = ("mps",) if sys.platform == "darwin" and platform.machine() == "arm64" else ()
    return ("cpu", *(f"cuda:{number}" for number, _ in enumerate(gpus)), *mps)


def visible_gpus(
    environ: Mapping[str, str] = os.environ,
    devices: Path = Path("/dev"),
    torch: Callable[[], str] = torch_version,
    driver: Path = DRIVER,
    ask: Ask = nvidia_smi,
) -> tuple[str, ...]:
    """Return the NVIDIA GPUs that we may use, as CUDA_VISIBLE_DEVICES names them.

    Where the user or a queue such as Slurm has set that, only those in it. A `torch` built without CUDA, as
    its version tells, can use none.
    """
    present = [f.name[6:] for f in devices.glob("nvidia[0-9]*") if os.access(f, os.R_OK | os.W_OK)]
    if not present or torch().endswith("+cpu"):
        return ()
    allowed = environ.get("CUDA_VISIBLE_DEVICES")
    if allowed is None:
        # CUDA counts the devices that it can open from 0, whatever their files are called.
        return tuple(instances(driver, ask) or map(str, range(len(present))))
    known = uuids(driver)
    names = dict.fromkeys(name.strip() for name in allowed.split(","))
    return tuple(takewhile(lambda name: _is_there(name, len(present), known), names))


def _is_there(name: str, count: int, known: Sequence[str]) -> bool:
    """Whether there is a GPU of that name: CUDA ignores the first one that there is not, and all after it."""
    if name.isdecimal():
        return int(name) < count
    is_known = not known or any(uuid.startswith(name) for uuid in known)
    return name.startswith(MIG) or (name.startswith("GPU-") and is_known)


def together(gpus: Sequence[str]) -> int:
    """Return how many of some GPUs one script can use at the same time."""
    return len([gpu for gpu in gpus if not gpu.startswith(MIG)]) or min(1, len(gpus))


def cores() -> int:
    """Return how many cores we may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def resolve(wanted: str, script_device: str, present: tuple[str, ...]) -> str | None:
    """Return the device that a job gets, or None if the one that its script needs is not here.

    `wanted` is the command's `--device`: it decides what a script's `any` means, and which GPU
    `cuda` is. Raises DeviceMissing if it is absent itself, ConfigError if it is no device.
    """
    if wanted != "auto" and not _DEVICE.fullmatch(wanted):
        raise ConfigError(f"no such device: {wanted}", "use auto, cpu, cuda, cuda:N or mps")
    if wanted != "auto" and not _has(present, wanted):
        raise DeviceMissing(f"this machine has no {wanted}", f"it has {', '.join(present)}")
    if script_device != "any":
        chosen = wanted if wanted.partition(":")[0] == script_device else script_device
        return chosen if _has(present, chosen) else None
    if wanted != "auto":
        return wanted
    return next(device for device in ("cuda", "mps", "cpu") if _has(present, device))


def _has(present: tuple[str, ...], device: str) -> bool:
    return any(here == device or here.partition(":")[0] == device for here in present)
