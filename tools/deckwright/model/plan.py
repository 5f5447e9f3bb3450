"""What is remembered of runs, and which jobs run next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum

from deckwright.frozen import dataclass
from deckwright.model.job import Job


@dataclass(frozen=True, slots=True)
class Record:
    """What is remembered of a job's last run: enough to tell whether it is still true."""

    job: str
    key: str
    parts: Mapping[str, str]
    """The key's parts by name (code, variant, options, python, device, figures), each a digest."""
    reads: Mapping[str, str]
    """Digest of everything that the run read or looked for, named as `Result.reads` does; of environment
    variables, a digest salted with the key."""
    packages: Mapping[str, str]
    """Version of each distribution that the run imported, and of those that these need."""
    seconds: float
    failed: bool = False
    writes: Mapping[str, str] = field(default_factory=dict)
    """Digest of each file that the run wrote, as it left it: others may read it."""
    text: str = ""
    """As `Result.text`."""
    by_kernel: bool = False
    """As `Result.by_kernel`."""
    values: frozenset[str] = frozenset()
    """The names of the values that were recorded, as decks named them then."""
    outside: str = ""
    """What the cause of its failure may be, if it may lie outside of the script."""
    card: Mapping[str, str] = field(default_factory=dict)
    """As `Result.card`."""


class State(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    ABSENT = "absent"
    """Not runnable here: its device is absent."""
    SKIPPED = "skipped"
    """Stale, but not among the scripts that were asked for (`--only`)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One job of a plan, with the reason why it runs or does not."""

    job: Job
    key: str
    parts: Mapping[str, str]
    state: State
    reason: str
    record: Record | None = None
    """The run whose result is still true, if it is fresh."""
    last_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    steps: tuple[Step, ...]
    not_run: int = 0
    """How many code blocks of decks do not run, with a reason."""

    @property
    def stale(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.state is State.STALE)

    @property
    def in_doubt(self) -> tuple[Step, ...]:
        """The fresh ones whose failure may have a cause outside of the script."""
        fresh = (step for step in self.steps if step.state is State.FRESH)
        return tuple(step for step in fresh if step.record and step.record.outside)

    def with_steps(self, steps: Iterable[Step]) -> Plan:
        """Return a plan in which these take the places of those that were not to run."""
        by_job = {step.job.id: step for step in steps}
        merged = (s if s.state is State.STALE else by_job.get(s.job.id, s) for s in self.steps)
        return replace(self, steps=tuple(merged))

    @property
    def missing(self) -> Mapping[str, str]:
        """Why there will be no result, by job."""
        return {s.job.id: s.reason for s in self.steps if s.state in (State.ABSENT, State.SKIPPED)}
