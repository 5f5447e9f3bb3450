"""One command after another, timed, without a shell; a failure ends the benchmark with what it said."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

Command = tuple[str, ...]

TIMEOUT_SECONDS = 1800
_SHOWN_LINES = 30


class BenchError(Exception):
    """A competitor failed, or did not produce what it was measured for."""


@dataclass(frozen=True, slots=True)
class Run:
    """What commands took together, and what they printed."""

    seconds: float
    stdout: str = ""


def run(commands: Sequence[Command], folder: Path, env: Mapping[str, str]) -> Run:
    """Run commands one after another in a folder; raises BenchError if one fails."""
    with (
        tempfile.TemporaryFile("w+", errors="replace") as out,
        tempfile.TemporaryFile("w+", errors="replace") as err,
    ):
        started = time.perf_counter()
        for command in commands:
            done = _run_one(command, folder, env, out, err)
            if done.returncode != 0:
                raise BenchError(f"exit code {done.returncode}: {' '.join(command)}\n{_end(out)}{_end(err)}")
        seconds = time.perf_counter() - started
        out.seek(0)
        return Run(seconds, out.read())


def clean_environment(folder: Path) -> dict[str, str]:
    """Our environment without what would lead Python or Jupyter to another installation's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    for name in ("VIRTUAL_ENV", "MPLBACKEND"):
        kept.pop(name, None)
    own = ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return {**kept, **{name: str(folder / name.lower()) for name in own}}


def _run_one(
    command: Command, folder: Path, env: Mapping[str, str], out: IO[str], err: IO[str]
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BenchError(str(error)) from error


def _end(file: IO[str]) -> str:
    file.seek(0)
    return "".join(f"    {line}\n" for line in file.read().splitlines()[-_SHOWN_LINES:])
