"""Whatever is killed whenever: the next build equals a clean one, and nothing is left behind."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest

from integration.shell import write

pytestmark = pytest.mark.integration

TESTS = Path(__file__).parents[1]

DECK = """
    # {name}

    ```text output=../snippets/{one}.py
    ```

    ![a square](../figures/{name}.svg)

    ```python file=../snippets/{two}.py
    ```

    ```text output=../snippets/{two}.py
    ```
    """
SCRIPT = """
import time
from helper import base

time.sleep({seconds})
print(base + {number}, open("data.csv").read())
"""
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='{size}'/>\n"
COURSE = {
    "pyproject.toml": "[tool.deckwright]\n",
    **{f"slides/{n}.md": DECK.format(name=n, one=o, two=t) for n, o, t in ("aab", "bbc")},
    **{f"snippets/{n}.py": SCRIPT.format(seconds=0.01 * i, number=i) for i, n in enumerate("abcd", 1)},
    **{f"figures/{n}.svg": SQUARE.format(size=1) for n in "ab"},
    "snippets/helper.py": "base = 1\n",
    "snippets/data.csv": "1",
}

Edit = Callable[[Path, random.Random], None]


def change_script(folder: Path, dice: random.Random) -> None:
    name, number = dice.choice("abcd"), dice.randrange(3)
    (folder / f"snippets/{name}.py").write_text(SCRIPT.format(seconds=0.02, number=number))


def change_helper(folder: Path, dice: random.Random) -> None:
    (folder / "snippets/helper.py").write_text(f"base = {dice.randrange(3)}\n")


def change_data(folder: Path, dice: random.Random) -> None:
    (folder / "snippets/data.csv").write_text(str(dice.randrange(1, 4)))


def change_picture(folder: Path, dice: random.Random) -> None:
    (folder / "figures/a.svg").write_text(SQUARE.format(size=dice.randrange(1, 4)))


def change_prose(folder: Path, dice: random.Random) -> None:
    deck = folder / "slides/a.md"
    deck.write_text(deck.read_text() + f"\n{dice.randrange(10)}\n")


def toggle_deck(folder: Path, dice: random.Random) -> None:
    """Add or remove a deck that alone shows a script, and links a file."""
    deck = folder / "slides/c.md"
    if deck.exists():
        deck.unlink()
    else:
        deck.write_text("# C\n\n```text output=../snippets/d.py\n```\n\n[data](../snippets/data.csv)\n")


def toggle_failure(folder: Path, dice: random.Random) -> None:
    (folder / "snippets/b.py").write_text(dice.choice(["1 / 0\n", "print('well')\n"]))


EDITS: tuple[Edit, ...] = (
    *(change_script, change_helper, change_data, change_picture, change_prose),
    *(toggle_deck, toggle_deck, toggle_failure),
)


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--kills"))


class Builds:
    """Builds of courses in processes of their own."""

    def __init__(self, server: subprocess.Popen[str], printed: Path) -> None:
        self._server = server
        self._printed = printed

    def finish(self, folder: Path) -> None:
        """Build to the end."""
        code = self._build(folder)
        assert (code, self._printed.read_text()) == (0, "")

    def kill(self, folder: Path, dice: random.Random) -> None:
        """Start a build that is killed, with its group, before some change to build/ or some other event.

        Moments are counted and not timed: a run of the tests kills at the moments of the run before.
        """
        kind, most = dice.choice([("changes", 60), ("events", 400)])
        code = self._build(folder, kind, dice.randrange(most))
        assert code in (0, -signal.SIGKILL), self._printed.read_text()

    def _build(self, folder: Path, *moment: str | int) -> int:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps([str(folder), str(self._printed), *moment]) + "\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


@pytest.fixture
def builds(tmp_path: Path) -> Iterator[Builds]:
    command = [sys.executable, "-m", "integration.killed"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent / "tools")])}
    with subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield Builds(server, tmp_path / "printed")


def built(folder: Path) -> dict[str, Any]:
    """Return what lies in build/, apart from the store; of the report, only what holds for the decks."""
    root = folder / "build"
    found: dict[str, Any] = {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }
    found = {path: data for path, data in found.items() if not path.startswith((".store/", ".scratch/"))}
    return {**found, "report.json": lasting(json.loads(found["report.json"]))}


def lasting(report: Mapping[str, Any]) -> dict[str, Any]:
    jobs = [{k: v for k, v in job.items() if k not in ("ran", "reason")} for job in report["jobs"]]
    totals = {k: v for k, v in report["totals"].items() if k not in ("ran", "fresh")}
    jobs.sort(key=lambda job: str(job["id"]))
    return {**report, "jobs": jobs, "totals": totals, "seconds": 0}


@pytest.mark.random
@pytest.mark.timeout(3000)
def test_after_any_kill_a_build_equals_a_clean_one(
    builds: Builds, tmp_path: Path, kills: int, seed: int
) -> None:
    dice = random.Random(seed)
    folder = write(tmp_path / "course", COURSE)
    builds.finish(folder)
    for number in range(kills):
        for edit in dice.choices(EDITS, k=dice.randrange(3)):
            edit(folder, dice)
        for _ in range(dice.randrange(1, 3)):
            builds.kill(folder, dice)
        builds.finish(folder)
        clean = tmp_path / "clean"
        shutil.copytree(folder, clean, ignore=shutil.ignore_patterns("build"))
        builds.finish(clean)
        assert built(folder) == built(clean), f"--hypothesis-seed={seed}, kill {number}"
        shutil.rmtree(clean)
        assert len(list((folder / "build/.scratch").glob("*"))) <= 1, "what a killed build left stays"
    assert processes_in(folder) == []


def processes_in(folder: Path) -> list[str]:
    """Return the command lines of the processes that work below a folder, once they had time to end."""
    deadline = time.monotonic() + 30
    while (
        left := [p for p in psutil.process_iter() if _works_in(p, folder)]
    ) and time.monotonic() < deadline:
        psutil.wait_procs(left, 0.1)
    return [" ".join(process.cmdline()) for process in left]


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return Path(process.cwd()).is_relative_to(folder) or str(folder) in process.cmdline()
    except psutil.Error:
        return False
