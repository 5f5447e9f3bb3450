"""Proposed changes: as they are printed, and written to the author's files."""

from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from deckwright.cli.changes import print_difference, tidy, write_sources
from deckwright.errors import DeckwrightError, DiskFull, EditedMeanwhile
from deckwright.model.change import Change
from deckwright.project.project import find_project


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


DRIFTED = "# A\n\n```python file=../snippets/a.py#r\nprint('old')\n```\n"


def test_sync_writes_through_a_link(tmp_path: Path) -> None:
    write(tmp_path, {"kept/deck.md": DRIFTED, "snippets/a.py": "# %% r\nprint('a')\n"})
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/deck.md").symlink_to("../kept/deck.md")
    project = find_project(tmp_path)
    after = DRIFTED.replace("old", "a").encode()
    write_sources(project, {"slides/deck.md": Change(DRIFTED.encode(), after)}, "sync")
    assert (tmp_path / "slides/deck.md").is_symlink()
    assert (tmp_path / "kept/deck.md").read_bytes() == after


def test_sync_never_overwrites_what_was_edited_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, {"slides/a.md": "old\n", "slides/b.md": "edited\n"})
    changes = {"slides/a.md": Change(b"old\n", b"new\n"), "slides/b.md": Change(b"old\n", b"new\n")}
    with pytest.raises(DeckwrightError, match=r"slides/b\.md was edited meanwhile"):
        write_sources(find_project(tmp_path), changes, "sync")
    assert (tmp_path / "slides/a.md").read_text() == "old\n"
    assert (tmp_path / "slides/b.md").read_text() == "edited\n"


def test_sync_writes_nothing_where_a_file_is_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"slides/a.md": "# A\n", "slides/b.md": "# B\n"})
    changes = {f"slides/{name}.md": Change(f"# {name.upper()}\n".encode(), b"# C\n") for name in "ab"}
    monkeypatch.setattr("os.access", lambda path, mode: not str(path).endswith("b.md"))  # root may write all
    with pytest.raises(DeckwrightError, match=r"slides/b\.md is read-only"):
        write_sources(find_project(tmp_path), changes, "sync")
    assert (tmp_path / "slides/a.md").read_text() == "# A\n"


FILES = {"slides/a.md": "old\n", "slides/b.md": "old\n", "figures/f.svg": "old\n"}
CHANGES = {path: Change(b"old\n", b"new\n") for path in FILES}


def stopped_at(monkeypatch: pytest.MonkeyPatch, number: int, stop: Callable[[], object]) -> None:
    """Let something happen when the file of this number is about to be written."""
    real, numbers = os.fsync, iter(range(99))

    def fsync(file: int) -> None:
        if stat.S_ISREG(os.fstat(file).st_mode) and next(numbers) == number:
            stop()
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)


def test_decks_are_written_after_what_they_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)
    seen: list[str] = []
    stopped_at(monkeypatch, 1, lambda: seen.extend((tmp_path / path).read_text() for path in FILES))
    write_sources(find_project(tmp_path), CHANGES, "sync")
    assert seen == ["old\n", "old\n", "new\n"]
    assert all((tmp_path / path).read_text() == "new\n" for path in FILES)


def test_a_command_that_fails_says_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, FILES)

    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    stopped_at(monkeypatch, 1, fail)
    with pytest.raises(DiskFull, match=r"slides/a\.md: No space left") as error:
        write_sources(find_project(tmp_path), CHANGES, "sync")
    assert "written: figures/f.svg; not written: slides/a.md, slides/b.md" in error.value.hint
    assert [(tmp_path / path).read_text() for path in FILES] == ["old\n", "old\n", "new\n"]


def test_a_file_that_is_edited_in_the_last_moment_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, FILES)
    stopped_at(monkeypatch, 2, lambda: (tmp_path / "slides/b.md").write_text("edited\n"))
    with pytest.raises(EditedMeanwhile, match=r"b\.md was edited meanwhile") as error:
        write_sources(find_project(tmp_path), CHANGES, "sync")
    assert error.value.hint.startswith("it is as it was saved: run sync again; written: figures/f.svg, ")
    assert error.value.hint.endswith("; not written: slides/b.md")
    assert [(tmp_path / path).read_text() for path in FILES] == ["new\n", "edited\n", "new\n"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_what_was_written(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, FILES)
    before = signal.signal(number, signal.default_int_handler)
    stopped_at(monkeypatch, 1, lambda: os.kill(os.getpid(), number))
    with pytest.raises(KeyboardInterrupt):
        write_sources(find_project(tmp_path), CHANGES, "sync")
    signal.signal(number, before)
    now = [(tmp_path / path).read_text() for path in FILES]
    assert now == ["new\n", "old\n", "new\n"]
    assert "not written: slides/b.md; run sync again" in capsys.readouterr().err


def test_what_a_killed_command_left_is_removed_or_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = ".deckwright-0123456789abcdef.tmp"
    saved = ".deckwright-0123456789abcdef-0123456789abcdef-0123456789abcdef.tmp"
    names = [f"slides/part/{begun}", f"figures/sub/{begun}", f"snippets/{begun}", begun, f"docs/{saved}"]
    write(
        tmp_path,
        {
            **FILES,
            "slides/part/x.md": "",
            "figures/sub/f.svg": "",
            "docs/d.md": "",
            **dict.fromkeys(names, "1"),
        },
    )
    tidy(find_project(tmp_path), [str(tmp_path / "docs/d.md")])
    assert [path.name for path in tmp_path.rglob(".*")] == [saved]
    assert f"docs/{saved} holds what was saved" in capsys.readouterr().err


def test_a_difference_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_difference("slides/a.md", Change(b"old \x1b]0;title\x07\n", b"new\n"), {})
    assert "-old \N{SYMBOL FOR ESCAPE}]0;title\N{SYMBOL FOR BELL}\n+new\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(None, b"12"), "new, 2 bytes"),
        (Change(b"1", b"12"), "changed: it was 1 byte, now it is 2 bytes"),
        (Change(b"1", b"2", "3 of 9 pixels differ"), "changed: 3 of 9 pixels differ"),
    ],
)
def test_a_picture_differs_in_pixels_or_bytes(
    capsys: pytest.CaptureFixture[str], change: Change, text: str
) -> None:
    print_difference("figures/a.svg", change, {})
    assert capsys.readouterr().out == f"figures/a.svg: {text}\n"
