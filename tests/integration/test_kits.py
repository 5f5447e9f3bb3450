"""The kits of a small course, run as students run them: in another folder, without this package."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from deckwright.execute.standalone import alone_environment
from integration.shell import write

pytestmark = pytest.mark.integration

TESTS = Path(__file__).parents[1]
SETTINGS = '[tool.deckwright]\nformats = ["html"]\n'  # no browser starts
COURSE = {
    "pyproject.toml": SETTINGS,
    "slides/one.md": """
        # One

        ```text output=../snippets/part/reader.py#total
        6
        ```

        ```python file=../snippets/part/task.py#task
        ```

        ```text output=../snippets/user.py
        42
        ```

        ```python exec
        print("in the deck")
        ```

        ```text output
        in the deck
        ```
        """,
    "slides/two.md": """
        # Two

        ```text output=../snippets/part/reader.py#total
        6
        ```
        """,
    "snippets/part/reader.py": """
        # region total
        from helper import numbers

        print(sum(numbers()))
        # endregion total
        """,
    "snippets/part/helper.py": """
        from pathlib import Path

        def numbers():
            return map(int, Path(__file__).with_name("numbers.txt").read_text().split())
        """,
    "snippets/part/numbers.txt": "1 2 3\n",
    "snippets/part/task.py": """
        # region task
        def answer():
            # BEGIN SOLUTION
            return 6 * 7
            # END SOLUTION
        # endregion task

        if __name__ == "__main__":
            print(answer())
        """,
    "snippets/user.py": """
        import sys
        from pathlib import Path

        sys.path.append(str(Path(__file__).parent / "part"))
        from task import answer

        print(answer())
        """,
}
SCRIPTS = ["part/helper.py", "part/reader.py", "part/task.py", "user.py"]
BROKEN = """
    from pathlib import Path

    lectures = len(list(Path(__file__).parents[1].glob("slides/*.md")))
    print("lectures:", lectures)
    """


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter that has all packages of this one, and not the editable package of the repository."""
    folder = tmp_path_factory.mktemp("python")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = sysconfig.get_path("purelib", vars={"base": str(folder)})
    Path(packages, "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    interpreter = str(folder / "bin/python")
    code = "import numpy, nbclient\nimport deckwright"
    command, environ = [interpreter, "-c", code], alone_environment(os.environ, 1)
    ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert ran.stderr.endswith("ModuleNotFoundError: No module named 'deckwright'\n")
    return interpreter


def kits(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, TESTS / "kits.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=250, check=False)


def test_all_of_a_kit_runs_or_stops_at_the_gap(tmp_path: Path, python: str) -> None:
    pytest.importorskip("nbclient")
    ran = kits(write(tmp_path, COURSE), "--python", python, "--jobs", "2")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    rows = re.findall(r"(?m)^ok +[\d.]+ s  (\S+)(?: stops at (.+))?$", ran.stdout)
    notebooks = ["one.ipynb", "one/reader.ipynb", "one/task.ipynb", "one/user.ipynb"]
    paths = [*(f"snippets/{path}" for path in SCRIPTS), *(f"notebooks/{path}" for path in notebooks)]
    with_gap = {path for path in paths if re.search("task|user|one.ipynb", path)}
    expected = {(f"students/one/{path}", "answer" if path in with_gap else "") for path in paths}
    expected |= {(f"solutions/one/{path}", "") for path in with_gap}
    expected.add(("students/two/notebooks/two.ipynb", ""))
    assert {(name, gap.partition(",")[0]) for name, gap in rows} == expected


def test_what_runs_in_the_course_alone_is_found(tmp_path: Path, python: str) -> None:
    deck = "# One\n\n```text output=../snippets/broken.py\nlectures: 1\n```\n"
    write(tmp_path, {"pyproject.toml": SETTINGS, "slides/one.md": deck, "snippets/broken.py": BROKEN})
    ran = kits(tmp_path, "--python", python, "--jobs", "1", "students/*")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.count("FAILED") == 3
    assert "snippets/broken.py: run alone, snippets/broken.py does not print this" in ran.stdout
    assert "-lectures: 1\n    +lectures: 0\n" in ran.stdout
