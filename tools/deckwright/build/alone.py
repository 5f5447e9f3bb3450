"""Scripts run as a student runs them, and again where chance may decide what they print.

Each check must say the same of a script that prints a set or draws random numbers. So hashes are seeded, and
a script that may depend on chance runs again with other seeds before it is called good. One that prints
something else runs with what a build fixes, to learn whether that is the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from deckwright.build.chance import may_depend_on_chance
from deckwright.build.ports import StandaloneRunner
from deckwright.checks.standalone import prints_the_same
from deckwright.frozen import dataclass
from deckwright.model import Chance, Event, Evidence, Job, StandaloneRun, Varies, events

_OTHERS = (Chance(2, 1019), Chance(3, 1026))
"""What chance may be for other students. With these, the first draw of two things is not that of seed 0."""

_HASHES = 0
"""The seed of hashes in a build."""

_Runs = Mapping[str, StandaloneRun]


@dataclass(frozen=True, slots=True)
class Trials:
    """Runs of scripts as students run them."""

    evidence: Evidence
    jobs: Mapping[str, Job]
    """By id."""
    runner: StandaloneRunner
    emit: Callable[[Event], None]

    def outcomes(self) -> Iterator[tuple[str, StandaloneRun]]:
        """Yield how each job went, with the reason if chance made it print something else."""
        first: dict[str, StandaloneRun] = {}
        for name, run in self._runs(self.jobs, Chance()):
            if self._is_same(name, run) and not self._doubtful(name):
                yield name, run  # now: a check that is stopped keeps what is decided
            else:
                first[name] = run
        for chance in _OTHERS:
            doubtful = [name for name, run in first.items() if self._is_same(name, run)]
            first |= {n: run for n, run in self._runs(doubtful, chance) if not self._is_same(n, run)}
        reasons = dict(self._reasons(first))
        for name, run in first.items():
            yield name, replace(run, varies=reasons.get(name))

    def _reasons(self, first: _Runs) -> Iterator[tuple[str, Varies]]:
        different = [name for name, run in first.items() if not (run.status or run.limit)]
        different = [name for name in different if not self._is_same(name, first[name])]
        ordered = dict(self._runs(different, Chance(_HASHES, _OTHERS[0].seed)))
        rest = [name for name, run in ordered.items() if not self._is_same(name, run)]
        yield from ((name, Varies.ORDER) for name in ordered if name not in rest)
        for seed in sorted({self.jobs[name].options.seed for name in rest}):
            of_seed = [name for name in rest if self.jobs[name].options.seed == seed]
            seeded = dict(self._runs(of_seed, Chance(_HASHES, seed)))
            fixed = [name for name, run in seeded.items() if self._is_same(name, run)]
            unordered = dict(self._runs(fixed, Chance(_OTHERS[0].hashes, seed)))
            for name, run in seeded.items():
                if name in fixed:
                    is_enough = self._is_same(name, unordered[name])
                    yield name, Varies.GENERATOR if is_enough else Varies.BOTH
                elif len({run.stdout, ordered[name].stdout, first[name].stdout}) > 2:
                    yield name, Varies.ALWAYS

    def _runs(self, names: Iterable[str], chance: Chance) -> Iterator[tuple[str, StandaloneRun]]:
        jobs = sorted((self.jobs[name] for name in names), key=self._longest_first)
        for name, run in self.runner(jobs, lambda job: self.emit(events.Trying(job)), chance) if jobs else ():
            self.emit(events.Tried(name, run.status, round(run.seconds, 3)))
            yield name, run

    def _longest_first(self, job: Job) -> tuple[float, str]:
        return (-self.evidence.results[job.id].seconds, job.id)

    def _is_same(self, name: str, run: StandaloneRun) -> bool:
        return prints_the_same(self.evidence, name, run)

    def _doubtful(self, name: str) -> bool:
        return may_depend_on_chance(self.jobs[name].source)
