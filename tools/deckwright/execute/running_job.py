"""A job that is running: its process, what it uses, and when it is ended early."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGKILL, SIGTERM
from typing import Any

from deckwright.child.recording.audit_log import SCRATCH_VARIABLE
from deckwright.execute.cell_progress import CellProgress
from deckwright.execute.disk_use import DiskUse
from deckwright.execute.inputs import read_inputs
from deckwright.execute.leases import Lease
from deckwright.execute.limits import broken_limit
from deckwright.execute.live_output import Follower
from deckwright.execute.results import ProcessEnd, read_result, without_root
from deckwright.execute.scratch_folder import base_bytes, missing_files, written_bytes
from deckwright.execute.temporary import with_system_folder
from deckwright.files.disk import Disk
from deckwright.frozen import dataclass
from deckwright.machine import processes
from deckwright.model import MADE_FILE, NO_FILE, FailureKind, FigureFonts, Job, Result
from deckwright.plan.keys import job_key, job_parts

_SENT = (SIGKILL, SIGTERM, SIGINT, SIGHUP)
"""Signals that come from another process, or from the system when memory runs out."""

_START_SECONDS = 120.0
"""A server that has not started a job after so long hangs, whatever it imports on whatever machine."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A job that waits to be run, and how."""

    job: Job
    fresh: bool = False
    """In a new interpreter, not in a fork of the warm one."""
    alone: bool = False
    """Beside no other job, so that whatever ends it is its own doing."""


@dataclass
class RunningJob:
    """A job in a process of its own."""

    attempt: Attempt
    root: Path
    folder: Path
    """Its scratch folder."""
    lease: Lease
    progress: CellProgress
    follower: Follower | None = None
    """Shows what it prints while it runs."""
    fonts: FigureFonts = field(default_factory=FigureFonts)
    """Those that its figures get besides."""
    temporary: Path | None = None
    """Its folder for temporary files."""
    wanted: Job | None = None
    """The job for which a later run took it over: its comments may be others."""
    pid: int = 0
    keeper: int = 0
    requested: float = field(default_factory=time.monotonic)
    started: float = 0.0
    base_bytes: int = 0
    peak_bytes: int = 0
    limit: FailureKind | None = None
    unwanted: bool = False
    ending: processes.Ending | None = None
    ended: ProcessEnd | None = None

    def __post_init__(self) -> None:
        self._disk_use = DiskUse([self.folder, *([self.temporary] if self.temporary else [])])

    @property
    def job(self) -> Job:
        """The job as it was when it started."""
        return self.attempt.job

    @property
    def is_late_to_start(self) -> bool:
        """Whether the server is busy for so long that it may never start it."""
        return not self.pid and time.monotonic() - self.requested > _START_SECONDS

    @property
    def is_innocent(self) -> bool:
        """Whether it ended in a way that another job may have brought about."""
        if self.ended is None or self.attempt.alone or self.limit is not None:
            return False
        status = self.ended.status
        return self.ended.lost or (os.WIFSIGNALED(status) and os.WTERMSIG(status) in _SENT)

    @property
    def seconds(self) -> float:
        """How long it has been running; 0 before its process has started."""
        return time.monotonic() - self.started if self.pid else 0.0

    def on_reply(self, reply: Mapping[str, Any]) -> None:
        """Take a reply of the server: the process has started, or ended."""
        if "started" in reply:
            self.pid, self.keeper = reply["pid"], reply["keeper"]
            self.started = time.monotonic()
        elif "ended" in reply:
            self.ended = ProcessEnd(reply["status"], self.seconds, self.peak_bytes, self.limit)
        else:
            self.lose()

    def lose(self) -> None:
        """Take it as ended: the processes that ran it have ended."""
        self.ended = ProcessEnd(0, self.seconds, self.peak_bytes, self.limit, lost=True)
        processes.end_strays(self.pid, SCRATCH_VARIABLE, str(self.folder))

    def watch(self, now: float) -> None:
        """Measure its processes; end them over a limit, or if the result is not wanted."""
        if processes.is_stopped(self.keeper):
            processes.signal_all([self.keeper], SIGKILL)  # the server reports that
        members = processes.members(self.keeper, self.pid)
        self.base_bytes = self.base_bytes or base_bytes(self.folder)
        used = processes.used_bytes(members, self.base_bytes, self.job.options.memory_bytes)
        self.peak_bytes = max(self.peak_bytes, used)
        if self.limit is None:
            self.limit = self._broken_limit(members, used, now)
        if self.limit is not None and self.ending is None:
            is_timeout = self.limit is FailureKind.TIMEOUT
            self.ending = processes.Ending(processes.LADDER if is_timeout else processes.AT_ONCE)
        if self.ending is not None and (number := self.ending.due(now)):
            if number is SIGKILL:
                processes.end(self.keeper, self.pid)
            else:
                processes.signal_all(members, number)

    def matches(self, job: Job) -> bool:
        """Whether its result will be that of a job: the same but for comments, with unchanged inputs."""
        return not self.unwanted and _identity(self.job) == _identity(job) and not self._outdated()

    def drop(self) -> None:
        """Have it ended at once: its result is not wanted."""
        self.unwanted, self.ending = True, processes.Ending(processes.AT_ONCE)

    def result(self) -> Result:
        """Return its result. It must have ended."""
        assert self.ended is not None
        result = read_result(self.job, self.folder, self.ended, self.root)
        result = with_system_folder(without_root(result, self.root), self.temporary)
        draws = "matplotlib" in result.imports
        return replace(result, fonts=self.fonts.versions) if draws else result

    def _outdated(self) -> bool:
        """Whether an input has changed since it was read."""
        disk, reads = Disk(self.root), read_inputs(self.folder, self.root, self.job.script).reads
        return any(
            (disk.stamp(path) or NO_FILE) != stamp
            for path, stamp in reads.items()
            if stamp not in (None, MADE_FILE)  # what the run itself changed or made
        )

    def _broken_limit(self, members: Mapping[int, int], used: int, now: float) -> FailureKind | None:
        if not self.folder.is_dir() or (self.base_bytes and missing_files(self.folder)):
            return FailureKind.REMOVED
        written, seconds = written_bytes(self.folder, self.job.options.nproc), now - self.started
        limit = broken_limit(
            self.job.options,
            written_bytes=written,
            used_bytes=used,
            disk_bytes=self._disk_use.step(members),
            processes=len(members),
            threads=sum(members.values()),
            seconds=seconds,
            cell_seconds=self.progress.seconds(now),
        )
        # The server reports an end only after it has imported what another job needs.
        return None if limit is FailureKind.TIMEOUT and processes.has_ended(self.pid) else limit


def _identity(job: Job) -> tuple[str, str]:
    return job.device, job_key(job_parts(job, python=""))
