"""What a script holds and does not show stays in its process: no command leaves it on a disk."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from integration.servers import Server, wait_until
from integration.shell import COMMAND, deckwright, report_of, write

pytestmark = pytest.mark.integration

SHOWN = "anary0d41d8cd98f00b20492"
"""Without characters that Markdown or HTML would escape; of a value, the first letter is."""
CANARY = f"c{SHOWN}"

SECRETS = {"API_KEY": CANARY, "PLAIN": f"{CANARY}-plain", "OTHER": f"{CANARY}-other"}

COURSE = {
    "pyproject.toml": '[tool.deckwright]\nstore = "../store"\n',
    "slides/deck.md": """
        # Size [2](../snippets/a.py#config.size)

        ```text output=../snippets/a.py#r
        ```

        ![p](../figures/p.svg)
        """,
    "slides/own.md": """
        # Own

        ```python exec
        import os
        own = os.getenv("API_KEY")
        len(own)
        ```
        """,
    "slides/failed.md": "# Failed\n\n```text output=../snippets/failed.py\n```\n",
    "snippets/a.py": """
        import os, subprocess, sys

        key = os.environ["API_KEY"]
        config = {"key": key, "size": 2, "all": dict(os.environ)}
        plain = [os.environ.get("PLAIN"), os.path.expandvars("$OTHER")]


        def call(key=key):
            return lambda: key


        made = call()
        subprocess.run([sys.executable, "-c", "pass", key], check=True)
        # %% r
        print(len(key))
        """,
    "snippets/failed.py": """
        import os

        key = os.environ["API_KEY"]


        def f(key):
            header = {"Authorization": key}
            return header["none"]


        f(key)
        """,
    "figures/p.py": """
        import os
        import matplotlib.pyplot as plt

        key = os.environ["API_KEY"]
        plt.plot([1, 2])
        """,
}


def where_it_is(*folders: Path) -> list[str]:
    """Return the files below folders that hold the secret, in their names or contents."""
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 3
    return [str(path) for path in files if SHOWN in str(path) or SHOWN.encode() in path.read_bytes()]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    (tmp_path / "store").mkdir()
    return write(tmp_path / "course", COURSE)


def test_no_command_leaves_a_secret_on_a_disk(course: Path, tmp_path: Path) -> None:
    said = ""
    for arguments in (
        ["build", "--output", "../published"],
        ["check", "--standalone", "--junit", "../junit.xml"],
        ["plan", "--explain"],
        ["sync", "--yes"],
        ["build", "--json"],
    ):
        ran = deckwright(course, *arguments, **SECRETS)
        assert ran.code in (0, 1), ran.err
        said += ran.out + ran.err
    assert (tmp_path / "published").is_dir()
    assert (tmp_path / "junit.xml").is_file()
    assert list((tmp_path / "store").rglob("*.json"))
    assert where_it_is(tmp_path) == []
    assert SHOWN not in said


def test_adopt_leaves_none(tmp_path: Path) -> None:
    deck = "# A\n\n```python\nimport os\nkey = os.environ['API_KEY']\nprint(len(key))\n```\n"
    folder = write(tmp_path / "plain", {"slides/deck.md": deck})
    for more in ([], ["--outputs"]):
        assert deckwright(folder, "adopt", "slides/deck.md", "--yes", *more, **SECRETS).code == 0
    assert deckwright(folder, "build", "--to", "html", **SECRETS).code == 0
    assert str(len(CANARY)) in (folder / "build/slides/deck.md").read_text("utf-8")
    assert where_it_is(tmp_path) == []


def test_a_build_that_is_killed_leaves_none(course: Path, tmp_path: Path) -> None:
    script = course / "snippets/a.py"
    waits = "import time\nopen('../started', 'w').close()\ntime.sleep(600)\n"
    script.write_text(script.read_text("utf-8") + waits, "utf-8")
    process = subprocess.Popen(
        [*COMMAND, "build", "--to", "html"],
        cwd=course,
        env={**os.environ, **SECRETS},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until((course / "started").exists)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(60)
    assert list((course / "build/.scratch").rglob("task.pickle"))
    assert where_it_is(tmp_path) == []


def test_serve_leaves_none(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    server = Server(course, "--no-open")
    try:
        server.wait_for("built in ")
        server.edit("slides/deck.md", "a.py#config.size", "failed.py#key.x")
        wait_until(lambda: server.builds > 1)
        assert where_it_is(tmp_path) == []
    finally:
        server.interrupt()
    assert where_it_is(tmp_path) == []


def test_a_value_that_a_deck_names_later_is_one_more_run(course: Path) -> None:
    assert deckwright(course, "build", "slides/deck.md", "--to", "html", **SECRETS).code == 0
    deck = course / "slides/deck.md"
    deck.write_text(deck.read_text("utf-8").replace("#config.size", "#config.key"), "utf-8")
    why = "slides/deck.md names `config.key`, whose value was not recorded"
    assert why in deckwright(course, "plan", "slides/deck.md", **SECRETS).out
    assert deckwright(course, "build", "slides/deck.md", "--to", "html", **SECRETS).code == 0
    assert SHOWN in (course / "build/slides/deck.md").read_text("utf-8")
    deck.write_text(deck.read_text("utf-8").replace("#config.key", "#config.size"), "utf-8")
    assert "0 to run" in deckwright(course, "plan", "slides/deck.md", **SECRETS).out


def course_of(tmp_path: Path, script: str, fence: str) -> Path:
    """Write a course of one script and one deck, with one fence."""
    deck = f"# A\n\n```{fence}\n```\n"
    return write(tmp_path / "course", {"slides/deck.md": deck, "snippets/a.py": script})


def secrets_shown(folder: Path) -> list[dict[str, Any]]:
    return [each for each in report_of(folder)["diagnostics"] if each["slug"] == "secret-shown"]


SHOWS = {
    "printed": "print('a', key)",
    "error": "import sys\nprint(key, file=sys.stderr)",
    "displayed": "{'key': key}",
    "raised": "# %% e\n#| raises: ValueError\nraise ValueError(key)",
    "environment": "dict(os.environ)",
}


@pytest.mark.parametrize("name", SHOWS)
def test_an_output_that_holds_a_secret_is_named(tmp_path: Path, name: str) -> None:
    script = f"import os\n\nkey = os.environ['API_KEY']\n# %% r\n{SHOWS[name]}\n"
    folder = course_of(tmp_path, script, "python file=../snippets/a.py#r")
    ran = deckwright(folder, "build", "--to", "html", API_KEY=CANARY, DB_PASSWORD="changeme")
    assert ran.code == 0
    found = secrets_shown(folder)
    assert [(each["path"], each["line"]) for each in found] == [("snippets/a.py", script.count("\n"))]
    assert "API_KEY" in found[0]["message"]
    assert SHOWN not in "".join(each["message"] for each in found)
    assert "secret-shown" not in deckwright(folder, "build", "--to", "html", "--force", API_KEY="short1").out


FAILS = {
    "raised": "raise ValueError(f'bad {key}')",
    "exited": "sys.exit(f'bad {key}')",
    "file": "open(key)",
    "earlier": "try:\n    raise ValueError(key)\nexcept ValueError as error:\n    raise KeyError from error",
}


@pytest.mark.parametrize("name", FAILS)
def test_an_error_that_holds_a_secret_is_named(tmp_path: Path, name: str) -> None:
    script = f"import os, sys\n\nkey = os.environ['API_KEY']\n{FAILS[name]}\n"
    folder = course_of(tmp_path, script, "text output=../snippets/a.py")
    assert deckwright(folder, "build", "--to", "html", API_KEY=CANARY).code == 1
    found = secrets_shown(folder)
    message = "its error holds the value of the environment variable API_KEY"
    assert (script.count("\n"), message) in [(each["line"], each["message"]) for each in found]


LOOKS_FOR = {
    "file": "print(os.path.exists(key))",
    "module": "try:\n    __import__(key)\nexcept ImportError:\n    print(1)",
    "variable": "print(os.environ.get(f'NAME_{key}'))",
}


@pytest.mark.parametrize("name", LOOKS_FOR)
def test_a_file_named_by_a_secret_is_not_remembered(tmp_path: Path, name: str) -> None:
    script = f"import os\n\nkey = os.environ['API_KEY']\n{LOOKS_FOR[name]}\n"
    deck = "# A\n\n```text output=../snippets/a.py\n```\n"
    (tmp_path / "store").mkdir()
    settings = '[tool.deckwright]\nstore = "../store"\n'
    sources = {"pyproject.toml": settings, "slides/deck.md": deck, "snippets/a.py": script}
    folder = write(tmp_path / "course", sources)
    for _ in range(2):
        ran = deckwright(folder, "build", "--to", "html", API_KEY=CANARY)
        assert (ran.code, SHOWN in ran.out + ran.err) == (0, False)
        found = secrets_shown(folder)
        assert "uses a file or variable whose name holds" in found[0]["message"]
    assert where_it_is(tmp_path) == []
