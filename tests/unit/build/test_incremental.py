"""Whatever was edited: an incremental build gives what a clean one gives, and runs nothing needlessly."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from deckwright.build.entry import build_or_replay
from deckwright.build.read import read_course
from deckwright.model import FormatOptions, Report, Request
from deckwright.report.json_report import report_json
from support.replays import replayed
from support.simulated import Inputs, SimulatedHouse

EXAMPLES = 25
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""Hundreds of builds: none of them needs a disk."""

DOMAINS: Mapping[str, list[Any]] = {
    "constant": [1, 2],
    "comments": [0, 1, 2],
    "region": ["r", "s"],
    "late": [False, True],
    "helper": [1, 2],
    "helper_comment": [False, True],
    "uses_helper": [True, False],
    "deep": [1, 2],
    "data": ["1", "2", None],
    "seed": [0, 1],
    "timeout": [300, 200],
    "device": ["any", "cuda"],
    "gpu": [False, True],
    "torch": ["2.9", "2.10", None],
    "rich": ["14", "15"],
    "python": ["Python 3", "Python 4"],
    "prose": [0, 1],
    "swapped": [False, True],
    "theme": [0, 1],
    "figure": [True, False],
    "second": [True, False],
    "exec": [1, 2],
    "link": ["1", "2", None],
    "beside": ["", "cpu", "cuda"],
}
ALL = Request(formats=("html",))
State = tuple[str, str]
"""A job, and a digest of all that it depends on."""


@dataclass(frozen=True, slots=True)
class Step:
    """What happens before and during one build."""

    edits: Mapping[str, Any]
    request: Request = ALL
    touch: bool = False
    damage: tuple[int, str] | None = None
    """Which file below build/, counted round, and what happens to it."""
    meanwhile: Mapping[str, Any] | None = None
    """Edits while the first script runs."""


@dataclass
class Author:
    """Edits and builds; compares with clean builds, and with what an oracle would run."""

    home: SimulatedHouse
    inputs: Inputs
    known: set[State] = field(default_factory=set)
    """Runs whose results must have been kept."""
    doubtful: set[State] = field(default_factory=set)
    """Runs whose results may have been lost."""
    forgetful: bool = False
    """The index was damaged: what earlier renderings left is unknown."""

    def take(self, step: Step) -> None:
        """Edit, build and judge what was built, then build again."""
        self.edit(step.edits)
        if step.touch:
            for path in self.home.files.contents:
                self.home.files.touched[path] = self.home.files.touched.get(path, 1) + 1
        if step.damage:
            self._damage(*step.damage)
        request = self._named(step.request)
        if step.meanwhile is not None:
            self._build_while(request, step.meanwhile)
        else:
            report = self.build(request)
            if not request.only:
                self._again(request, report)

    def edit(self, changes: Mapping[str, Any]) -> None:
        self.inputs = replace(self.inputs, **changes)
        if self.forgetful:  # a linked file that is gone would still be found in build/
            self.inputs = replace(self.inputs, link=self.inputs.link or "1")
        self.home.become(self.inputs)

    def _named(self, request: Request) -> Request:
        """Decks are named by paths that are really there."""
        for deck in request.decks:
            path = self.home.root / deck
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        return replace(request, decks=tuple(str(self.home.root / deck) for deck in request.decks))

    def _damage(self, number: int, how: str) -> None:
        files = sorted(path for path in (self.home.root / "build").rglob("*") if path.is_file())
        if not files:
            return
        path = files[number % len(files)]
        data = path.read_bytes()
        if how == "delete":
            path.unlink()
        else:
            path.write_bytes(data[: len(data) // 2] if how == "cut" else data[:-2] + b"!" + data[-1:])
        if ".store" in path.parts:
            self._doubt(set())
        self.forgetful |= path.name == "index.log"

    # --- builds -------------------------------------------------------------------------------

    def build(self, request: Request) -> Report:
        """Build as the command does; check what was made, and what ran."""
        needed, allowed = self._needed(request)
        report, ran = self._command(request)
        self._compare(request, report)
        assert needed <= set(ran) <= allowed, f"ran {ran}, needed {needed}, allowed {allowed}"
        assert len(set(ran)) == len(ran)
        return report

    def _build_while(self, request: Request, changes: Mapping[str, Any]) -> None:
        """Build while sources change: whatever comes of it, the next build must be right."""
        self.home.runner.meanwhile = lambda: self.edit(changes)
        _, ran = self._command(request)
        self.home.runner.meanwhile = None
        # A file that changed while a run read it makes the run stale, even if it changes back.
        self._doubt(self.known - set(ran))

    def _again(self, request: Request, report: Report) -> None:
        """Nothing is parsed, run or rendered a second time."""
        rendered, before = len(self.home.renderer.rendered), self.home.built()
        self.home.runner.ran.clear()
        repeated = replayed(self.home.context(request))
        assert repeated is not None
        assert essence(report_json(repeated)) == essence(report_json(report))
        assert not any(job.ran for job in repeated.jobs)
        assert (self.home.runner.ran, len(self.home.renderer.rendered)) == ([], rendered)
        assert self.home.built() == before

    def _command(self, request: Request) -> tuple[Report, list[State]]:
        self.home.runner.ran.clear()
        report = build_or_replay(self.home.context(request))
        ran = list(self.home.runner.ran)
        self.known |= set(ran)
        return report, ran

    # --- what a perfect builder would do ------------------------------------------------------

    def _needed(self, request: Request) -> tuple[set[State], set[State]]:
        """Return what has to run, and what may run."""
        states = set(self._states(request))
        return states - self.known - self.doubtful, states - self.known

    def _states(self, request: Request) -> Iterator[State]:
        for job in read_course(self.home.project, request.decks).jobs.values():
            device = self.home.machine.devices.get(job.options.device)
            if device and (not request.only or job.id in request.only):
                yield job.id, self.home.runner.state(replace(job, device=device))

    def _doubt(self, kept: set[State]) -> None:
        self.doubtful = (self.doubtful | self.known) - kept
        self.known = kept

    def _compare(self, request: Request, report: Report) -> None:
        """A clean build of the same gives the same, as far as the request goes."""
        if request.only:
            return  # what it does not ask for, a clean build could not show
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            other = Author(SimulatedHouse(Path(folder), self.inputs), self.inputs)
            decks = (Path(deck).relative_to(self.home.root) for deck in request.decks)
            named = other._named(replace(request, decks=tuple(map(str, decks))))
            expected, _ = other._command(named)
            made, wanted = self.home.built(), other.home.built()
            # What an earlier build made in formats that this one was not asked for stays if it is right.
            more = {path for path in made.keys() - wanted.keys() if path.startswith(("pdf/", "pictures/"))}
            if more and not request.decks:
                if not self.forgetful:
                    other._command(replace(named, formats=()))
                    every = other.home.built()
                    assert {path: made.pop(path) for path in more} == {path: every[path] for path in more}
                del made["index.html"], wanted["index.html"]  # it shows them, too
        assert essence(report_json(report)) == essence(report_json(expected))
        if request.decks:  # the others stay
            del wanted["report.json"], wanted["index.html"]
        if request.decks or self.forgetful:
            made = {path: data for path, data in made.items() if path in wanted}
        differ = {path for path in made.keys() | wanted.keys() if _whole(made, path) != _whole(wanted, path)}
        assert not differ


def _whole(files: Mapping[str, bytes], path: str) -> object:
    data = files.get(path)
    return essence(json.loads(data)) if path == "report.json" and data else data


def essence(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without what only this build has: times, what ran, why, and earlier formats."""
    jobs = [{n: v for n, v in job.items() if n not in ("ran", "reason", "seconds")} for job in report["jobs"]]
    totals = {n: v for n, v in report["totals"].items() if n not in ("ran", "fresh")}
    decks = [{n: v for n, v in deck.items() if n not in ("pdf", "picture")} for deck in report["decks"]]
    return {**report, "seconds": 0, "jobs": jobs, "totals": totals, "decks": decks}


edits = st.dictionaries(st.sampled_from(sorted(DOMAINS)), st.integers(0, 2), max_size=3).map(
    lambda chosen: {name: DOMAINS[name][at % len(DOMAINS[name])] for name, at in chosen.items()}
)
requests = st.sampled_from(
    [
        *[ALL] * 6,
        Request(),
        Request(formats=("html",), options=FormatOptions(notes=True)),
        Request(("slides/one.md",), formats=("html",)),
        Request(formats=("html",), only=("snippets/a.py",)),
    ]
)
damages = st.none() | st.tuples(st.integers(0, 30), st.sampled_from(["delete", "cut", "flip"]))
steps = st.builds(Step, edits, requests, st.booleans(), damages | st.none(), st.none() | edits)


def begin(folder: str) -> Author:
    return Author(SimulatedHouse(Path(folder), Inputs()), Inputs())


A, B, F, TWO = "snippets/a.py", "snippets/b.py", "figures/f.py", "slides/two.md"


@pytest.mark.parametrize(
    ("edits", "ran"),
    [
        ({}, []),
        ({"comments": 2}, []),
        ({"region": "s"}, []),
        ({"late": True}, []),
        ({"prose": 1, "swapped": True, "theme": 1, "link": "2"}, []),
        ({"rich": "15"}, []),
        ({"figure": False}, []),
        ({"second": False}, []),
        ({"constant": 2}, [A]),
        ({"uses_helper": False}, [A]),
        ({"helper": 2}, [A]),
        ({"helper_comment": True}, []),
        ({"deep": 2}, [A, B]),
        ({"data": "2"}, [A]),
        ({"data": None}, [A]),
        ({"seed": 1}, [A]),
        ({"timeout": 200}, [A]),
        ({"torch": "2.10"}, [F]),
        ({"torch": None}, [F]),
        ({"exec": 2}, [TWO]),
        ({"python": "Python 4"}, [A, B, F, TWO]),
        ({"gpu": True}, [A, B, F, TWO]),
        ({"beside": "cpu"}, [f"{B}@cpu", f"{F}@cpu"]),
        ({"beside": "cuda"}, []),
        ({"beside": "cuda", "gpu": True}, [A, B, F, TWO, f"{B}@cuda", f"{F}@cuda"]),
    ],
)
def test_an_edit_and_its_undoing(tmp_path: Path, edits: Mapping[str, Any], ran: list[str]) -> None:
    author = Author(SimulatedHouse(tmp_path, Inputs()), Inputs())
    author.take(Step({}))
    for changes, expected in ((edits, ran), ({name: getattr(Inputs(), name) for name in edits}, [])):
        author.edit(changes)
        report = author.build(ALL)
        assert sorted(job.job for job in report.jobs if job.ran) == sorted(expected)


@settings(max_examples=EXAMPLES, phases=[Phase.generate], report_multiple_bugs=False)
@given(st.lists(steps, min_size=2, max_size=5))
def test_any_edits(course: list[Step]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        author = begin(folder)
        for step in [Step({}), *course, Step({})]:
            author.take(step)


def test_a_deck_that_goes_during_a_build_leaves_nothing(tmp_path: Path) -> None:
    author = Author(SimulatedHouse(tmp_path, Inputs()), Inputs())
    author.take(Step({}, meanwhile={"second": False}))
    author.take(Step({}))
