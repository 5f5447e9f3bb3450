"""What a queueing system says of jobs that wait or run: a command of it, and how its answer is read."""

from __future__ import annotations

import getpass
import re
import subprocess
from collections.abc import Iterable

from deckwright.frozen import dataclass

_SECONDS = 30
"""A command that takes longer says nothing of the jobs: the next look may be answered."""


@dataclass(frozen=True, slots=True)
class QueueJob:
    """A job that its queue still has."""

    state: str
    """In the word or letter of the queue."""
    reason: str
    """Why it is in that state; empty where the queue does not say it."""
    is_held: bool
    """Whether it runs only after somebody has released it."""


_UNKNOWN = QueueJob("", "", is_held=False)


@dataclass(frozen=True, slots=True)
class _Look:
    command: tuple[str, ...]
    """`{user}` stands for the name of this user."""
    job: str
    """Matches a job, with groups `id`, `state` and, if it is said, `reason`."""
    ended: str = "(?!)"
    """Matches the state of a job that has ended, and is still listed."""
    held: str = "(?!)"
    """Matches state and reason of a job that is held."""
    none: str = "(?!)"
    """Found in the error of a command that fails because there is no job."""


_LOOKS = {
    "slurm": _Look(
        ("squeue", "--me", "--noheader", "--format=%A|%T|%r"),
        r"(?P<id>\d+)\|(?P<state>\w+)\|(?P<reason>.*)",
        held=r"PENDING .*[Hh]eld.*",
    ),
    "pbs": _Look(  # also Torque's; the line below a job has what its scheduler says of it
        ("qstat", "-s", "-u", "{user}"),
        r"(?P<id>\d+)\.\S*(?:\s+\S+){8}\s+(?P<state>[A-Z])\s+\S+ *(?:\n[ \t]+(?:-- *$)?(?P<reason>\S.*)?)?",
        ended="[CF]",
        held="H.*",
    ),
    "sge": _Look(
        ("qstat", "-u", "{user}"),
        r" *(?P<id>\d+)\s+\S+\s+\S+\s+\S+\s+(?P<state>\w+)\s+\d.*",
        held=".*[Eh].*",  # after an error, or held
    ),
    "lsf": _Look(
        ("bjobs", "-w"),
        r"(?P<id>\d+)\s+\S+\s+(?P<state>[A-Z]+)\s.*",
        ended="DONE|EXIT|ZOMBI",
        held="PSUSP.*",
        none="No unfinished job found",
    ),
    "htcondor": _Look(
        ("condor_q", "-autoformat:j", "JobStatus", "HoldReason"),
        r"(?P<id>\d+\.\d+)\s+(?P<state>\d)\s*(?:undefined|(?P<reason>.*))",
        ended="[346]",
        held="5.*",
    ),
}


def queue_jobs(queue: str, numbers: Iterable[str]) -> dict[str, QueueJob] | None:
    """Return those jobs of this user that wait or run; None if the queue does not say it."""
    look = _LOOKS[queue]
    command = [part.format(user=getpass.getuser()) for part in look.command]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    if said.returncode != 0 and not re.search(look.none, said.stderr):
        return None
    listed = {match["id"]: match for match in re.finditer(f"^{look.job}$", said.stdout, re.M)}
    # A job on a line that is not as it should be has not ended.
    rest = {number: _UNKNOWN for number in numbers if re.search(rf"\b{re.escape(number)}\b", said.stdout)}
    read = {number: _job(look, listed[number]) if number in listed else rest[number] for number in rest}
    return {number: job for number, job in read.items() if not re.fullmatch(look.ended, job.state)}


def _job(look: _Look, match: re.Match[str]) -> QueueJob:
    reason = (match.groupdict().get("reason") or "").strip()
    is_held = bool(re.fullmatch(look.held, f"{match['state']} {reason}"))
    return QueueJob(match["state"], reason, is_held)
