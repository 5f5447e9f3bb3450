"""What a worker of the cluster does: for each build it keeps one warm server, which runs what it is given."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any, cast

from distributed import Worker, WorkerPlugin, get_worker

from deckwright.cluster.assignment import Assignment, Reply, Session, pack, unpack
from deckwright.cluster.digests import KnownDigests
from deckwright.cluster.dispatcher import Dispatcher
from deckwright.cluster.project_copy import Contents, ProjectCopy
from deckwright.cluster.same_machine import difference
from deckwright.execute.drawn_letters import drawn_letters
from deckwright.execute.workers import Workers
from deckwright.files.digests import digest
from deckwright.files.disk import Disk
from deckwright.files.scratch import remove_tree
from deckwright.machine.environment import find_environment
from deckwright.machine.gpus import card_versions
from deckwright.model import FigureFonts, Result

_HOST = socket.gethostname()

_IDLE_SECONDS = 600.0

Contained = Mapping[str, bytes]
"""Contents of files by digest."""


async def run_assignment(key: str, data: bytes, contents: Contained) -> tuple[bytes, Contained]:
    """Run the job of an assignment as the task `key`; return the reply, and contents of files by digest."""
    worker, assignment = get_worker(), unpack(Assignment, data)
    try:
        server = await _server(worker, assignment.session)
        reply, written = await server.run(key, assignment, contents)
    except OSError as error:  # its disk is full, or takes no files: other workers may do
        why = f"it cannot keep the files of a script: {error.strerror or error}"
        return pack(Reply(worker.address, _HOST, refused=why)), {}
    return pack(reply), written


async def _server(worker: Worker, session: Session) -> ProjectServer:
    """Return the server of a build, which starts with its first job; raises OSError."""
    name = f"deckwright-{session.name}"
    if name not in worker.plugins:
        try:
            await worker.plugin_add(ProjectServer(session), name, catch_errors=False)
        except OSError:
            del worker.plugins[name]
            raise
    return cast(ProjectServer, worker.plugins[name])


def environment_there() -> tuple[str, dict[str, str]]:
    """Return what runs scripts on this worker: `Environment.python`, and versions by distribution."""
    environment = find_environment()
    return environment.python, dict(environment.versions)


async def end_session(name: str, dask_worker: Worker) -> None:
    """End what a worker keeps for a build."""
    with suppress(KeyError):
        await dask_worker.plugin_remove(f"deckwright-{name}")


class ProjectServer(WorkerPlugin):
    """A warm server for the scripts of one project, as long as a build lasts."""

    idempotent = True

    def __init__(self, session: Session) -> None:
        self._session = session

    def setup(self, worker: Worker) -> None:
        self._worker = worker
        # Its own: the folder of one that has ended may still be removed.
        name = f"deckwright-{self._session.name}-{secrets.token_hex(4)}"
        self._folder = Path(worker.local_directory) / name
        self._contents = Contents(self._folder / "contents")
        self._copy = None if _shares(self._session) else ProjectCopy(self._folder / "project", self._contents)
        self._root = self._copy.root if self._copy else Path(self._session.root)
        self._digests = KnownDigests(Disk(self._root), self._session.name)
        self._environment = find_environment()
        self._packages = cache(self._environment.packages)
        self._figure_fonts: dict[frozenset[str], FigureFonts] = {}
        """By the letters of a job's figures."""
        self._dispatcher: Dispatcher | None = None
        self._jobs: dict[str, str] = {}
        """The job of each task that runs, by its key."""
        self._running = 0
        self._end: asyncio.TimerHandle | None = None

    async def teardown(self, worker: Worker) -> None:
        if self._end is not None:
            self._end.cancel()
        if self._dispatcher is not None:
            await asyncio.to_thread(self._dispatcher.close)
        await asyncio.to_thread(remove_tree, self._folder)

    def transition(self, key: Any, start: str, finish: str, **kwargs: Any) -> None:
        """End the job of a task that was cancelled: its build was interrupted, or has ended."""
        if start == "executing" and finish not in ("memory", "error") and self._dispatcher is not None:
            self._dispatcher.drop(self._jobs.pop(key, ""))

    async def run(self, key: str, assignment: Assignment, contents: Contained) -> tuple[Reply, Contained]:
        """Run the job of a task, unless this machine differs or lacks something."""
        self._running += 1
        if self._end is not None:
            self._end.cancel()
        try:
            return await self._run(key, assignment, contents)
        finally:
            self._running -= 1
            if not self._running:
                self._end = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._end_session)

    def _end_session(self) -> None:
        """End this server: its build may be gone without a word. If not, the next job starts another."""
        self._ending = asyncio.ensure_future(end_session(self._session.name, self._worker))

    async def _run(self, key: str, assignment: Assignment, contents: Contained) -> tuple[Reply, Contained]:
        reply = await asyncio.to_thread(self._prepare, assignment, contents)
        if reply.refused or reply.lacks:
            return reply, {}
        say = partial(self._worker.log_event, self._session.name)
        say({"key": key, "worker": self._worker.address, "host": _HOST})
        if self._dispatcher is None:
            self._dispatcher = Dispatcher(self._workers(assignment.fonts))
        self._figure_fonts[drawn_letters(assignment.job)] = self._local_fonts(assignment)
        self._jobs[key] = assignment.job.id
        result = await asyncio.wrap_future(
            self._dispatcher.submit(assignment.job, lambda cell: say({"key": key, "cell": cell}))
        )
        return await asyncio.to_thread(self._reply, result)

    def _prepare(self, assignment: Assignment, contents: Contained) -> Reply:
        here = self._environment
        there = self._session.python, assignment.packages
        if refused := difference(*there, here.python, here.versions):
            return Reply(self._worker.address, _HOST, refused=refused)
        self._contents.add(contents)
        fonts = {**assignment.fonts, **assignment.fonts_besides}
        wanted = {path: digest for path, digest in fonts.items() if not self._has(path, digest)}
        lacks = self._contents.lacking({**wanted, **(assignment.contents if self._copy else {})})
        if lacks:
            return Reply(self._worker.address, _HOST, lacks=tuple(lacks))
        if self._copy:
            self._copy.place(assignment.contents, assignment.folders)
        return Reply(self._worker.address, _HOST)

    def _workers(self, fonts: Mapping[str, str]) -> Workers:
        return Workers(
            self._root,
            jobs=self._worker.state.nthreads,
            threads=self._session.threads,
            scratch=self._folder / "scratch",
            fonts=[self._local(path, digest) for path, digest in fonts.items()],
            figure_fonts=lambda letters: self._figure_fonts.get(letters, FigureFonts()),
        )

    def _local_fonts(self, assignment: Assignment) -> FigureFonts:
        fonts, digests = assignment.figure_fonts, assignment.fonts_besides
        files = [replace(file, path=str(self._local(file.path, digests[file.path]))) for file in fonts.files]
        return replace(fonts, files=tuple(files))

    def _local(self, path: str, digest: str) -> Path:
        """Return where the content of a file is on this machine."""
        return Path(path) if self._has(path, digest) else self._contents.path(digest)

    def _has(self, path: str, digest: str) -> bool:
        """Whether a file on this machine has a content."""
        return self._digests.digest(path) == digest

    def _reply(self, result: Result) -> tuple[Reply, Contained]:
        reply = Reply(
            self._worker.address,
            _HOST,
            result,
            is_copy=self._copy is not None,
            digests=self._digests.as_read(result),
            packages=self._packages(result.imports),
            cards=card_versions(),
        )
        if not self._copy:
            return reply, {}
        files = {path: self._root / path for path in result.writes if not path.endswith("/")}
        written = {path: file.read_bytes() for path, file in files.items() if file.is_file()}
        contents = {digest(content): content for content in written.values()}
        return replace(reply, written={path: digest(content) for path, content in written.items()}), contents


def _shares(session: Session) -> bool:
    """Whether the project's folder is on this machine, too."""
    try:
        return Path(session.mark).read_text("ascii") == session.name
    except (OSError, ValueError):
        return False
