"""Files of which some have other contents."""

from pathlib import Path

from deckwright.files.disk import Disk
from deckwright.files.overlay import Overlay
from deckwright.files.tracked import TrackedFiles


def test_what_is_laid_over_comes_first(tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    for name in "ab":
        (tmp_path / f"slides/{name}.md").write_text("disk", "utf-8")
    files = Overlay(Disk(tmp_path), {"slides/b.md": b"new", "slides/c.md": b"more"})
    assert [*files.find("slides", ".md")] == ["slides/a.md", "slides/b.md", "slides/c.md"]
    assert [files.read(path) for path in files.find("slides", ".md")] == [b"disk", b"new", b"more"]
    assert files.exists("slides/c.md")
    assert not files.exists("slides/d.md")


def test_another_content_is_never_taken_for_the_last_one(tmp_path: Path) -> None:
    before = TrackedFiles(Overlay(Disk(tmp_path), {"a.md": b"one"}))
    digest = before.digest("a.md")
    same = TrackedFiles(Overlay(Disk(tmp_path), {"a.md": b"one"}), before.file_log())
    other = TrackedFiles(Overlay(Disk(tmp_path), {"a.md": b"two"}), before.file_log())
    assert same.agrees(before.file_log())
    assert not other.agrees(before.file_log())
    assert other.digest("a.md") != digest
