"""Blocks of scripts that run on stage, each after what stands before it, from a process that has run that.

Such a process is kept for a while, so that a block runs again within the time of a fork. What is read of a
run is what it writes into its scratch folder, as for every job.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from pathlib import Path

from deckwright.child.journal import CannotFork, InputAwaited, StandsStill, Written
from deckwright.child.recording.read_log import begin_log
from deckwright.child.task import JOURNAL, REPLIES, REQUESTS, STDIN, STDOUT, Task, write_task
from deckwright.execute.cell_progress import CellProgress
from deckwright.execute.drawn_letters import drawn_letters
from deckwright.execute.fork_client import ForkServer, parse_reply
from deckwright.execute.leases import Lease, Leases
from deckwright.execute.outputs import outputs_of
from deckwright.execute.preload import preloads
from deckwright.execute.running_job import Attempt, RunningJob
from deckwright.execute.scratch_folder import JournalReader, read_run_files, written_bytes
from deckwright.execute.temporary import TemporaryFolders
from deckwright.execute.workers import job_environment
from deckwright.files.bounded import file_bytes
from deckwright.files.scratch import Scratch, remove_tree
from deckwright.frozen import dataclass
from deckwright.machine import processes
from deckwright.machine.devices import visible_gpus
from deckwright.model import FigureFonts, Job, Output, Result

_MOST_KEPT = 3
"""Processes that are kept at a time. Each has the memory of its script."""

_MOST_TYPED = 4096
"""Bytes of a line that somebody types: more would not fit into a pipe at once."""


@dataclass(frozen=True, slots=True)
class StagedBlock:
    """A block of a script, and what stands before it, each as a job of its own."""

    script: Job
    """The whole script: the modules that it imports are there before anything runs."""
    before: Job
    block: Job

    @property
    def place(self) -> tuple[str, int]:
        """Which script it is, and how many of its statements run before the block."""
        return self.script.id, self.before.end_statement


@dataclass(eq=False)
class Kept:
    """A process that runs the statements before a block, or has run them and stands still."""

    run: RunningJob
    requests: int
    replies: int
    is_ready: bool = False
    obstacle: str = ""
    """Why it cannot be forked, so that what stands before a block runs again with each run of it."""
    result: Result | None = None
    """What it gave if it did not come to the block."""
    _rest: bytes = b""

    def __post_init__(self) -> None:
        self._journal = JournalReader(self.run.folder)

    @property
    def has_ended(self) -> bool:
        return self.run.ended is not None

    def advance(self, now: float) -> None:
        """Look at how far it is."""
        with suppress(OSError, ValueError):
            for event in self._journal.new_events():
                self.is_ready |= isinstance(event, StandsStill)
                self.obstacle = event.reason if isinstance(event, CannotFork) else self.obstacle
        if self.run.pid and not self.has_ended and not self.is_ready:
            self.run.watch(now)
        if self.has_ended and self.result is None:
            self.result = self.run.result()

    def messages(self) -> Iterator[dict[str, object]]:
        """Yield what the keepers of blocks reply."""
        with suppress(BlockingIOError, OSError):
            data = os.read(self.replies, 65536)
            *lines, self._rest = (self._rest + data).split(b"\n")
            yield from filter(None, map(parse_reply, lines))

    def fork(self, folder: Path) -> None:
        """Let a fork run the block in a folder."""
        with suppress(OSError):
            os.write(self.requests, os.fsencode(folder) + b"\n")


@dataclass(eq=False)
class BlockRun:
    """One run of a block."""

    staged: StagedBlock
    folder: Path
    typed: int
    """The pipe for what somebody types."""
    kept: Kept
    run: RunningJob | None = None
    """Its process; None while it waits for what stands before it."""
    started_in: Path | None = None
    """The scratch folder with which its process was started."""
    from_start: str = ""
    """Why what stands before it runs again, with the block; empty where it does not."""
    before: Result | None = None
    """What was run before the block, if that did not come to it."""
    is_stopped: bool = False
    asks: bool = False
    """Whether it waits for a line that somebody types."""

    def __post_init__(self) -> None:
        self._journal = JournalReader(self.folder)
        self._seen = -1

    @property
    def has_ended(self) -> bool:
        return self.before is not None or (self.run is not None and self.run.ended is not None)

    @property
    def is_running(self) -> bool:
        """Whether its statements run."""
        return self.run is not None and self.run.folder == self.folder and bool(self.run.pid)

    def has_news(self) -> bool:
        """Whether it has written something since the last call."""
        seen = self._size()
        is_new, self._seen = seen != self._seen, seen
        return is_new

    def outputs(self) -> tuple[Output, ...]:
        """Return what it has shown so far."""
        try:
            return outputs_of(
                self.staged.block, read_run_files(self.folder, self.staged.block.options.output_bytes)
            )
        except (OSError, ValueError):
            return ()

    def result(self) -> Result:
        """Return its result. It must have ended."""
        if self.before is not None:
            return self.before
        assert self.run is not None
        return self.run.result()

    def answer(self, line: str) -> None:
        """Give it a line that was typed."""
        self.asks = False
        with suppress(OSError):
            os.write(self.typed, line.encode()[: _MOST_TYPED - 1] + b"\n")

    def stop(self) -> None:
        """End it: with an interrupt, as Ctrl-C does, and if that does not help, in another way."""
        self.is_stopped = True
        if self.run is not None and self.run.ended is None and self.run.ending is None:
            self.run.ending = processes.Ending(processes.LADDER)

    def advance(self, now: float) -> None:
        with suppress(OSError, ValueError):
            for event in self._journal.new_events():
                self.asks = isinstance(event, InputAwaited) or (self.asks and not isinstance(event, Written))
        if self.run is None:
            return
        if self.from_start and self.run.folder != self.folder and (self.folder / STDOUT).exists():
            # The process has come to the block, and may have ended since.
            progress = CellProgress(self.staged.block, self.folder)
            attempt = Attempt(self.staged.block)
            self.run = replace(self.run, attempt=attempt, folder=self.folder, progress=progress, started=now)
        if self.run.ended is not None:
            return
        if self.run.pid:
            self.run.watch(now)
        elif self.kept.has_ended and not self.from_start:
            self.run.lose()  # what it was to be forked from ended at the same moment

    def _size(self) -> int:
        return written_bytes(self.folder) + file_bytes(self.folder / JOURNAL)


class Stage(AbstractContextManager["Stage"]):
    """Runs one block at a time. Leaving its context ends all processes. One thread uses it."""

    def __init__(
        self,
        root: Path,
        *,
        scratch: Path,
        fonts: Sequence[Path] = (),
        figure_fonts: Callable[[frozenset[str]], FigureFonts] = lambda letters: FigureFonts(),
        python: str = sys.executable,
        gpus: tuple[str, ...] | None = None,
    ) -> None:
        """`root` is the project's; `scratch` is for temporary files."""
        self._root = root
        self._fonts = tuple(map(str, fonts))
        self._figure_fonts = figure_fonts
        self._python = python
        self._leases = Leases(sys.maxsize, visible_gpus() if gpus is None else gpus)
        self._scratch = scratch
        self._folder: Scratch | None = None
        self._temporary = TemporaryFolders()
        self._server: ForkServer | None = None
        self._kept: dict[tuple[str, int], Kept] = {}
        """By their places, the one that was used last at the end."""
        self._running: BlockRun | None = None

    def __exit__(self, *error: object) -> None:
        self._lose_server()
        if self._folder is not None:
            self._folder.close()
        self._temporary.close()

    @property
    def is_busy(self) -> bool:
        """Whether something runs that `advance` has to look at often."""
        preparing = (not (kept.is_ready or kept.has_ended) for kept in self._kept.values())
        return self._running is not None or any(preparing)

    def prepare(self, staged: StagedBlock) -> Kept:
        """Let a process run the statements before a block, unless there is one that is still right."""
        kept = self._kept.pop(staged.place, None)
        if kept is not None and not self._is_right(kept, staged.before):
            self._drop(kept)
            kept = None
        kept = self._kept[staged.place] = kept or self._start(staged)
        for oldest in list(self._kept)[:-_MOST_KEPT]:
            self._drop(self._kept.pop(oldest))
        return kept

    def run(self, staged: StagedBlock) -> BlockRun:
        """Run a block as soon as what stands before it has run; another one that runs is ended."""
        self.end_run()
        kept = self.prepare(staged)
        folder = self._new_folder()
        pipe = _pipe(folder / STDIN)
        self._write_task(staged.block, folder, kept.run.lease, kept.run.temporary, stdin=str(folder / STDIN))
        self._running = BlockRun(staged, folder, pipe, kept)
        self._begin(self._running)
        return self._running

    def end_run(self) -> None:
        """End the block that runs, and forget it."""
        run, self._running = self._running, None
        if run is None:
            return
        os.close(run.typed)
        if run.run is not None and run.run.pid and run.run.ended is None:
            processes.end(run.run.keeper, run.run.pid)
        remove_tree(run.folder)
        if run.started_in not in (None, run.folder) and run.run is not None:
            self._remove(run.run, run.started_in)

    def advance(self, seconds: float) -> None:
        """Wait for so long, or until something happens; look at what runs."""
        if self._server is None:
            time.sleep(seconds)
        elif not self._take_replies(self._server, seconds):
            self._lose_server()
        now = time.monotonic()
        for kept in self._kept.values():
            kept.advance(now)
        if (run := self._running) is not None:
            if run.run is None and run.before is None:
                self._begin(run)
            run.advance(now)

    def _begin(self, run: BlockRun) -> None:
        """Start a block, if what stands before it has run."""
        if run.kept not in self._kept.values():  # a file has changed meanwhile
            run.kept = self.prepare(run.staged)
        kept, staged = run.kept, run.staged
        if kept.is_ready and not kept.has_ended:
            run.started_in = run.folder
            run.run = self._running_job(staged.block, run.folder, kept.run.lease, kept.run.temporary)
            kept.fork(run.folder)
        elif kept.obstacle:
            run.from_start, run.started_in = kept.obstacle, self._new_folder()
            run.run = self._start_process(staged, run.started_in, block=str(run.folder))
        elif kept.result is not None:
            run.before = kept.result

    def _is_right(self, kept: Kept, prefix: Job) -> bool:
        """Whether a process has run what stands before a block now, with files as they are now."""
        if kept.has_ended and not kept.obstacle:
            return False
        return kept.run.matches(prefix)

    def _start(self, staged: StagedBlock) -> Kept:
        folder = self._new_folder()
        requests, replies = _pipe(folder / REQUESTS), _pipe(folder / REPLIES)
        return Kept(self._start_process(staged, folder, stands=True), requests, replies)

    def _start_process(
        self, staged: StagedBlock, folder: Path, *, stands: bool = False, block: str = ""
    ) -> RunningJob:
        """Start a process for the statements before a block."""
        job, temporary = staged.before, self._temporary.new()
        lease = self._leases.turn().take(job) or Lease()
        self._write_task(job, folder, lease, temporary, stands=stands, block=block)
        fresh = job.options.isolate == "fresh"
        modules = [] if fresh else preloads(staged.script, self._root)
        self._warm_server().request(task=str(folder), modules=modules, fresh=fresh)
        return self._running_job(job, folder, lease, temporary)

    def _running_job(self, job: Job, folder: Path, lease: Lease, temporary: Path | None) -> RunningJob:
        progress = CellProgress(job, folder)
        return RunningJob(Attempt(job), self._root, folder, lease, progress, temporary=temporary)

    def _write_task(
        self,
        job: Job,
        folder: Path,
        lease: Lease,
        temporary: Path | None,
        *,
        stands: bool = False,
        block: str = "",
        stdin: str = "",
    ) -> None:
        fonts = self._figure_fonts(drawn_letters(job))
        begin_log(str(folder))
        task = Task(job, str(self._root), str(folder), self._fonts, fonts.files, lease.visible)
        temporary_name = str(temporary or "")
        write_task(
            replace(task, watched=True, temporary=temporary_name, stands=stands, block=block, stdin=stdin)
        )

    def _new_folder(self) -> Path:
        if self._folder is None:
            self._folder = Scratch(self._scratch)
        return Path(tempfile.mkdtemp(prefix="stage-", dir=self._folder.path))

    def _warm_server(self) -> ForkServer:
        if self._server is None:
            # With one thread: those of a pool would not be in a fork.
            self._server = ForkServer(
                self._python, self._fonts, job_environment(os.environ, 1), recorder=False
            )
        return self._server

    def _take_replies(self, server: ForkServer, seconds: float) -> bool:
        """Take the replies that come within some seconds; return False if the server has ended."""
        alive = True
        for reply in server.replies(seconds):
            if reply is None:
                alive = False
            else:
                self._on_reply(reply)
        for kept in list(self._kept.values()):
            for message in kept.messages():
                self._on_reply(message)
        return alive

    def _on_reply(self, reply: dict[str, object]) -> None:
        runs = {str(kept.run.folder): kept.run for kept in self._kept.values()}
        if self._running is not None and self._running.run is not None:
            runs[str(self._running.started_in)] = self._running.run
        if run := runs.get(str(next(iter(reply.values())))):
            run.on_reply(reply)

    def _lose_server(self) -> None:
        """End the server, and all that it runs."""
        self.end_run()
        for kept in self._kept.values():
            self._drop(kept)
        self._kept.clear()
        if self._server is not None:
            self._server.kill()
            self._server = None

    def _drop(self, kept: Kept) -> None:
        if kept.run.pid and not kept.has_ended:
            processes.end(kept.run.keeper, kept.run.pid)
        os.close(kept.requests)
        os.close(kept.replies)
        self._remove(kept.run, kept.run.folder)

    def _remove(self, run: RunningJob, folder: Path) -> None:
        self._leases.give(run.lease)
        for each in filter(None, (folder, run.temporary)):
            remove_tree(each)


def _pipe(path: Path) -> int:
    """Return a pipe at a path, which is made if there is none; neither end waits for the other one."""
    with suppress(FileExistsError):
        os.mkfifo(path, 0o600)
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)
