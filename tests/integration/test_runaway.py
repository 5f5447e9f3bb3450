"""Scripts that run away: each fails by name, nothing of it is left, and the others run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.execute.workers import Workers
from deckwright.model import FailureKind, Report, Request
from deckwright.project.project import find_project
from integration.killed import ports_of
from integration.runaways import RUNAWAYS
from integration.shell import write
from integration.test_execute import make_job

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform != "linux", reason="what Linux offers"),
]

MARK = "DECKWRIGHT_TEST_RUNAWAY"


def slide(script: str) -> str:
    return f"# {script}\n\n```text output=../{script}\n```\n"


@pytest.fixture(scope="module")
def mark() -> Iterator[str]:
    os.environ[MARK] = uuid.uuid4().hex
    yield os.environ[MARK]
    del os.environ[MARK]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {path: code for path, (_, code) in RUNAWAYS.items()}
    deck = "\n---\n\n".join(map(slide, [*RUNAWAYS, "snippets/good.py"]))
    good = "import time\ntime.sleep(1)\nprint('all is', 'well')\n"
    return write(
        tmp_path_factory.mktemp("runaway"), {**files, "slides/deck.md": deck, "snippets/good.py": good}
    )


@pytest.fixture(scope="module")
def report(project: Path, mark: str) -> Report:
    found = find_project(project)
    return build(Context(found, ports_of(found), Request(formats=("html",))))


@pytest.mark.parametrize("script", RUNAWAYS)
def test_a_runaway_is_named(report: Report, script: str) -> None:
    wrong = [each for each in report.diagnostics if each.location.path == script]
    slugs = [each.slug for each in wrong if each.slug != "empty-output"]
    assert slugs == list(filter(None, [RUNAWAYS[script][0]])), wrong


def test_the_good_one_is_on_its_slide(project: Path, report: Report) -> None:
    slides = (project / "build/slides/deck.md").read_text().split("\n---\n")
    assert "all is well" in slides[-1]
    assert not any(each.location.path == "snippets/good.py" for each in report.diagnostics)


@pytest.mark.usefixtures("report")
def test_nothing_of_them_is_left(mark: str) -> None:
    assert left_with(mark) == []


def left_with(mark: str) -> list[list[str]]:
    left = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            ours = process.pid != os.getpid() and process.environ().get(MARK) == mark
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                left.append(process.cmdline())
    return left


# --- what nobody refuses ----------------------------------------------------------------------

WAITS = "import os, time\nopen(f'{os.getpid()}.victim', 'w').close()\ntime.sleep(600)\n"


@contextmanager
def accomplice(folder: Path, harm: Callable[[list[psutil.Process]], None]) -> Iterator[None]:
    """Harm what is above each process that asks for it with a file; what is nearest to it is first."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(0.02):
            for file in folder.glob("*.victim"):
                file.unlink()
                with suppress(psutil.NoSuchProcess):
                    above = psutil.Process(int(file.stem)).parents()
                    harm(above[: [each.pid for each in above].index(os.getpid())])

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["kill", "stop"])
@pytest.mark.parametrize(
    ("above", "kernel"),
    [("keeper", None), ("server", None), ("top", None), ("all", None), ("server", False)],
    ids=str,
)
def test_what_ends_or_stops_the_server_fails(
    tmp_path: Path, mark: str, above: str, number: signal.Signals, kernel: bool | None
) -> None:
    def harm(processes: list[psutil.Process]) -> None:
        at = {"keeper": [0], "server": [1], "top": [-1], "all": range(len(processes))}[above]
        for each in at:
            processes[each].send_signal(number)

    jobs = [
        make_job(tmp_path, "bad.py", WAITS),
        *(make_job(tmp_path, f"good{n}.py", "print('good')") for n in range(3)),
    ]
    scratch = tmp_path / "build/scratch"
    with (
        accomplice(tmp_path, harm),
        Workers(tmp_path, jobs=2, scratch=scratch, kernel=kernel) as workers,
    ):
        failures = {result.job: result.failure for result in workers.run(jobs)}
    bad = failures.pop("bad.py")
    assert bad is not None
    assert (bad.kind, bad.message) == (FailureKind.KILLED, "ended or stopped the process that runs it")
    assert bad.statement == 2
    assert set(failures.values()) == {None}
    assert left_with(mark) == []


def test_a_job_that_another_one_kills_runs_again(tmp_path: Path) -> None:
    """As with `pkill python`, which ends the script itself as well."""
    victim = """
        import os, time
        if not os.path.exists('once'):
            open('once', 'w').close()
            time.sleep(600)
        """
    killer = """
        import os, pathlib, signal, time
        while not os.path.exists('once'): time.sleep(0.01)
        for name in filter(str.isdecimal, os.listdir('/proc')):
            try: mine = os.stat(f'/proc/{name}/cwd').st_ino == os.stat('.').st_ino
            except OSError: continue
            if mine and int(name) != os.getpid(): os.kill(int(name), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    jobs = [make_job(tmp_path, "victim.py", victim), make_job(tmp_path, "killer.py", killer)]
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as workers:
        failures = {result.job: result.failure for result in workers.run(jobs)}
    assert failures["victim.py"] is None
    killed = failures["killer.py"]
    assert killed is not None
    assert killed.message == "was killed by SIGKILL (Killed)"


# --- everything at once -----------------------------------------------------------------------

NAMESPACE = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
EVERYTHING = """
import sys
from pathlib import Path
from deckwright.execute.workers import Workers
sys.path.insert(0, {tests!r})
from integration.test_execute import make_job
root = Path({root!r})
texts = {{"bad.py": "import os\\nos.kill(-1, 9)", "good.py": "print(1)"}}
with Workers(root, jobs=2, scratch=root / "scratch") as workers:
    results = workers.run([make_job(root, name, text) for name, text in texts.items()])
    print(sorted((each.job, each.failure and each.failure.message) for each in results))
"""


def test_a_signal_to_all_processes_is_refused(tmp_path: Path) -> None:
    """In a namespace of its own: if it fails, it must not end what else this machine does."""
    if subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespace of processes")
    tests = Path(__file__).parents[1]
    program = EVERYTHING.format(tests=str(tests), root=str(tmp_path))
    paths = os.pathsep.join([str(tests.parent / "tools"), str(tests)])
    ran = subprocess.run(
        [*NAMESPACE, sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    refused = "PermissionError: [Errno 1] Operation not permitted"
    assert ran.stdout == f"{[('bad.py', refused), ('good.py', None)]}\n", ran.stderr
