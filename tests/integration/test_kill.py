"""Whatever is killed whenever: files are the old or the new ones, the next run equals an undisturbed one,
and nothing is left behind.
"""

from __future__ import annotations

import json
import random
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import pytest

from integration.commands import Commands, commands_in_processes
from integration.shell import write

pytestmark = pytest.mark.integration

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


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with commands_in_processes(tmp_path / "printed") as commands:
        yield commands


@pytest.fixture
def others(tmp_path: Path) -> Iterator[Commands]:
    """What runs commands at the same time."""
    with commands_in_processes(tmp_path / "others") as commands:
        yield commands


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
    commands: Commands, tmp_path: Path, kills: int, seed: int
) -> None:
    dice = random.Random(seed)
    folder = write(tmp_path / "course", COURSE)
    assert commands.finish(folder, "build") == ""
    for number in range(kills):
        for edit in dice.choices(EDITS, k=dice.randrange(3)):
            edit(folder, dice)
        for _ in range(dice.randrange(1, 3)):
            commands.kill(folder, dice, "build", changes=60, events=400)
        assert commands.finish(folder, "build") == ""
        clean = tmp_path / "clean"
        shutil.copytree(folder, clean, ignore=shutil.ignore_patterns("build"))
        assert commands.finish(clean, "build") == ""
        assert built(folder) == built(clean), f"--hypothesis-seed={seed}, kill {number}"
        shutil.rmtree(clean)
        assert len(list((folder / "build/.scratch").glob("*"))) <= 1, "what a killed build left stays"
    assert processes_in(folder) == []


PLAIN = """
# A {number}

![a square](../figures/a.svg)

```python
x = {number}
print(x)
```

```text
{number}
```

---

# B

```python
print(x + 1)
```
"""
ACCEPTED = """
# {name} [1](../snippets/a.py#base)

```text output=../snippets/{one}.py
```

```python
unverified = {number}
```

```python file=../snippets/{two}.py
```

![a line](../figures/line.svg)
"""
LINE = """
class Line:
    def _repr_svg_(self):
        width = open("../snippets/data.csv").read()
        return f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='9'/>"

Line()
"""


def accepted_course(folder: Path) -> Path:
    """Write a course whose decks have no accepted results yet, and errors for `check`."""
    decks = {f"slides/{n}.md": ACCEPTED.format(name=n, one=o, two=t, number=1) for n, o, t in ("aab", "bbc")}
    return write(
        folder, {**COURSE, **decks, "slides/plain.md": PLAIN.format(number=1), "figures/line.py": LINE}
    )


def change_results(folder: Path, dice: random.Random) -> None:
    for edit in dice.choices((change_script, change_helper, change_data, change_prose), k=2):
        edit(folder, dice)
    change_helper(folder, dice)


def change_errors(folder: Path, dice: random.Random) -> None:
    """Change how many diagnostics a check has; there may be none to accept."""
    fences = "".join(f"\n```python\nx = {number}\n```\n" for number in range(dice.randrange(4)))
    (folder / "slides/a.md").write_text("# A\n" + fences)
    for name in ("b", "plain"):
        (folder / f"slides/{name}.md").unlink(missing_ok=True)


def renew_plain_deck(folder: Path, dice: random.Random) -> None:
    (folder / "slides/plain.md").write_text(PLAIN.format(number=dice.randrange(9)))
    (folder / "snippets/plain.py").unlink(missing_ok=True)


WRITING: dict[str, tuple[tuple[str, ...], Edit]] = {
    "sync": (("sync", "--yes"), change_results),
    "adopt": (("adopt", "slides/plain.md", "--extract", "--yes"), renew_plain_deck),
    "baseline": (("check", "--update-baseline"), change_errors),
}
"""Commands that write sources, and what gives them something to write."""


def sources(folder: Path) -> dict[str, bytes]:
    """Return all files of a course but those that builds and Python make."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if not path.startswith("build/")}


def is_left_over(path: str) -> bool:
    return "/.deckwright-" in f"/{path}"


@pytest.mark.random
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("name", WRITING)
def test_after_any_kill_a_source_is_the_old_or_the_new_one(
    name: str, commands: Commands, tmp_path: Path, kills: int, seed: int
) -> None:
    dice = random.Random(seed)
    arguments, edit = WRITING[name]
    folder = accepted_course(tmp_path / "course")
    commands.finish(folder, *arguments)
    killed = 0
    while killed < kills:
        where = f"--hypothesis-seed={seed}, kill {killed}"
        edit(folder, dice)
        old = sources(folder)
        other = tmp_path / "other"
        shutil.copytree(folder, other, ignore=shutil.ignore_patterns("build"))
        commands.finish(other, *arguments)
        new = sources(other)
        for _ in range(dice.randrange(1, 5)):
            killed += commands.kill(folder, dice, *arguments, changes=25, events=600, sources=30)
            now = {path: data for path, data in sources(folder).items() if not is_left_over(path)}
            assert all(now.get(path) in (old.get(path), new.get(path)) for path in {*now, *old, *new}), where
        commands.finish(folder, *arguments)
        assert sources(folder) == new, where
        shutil.rmtree(other)
    assert processes_in(folder) == []


SIDE_BY_SIDE = [
    (("sync", "--yes"), ("sync", "--yes")),
    (("sync", "--yes"), ("build",)),
    (("sync", "--yes"), ("clean",)),
    (("build",), ("clean",)),
    (("check", "--update-baseline"), ("clean",)),
    (("sync", "--yes"), ("adopt", "slides/plain.md", "--extract", "--yes")),
]
MEANWHILE = ("was edited meanwhile", "run sync again", "another build is writing", "run the command again")


@pytest.mark.random
@pytest.mark.timeout(3000)
@pytest.mark.parametrize(("one", "other"), SIDE_BY_SIDE)
def test_two_commands_at_the_same_time(
    one: tuple[str, ...],
    other: tuple[str, ...],
    commands: Commands,
    others: Commands,
    tmp_path: Path,
    kills: int,
    seed: int,
) -> None:
    """Each ends well or says what the other has changed; then each finishes, as if it had been alone."""
    dice = random.Random(seed)
    folder = accepted_course(tmp_path / "course")
    commands.finish(folder, "sync", "--yes")
    for number in range(max(1, kills // 10)):
        where = f"--hypothesis-seed={seed}, {number}"
        change_results(folder, dice)
        alone = tmp_path / "alone"
        shutil.copytree(folder, alone, ignore=shutil.ignore_patterns("build"))
        commands.start(folder, one)
        time.sleep(dice.random())
        others.start(folder, other)
        for code, printed in (commands.ended(), others.ended()):
            assert code == 0 or any(text in printed for text in MEANWHILE), printed
            assert "Traceback" not in printed
        for arguments in (one, other):
            commands.finish(alone, *arguments)
            commands.finish(folder, *arguments)
        assert sources(folder) == sources(alone), where
        for each in (folder, alone):
            commands.finish(each, "build")
        assert built(folder) == built(alone), where
        shutil.rmtree(alone)


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
