"""Commands in bad surroundings: each ends with a message that says what to do, and no file is harmed."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from integration.shell import COMMAND, Ran, write

FILES = {
    "pyproject.toml": "[tool.deckwright]\n",
    "snippets/sums.py": "# %% add\nprint(2 + 3)\n",
    "slides/talk.md": "# Sums\n\n```text output=../snippets/sums.py#add\n4\n```\n",
}
COMMANDS = {
    "build": ("build", "--to", "html"),
    "check": ("check",),
    "baseline": ("check", "--update-baseline"),
    "sync": ("sync", "--yes"),
    "adopt": ("adopt", "slides/talk.md", "--yes"),
    "run": ("run", "snippets/sums.py"),
    "plan": ("plan",),
    "clean": ("clean",),
}
CAPABILITIES = range(4)
"""Those of Linux by which root may read and write, and own, what it wants."""


def as_an_ordinary_user() -> None:
    """Let the next program of this process obey permissions, even if it is root's."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for capability in CAPABILITIES:
            libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def run(folder: Path, *arguments: str, before: str = "", after: str = "") -> Ran:
    """Run a command, as an ordinary user, in a shell that does something before it and with its streams."""
    command = " ".join(COMMAND)
    done = subprocess.run(
        ["bash", "-c", f"{before} {command} {' '.join(arguments)} {after}"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=250,
        check=False,
        preexec_fn=as_an_ordinary_user,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def build_is_a_file(folder: Path) -> None:
    (folder / "build").write_text("notes")


def build_leads_nowhere(folder: Path) -> None:
    (folder / "build").symlink_to("/nowhere/at/all")


def all_is_read_only(folder: Path) -> None:
    subprocess.run(["chmod", "-R", "a-w", str(folder)], check=True)


def build_is_read_only(folder: Path) -> None:
    (folder / "build/.store").mkdir(parents=True)
    (folder / "build").chmod(0o555)


def slides_are_locked(folder: Path) -> None:
    (folder / "slides").chmod(0)


def settings_are_locked(folder: Path) -> None:
    (folder / "pyproject.toml").chmod(0)


WRITING = ("build", "check", "baseline", "sync", "adopt", "run")
BAD: list[tuple[Callable[[Path], None], tuple[str, ...], str]] = [
    (build_is_a_file, WRITING, "error [path] build is a file, where a folder is to be\nhint: move it away"),
    (
        build_leads_nowhere,
        WRITING,
        "error [path] build is a link to /nowhere/at/all, which is not there\nhint",
    ),
    (all_is_read_only, WRITING, "error [no-permission] build: Permission denied\nhint: make . readable and"),
    (
        build_is_read_only,
        WRITING,
        "Permission denied\nhint: make build readable and writable for you: `ls -ld",
    ),
    (
        slides_are_locked,
        ("build", "check", "plan", "sync"),
        "error [no-permission] slides: Permission denied\n",
    ),
    (
        settings_are_locked,
        tuple(COMMANDS),
        "error [no-permission] pyproject.toml: Permission denied\nhint: mak",
    ),
]


@pytest.mark.parametrize(("spoil", "commands", "message"), BAD, ids=[each[0].__name__ for each in BAD])
def test_each_command_says_what_to_do(
    tmp_path: Path, spoil: Callable[[Path], None], commands: tuple[str, ...], message: str
) -> None:
    folder = write(tmp_path / "course", FILES)
    before = {path: path.read_text() for path in folder.rglob("*") if path.is_file()}
    spoil(folder)
    for name in commands:
        ran = run(folder, *COMMANDS[name])
        assert (name, ran.code) == (name, 1)
        assert message in ran.err, name
        assert "Traceback" not in ran.err
    subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
    assert all(path.read_text() == text for path, text in before.items())
    if spoil is build_is_a_file:
        assert (folder / "build").read_text() == "notes"


@pytest.mark.parametrize("name", ["build", "check", "sync", "plan", "clean", "doctor", "serve"])
def test_a_current_folder_that_is_gone(tmp_path: Path, name: str) -> None:
    ran = run(tmp_path, name, before="mkdir gone; cd gone; rmdir ../gone;")
    assert (ran.code, ran.err) == (
        1,
        "error [path] the current folder is not there any more\nhint: `cd` into a folder that is\n",
    )


@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", ">&- 2>&- <&-", "> /dev/full", "2> /dev/full"])
def test_streams_that_are_closed_or_full(tmp_path: Path, streams: str) -> None:
    folder = write(tmp_path, FILES)
    ran = run(folder, "run", "snippets/sums.py", after=streams)
    assert "Traceback" not in ran.err
    assert ran.code == ("full" in streams)
    if streams in ("2>&-", "<&-"):
        assert ran.out == "5\n"
    assert sorted(path.name for path in folder.iterdir()) == ["build", "pyproject.toml", "slides", "snippets"]


def test_no_home_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "course", FILES)
    ran = run(folder, "plan", before="unset HOME XDG_CACHE_HOME DECKWRIGHT_CACHE;")
    assert (ran.code, ran.err) == (0, "")
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    ran = run(folder, "build", before=f"unset XDG_CACHE_HOME DECKWRIGHT_CACHE; HOME={locked}")
    assert ran.code == 1
    assert "error [no-permission]" in ran.err
    assert f"hint: make {locked} readable and writable" in ran.err


def test_too_few_open_files(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    ran = run(folder, "build", "--to", "html", before="ulimit -n 8;")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert "error [system-limit]" in ran.err


def test_a_file_size_limit_that_is_too_small(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    ran = run(folder, "sync", "--yes", before="ulimit -f 0;")
    assert ran.code == 1
    assert "error [disk-full]" in ran.err
    assert (folder / "slides/talk.md").read_text() == FILES["slides/talk.md"]


def test_a_deck_that_cannot_be_named_or_is_gone_is_one_of_several(tmp_path: Path) -> None:
    folder = write(tmp_path, FILES)
    (folder / "slides/gone.md").symlink_to("nowhere.md")
    (folder / "slides/circle.md").symlink_to("circle.md")
    Path(os.fsdecode(os.fsencode(folder) + b"/slides/\xff.md")).write_text("# X\n")
    ran = run(folder, "plan")
    assert ran.code == 1
    for message in (
        "slides/gone.md:1:1 error [unreadable-file] this file cannot be read: No such file or directory",
        "slides/circle.md:1:1 error [unreadable-file] this file cannot be read: Too many levels",
        "error [undecodable] the name of this file is not UTF-8\nhint: rename it",
        "3 errors",
    ):
        assert message in ran.err
    assert "snippets/sums.py" in ran.out
