"""Proposed changes: as they are printed, and written to the author's files."""

from pathlib import Path

import pytest

from deckwright.cli.changes import print_difference, write_sources
from deckwright.errors import DeckwrightError
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
