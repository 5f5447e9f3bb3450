"""The command line: help, exit codes, and messages of commands that start no process."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from deckwright import __version__
from deckwright.cli import cli, main
from deckwright.execute.recorders import recorder_in_force

COMMANDS = (
    *(
        "new",
        "build",
        "serve",
        "present",
        "check",
        "plan",
        "sync",
        "adopt",
        "run",
        "kit",
        "publish",
        "release",
        "results",
        "doctor",
        "clean",
    ),
)
SMALL = {
    "slides/deck.md": "# A\n\n```text output=../snippets/a.py#r\n```\n",
    "snippets/a.py": "# %% r\nprint('a')\n",
}


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
            "error [config] there is no slides/ folder here\n"
            "hint: `deckwright new NAME` makes a course; "
            "or name a deck or a folder of decks: build DECK.md\n",
        )


def test_slides_without_a_deck_say_what_to_do(shell: Shell) -> None:
    shell.write({"slides/README.md": "not a deck", "slides/themes/x.css": ""})
    assert shell("build") == (
        2,
        "",
        "error [config] no deck in course/slides/\n"
        "hint: write slides/NAME.md, or name a deck or a folder of decks\n",
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
        (["adopt", "slides"], "error [config] there are 2 decks\nhint: adopt one after the other, as slid"),
        (["build", "snippets"], "error [config] no deck in snippets\nhint: a deck is a .md file"),
        (
            ["build", "slides", "-o", "a.odp"],
            "makes no .odp files\nhint: it makes .html, .pdf, .png and .pptx",
        ),
        (["build", "-o", "a.html"], "error [config] a.html is one file, but 2 decks are built\nhint: name "),
        (
            ["build", "slides/deck.md", "--pdf", "-o", "a.html"],
            "error [config] a.html is one html file\nhint: leave out the",
        ),
        (["build", "-o", "snippets/a.py"], "error [config] snippets/a.py is another file\nhint: name a fol"),
        (["build", "slides/deck.md", "-I", "slides"], "decks and --input-dir are named\nhint: name one of"),
        (["build", "-I", "none"], "error [config] none is no folder of the project"),
        (["build", "--theme", "gaja"], "error [config] no theme 'gaja'\nhint: did you mean 'gaia'?"),
        (["build", "--theme", "no.css"], "error [config] the theme no.css is not there: Marp takes its def"),
        (["build", "--theme-set", "no"], "error [config] the theme set names no, but there is no style"),
        (["build", "a.css"], "error [config] a.css is not a .md file\nhint: --theme-set a.css"),
        (["run", "slides/deck.md"], "error [config] slides/deck.md is a deck, not a script\nhint: "),
        (
            ["build", "snippets/a.py"],
            "a.py is not a .md file\nhint: to run a script: deckwright run snippets/a.py",
        ),
        (["build", "a.html"], "error [config] a.html is not a .md file\nhint: name a Markdown file"),
    ],
)
def test_wrong_usage_ends_with_2(shell: Shell, arguments: list[str], message: str) -> None:
    shell.write({**SMALL, "a.css": "", "a.html": "", "slides/other/b.md": "# B\n"})
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not (shell.folder / "build").exists()


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["build", "--watch"], "to build on every save: deckwright serve"),
        (["build", "-s", "slides"], "to build on every save: deckwright serve"),
        (
            ["build", "--bespoke.progress"],
            "set it in [tool.deckwright.marp] of pyproject.toml, or in .marprc.yml",
        ),
        (["build", "-w"], "to build on every save: deckwright serve"),
        (
            ["build", "--og-image", "x"],
            "set it in [tool.deckwright.marp] of pyproject.toml, or in .marprc.yml",
        ),
        (["build", "--engine", "x"], "an engine is code of the project, which Deckwright does not run"),
        (["build", "--jpeg-quality", "9"], "for pictures of slides: deckwright build --to png"),
        (["build", "--browser-path", "x"], "set the variable DECKWRIGHT_BROWSER to the program"),
        (["slides/deck.md"], "to build it: deckwright build slides/deck.md"),
        (["--pdf", "slides/deck.md"], "begin with a command: deckwright build --pdf"),
        (["-o", "a.pdf", "slides/deck.md"], "begin with a command: deckwright build -o"),
        (["serve", "-I", "slides"], "name the folder in place of a deck"),
        (["check", "--pdf"], "deckwright build has --pdf"),
        (
            ["check", "--no-html"],
            "deckwright build has --no-html; for other commands, set it in [tool.deckwright.marp] of "
            "pyproject.toml, or in .marprc.yml",
        ),
    ],
)
def test_what_a_user_of_marp_cli_types_gets_a_hint(shell: Shell, arguments: list[str], hint: str) -> None:
    shell.write(SMALL)
    code, out, err = shell(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == f"hint: {hint}"


def test_other_wrong_options_get_none(shell: Shell) -> None:
    assert "hint" not in shell("build", "--qqq")[2]
    assert "hint" not in shell("biuld")[2]
    assert "hint" not in shell("build", "--images", "jpeg")[2]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("devise = 'cpu'", "unknown setting 'devise', did you mean 'device'?"),
        ("jobs = 'two'", "'jobs' must be a whole number, not 'two'"),
        ("jobs = true", "'jobs' must be a whole number, not True"),
        ("html = [", "pyproject.toml is no valid TOML: "),
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


@pytest.mark.parametrize(
    ("recorder", "said"),
    [("hooks", "Python's audit hooks (DECKWRIGHT_RECORDER is hooks)"), ("", str(recorder_in_force({})))],
)
def test_plan_says_who_records(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, recorder: str, said: str
) -> None:
    shell.write(SMALL)
    monkeypatch.setenv("DECKWRIGHT_RECORDER", recorder)
    assert shell("plan", "--explain")[2] == f"what scripts read is recorded by {said}\n"


def test_plan_of_prose_has_nothing_to_run(shell: Shell) -> None:
    shell.write({"slides/deck.md": "# only prose\n"})
    assert shell("plan") == (0, "nothing to run\n", "")


def test_a_project_is_found_from_below(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.write(SMALL)
    monkeypatch.chdir(shell.folder / "snippets")
    assert shell("plan")[1].startswith("stale   snippets/a.py")
