"""Decks and scripts, resolved against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cached_property, partial
from itertools import chain

from deckwright.frozen import dataclass
from deckwright.model.control import Control, Overrides, states_of
from deckwright.model.deck import Deck, DiagramSource, Kind, Reference
from deckwright.model.diagnostic import Acceptance, Diagnostic
from deckwright.model.job import Figure, Job, job_id
from deckwright.model.script import Script, Variant


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What draws a picture: a job, and the figure that is asked of it."""

    job: str
    figure: Figure
    is_accepted: bool = False
    """Whether there is an accepted picture."""


@dataclass(frozen=True)  # without slots: `_jobs_by_script` is computed once
class Course:
    """Decks and scripts, resolved against each other."""

    decks: tuple[Deck, ...]
    scripts: Mapping[str, Script]
    """By path; a deck's `exec` program has the deck's path."""
    jobs: Mapping[str, Job]
    """By id. Their device is the one that the script or the variant asks for."""
    figures: Mapping[str, FigureSource]
    """By the path of the accepted picture."""
    diagnostics: tuple[Diagnostic, ...] = ()
    diagrams: Mapping[str, DiagramSource] = field(default_factory=dict)
    """What is drawn without a job, by the path of the accepted picture."""
    broken: tuple[Deck, ...] = ()
    """Decks besides these, with errors in what was read: they are not built."""
    controls: Mapping[str, Mapping[int, tuple[Control, ...]]] = field(default_factory=dict)
    """What readers of slides can change, by the deck's path and the number of the slide."""
    smoke: Mapping[str, Variant] = field(default_factory=dict)
    """How scripts run that a smoke run gives small values, by path; empty in every other build."""

    def is_small(self, job: str) -> bool:
        """Whether a job runs with the small values of a smoke run."""
        return job in self.jobs and self.jobs[job].script in self.smoke

    def controls_of(self, deck: str, slide: int) -> tuple[Control, ...]:
        """Return what readers of a slide can change."""
        return self.controls.get(deck, {}).get(slide, ())

    def job_of(self, reference: Reference, chosen: Overrides = ()) -> str:
        """Return the job that produces what a reference shows; empty for none.

        `chosen` are values of the slide's controls that are not the scripts' own.
        """
        job = next(iter(self._own_jobs(reference)), "")
        overrides = tuple(each for each in chosen if each[0] in reference.vary)
        return self._varied(job, overrides) if job and overrides else job

    def jobs_of(self, reference: Reference) -> tuple[str, ...]:
        """Return the jobs that prove what a reference shows.

        One, and those of its other states and versions; for code, each of its script's.
        """
        return tuple(dict.fromkeys(job for each in reference.versions for job in self._jobs_of(each)))

    def _jobs_of(self, reference: Reference) -> tuple[str, ...]:
        """Return the jobs that prove what the first version of a reference shows."""
        own, controls = self._own_jobs(reference), self.controls_of(reference.location.path, reference.slide)
        states = states_of([each for each in controls if each.name in reference.vary])
        varied = (self._varied(job, state.overrides) for state in states for job in own if job in self.jobs)
        return (*own, *(job for job in varied if job in self.jobs and job not in own))

    def _varied(self, job: str, overrides: Overrides) -> str:
        variant = replace(self.jobs[job].variant, overrides=overrides)
        return job_id(self.jobs[job].script, variant)

    def _own_jobs(self, reference: Reference) -> tuple[str, ...]:
        """Return the jobs of a reference whose values are the scripts' own."""
        path = reference.target.path
        if reference.kind.never_runs:  # although its path is the deck
            return ()
        match reference.kind:
            case Kind.FIGURE:
                return (self.figures[path].job,) if path in self.figures else ()
            case Kind.CODE | Kind.EXEC:
                return self._jobs_by_script.get(path, ())
            case _:  # a device that the script asks for anyway makes no variant
                small = self.smoke.get(path, Variant())
                jobs = (replace(small, device=reference.variant.device), small)
                return tuple(job for job in map(partial(job_id, path), jobs) if job in self.jobs)[:1]

    @cached_property
    def _jobs_by_script(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for job in self.jobs.values():
            found[job.script] = (*found.get(job.script, ()), job.id)
        return found

    @property
    def not_run(self) -> int:
        """How many code blocks of its decks do not run, with a reason."""
        return sum(each.kind is Kind.NOT_RUN for deck in self.decks for each in deck.references)

    @property
    def acceptances(self) -> tuple[Acceptance, ...]:
        """What authors accept, in its decks and scripts."""
        of_decks = (deck.acceptances for deck in self.decks)
        of_scripts = (script.acceptances for script in self.scripts.values())
        return tuple(chain(*of_decks, *of_scripts))
