"""The door to user code: the warm server, and the workers that run jobs through it.

Every job gives a `Result`, whatever its script does; only the loss of the server itself raises.
"""

from __future__ import annotations

import ast
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from deckwright.child.task import Task, write_task
from deckwright.devices import Lease, Leases, cores, visible_gpus
from deckwright.errors import ServerError
from deckwright.execute import process
from deckwright.execute.outcome import Ended, base_bytes, read_result, without_root, written_bytes
from deckwright.model import Cell, Failed, Job, Result

TICK_SECONDS = 0.05

ABANDONED_SECONDS = 24 * 3600.0
"""A scratch folder of this age belongs to a build that was killed."""
_PATIENCE_SECONDS = 0.5

PRELOADED = frozenset(
    {
        *("IPython", "PIL", "einops", "matplotlib", "networkx", "numpy", "pandas", "scipy"),
        *("seaborn", "sklearn", "sympy", "torch", "torchaudio", "torchvision", "tqdm"),
    }
)
"""Packages worth importing ahead: slow to import, and known to start no thread and no device."""

_DISPLAY = "IPython.core.formatters"
"""What a cell needs to show its last expression."""

_BOOT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from deckwright.child.serve import main; main()"
"""Starts our child code in any interpreter, also one that does not have us installed."""


class Workers:
    """Runs jobs, so many at a time. A context: leaving it ends every process and scratch file."""

    def __init__(
        self,
        root: Path,
        *,
        jobs: int,
        scratch: Path,
        fonts: Sequence[Path] = (),
        python: str = sys.executable,
        gpus: tuple[str, ...] | None = None,
    ) -> None:
        """`root` is the project's, absolute; `jobs` run at a time; `scratch` is ours to fill."""
        self._root = root
        self._fonts = tuple(str(font) for font in fonts)
        self._python = python
        self._leases = Leases(jobs, visible_gpus() if gpus is None else gpus)
        self._threads = max(1, cores() // jobs)
        self._scratch = scratch
        self._folder: Path | None = None
        self._server: _Server | None = None
        self._preload = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all that runs and remove all that it left."""
        if self._server is not None:
            self._server.kill()
            self._server = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def run(self, jobs: Sequence[Job], on_start: Callable[[str], None] | None = None) -> Iterator[Result]:
        """Yield the result of every job as it ends; start them in the order given.

        `on_start` is called with a job's id when it starts. A job that waits for a GPU lets
        later ones pass. Raises ServerError if the server cannot be kept alive.
        """
        waiting = list(jobs)
        running: dict[str, _Run] = {}
        try:
            while waiting or running:
                self._start(waiting, running, on_start or _ignore)
                if self._server is None or not self._advance(running):
                    self._recover(waiting, running)
                yield from self._collect(running)
        finally:
            if running:
                self.close()
            for run in running.values():
                self._leases.give(run.lease)

    def _start(self, waiting: list[Job], running: dict[str, _Run], on_start: Callable[[str], None]) -> None:
        for job in list(waiting):
            lease = self._leases.take(job.device)
            if lease is None:
                continue
            waiting.remove(job)
            run = self._prepare(job, lease)
            running[str(run.folder)] = run
            modules = [] if run.fresh else preloads(job)
            self._warm().request(task=str(run.folder), modules=modules, fresh=run.fresh)
            on_start(job.id)

    def _prepare(self, job: Job, lease: Lease) -> _Run:
        if self._folder is None:
            self._scratch.mkdir(parents=True, exist_ok=True)
            _sweep(self._scratch)
            self._folder = Path(tempfile.mkdtemp(prefix="run-", dir=self._scratch)).resolve()
        folder = Path(tempfile.mkdtemp(prefix="job-", dir=self._folder))
        write_task(Task(job, str(self._root), str(folder), self._fonts, lease.visible))
        fresh = job.options.isolate == "fresh" or not self._preload
        return _Run(job, folder, lease, fresh)

    def _warm(self) -> _Server:
        if self._server is None:
            environment = job_environment(os.environ, self._threads)
            self._server = _Server(self._python, self._fonts, environment)
        return self._server

    def _advance(self, running: dict[str, _Run]) -> bool:
        """Wait a tick, take the server's news and watch the limits; False if it is dead."""
        assert self._server is not None
        alive = True
        for reply in self._server.replies(TICK_SECONDS):
            if reply is None:
                alive = False
            elif run := running.get(reply.get("started") or reply["ended"]):
                run.hear(reply)
        _watch([run for run in running.values() if run.ended is None])
        return alive

    def _recover(self, waiting: list[Job], running: dict[str, _Run]) -> None:
        """Run what a dead server took with it again, in fresh interpreters.

        A module that brings the server down when it is imported ahead must not cost more than
        the job that names it.
        """
        if not self._preload:
            raise ServerError("the Python server died twice", "try `deckwright build --jobs 1`")
        self._preload = False
        lost = [name for name, run in running.items() if run.ended is None]
        waiting[:0] = [self._forget(running.pop(name)).job for name in lost]
        if self._server is not None:
            self._server.kill()
            self._server = None

    def _collect(self, running: dict[str, _Run]) -> Iterator[Result]:
        for name, run in list(running.items()):
            if run.ended is not None:
                result = without_root(read_result(run.job, run.folder, run.ended, self._root), self._root)
                del running[name]
                self._forget(run)
                yield result

    def _forget(self, run: _Run) -> _Run:
        self._leases.give(run.lease)
        shutil.rmtree(run.folder, ignore_errors=True)
        return run


def preloads(job: Job) -> list[str]:
    """Return the modules that the server should import before it forks this job."""
    named = [name for name in job.imports if name.partition(".")[0] in PRELOADED]
    return [*named, _DISPLAY] if any(_displays(job, cell) for cell in job.cells) else named


def job_environment(environ: Mapping[str, str], threads: int) -> dict[str, str]:
    """Return the environment of all jobs: nothing in it may make two runs differ."""
    names = ("OMP", "MKL", "OPENBLAS", "NUMEXPR", "VECLIB_MAXIMUM")
    foreign = {"COLUMNS", "LINES", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONUNBUFFERED"}
    kept = {name: value for name, value in environ.items() if name not in foreign}
    counts = {f"{name}_NUM_THREADS": str(threads) for name in names}
    return {**kept, **counts, "PYTHONHASHSEED": "0", "MPLBACKEND": "agg"}


def _displays(job: Job, cell: Cell) -> bool:
    """Whether a cell's last statement is likely to be shown: an expression, but no print."""
    if cell.first_statement == cell.end_statement:
        return False
    statements = [statement for unit in job.units for statement in unit.statements]
    last = statements[cell.end_statement - 1]
    lines = job.source.split("\n")[last.first_line - 1 : last.last_line]
    try:
        (parsed,) = ast.parse(textwrap.dedent("\n".join(lines))).body[-1:]
    except (SyntaxError, ValueError):
        return False
    return isinstance(parsed, ast.Expr) and not ast.unparse(parsed).startswith("print(")


# --- one run ----------------------------------------------------------------------------------


@dataclass
class _Run:
    """A job on its way: where it is, since when, and what it has used."""

    job: Job
    folder: Path
    lease: Lease
    fresh: bool
    """In a new interpreter, not forked from the warm one."""
    pid: int = 0
    started: float = 0.0
    base_bytes: int = 0
    peak_bytes: int = 0
    limit: Failed | None = None
    ending: process.Ending | None = None
    ended: Ended | None = None

    def hear(self, reply: Mapping[str, Any]) -> None:
        """Take the server's word that the process has started, or ended."""
        if "started" in reply:
            self.pid = reply["pid"]
            self.started = time.monotonic()
        else:
            seconds = time.monotonic() - self.started
            self.ended = Ended(reply["status"], seconds, self.peak_bytes, self.limit)

    def watch(self, members: Sequence[int], now: float) -> None:
        """Measure, and end the session if it went over a limit."""
        self.base_bytes = self.base_bytes or base_bytes(self.folder)
        used = process.used_bytes(members, self.base_bytes, self.job.options.memory_bytes)
        self.peak_bytes = max(self.peak_bytes, used)
        if self.limit is None:
            self.limit = self._broken_limit(used, now)
        if self.limit is not None:
            self.ending = self.ending or self._new_ending()
            self.ending.push(now, members)

    def _broken_limit(self, used: int, now: float) -> Failed | None:
        options = self.job.options
        if used > options.memory_bytes:
            return Failed.MEMORY
        if written_bytes(self.folder) > options.output_bytes:
            return Failed.OUTPUT
        late = now - self.started > options.timeout_seconds
        # The server tells of an end only when it has finished what it imports for another job.
        return Failed.TIMEOUT if late and not process.has_ended(self.pid) else None

    def _new_ending(self) -> process.Ending:
        if self.limit is Failed.TIMEOUT:
            return process.Ending(self.pid)
        return process.at_once(self.pid)


def _watch(runs: Sequence[_Run]) -> None:
    started = [run for run in runs if run.pid]
    if started:
        sessions, now = process.sessions(), time.monotonic()
        for run in started:
            run.watch(sessions.get(run.pid, []), now)


# --- the server's other end -------------------------------------------------------------------


class _Server:
    """The warm server's process and the pipes to it."""

    def __init__(self, python: str, fonts: Sequence[str], environment: Mapping[str, str]) -> None:
        tools = str(Path(__file__).parents[2])
        try:
            self._process = subprocess.Popen(
                [python, "-c", _BOOT, tools, "serve", *fonts],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=dict(environment),
                bufsize=0,
                start_new_session=True,
            )
        except OSError as error:
            raise ServerError(f"cannot start {python}: {error.strerror}") from error
        self._rest = b""

    def request(self, **request: Any) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            # Its death is noticed where its replies are read.
            self._process.stdin.write(json.dumps(request).encode("ascii") + b"\n")

    def replies(self, seconds: float) -> Iterator[dict[str, Any] | None]:
        """Yield what has come within so many seconds; None when no more will ever come."""
        assert self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], seconds)
        if not ready:
            return
        data = os.read(self._process.stdout.fileno(), 65536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        yield from map(json.loads, lines)
        if not data:
            yield None

    def kill(self) -> None:
        """End the server and everything below it within a second."""
        process.end_below(self._process.pid)
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE_SECONDS)
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()


def _sweep(scratch: Path) -> None:
    """Remove what builds that were killed left behind; a running one is younger."""
    for folder in scratch.glob("run-*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > ABANDONED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _ignore(job: str) -> None:
    """Nobody wants to know."""
