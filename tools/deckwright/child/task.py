"""The task file: how the parent tells a child process what to run. And the names of what the child writes."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from pathlib import Path

from deckwright.model import FigureFont, Job

TASK = "task.pickle"
JOURNAL = "journal.jsonl"
STDOUT = "stdout"
STDERR = "stderr"
STDIN = "stdin"
STACK = "stack"
REQUESTS, REPLIES = "requests", "replies"
"""Pipes of a process that stands still on stage."""

FAULT = 70
"""The exit status of a fault of ours, not of the script (EX_SOFTWARE)."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job, and where it runs. All paths are absolute."""

    job: Job
    root: str
    """The project's root: files in it are the author's."""
    scratch: str
    """This job's own folder."""
    fonts: tuple[str, ...] = ()
    """Files of fonts that all figures may use."""
    figure_fonts: tuple[FigureFont, ...] = ()
    """Those that only this job's figures may use, before the others."""
    visible: str | None = None
    """CUDA_VISIBLE_DEVICES for the job; None for the one that is set."""
    watched: bool = False
    """Whether each line is shown as it is printed."""
    temporary: str = ""
    """Its folder for temporary files; empty for the system's own."""
    job_scratch: str = ""
    """For a rank: the folder of the whole job."""
    stands: bool = False
    """Whether the process stands still at its end, and is forked for blocks (`deckwright.child.stage`)."""
    block: str = ""
    """The folder of the task that the process goes on with at its end; empty for none."""
    stdin: str = ""
    """The pipe from which it reads what somebody types; empty for none."""

    @property
    def log_folder(self) -> str:
        """The folder with the read log, which all ranks write together."""
        return self.job_scratch or self.scratch

    @property
    def script(self) -> Path:
        return Path(self.root, self.job.script)


def rank_folder(scratch: str, rank: int) -> str:
    """Return the scratch folder of a rank: the first one has that of the job."""
    return os.path.join(scratch, f"rank-{rank}") if rank else scratch


def write_task(task: Task) -> None:
    Path(task.scratch, TASK).write_bytes(pickle.dumps(task))


def read_task(folder: str) -> Task:
    task: Task = pickle.loads(Path(folder, TASK).read_bytes())
    return task
