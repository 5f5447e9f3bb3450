"""Scripts run as a student does: `python FILE` in a new interpreter, from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from signal import SIGKILL

from deckwright.child.libraries import THREAD_VARIABLES
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.child_main import main_of
from deckwright.execute.limits import broken_limit
from deckwright.execute.scratch_folder import read_part
from deckwright.files.bounded import file_bytes
from deckwright.files.scratch import Scratch
from deckwright.machine import processes
from deckwright.machine.devices import cores
from deckwright.machine.result_code import TOOL
from deckwright.model import Chance, FailureKind, Job, StandaloneRun

TICK_SECONDS = 0.02

STUDENTS = Chance()
"""As good as any that a student may meet."""

_IMPORTS_BYTES = 2 * 2**30
"""What packages may take: the memory of a job in a build is measured from their import on."""

_SEEDED = """
import runpy, sys
from os.path import dirname
tools, seed, file = sys.argv[1:]
sys.path.insert(0, tools)
from deckwright.child.libraries import seed_generators
sys.path.remove(tools)
seed_generators(int(seed))
sys.path[0] = dirname(file)
sys.argv = [file]
runpy.run_path(file, run_name="__main__")
"""
"""Runs a script whose generators have a seed, as in a build."""

_OURS = ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONSAFEPATH", "PYTHONHASHSEED")
_SET = {"MPLBACKEND": "agg", "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}


def run_alone(
    root: Path,
    jobs: Sequence[Job],
    slots: int,
    on_start: Callable[[str], None],
    scratch: Path,
    chance: Chance = STUDENTS,
) -> Iterator[tuple[str, StandaloneRun]]:
    """Run jobs, `slots` at a time, and yield the id and outcome of each as it ends.

    `on_start` is called with the id of each that starts. `scratch` is a folder outside of the project for
    temporary files. A caller that leaves early ends what runs.
    """
    waiting, running = list(jobs), list[_Run]()
    # As many threads as a job of a build has: scripts that run at the same time share the cores.
    environ = alone_environment(os.environ, max(1, cores() // slots), chance)
    with Scratch(scratch) as folder:
        try:
            while waiting or running:
                while waiting and len(running) < slots:
                    on_start(waiting[0].id)
                    running.append(
                        _Run(_command(root, waiting[0], chance), waiting.pop(0), folder.path, environ)
                    )
                time.sleep(TICK_SECONDS)
                for run in [run for run in running if run.has_ended()]:
                    running.remove(run)
                    yield run.job.id, run.outcome()
        finally:
            for run in running:
                run.kill()


class _Run:
    """A script in an interpreter of its own, below a keeper."""

    def __init__(self, command: Sequence[str], job: Job, folder: Path, environ: Mapping[str, str]) -> None:
        self.job = job
        self._started = time.monotonic()
        self._limit: FailureKind | None = None
        self._folder = Path(tempfile.mkdtemp(dir=folder))
        elsewhere = self._folder / "elsewhere"
        elsewhere.mkdir()
        # Files, not pipes: processes that a script leaves running may hold its pipes open.
        with (self._folder / STDOUT).open("wb") as out, (self._folder / STDERR).open("wb") as err:
            self._process = subprocess.Popen(
                # It ends when we end, however we end. A program of its own, because nothing may run between
                # fork and exec in a process with threads.
                [sys.executable, "-I", "-S", *main_of("keeper"), str(os.getpid()), *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=elsewhere,
                env=environ,
                start_new_session=True,
            )

    def has_ended(self) -> bool:
        """Whether it has ended; ends it when it is over a limit."""
        ended = self._process.poll() is not None
        written = sum(file_bytes(file) for name in (STDOUT, STDERR) for file in self._files(name))
        if ended:
            self._limit = broken_limit(self.job.options, written_bytes=written)
        elif limit := self._broken_limit(written):
            self._limit = limit
            self.kill()
        return ended or self._limit is not None

    def _broken_limit(self, written: int) -> FailureKind | None:
        options = self.job.options
        members = processes.members(self._process.pid, self._process.pid)
        return broken_limit(
            options,
            written_bytes=written,
            used_bytes=processes.used_bytes(members, 0, options.memory_bytes) - _IMPORTS_BYTES,
            processes=len(members),
            threads=sum(members.values()),
            seconds=time.monotonic() - self._started,
        )

    def outcome(self) -> StandaloneRun:
        seconds = time.monotonic() - self._started
        self.kill()  # what it left running
        stdout, *of_ranks = map(self._text, self._files(STDOUT))
        stderr = "".join(map(self._text, self._files(STDERR)))
        status = self._process.returncode
        return StandaloneRun(stdout, stderr, status, seconds, self._limit, of_ranks=tuple(of_ranks))

    def _files(self, name: str) -> list[Path]:
        """Return the files with what was printed, by rank; those of a script that is no rank are our own."""
        of_ranks = sorted(
            self._folder.glob(f"ranks/*/attempt_0/*/{name}.log"), key=lambda f: int(f.parent.name)
        )
        return of_ranks or [self._folder / name]

    def kill(self) -> None:
        processes.end_below(self._process.pid)
        processes.signal_group(self._process.pid, SIGKILL)
        self._process.wait()

    def _text(self, file: Path) -> str:
        data = read_part(file, 0, self.job.options.output_bytes)
        return data.decode("utf-8", "replace").replace("\r\n", "\n")


def _command(root: Path, job: Job, chance: Chance) -> list[str]:
    file = str(root / job.script)
    command = [sys.executable, file]
    if chance.seed is not None:
        command = [sys.executable, "-c", _SEEDED, str(TOOL.parent), str(chance.seed), file]
    return [*torchrun(job.options.nproc), *command] if job.options.nproc > 1 else command


def torchrun(nproc: int) -> list[str]:
    """Return what stands before a command that runs as several processes, each with files for what it prints.

    A student leaves out `--log-dir` and `--redirects`, and sees what all of them print.
    """
    start = [sys.executable, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={nproc}"]
    return [*start, "--log-dir=../ranks", "--redirects=3", "--no-python"]


def alone_environment(environ: Mapping[str, str], threads: int, chance: Chance = STUDENTS) -> dict[str, str]:
    """Return the environment of a student's terminal: without what a build sets, and without windows."""
    kept = {name: value for name, value in environ.items() if name not in _OURS}
    counts = dict.fromkeys(THREAD_VARIABLES, str(threads))
    return {**kept, **counts, **_SET, "PYTHONHASHSEED": str(chance.hashes)}
