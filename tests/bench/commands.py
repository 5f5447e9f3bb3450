"""One command after another, timed, without a shell; a failure ends the benchmark with what it said."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

Command = tuple[str, ...]

_SHOWN_LINES = 30


class BenchError(Exception):
    """A competitor failed, or did not produce what it was measured for."""


class TooSlow(Exception):
    """Commands were ended because they took longer than they were given."""


@dataclass(frozen=True, slots=True)
class Run:
    """What commands took together, and what they printed."""

    seconds: float
    stdout: str = ""


def run(commands: Sequence[Command], folder: Path, env: Mapping[str, str], limit_seconds: float) -> Run:
    """Run commands one after another in a folder; raises BenchError if one fails, or TooSlow."""
    with (
        tempfile.TemporaryFile("w+", errors="replace") as out,
        tempfile.TemporaryFile("w+", errors="replace") as err,
    ):
        started = time.perf_counter()
        for command in commands:
            left = limit_seconds - (time.perf_counter() - started)
            code = _run_one(command, folder, env, (out, err), left)
            if code != 0:
                raise BenchError(f"exit code {code}: {' '.join(command)}\n{_end(out)}{_end(err)}")
        seconds = time.perf_counter() - started
        out.seek(0)
        return Run(seconds, out.read())


def end_group(process: subprocess.Popen[Any]) -> None:
    """End a process that was started in a session of its own, and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def clean_environment(folder: Path) -> dict[str, str]:
    """Our environment without what would lead Python or Jupyter to another installation's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER"))}
    for name in ("VIRTUAL_ENV", "MPLBACKEND"):
        kept.pop(name, None)
    own = ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    return {**kept, **{name: str(folder / name.lower()) for name in own}}


def _run_one(
    command: Command, folder: Path, env: Mapping[str, str], streams: tuple[IO[str], IO[str]], seconds: float
) -> int:
    out, err = streams
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=quiet, stdout=out, stderr=err, start_new_session=True
        )
    except OSError as error:
        raise BenchError(str(error)) from error
    try:
        return process.wait(max(seconds, 0))
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    finally:
        end_group(process)


def _end(file: IO[str]) -> str:
    file.seek(0)
    return "".join(f"    {line}\n" for line in file.read().splitlines()[-_SHOWN_LINES:])
