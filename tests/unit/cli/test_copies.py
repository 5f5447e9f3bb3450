"""Copies of what a build made."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.cli.copies import copy_pages, format_of
from deckwright.files.disk import Disk
from deckwright.model import DeckReport, Report
from deckwright.project.project import Project, deck_name

PAGE = (
    '<a href="../b.html#2">b</a> <a class="x" href="../../slides/x%20y.py">x</a> '
    '<a href="https://example.org/">w</a> <a href="#3">s</a> <a href="gone.txt">g</a>'
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    root = tmp_path / "course"
    files = {
        "html/part/a.html": PAGE,
        "html/b.html": "b",
        "pdf/part/a.pdf": "pdf",
        "png/part/a/001.png": "one",
        "png/part/a/002.png": "two",
        "handout/part/a.pdf": "paper",
        "notes/part/a.md": "notes",
        "notes/part/a.txt": "plain notes",
        "notebook/part/a.ipynb": "a",
        "notebook/part/a/train.ipynb": "train",
        "slides/x y.py": "",
    }
    for name, text in files.items():
        path = root / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return Project(root, Disk(root))


def report(*paths: str) -> Report:
    return Report(tuple(DeckReport(path, "", 2, {}, files=files_of(deck_name(path))) for path in paths))


def files_of(name: str) -> dict[str, tuple[str, ...]]:
    return {
        "html": (f"html/{name}.html",),
        "pdf": (f"pdf/{name}.pdf",),
        "png": (f"png/{name}/001.png", f"png/{name}/002.png"),
        "notes": (f"notes/{name}.md", f"notes/{name}.txt"),
        "handout": (f"handout/{name}.pdf",),
        "notebook": (f"notebook/{name}.ipynb", f"notebook/{name}/train.ipynb"),
    }


def test_into_a_folder(project: Project, tmp_path: Path) -> None:
    made = report("slides/part/a.md", "slides/b.md")
    written = copy_pages(project, made, ("html",), "public", "slides")
    assert written == (Path("public/part/a.html"), Path("public/b.html"))
    assert (tmp_path / "public/part/a.html").read_text("utf-8") == (
        '<a href="../b.html#2">b</a> <a class="x" href="../../course/build/slides/x%20y.py">x</a> '
        '<a href="https://example.org/">w</a> <a href="#3">s</a> <a href="gone.txt">g</a>'
    )


def test_pictures_are_numbered(project: Project) -> None:
    written = copy_pages(project, report("slides/part/a.md"), ("pdf", "png"), "public", "slides/part")
    assert written == (Path("public/a.pdf"), Path("public/a.001.png"), Path("public/a.002.png"))


def test_copies_of_several_formats_do_not_meet(project: Project) -> None:
    written = copy_pages(
        project, report("slides/part/a.md"), ("pdf", "notes", "handout"), "public", "slides/part"
    )
    names = [path.name for path in written]
    assert names == ["a.pdf", "a.notes.md", "a.notes.txt", "a.handout.pdf"]


def test_files_of_a_deck_have_its_name(project: Project) -> None:
    written = copy_pages(project, report("slides/part/a.md"), ("notebook",), "public", "slides")
    assert written == (Path("public/part/a.ipynb"), Path("public/part/a.train.ipynb"))


@pytest.mark.parametrize(
    ("output", "formats", "text"),
    [("paper.pdf", ("handout",), "paper"), ("new/deck.pdf", ("pdf",), "pdf"), ("first.png", ("png",), "one")],
)
def test_to_a_file(project: Project, output: str, formats: tuple[str, ...], text: str) -> None:
    assert copy_pages(project, report("slides/part/a.md"), formats, output, "slides") == (Path(output),)
    assert Path(output).read_text("utf-8") == text


def test_to_stdout(project: Project, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert copy_pages(project, report("slides/part/a.md"), ("html",), "-", "slides") == ()
    assert capfdbinary.readouterr().out == PAGE.encode()


def test_where_nothing_was_made_nothing_is_copied(project: Project) -> None:
    assert copy_pages(project, report(), ("html",), "a.html", "slides") == ()
    assert not Path("a.html").exists()


def test_the_name_says_the_format(tmp_path: Path) -> None:
    assert [
        format_of(name) for name in ("a.html", "a.HTM", "a.pdf", "a.png", "a.pptx", "-", "a", "a.b/")
    ] == [
        *("html", "html", "pdf", "png", "pptx", "html", "", ""),
    ]
    (tmp_path / "x.pdf").mkdir()
    assert format_of(str(tmp_path / "x.pdf")) == ""
