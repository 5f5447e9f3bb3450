"""`pytest slides/` as people use pytest: ids, options, workers, and reports that authors can read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from integration.shell import write

pytestmark = pytest.mark.integration

FILES = {
    "pyproject.toml": "[tool.deckwright]\n",
    "slides/01-good.md": """
        # Good

        ```python file=../snippets/sums.py#add
        ```

        It is [5](../snippets/sums.py#total).
        """,
    "slides/02-bad.md": """
        # Good

        ```text output=../snippets/sums.py#add
        ```

        ```text output=../snippets/sums.py#add
        ```

        ---

        # Bad

        ```text output=../snippets/sums.py#add
        6
        ```

        ```python
        nobody_runs_this()
        ```
        """,
    # Each run leaves a line where no run looks.
    "snippets/sums.py": """
        import os

        os.system("echo ran >> ../runs.txt")
        # region add
        print(2 + 3)
        # endregion add
        total = 5
        """,
}
IDS = [
    "slides/01-good.md::slide-1::sums.py#add",
    "slides/01-good.md::slide-1::sums.py#total:value",
    "slides/01-good.md::slide-1::slide",
    "slides/02-bad.md::slide-1::sums.py#add:output",
    "slides/02-bad.md::slide-1::sums.py#add:output-2",
    "slides/02-bad.md::slide-1::slide",
    "slides/02-bad.md::slide-2::sums.py#add:output",
    "slides/02-bad.md::slide-2::unverified",
    "slides/02-bad.md::slide-2::slide",
]
BAD = "slides/02-bad.md::slide-2"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run of pytest that has ended."""

    code: int
    out: str

    @property
    def counts(self) -> dict[str, int]:
        """How many tests ended how, as pytest's last line tells it."""
        last = self.out.splitlines()[-1]
        return {
            name: int(number) for number, name in re.findall(r"(\d+) (passed|failed|skipped|error)", last)
        }


def environment() -> dict[str, str]:
    """Return the environment of the tests without what changes how pytest reports.

    In CI pytest repeats the whole of each message in its summary.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST_") and name not in ("CI", "BUILD_NUMBER")
    }


def run_pytest(folder: Path, *arguments: str) -> Outcome:
    """Run pytest in a project, in the order of its decks, without what takes long to import."""
    plugins = ("-p", "deckwright.pytest_plugin") if not INSTALLED else ()
    others = ("-p", "no:randomly", "-p", "no:hypothesispytest")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", *plugins, *others, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=250,
        check=False,
    )
    return Outcome(done.returncode, done.stdout + done.stderr)


def is_installed() -> bool:
    from importlib.metadata import entry_points

    return any(point.value == "deckwright.pytest_plugin" for point in entry_points(group="pytest11"))


INSTALLED = is_installed()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("course"), FILES)


@pytest.fixture(scope="module")
def first(course: Path) -> Outcome:
    """The first run in the course."""
    return run_pytest(course, "slides", "-q")


def collected(folder: Path, *arguments: str) -> list[str]:
    """Return the ids that pytest would run."""
    ran = run_pytest(folder, "--collect-only", "-q", *arguments)
    return [line for line in ran.out.splitlines() if "::" in line]


# --- what is collected ------------------------------------------------------------------------


def test_every_reference_and_slide_is_a_test(course: Path) -> None:
    assert collected(course, "slides/") == IDS
    assert collected(course) == IDS


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["slides/02-bad.md"], IDS[3:]),
        ([BAD], IDS[6:]),
        ([IDS[4]], [IDS[4]]),
        (["slides", "-k", "total"], [IDS[1]]),
        (["slides", "-k", "bad and add and not slide-2"], IDS[3:5]),
        (["slides", "--deselect", BAD], IDS[:6]),
    ],
)
def test_tests_are_chosen_as_people_expect(course: Path, arguments: list[str], expected: list[str]) -> None:
    assert collected(course, *arguments) == expected


def test_a_folder_below_and_slides_that_are_no_decks(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "[tool.deckwright]\n",
        "slides/part/a.md": "# A\n",
        "slides/README.md": "# R\n",
    }
    write(tmp_path, {**files, "notes/b.md": "# B\n"})
    assert collected(tmp_path) == ["slides/part/a.md::slide-1::slide"]


def test_slides_of_others_are_left_alone_unless_they_are_named(tmp_path: Path) -> None:
    files = {"slides/talk.md": "# Not ours\n", "test_it.py": "def test_it():\n    pass\n"}
    write(tmp_path, {**files, "data/slides/a.md": "# Data\n", "data/pyproject.toml": "[tool.deckwright]\n"})
    assert collected(tmp_path) == ["test_it.py::test_it"]
    assert collected(tmp_path, ".") == ["test_it.py::test_it"]
    assert collected(tmp_path, "slides") == ["slides/talk.md::slide-1::slide"]
    assert collected(tmp_path, "data") == ["slides/a.md::slide-1::slide"]  # its own root
    assert run_pytest(tmp_path, "-q").counts == {"passed": 1}
    assert not (tmp_path / "build").exists()


def test_loading_the_plug_in_imports_nothing_of_ours() -> None:
    code = (
        "import sys, deckwright.pytest_plugin; print(*(m for m in sys.modules if m.startswith('deckwright')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["deckwright", "deckwright.pytest_plugin"]


# --- what is reported ------------------------------------------------------------------------


def test_failures_are_told_as_authors_read_them(first: Outcome) -> None:
    ran = first
    assert (ran.code, ran.counts) == (1, {"failed": 2, "passed": 7})
    assert f"{BAD}::sums.py#add:output _" in re.sub("_+", "_", ran.out)
    assert (
        "slides/02-bad.md:13:9 error [drifted] "
        "the accepted text differs from what the script gives now, in line 1: 5\n"
        "13 | ```text output=../snippets/sums.py#add\n"
        "   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "hint: look at the slide; 'deckwright sync' accepts it into the deck\n"
    ) in ran.out
    assert f"FAILED {BAD}::unverified - slides/02-bad.md:17:4 error [u" in ran.out
    assert "Traceback" not in ran.out
    assert ".py:" not in ran.out
    assert len(ran.out.splitlines()) < 25


@pytest.mark.usefixtures("first")
def test_the_first_failure_ends_it_and_the_last_failures_come_again(course: Path) -> None:
    assert run_pytest(course, "slides", "-x", "-q").counts == {"passed": 6, "failed": 1}
    assert run_pytest(course, "slides", "-q").counts == {"passed": 7, "failed": 2}
    assert run_pytest(course, "slides", "--lf", "-q").counts == {"failed": 2}


def test_one_case_checks_one_deck(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    ran = run_pytest(folder, IDS[0], "-q")
    assert (ran.code, ran.counts) == (0, {"passed": 1})
    assert [path.name for path in (folder / "build/html").iterdir()] == ["01-good.html"]


def test_workers_share_one_check(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    ran = run_pytest(folder, "slides", "-n", "2", "-v")
    assert ran.counts == {"failed": 2, "passed": 7}
    workers = Counter(re.findall(r"\[(gw\d)\] \[ *\d+%\] (?:PASSED|FAILED)", ran.out))
    assert sorted(workers) == ["gw0", "gw1"]
    assert (folder / "runs.txt").read_text() == "ran\n"


def test_options_reach_the_check(tmp_path: Path) -> None:
    files = {
        "slides/a.md": "# A\n\n```text output=../snippets/a.py#r\nTrue\n```\n\n```python\nx\n```\n",
        "snippets/a.py": "import os\n\n# region r\nprint(os.path.exists('a.py'))\n# endregion r\n",
    }
    folder = write(tmp_path, files)
    assert run_pytest(folder, "slides", "-q").counts == {"failed": 1, "passed": 2}
    allowed = ("slides", "-q", "--slides-allow", "unverified-code")
    assert run_pytest(folder, *allowed).counts == {"passed": 2, "skipped": 1}
    ran = run_pytest(folder, *allowed, "--slides-standalone")
    assert ran.counts == {"failed": 1, "passed": 1, "skipped": 1}
    assert "error [not-alone] run alone, snippets/a.py does not print this" in ran.out


@pytest.mark.usefixtures("first")
def test_what_is_known_is_skipped(course: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(course, tmp_path / "course")
    subprocess.run(
        [sys.executable, "-m", "deckwright", "check", "--update-baseline"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    assert run_pytest(folder, "slides", "-q").counts == {"passed": 7, "skipped": 2}


# --- what is wrong with the text --------------------------------------------------------------


def test_what_names_nothing_fails_where_it_stands(tmp_path: Path) -> None:
    deck = "# A\n\n```python file=../snippets/sum.py\n```\n\n```python file=../snippets/sums.py#add\n```\n"
    folder = write(tmp_path, {**FILES, "slides/03.md": deck})
    assert "slides/03.md::slide-1::sum.py" in collected(folder, "slides")
    ran = run_pytest(folder, "slides", "-q", "-rs")
    assert ran.counts == {"failed": 3, "passed": 7, "skipped": 2}  # the others are proved, or not
    assert "slides/03.md:3:11 error [missing-script] no file snippets/sum.py" in ran.out
    assert "hint: did you mean snippets/sums.py?" in ran.out
    assert "its deck has errors, so nothing on it is proved" in ran.out
    assert "Traceback" not in ran.out


def test_a_deck_that_cannot_be_read_fails(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "slides/03.md").write_bytes(b"# A\n\xff\n")
    ran = run_pytest(folder, "slides", "-q")
    assert (ran.code, ran.counts) == (1, {"failed": 3, "passed": 7})  # two of another deck
    assert "slides/03.md:2:1 error [undecodable] this file is not UTF-8" in ran.out


def test_wrong_settings_break_the_collection_with_a_line(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, "pyproject.toml": "[tool.deckwright]\nallov = []\n"})
    ran = run_pytest(folder, "slides", "-q")
    assert ran.code == 2
    assert (
        "[config] pyproject.toml, [tool.deckwright]: unknown setting 'allov', did you mean 'allow'?"
        in ran.out
    )
    assert "Traceback" not in ran.out


def test_a_check_that_cannot_be_made_fails_with_a_line(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, "pyproject.toml": '[tool.deckwright]\ndevice = "tpu"\n'})
    ran = run_pytest(folder, "slides", "-q")
    assert ran.counts == {"failed": 9}
    assert "Traceback" not in ran.out
    assert "tpu" in ran.out
