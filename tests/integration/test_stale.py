"""What runs again after an edit, and what does not: the real command on a real project."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from integration.in_process import deckwright
from integration.shell import COMMAND, Ran, report_of, write

pytestmark = pytest.mark.integration

COURSE = {
    "slides/deck.md": """
        # One

        ```python file=../snippets/main.py#r
        ```

        ```text output=../snippets/main.py#r
        ```

        ---

        ```text output=../snippets/other.py#r
        ```
        """,
    "slides/second.md": """
        # Two

        ```text output=../snippets/other.py#r
        ```
        """,
    "snippets/main.py": """
        import csv
        import helper

        # region r
        with open("../data/x.csv") as file:
            rows = list(csv.reader(file))
        print("size", helper.size, "rows", rows)
        # endregion r
        """,
    "snippets/helper.py": "from constants import size\n",
    "snippets/constants.py": "size = 41\n",
    "snippets/other.py": "# %% r\nprint('other')\n",
    "data/x.csv": "1,2\n",
}
MAIN, OTHER = "snippets/main.py", "snippets/other.py"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("stale") / "course", COURSE)
    first = make(folder)
    assert first.names("started") == [MAIN, OTHER]
    return folder


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Path:
    """The built project, for this test alone."""
    return shutil.copytree(built, tmp_path / "course")


def make(folder: Path, *arguments: str) -> Ran:
    ran = deckwright(folder, "build", "--to", "html", "--json", *arguments)
    assert ran.code == 0, ran.out + ran.err
    return ran


def explained(folder: Path, *arguments: str) -> list[str]:
    ran = deckwright(folder, "plan", "--explain", *arguments)
    assert ran.code == 0, ran.err
    return [line.partition(" (last")[0] for line in ran.out.splitlines()[:-1]]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def slides(folder: Path, name: str = "deck") -> str:
    return (folder / f"build/slides/{name}.md").read_text("utf-8")


def test_touching_everything_runs_and_renders_nothing(course: Path) -> None:
    for path in course.rglob("*"):
        if path.is_file() and ".store" not in path.parts:
            os.utime(path)
    before = {path: path.stat().st_mtime_ns for path in (course / "build/html").iterdir()}
    again = make(course)
    assert {event["event"] for event in again.events} == {"done"}
    assert {path: path.stat().st_mtime_ns for path in (course / "build/html").iterdir()} == before


def test_a_comment_runs_nothing_and_is_on_the_slide(course: Path) -> None:
    change(course / MAIN, 'print("size"', '# 新的注释\nprint("size"')
    assert sorted(explained(course)) == [f"{name} stays: nothing changed" for name in (MAIN, OTHER)]
    again = make(course)
    assert (again.names("started"), again.names("rendering")) == ([], ["slides/deck.md"])
    assert "# 新的注释\nprint(" in slides(course)
    assert "新的注释" in (course / "build/html/deck.html").read_text("utf-8")


def test_a_comment_in_a_module_runs_nothing(course: Path) -> None:
    change(course / "snippets/constants.py", "size", "# how many\nsize")
    assert sorted(explained(course)) == [f"{name} stays: nothing changed" for name in (MAIN, OTHER)]
    assert make(course).names("started") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("snippets/constants.py", "41", "42", "size 42 rows [['1', '2']]"),
        ("data/x.csv", "1,2", "3", "size 41 rows [['3']]"),
    ],
)
def test_what_a_script_read_runs_it_alone(course: Path, file: str, old: str, new: str, shown: str) -> None:
    before = slides(course)
    change(course / file, old, new)
    reason = f"{MAIN} runs: {file} changed, read by {MAIN}"
    assert sorted(explained(course)) == [reason, f"{OTHER} stays: nothing changed"]
    again = make(course)
    assert (again.names("started"), again.names("rendering")) == ([MAIN], ["slides/deck.md"])
    assert shown in slides(course)
    change(course / file, new, old)
    undone = make(course)
    assert (undone.names("started"), undone.names("rendering")) == ([], ["slides/deck.md"])
    assert slides(course) == before


def test_a_file_that_is_gone_and_comes_back(course: Path) -> None:
    (course / "data/x.csv").rename(course / "data/y.csv")
    assert f"{MAIN} runs: data/x.csv is gone, read by {MAIN}" in explained(course)
    gone = deckwright(course, "build", "--to", "html", "--json")
    assert (gone.code, gone.names("started")) == (1, [MAIN])
    assert "FileNotFoundError" in slides(course)
    failed = explained(course)
    assert f"{MAIN} stays: it failed, and nothing changed" in failed
    (course / "data/y.csv").rename(course / "data/x.csv")
    assert make(course).names("started") == []
    assert "size 41" in slides(course)


def test_a_module_that_comes_before_the_one_that_a_script_imports(course: Path) -> None:
    """The classic: a snippet that is called as a module of Python's own is."""
    write(course, {"snippets/csv.py": "reader = None\n"})
    assert f"{MAIN} runs: snippets/csv.py is new, read by {MAIN}" in explained(course)


def test_a_file_edited_while_the_script_that_read_it_runs(course: Path, tmp_path: Path) -> None:
    waiting = f"""
        import time
        from pathlib import Path

        # %% r
        print(open("../data/x.csv").read())
        Path({str(tmp_path / "read")!r}).touch()
        while not Path({str(tmp_path / "go")!r}).exists():
            time.sleep(0.02)
        """
    write(course, {OTHER: waiting})
    command = [*COMMAND, "build", "--to", "html"]
    with subprocess.Popen(command, cwd=course, stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "read").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        (course / "data/x.csv").write_text("7,8\n")
        (tmp_path / "go").touch()
    assert process.returncode == 0
    assert f"{OTHER} runs: data/x.csv changed while it ran, read by {OTHER}" in explained(course)
    assert OTHER in make(course).names("started")
    assert "7,8" in slides(course, "second")
    assert make(course).names("started") == []


@pytest.mark.parametrize(
    ("pattern", "ran"),
    [
        (OTHER, [OTHER]),
        ("main", [MAIN]),
        ("snippets/*", [MAIN, OTHER]),
        ("second.md", [OTHER]),
        ("slides/deck.md", [MAIN, OTHER]),
    ],
)
def test_force_and_only_mean_scripts_or_those_of_a_deck(course: Path, pattern: str, ran: list[str]) -> None:
    states = {line.partition(":")[0] for line in explained(course, "--force", pattern)}
    assert states == {f"{name} {'runs' if name in ran else 'stays'}" for name in (MAIN, OTHER)}
    shutil.rmtree(course / "build")
    states = {line.partition(":")[0] for line in explained(course, "--only", pattern)}
    assert states == {f"{name} {'runs' if name in ran else 'waits'}" for name in (MAIN, OTHER)}


def test_force_runs_what_nobody_changed(course: Path) -> None:
    forced = make(course, "--force", "other")
    assert (forced.names("started"), forced.names("rendering")) == ([OTHER], [])
    assert make(course).names("started") == []


def test_only_leaves_the_others_as_they_were_accepted(course: Path) -> None:
    change(course / "snippets/constants.py", "41", "42")
    change(course / OTHER, "'other'", "'another'")
    only = make(course, "--only", OTHER)
    assert only.names("started") == [OTHER]
    shown = slides(course)
    assert "another" in shown
    assert "size 41" not in shown  # that is not what the slide's code prints now
    reason = f"snippets/constants.py changed, read by {MAIN}, and it was not asked for"
    assert reason in shown
    report = report_of(course)
    assert {job["id"]: job["status"] for job in report["jobs"]} == {MAIN: "skipped", OTHER: "ok"}
    assert {wrong["slug"] for wrong in report["diagnostics"]} == {"accepted-result"}
    assert make(course).names("started") == [MAIN]
    assert "size 42" in slides(course)


@pytest.mark.parametrize("option", ["--force", "--only"])
@pytest.mark.parametrize("command", ["build", "plan"])
def test_a_pattern_that_fits_nothing(course: Path, command: str, option: str) -> None:
    ran = deckwright(course, command, option, "mian")
    assert (ran.code, ran.out) == (2, "")
    assert "no script or deck is called mian" in ran.err
    assert "hint:" in ran.err


def test_a_comment_moves_what_went_wrong_with_its_line(course: Path) -> None:
    failing = "# %% r\ndef f(x):\n    return 1 / x  # here\n\n\nprint('before')\nf(0)\n"
    (course / OTHER).write_text(failing)
    first = deckwright(course, "build", "--to", "html", "--json")
    assert (first.code, first.names("started")) == (1, [OTHER])
    (course / OTHER).write_text("# one\n# two\n" + failing.replace("# here", "# there"))
    moved = deckwright(course, "build", "--to", "html", "--json")
    assert (moved.code, moved.names("started")) == (1, [])
    incremental = slides(course), report_of(course)
    shutil.rmtree(course / "build")
    clean = deckwright(course, "build", "--to", "html", "--json")
    assert clean.code == 1
    assert slides(course) == incremental[0]
    for name in ("diagnostics", "decks"):
        assert report_of(course)[name] == incremental[1][name]
    failures = [
        [job.get("failure") for job in report["jobs"]] for report in (report_of(course), incremental[1])
    ]
    assert failures[0] == failures[1]


def test_an_environment_variable_that_a_script_asks_for(tmp_path: Path) -> None:
    script = "import os\n\n# %% r\nprint(os.environ.get('COUNT', 'none'), len({**os.environ}) > 1)\n"
    deck = "# A\n\n```text output=../snippets/a.py#r\n```\n"
    folder = write(tmp_path / "course", {"slides/deck.md": deck, "snippets/a.py": script})

    def printed(**environ: str) -> str:
        assert deckwright(folder, "build", "--to", "html", **environ).code == 0
        return (folder / "build/slides/deck.md").read_text("utf-8").splitlines()[3]

    assert printed() == "none True"
    assert "0 to run" in deckwright(folder, "plan", OTHER="1").out
    assert printed(COUNT="2") == "2 True"
    plan = deckwright(folder, "plan", COUNT="3").out
    assert "$COUNT changed, read by snippets/a.py" in plan
    assert printed() == "none True"
    assert "0 to run" in deckwright(folder, "plan").out


def test_figures_import_from_a_folder_of_the_setting_pythonpath(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": '[tool.deckwright]\npythonpath = ["snippets"]\n',
        "slides/deck.md": "# A\n\n[](../figures/a.py#x)\n",
        "figures/a.py": "import shared\nimport queue\nx = shared.x\ny = queue.y\nprint(x)\n",
        "snippets/shared.py": "x = 11\n",
        "snippets/queue.py": "y = 2\n",
    }
    folder = write(tmp_path, files)
    assert deckwright(folder, "run", "figures/a.py").out == "11\n"
    make(folder)
    assert "11" in slides(folder)
    assert explained(folder) == ["figures/a.py stays: nothing changed"]
    change(folder / "snippets/shared.py", "11", "12")
    (line,) = explained(folder)
    assert "snippets/shared.py changed" in line
    (folder / "one").mkdir()
    change(folder / "pyproject.toml", '["snippets"]', '["one", "snippets"]')
    (line,) = explained(folder)
    assert "the setting `pythonpath` changed" in line
