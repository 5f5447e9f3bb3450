"""What queueing systems say of jobs, in the formats of their manual pages, as programs here print it."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.cluster.address import QUEUES
from deckwright.cluster.queue_jobs import _LOOKS, QueueJob, queue_jobs

SLURM = """\
11|PENDING|Resources
12|RUNNING|None
13|PENDING|JobHeldAdmin
14|PENDING|launch failed requeued held
"""
PBS = """

pbs01:
                                                            Req'd  Req'd   Elap
Job ID          Username Queue    Jobname    SessID NDS TSK Memory Time  S Time
--------------- -------- -------- ---------- ------ --- --- ------ ----- - -----
11.pbs01.exampl alice    workq    deckwright    --    1   4   16gb 02:00 Q   --
   Not Running: Insufficient amount of resource: ncpus
12.pbs01.exampl alice    workq    deckwright  21764   1   4   16gb 02:00 R 00:01
   Job run at Mon Nov 30 at 10:00 on (node1:ncpus=4)
13.pbs01.exampl alice    workq    deckwright    --    1   4   16gb 02:00 H   --
   Job held by operator, too many failed attempts to run
14.pbs01.exampl alice    workq    deckwright    --    1   4   16gb 02:00 H   --
    --
15.pbs01.exampl alice    workq    deckwright  21700   1   4   16gb 02:00 C 00:01
   Job has ended
"""
SGE = """\
job-ID  prior   name       user         state submit/start at     queue                          slots
----------------------------------------------------------------------------------------------------
     11 0.00000 deckwright alice        qw    11/30/2026 09:58:10                                    4
     12 0.55500 deckwright alice        r     11/30/2026 09:58:12 all.q@node1                        4
     13 0.55500 deckwright alice        Eqw   11/30/2026 09:58:10                                    4
     14 0.00000 deckwright alice        hqw   11/30/2026 09:58:10                                    4
"""
LSF = """\
JOBID   USER    STAT  QUEUE      FROM_HOST   EXEC_HOST   JOB_NAME   SUBMIT_TIME
11      alice   PEND  normal     head        -           deckwright Nov 30 09:58
12      alice   RUN   normal     head        4*node1     deckwright Nov 30 09:58
13      alice   PSUSP normal     head        -           deckwright Nov 30 09:58
15      alice   ZOMBI normal     head        4*node1     deckwright Nov 30 09:58
"""
HTCONDOR = """\
11.0 1 undefined
12.0 2 undefined
13.0 5 Error from slot1@node1: Failed to open '/scratch/alice/out' as standard output: No such file (errno 2)
15.0 4 undefined
"""
NUMBERS = ["11", "12", "13", "14", "15", "1", "5"]


def fake(folder: Path, queue: str, text: str, error: str = "", status: int = 0) -> None:
    """Put a program in place of the one that lists the jobs of a queue; it prints a text."""
    (folder / "text").write_text(text)
    program = folder / _LOOKS[queue].command[0]
    program.write_text(f"#!/bin/sh\n/bin/cat {folder}/text; echo '{error}' >&2; exit {status}\n")
    program.chmod(0o700)


@pytest.mark.parametrize(
    ("queue", "text", "jobs"),
    [
        (
            "slurm",
            SLURM,
            {
                "11": QueueJob("PENDING", "Resources", False),
                "12": QueueJob("RUNNING", "None", False),
                "13": QueueJob("PENDING", "JobHeldAdmin", True),
                "14": QueueJob("PENDING", "launch failed requeued held", True),
            },
        ),
        (
            "pbs",
            PBS,
            {
                "11": QueueJob("Q", "Not Running: Insufficient amount of resource: ncpus", False),
                "12": QueueJob("R", "Job run at Mon Nov 30 at 10:00 on (node1:ncpus=4)", False),
                "13": QueueJob("H", "Job held by operator, too many failed attempts to run", True),
                "14": QueueJob("H", "", True),
            },
        ),
        (
            "sge",
            SGE,
            {
                "11": QueueJob("qw", "", False),
                "12": QueueJob("r", "", False),
                "13": QueueJob("Eqw", "", True),
                "14": QueueJob("hqw", "", True),
            },
        ),
        (
            "lsf",
            LSF,
            {
                "11": QueueJob("PEND", "", False),
                "12": QueueJob("RUN", "", False),
                "13": QueueJob("PSUSP", "", True),
            },
        ),
        (
            "htcondor",
            HTCONDOR,
            {
                "11.0": QueueJob("1", "", False),
                "12.0": QueueJob("2", "", False),
                "13.0": QueueJob(
                    "5",
                    "Error from slot1@node1: Failed to open '/scratch/alice/out' as standard output: "
                    "No such file (errno 2)",
                    True,
                ),
            },
        ),
    ],
)
def test_the_jobs_that_a_queue_still_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, queue: str, text: str, jobs: dict[str, QueueJob]
) -> None:
    fake(tmp_path, queue, text)
    monkeypatch.setenv("PATH", str(tmp_path))
    numbers = [f"{number}.0" for number in NUMBERS] if queue == "htcondor" else NUMBERS
    found = queue_jobs(queue, numbers)
    assert found is not None
    states = {number: job for number, job in found.items() if number in jobs}
    assert states == jobs
    assert "15" not in found
    assert "15.0" not in found


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_without_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, queue: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert queue_jobs(queue, ["11"]) is None  # there is no such program
    fake(tmp_path, queue, "", "cannot connect to the server", 1)
    assert queue_jobs(queue, ["11"]) is None
    fake(tmp_path, queue, "")
    assert queue_jobs(queue, ["11"]) == {}
    fake(tmp_path, queue, "job 11 is listed as no manual says\n")
    assert queue_jobs(queue, ["11", "12"]) == {"11": QueueJob("", "", False)}


def test_lsf_fails_where_there_is_no_job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, "lsf", "", "No unfinished job found", 255)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert queue_jobs("lsf", ["11"]) == {}
