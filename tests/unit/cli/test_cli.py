"""The command line: help, exit codes, and messages of commands that start no process."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from deckwright import __version__
from deckwright.cli import cli, main
from deckwright.cli.difference import print_difference
from deckwright.cli.entry import Interrupt
from deckwright.cli.sources import write_sources
from deckwright.errors import DeckwrightError
from deckwright.model.change import Change
from deckwright.project.project import find_project

COMMANDS = ("build", "serve", "check", "plan", "sync", "adopt", "run", "doctor", "clean")
SMALL = {
    "slides/deck.md": "# A\n\n```text output=../snippets/a.py#r\n```\n",
    "snippets/a.py": "# %% r\nprint('a')\n",
}


@pytest.fixture(autouse=True)
def signals_are_put_back() -> Iterator[None]:
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in before.items():
        signal.signal(getattr(signal, name), handler)


def test_a_system_on_which_it_does_not_run(capsys: pytest.CaptureFixture[str]) -> None:
    code = "import sys; sys.modules['fcntl'] = None; import deckwright.cli, deckwright.pytest_plugin"
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(SystemExit) as ended:
        main(["doctor"], system="nt")
    assert ended.value.code == 2
    assert "error [config] Deckwright runs on Linux and macOS\nhint: on Windows" in capsys.readouterr().err


class Shell:
    """Runs commands in a folder, in this process."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._captured = captured

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, stdout and stderr."""
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = self._captured.readouterr()
        return int(ended.value.code or 0), out, err


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    folder = tmp_path / "course"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Shell(folder, capsys)


# --- help -------------------------------------------------------------------------------------


def test_the_commands() -> None:
    assert sorted(cli.commands) == sorted(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_help(name: str) -> None:
    command = cli.commands[name]
    assert command.help
    assert all(p.help for p in command.params if isinstance(p, click.Option))
    for flag in ("-h", "--help"):
        shown = CliRunner().invoke(cli, [name, flag], terminal_width=80)
        assert shown.exit_code == 0
        assert shown.output.startswith(f"Usage: cli {name} ")


def test_the_list_of_commands_cuts_no_sentence() -> None:
    shown = CliRunner().invoke(cli, ["--help"], terminal_width=80).output
    listed = shown.partition("Commands:\n")[2]
    assert len(listed.splitlines()) == len(COMMANDS)
    assert "..." not in listed


def test_the_version(shell: Shell) -> None:
    assert shell("--version") == (0, f"deckwright, version {__version__}\n", "")


# --- usage and configuration: exit code 2 -----------------------------------------------------


def test_a_folder_without_slides_says_what_to_do(shell: Shell) -> None:
    for command in ("build", "plan", "sync", "clean"):
        assert shell(command) == (
            2,
            "",
            "error [config] there is no slides/ folder here\nhint: make one, or name a deck: build DECK.md\n",
        )


def test_slides_without_a_deck_say_what_to_do(shell: Shell) -> None:
    shell.write({"slides/README.md": "not a deck", "slides/themes/x.css": ""})
    assert shell("build") == (
        2,
        "",
        "error [config] no deck in course/slides/\nhint: write slides/NAME.md, or name a deck\n",
    )


def test_a_deck_that_does_not_exist_gets_the_nearest(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write(SMALL)
    expected = "error [config] no deck slides/dekc.md\nhint: did you mean slides/deck.md?\n"
    assert shell("build", "slides/dekc.md") == (2, "", expected)
    monkeypatch.chdir(shell.folder.parent)
    code, _, err = shell("build", "course/slides/dekc.md")
    assert (code, err.splitlines()[-1]) == (2, "hint: did you mean course/slides/deck.md?")
    assert not (shell.folder / "build").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plan", "--device", "gpu"], "error [config] no such device: gpu"),
        (["plan", "--device", "cuda:99"], "error [device-missing] this machine has no cuda:99"),
        (["build", "--jobs", "0"], "Invalid value for '--jobs' / '-j': 0 is not in the range x>=1"),
        (["build", "--note"], "--notes"),
        (["biuld"], "No such command 'biuld'"),
        (["run"], "Missing argument 'FILE'"),
        (["run", "none.py"], "File 'none.py' does not exist"),
        (["build", "slides"], "error [config] no deck slides: it is a folder\nhint: name decks"),
        (["run", "slides/deck.md"], "error [config] slides/deck.md is a deck, not a script\nhint: "),
        (["build", "snippets/a.py"], "error [config] snippets/a.py is not a .md file"),
    ],
)
def test_wrong_usage_ends_with_2(shell: Shell, arguments: list[str], message: str) -> None:
    shell.write(SMALL)
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not (shell.folder / "build").exists()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("devise = 'cpu'", "unknown setting 'devise', did you mean 'device'?"),
        ("jobs = 'two'", "'jobs' must be a whole number, not 'two'"),
        ("jobs = true", "'jobs' must be a whole number, not True"),
        ("html = [", "pyproject.toml cannot be read: "),
        ("device = 'tpu'", "no such device: tpu"),
    ],
)
def test_wrong_settings_end_with_2(shell: Shell, settings: str, message: str) -> None:
    shell.write({**SMALL, "pyproject.toml": f"[tool.deckwright]\n{settings}\n"})
    code, out, err = shell("plan")
    assert (code, out) == (2, "")
    assert f"error [config] {message}" in err.replace("pyproject.toml, [tool.deckwright]: ", "")


def test_a_deck_may_not_lie_outside_of_the_project_of_the_first(shell: Shell) -> None:
    shell.write(SMALL)
    (shell.folder.parent / "other.md").write_text("# other\n")
    code, _, err = shell("plan", "slides/deck.md", "../other.md")
    assert code == 2
    assert "lies outside of" in err


# --- plan -------------------------------------------------------------------------------------


def test_plan_names_what_would_run_and_why(shell: Shell) -> None:
    shell.write(SMALL)
    planned = "stale   snippets/a.py  it never ran\n1 to run, 0 fresh\n"
    assert shell("plan") == (0, planned, "")
    assert shell("plan", "slides/deck.md", "--force") == (
        0,
        "stale   snippets/a.py  you asked for it\n1 to run, 0 fresh\n",
        "",
    )
    assert sorted(path.name for path in shell.folder.iterdir()) == ["slides", "snippets"]


def test_plan_of_prose_has_nothing_to_run(shell: Shell) -> None:
    shell.write({"slides/deck.md": "# only prose\n"})
    assert shell("plan") == (0, "nothing to run\n", "")


def test_a_project_is_found_from_below(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write(SMALL)
    monkeypatch.chdir(shell.folder / "snippets")
    assert shell("plan")[1].startswith("stale   snippets/a.py")


# --- sync -------------------------------------------------------------------------------------

DRIFTED = "# A\n\n```python file=../snippets/a.py#r\nprint('old')\n```\n"


def test_sync_writes_through_a_link(shell: Shell) -> None:
    shell.write({"kept/deck.md": DRIFTED, "snippets/a.py": SMALL["snippets/a.py"]})
    (shell.folder / "slides").mkdir()
    (shell.folder / "slides/deck.md").symlink_to("../kept/deck.md")
    project = find_project(shell.folder)
    after = DRIFTED.replace("old", "a").encode()
    write_sources(project, {"slides/deck.md": Change(DRIFTED.encode(), after)})
    assert (shell.folder / "slides/deck.md").is_symlink()
    assert (shell.folder / "kept/deck.md").read_bytes() == after


def test_sync_never_overwrites_what_was_edited_meanwhile(shell: Shell) -> None:
    shell.write({"slides/a.md": "old\n", "slides/b.md": "edited\n"})
    changes = {"slides/a.md": Change(b"old\n", b"new\n"), "slides/b.md": Change(b"old\n", b"new\n")}
    with pytest.raises(DeckwrightError, match=r"slides/b\.md was edited meanwhile"):
        write_sources(find_project(shell.folder), changes)
    assert (shell.folder / "slides/a.md").read_text() == "old\n"
    assert (shell.folder / "slides/b.md").read_text() == "edited\n"


def test_sync_writes_nothing_where_a_file_is_read_only(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write({"slides/a.md": "# A\n", "slides/b.md": "# B\n"})
    changes = {f"slides/{name}.md": Change(f"# {name.upper()}\n".encode(), b"# C\n") for name in "ab"}
    monkeypatch.setattr("os.access", lambda path, mode: not str(path).endswith("b.md"))  # root may write all
    with pytest.raises(DeckwrightError, match=r"slides/b\.md is read-only"):
        write_sources(find_project(shell.folder), changes)
    assert (shell.folder / "slides/a.md").read_text() == "# A\n"


def test_a_difference_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_difference("slides/a.md", Change(b"old \x1b]0;title\x07\n", b"new\n"))
    assert "-old \N{SYMBOL FOR ESCAPE}]0;title\N{SYMBOL FOR BELL}\n+new\n" in capsys.readouterr().out


# --- interrupts -------------------------------------------------------------------------------


def test_a_second_interrupt_counts_only_much_later() -> None:
    now = 100.0
    interrupt = Interrupt(lambda: now)
    with pytest.raises(KeyboardInterrupt):
        interrupt(signal.SIGINT, None)
    now += Interrupt.CLEAN_UP_SECONDS
    interrupt(signal.SIGTERM, None)
    now += 1.0
    with pytest.raises(KeyboardInterrupt):
        interrupt(signal.SIGINT, None)
