"""Run all that students receive, as they run it: the scripts and the notebooks of the course's kits.

python tests/kits.py [--new | --python PYTHON] [--jobs N] [--list] [PATTERN]...

Makes the kits of the course in the current folder, for students and with solutions, and unpacks them. Each
file must end well there and print what the slides show, or stop at the gap of an exercise.
A pattern is a part of a name as `--list` prints it: `02-`, `students/*/lenet.py`, `.ipynb`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path

from deckwright.checks.standalone import check, prints_the_same
from deckwright.cli.context import open_context, open_project
from deckwright.cli.publish import made_for_students
from deckwright.execute.standalone import alone_environment
from deckwright.files.digests import digest
from deckwright.machine.devices import cores
from deckwright.model import Evidence, StandaloneRun, State
from deckwright.publish.pipeline import kits
from deckwright.publish.sources import Sources
from deckwright.publish.students import latest_sources
from deckwright.text.solutions import gap
from support.jupyter import executed

EDITIONS = {"students": False, "solutions": True}
LONGEST_SECONDS = 3600
JUPYTER = ("nbclient", "ipykernel")
"""What runs notebooks: a student has it, and no script needs it."""

_USE = re.compile(r"_use_script\('([^']+)'")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_HEAD = "Traceback (most recent call last):"


@dataclass(frozen=True, slots=True)
class Course:
    """What the author's build knows of the scripts."""

    sources: Sources
    evidence: Evidence

    def exercises(self, script: str) -> set[str]:
        """Return the exercises at whose gaps a script may stop: its own, and those of its modules."""
        jobs = [job for job in self.evidence.course.jobs.values() if job.script == script]
        own = self.evidence.course.scripts.get(script)
        scripts = [*self.sources.scripts(jobs), *([own] if own else [])]
        return {solution.exercise for each in scripts for solution in each.solutions}

    def reads(self, script: str) -> frozenset[str]:
        """Return the files that a script reads; of a module, those that all read that import it."""
        known = self.sources.reads
        importers = [files for files in known.values() if script in files]
        return known.get(script) or frozenset.intersection(*importers or [frozenset()])

    @property
    def absent(self) -> frozenset[str]:
        """The scripts that need a device that is not here."""
        steps = self.evidence.plan.steps
        return frozenset(step.job.script for step in steps if step.state is State.ABSENT)

    def nproc(self, script: str) -> int:
        own = self.evidence.course.scripts.get(script)
        return own.options.nproc if own else 1

    def problems(self, script: str, run: StandaloneRun) -> Iterator[str]:
        """Yield what is wrong with a run of a script that has not stopped at a gap."""
        result = self.evidence.results.get(script)
        if result is None or result.failure:
            rows = run.stderr.strip().splitlines()
            yield from [rows[-1] if rows else f"exit status {run.status}"] if run.status else []
        elif not prints_the_same(self.evidence, script, run):
            yield from (each.message for each in check(replace(self.evidence, standalone={script: run})))


@dataclass(frozen=True, slots=True)
class Item:
    """A script or a notebook of a kit."""

    kit: Path
    path: str
    scripts: tuple[str, ...]
    """Those whose code it has."""

    @property
    def name(self) -> str:
        return f"{self.kit.parent.name}/{self.kit.name}/{self.path}"

    @property
    def file(self) -> Path:
        return self.kit / self.path


@dataclass(slots=True)
class Outcome:
    seconds: float
    gaps: list[str] = field(default_factory=list)
    """The exercises at which it stopped."""
    problems: list[str] = field(default_factory=list)


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="kits-") as folder:
        course = unpacked(Path(folder))
        if course is None:
            return 1
        named = [item for item in items_in(Path(folder)) if is_chosen(item.name, asked.patterns)]
        chosen = [item for item in named if course.absent.isdisjoint(item.scripts)]
        for each in named:
            print(*[] if each in chosen else [f"skipped, as its device is absent: {each.name}\n"], end="")
        once = {content_of(item, course): item for item in reversed(chosen)}.values()
        items = sorted(once, key=chosen.index)
        if asked.list:
            print(*(item.name for item in items), sep="\n")
            return 0
        pythons = {item.kit: asked.python for item in items}
        if asked.new:
            pythons = new_environments(pythons, Path(folder))
        outcomes = list(run_all(items, course, pythons, asked.jobs))
    return summary(outcomes, len(chosen))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=(__doc__ or "").strip().partition("\n\n")[2].partition("\n")[0])
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    parser.add_argument(
        "--new", action="store_true", help="make an environment of each kit's requirements.txt"
    )
    parser.add_argument("--python", default=sys.executable, help="the interpreter that runs all")
    parser.add_argument("--jobs", type=int, default=cores(), help="how many run at a time")
    parser.add_argument("--list", action="store_true", help="print what would run, and run nothing")
    return parser.parse_args()


def unpacked(folder: Path) -> Course | None:
    """Make the kits, and unpack them into a folder per edition; return None if they cannot be made."""
    context = open_context(open_project(()), None, None)
    for edition, solutions in EDITIONS.items():
        made = made_for_students(context, False, lambda warm, whole=solutions: kits(warm, whole))
        if made is None:
            return None
        for data in made.files.values():
            zipfile.ZipFile(BytesIO(data)).extractall(folder / edition)
    sources, plan, results = latest_sources(context)
    return Course(sources, Evidence(sources.course, plan, results))


def items_in(folder: Path) -> Iterator[Item]:
    """Yield the scripts and the notebooks of all kits, edition by edition."""
    for edition in EDITIONS:
        for kit in sorted((folder / edition).iterdir()):
            files = sorted(file for file in kit.rglob("*") if file.suffix in (".py", ".ipynb"))
            for file in files:
                path = file.relative_to(kit).as_posix()
                is_script = file.suffix == ".py"
                used = [path] if is_script else _USE.findall(file.read_text("utf-8"))
                yield Item(kit, path, tuple(dict.fromkeys(used)))


def is_chosen(name: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatch(name, f"*{pattern}*") for pattern in patterns)


def content_of(item: Item, course: Course) -> object:
    """Return all that shapes a run: what has the same in several kits runs once."""
    read = {path for script in item.scripts for path in course.reads(script)}
    files = [(path, _digest(item.kit / path)) for path in sorted(read.union(item.scripts))]
    return item.file.suffix, _digest(item.file), _digest(item.kit / "requirements.txt"), *files


def _digest(file: Path) -> str:
    return digest(file.read_bytes()) if file.is_file() else ""


# --- environments -----------------------------------------------------------------------------------------


def new_environments(kits: Iterable[Path], folder: Path) -> dict[Path, str]:
    """Make an environment for each requirements.txt, and return the interpreter of each kit."""
    made: dict[str, str] = {}
    for kit in kits:
        requirements = kit / "requirements.txt"
        text = requirements.read_text("utf-8")
        if text not in made:
            environment = folder / f"environment-{len(made)}"
            print(f"a new environment: {text.split()}", flush=True)
            venv.create(environment, with_pip=True)
            made[text] = str(environment / "bin/python")
            install = [made[text], "-m", "pip", "install", "--quiet", "-r", requirements, *JUPYTER]
            subprocess.run(install, check=True, env=alone_environment(os.environ, cores()))
    return {kit: made[(kit / "requirements.txt").read_text("utf-8")] for kit in kits}


# --- runs -------------------------------------------------------------------------------------------------


def run_all(
    items: Sequence[Item], course: Course, pythons: Mapping[Path, str], jobs: int
) -> Iterator[Outcome]:
    """Run files, `jobs` at a time; print and yield the outcome of each as it ends."""
    environ = alone_environment(os.environ, max(1, cores() // jobs))
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(outcome, item, course, pythons[item.kit], environ): item for item in items}
        for done in as_completed(running):
            result, name = done.result(), running[done].name
            gaps = f" stops at {', '.join(result.gaps)}" if result.gaps else ""
            word = "FAILED" if result.problems else "ok"
            print(f"{word:6} {result.seconds:6.1f} s  {name}{gaps}", flush=True)
            print(*(f"    {row}\n" for each in result.problems for row in each.split("\n")), sep="", end="")
            yield result


def outcome(item: Item, course: Course, python: str, environ: Mapping[str, str]) -> Outcome:
    started = time.monotonic()
    try:
        runs = dict(runs_of(item, course, python, environ))
    except (AssertionError, subprocess.TimeoutExpired) as error:
        return Outcome(time.monotonic() - started, problems=[str(error)])
    done = Outcome(time.monotonic() - started)
    is_whole = EDITIONS[item.kit.parent.name]
    for script, run in runs.items():
        stopped = gap_of(run, () if is_whole else course.exercises(script))
        done.gaps += [stopped] if stopped else []
        done.problems += [] if stopped else [f"{script}: {each}" for each in course.problems(script, run)]
    return done


def runs_of(
    item: Item, course: Course, python: str, environ: Mapping[str, str]
) -> Iterator[tuple[str, StandaloneRun]]:
    """Run a file; yield how each of its scripts went."""
    if item.file.suffix == ".py":
        yield item.path, script_run(item, course.nproc(item.path), python, environ)
        return
    in_jupyter = {name: value for name, value in environ.items() if name != "MPLBACKEND"}
    options = {"python": python, "environ": in_jupyter, "goes_on": True, "timeout": LONGEST_SECONDS}
    yield from runs_in(executed(item.file, item.file.parent, **options)).items()


def script_run(item: Item, nproc: int, python: str, environ: Mapping[str, str]) -> StandaloneRun:
    """Run a script from the kit's folder: as several processes once for what each of them prints."""
    torchrun = [python, "-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={nproc}"]
    starts = [[*torchrun, f"--local-ranks-filter={rank}"] for rank in range(nproc)]
    ran = [
        subprocess.run(
            [*(start if nproc > 1 else [python]), item.path],
            cwd=item.kit,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LONGEST_SECONDS,
            check=False,
        )
        for start in starts
    ]
    return StandaloneRun(
        ran[0].stdout, ran[0].stderr, ran[0].returncode, 0.0, of_ranks=tuple(each.stdout for each in ran[1:])
    )


def runs_in(notebook: Mapping[str, object]) -> dict[str, StandaloneRun]:
    """Return how each script of a notebook went: as far as its first error that no cell asserts."""
    runs: dict[str, StandaloneRun] = {}
    script = ""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        if use := _USE.match("".join(cell["source"])):
            script = use[1]
        run = runs.setdefault(script, StandaloneRun("", "", 0, 0.0))
        if not run.status:
            asserts = "raises-exception" in cell["metadata"].get("tags", ())
            runs[script] = _with_outputs(run, cell["outputs"], asserts)
    return runs


def _with_outputs(
    run: StandaloneRun, outputs: Iterable[Mapping[str, object]], asserts: bool
) -> StandaloneRun:
    """Return a run with what a cell left, in the words of `python FILE`."""
    printed, errors, status = run.stdout, run.stderr, run.status
    for each in outputs:
        if each.get("name") == "stdout":
            printed += "".join(each["text"])
        elif each["output_type"] == "error":
            code = _COLOUR.sub("", "\n".join(each["traceback"])).replace("\n", "\n  ")
            errors += f"{_HEAD}\n  {code}\n{each['ename']}: {each['evalue']}\n"
            status = status if asserts else 1
    return replace(run, stdout=printed, stderr=errors, status=status)


def gap_of(run: StandaloneRun, exercises: Iterable[str]) -> str:
    """Return the exercise at whose gap a run stopped; empty if it did not."""
    last = run.stderr.rstrip().splitlines()[-1:] if run.status else []
    stops = (each for each in exercises if last == [f"NotImplementedError: {each}"])
    return next((each for each in stops if gap(each) in run.stderr), "")


def summary(outcomes: Sequence[Outcome], chosen: int) -> int:
    """Print how all went; return the exit status."""
    failed, stopped = (sum(map(bool, each)) for each in zip(*((o.problems, o.gaps) for o in outcomes)))
    print(
        f"{len(outcomes) - failed} passed, {failed} failed; {stopped} stopped at the gap of an exercise; "
        f"{chosen - len(outcomes)} more are equal to one of these"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
