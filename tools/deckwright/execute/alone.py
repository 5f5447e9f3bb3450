"""Scripts run as a student runs them: `python FILE` in a new interpreter, from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL

from deckwright.child.threads import VARIABLES
from deckwright.devices import cores
from deckwright.model import Alone, Job

TICK_SECONDS = 0.02

_OURS = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONSAFEPATH", "PYTHONHASHSEED")


def run_alone(
    root: Path,
    jobs: Sequence[Job],
    slots: int,
    environ: Mapping[str, str],
    on_start: Callable[[str], None],
    python: str = sys.executable,
) -> Iterator[tuple[str, Alone]]:
    """Yield id and outcome of every job as it ends, `slots` at a time; leaving early ends what runs.

    `on_start` is called with the id of each that starts.
    """
    waiting, running = list(jobs), list[_Run]()
    # As many threads as a job of a build has: several scripts must not quarrel about the cores.
    environ = alone_environment(environ, max(1, cores() // slots))
    with tempfile.TemporaryDirectory(prefix="deckwright-alone-") as folder:
        try:
            while waiting or running:
                while waiting and len(running) < slots:
                    on_start(waiting[0].id)
                    running.append(_Run(root, waiting.pop(0), Path(folder), environ, python))
                time.sleep(TICK_SECONDS)
                for run in [run for run in running if run.has_ended()]:
                    running.remove(run)
                    yield run.job.id, run.outcome()
        finally:
            for run in running:
                run.kill()


class _Run:
    """One interpreter with one script, in a session of its own."""

    def __init__(self, root: Path, job: Job, folder: Path, environ: Mapping[str, str], python: str) -> None:
        self.job = job
        self._started = time.monotonic()
        self._timed_out = False
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        elsewhere = self._folder / "elsewhere"
        elsewhere.mkdir()
        # Files, not pipes: a script that starts others may end before its pipes do.
        with (self._folder / "out").open("wb") as out, (self._folder / "err").open("wb") as err:
            self._process = subprocess.Popen(
                [python, str(root / job.id)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=elsewhere,
                env=environ,
                start_new_session=True,
            )

    def has_ended(self) -> bool:
        """Whether it is over; ends it when its time is up."""
        late = time.monotonic() - self._started > self.job.options.timeout_seconds
        if late and self._process.poll() is None:
            self._timed_out = True
            self.kill()
        return self._process.poll() is not None

    def outcome(self) -> Alone:
        seconds = time.monotonic() - self._started
        self.kill()  # what it left running
        stdout, stderr = self._text("out"), self._text("err")
        return Alone(stdout, stderr, self._process.returncode, seconds, self._timed_out)

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, SIGKILL)
        self._process.wait()

    def _text(self, name: str) -> str:
        with (self._folder / name).open("rb") as file:
            return file.read(self.job.options.output_bytes).decode("utf-8", "replace").replace("\r\n", "\n")


def alone_environment(environ: Mapping[str, str], threads: int) -> dict[str, str]:
    """Return the environment of a student's terminal: nothing that a build would add, and no window."""
    kept = {name: value for name, value in environ.items() if name not in _OURS}
    counts = dict.fromkeys(VARIABLES, str(threads))
    return {
        **kept,
        **counts,
        "MPLBACKEND": "agg",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
