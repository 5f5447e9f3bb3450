"""Scripts behave in a job, forked or in a fresh interpreter, as with `python FILE` in their own folder.

A program per row in tests/cases/python/programs.md. A row with a text below its program differs, and
docs/reference/options.md says so.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import pytest

from deckwright.execute.workers import Workers, job_environment
from deckwright.model import Failure, FailureKind, Raised, Result
from integration.test_execute import make_job
from support.cases import Case, read_cases

pytestmark = pytest.mark.integration

CASES = list(read_cases("python/programs.md"))
RUNS = [("fork", case) for case in CASES] + [("fresh", case) for case in CASES[::2]]
"""A new interpreter takes half a second where many things run, so each second program has to do."""


@dataclass(frozen=True)
class Seen:
    """What can be seen of a run, without the folder in which it was."""

    stdout: str
    stderr: str
    end: str
    files: Mapping[str, bytes]


Alone = Callable[[Case], Seen]
InJob = Callable[[str, Case], Seen]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Alone:
    return cache(partial(run_alone, tmp_path_factory.mktemp("alone")))


@pytest.fixture(scope="module")
def in_job(tmp_path_factory: pytest.TempPathFactory) -> InJob:
    @cache
    def results(way: str) -> tuple[Path, Mapping[str, Result]]:
        root = tmp_path_factory.mktemp(way)
        cases = [case for each, case in RUNS if each == way]
        jobs = [make_job(root, name_of(case), program(case), isolate=way) for case in cases]
        with Workers(root, jobs=2, scratch=root / "scratch") as workers:
            return root, {result.job: result for result in workers.run(jobs)}

    def in_job(way: str, case: Case) -> Seen:
        root, of_jobs = results(way)
        return seen_of(root, case, of_jobs[name_of(case)])

    return in_job


@pytest.mark.parametrize(("way", "case"), RUNS, ids=[f"{way}-{case.id}" for way, case in RUNS])
def test_same(way: str, case: Case, alone: Alone, in_job: InJob) -> None:
    """Or different, where a row says so: one that has become the same is no difference any more."""
    expected, got = alone(case), in_job(way, case)
    if expected.end == "failure":  # the script itself prints the exception, or nothing does
        got = replace(got, end=got.end.partition(" ")[0])
    is_different = bool(case.expected) and not (way == "fresh" and case.expected.startswith("in a fork"))
    assert (got != expected) if is_different else (got == expected)


@pytest.mark.parametrize("reason", sorted({case.expected for case in CASES} - {""}))
def test_differences_are_documented(reason: str) -> None:
    reference = Path(__file__).parents[2] / "docs/reference/options.md"
    text = " ".join(reference.read_text("utf-8").split())
    assert f"- {reason[0].upper()}{reason[1:]}" in text


def test_a_script_that_is_a_link_imports_from_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/helper.py").write_text("x = 'beside the file'\n")
    job = make_job(tmp_path, "lib/x.py", "import helper, os, sys\nprint(helper.x, __file__, sys.argv)\n")
    (tmp_path / "snippets").mkdir()
    link = tmp_path / "snippets/x.py"
    link.symlink_to("../lib/x.py")
    with Workers(tmp_path, jobs=1, scratch=tmp_path / "scratch") as workers:
        (result,) = workers.run([replace(job, script="snippets/x.py")])
    command = [sys.executable, link.name]
    alone = subprocess.run(command, cwd=link.parent, capture_output=True, text=True, check=True)
    assert (result.failure, result.outputs[-1].printed("stdout")) == (None, alone.stdout)


def program(case: Case) -> str:
    return case.inputs[0] + "\n"


def name_of(case: Case) -> str:
    return f"{CASES.index(case)}/x.py"


def run_alone(root: Path, case: Case) -> Seen:
    file = root / name_of(case)
    file.parent.mkdir()
    file.write_text(program(case))
    environment = {**job_environment(os.environ, 1), "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, file.name],
        cwd=file.parent,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
        check=False,
    )
    code = done.returncode
    end = "success" if code == 0 else signal.Signals(-code).name if code < 0 else "failure"
    stderr, raised = split(done.stderr) if code == 1 else (done.stderr, "")
    return seen(root, case, done.stdout, stderr, f"{end} {raised}".strip())


def split(stderr: str) -> tuple[str, str]:
    """Return what was written before the exception that ended a script, and that without its frames."""
    begins = re.search(r"^(Traceback .*|  File .*)\n", stderr, re.MULTILINE)
    if not begins or stderr[: begins.start()].endswith("excepthook:\n"):
        return stderr, ""
    *_, raised = re.split(r"^  .*\n", stderr, flags=re.MULTILINE)
    return stderr[: begins.start()], raised.strip()


def seen_of(root: Path, case: Case, result: Result) -> Seen:
    stdout, stderr = ("".join(o.printed(stream) for o in result.outputs) for stream in ("stdout", "stderr"))
    end, text = end_of(result)
    return seen(root, case, stdout, stderr + text, end)


def end_of(result: Result) -> tuple[str, str]:
    """Return how a job ended, and what Python writes of that where a slide shows it."""
    match result.failure:
        case None:
            return "success", ""
        case Failure(kind=FailureKind.KILLED, message=message):
            return re.sub(r"was killed by (\w+) .*", r"\1", message), ""
        case Failure(raised=Raised(type="SystemExit", message=text)):
            return "failure", "" if text in ("True", "2", "3") else f"{text}\n"
        case Failure(message=message):
            return f"failure {message}", ""


def seen(root: Path, case: Case, stdout: str, stderr: str, end: str) -> Seen:
    texts = (re.sub(r"0x[0-9a-f]{6,}", "0x", text.replace(f"{root}/", "")) for text in (stdout, stderr, end))
    folder = root / name_of(case)
    return Seen(*texts, {path.name: path.read_bytes() for path in files_of(folder.parent)})


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_file() and path.name != "x.py")
