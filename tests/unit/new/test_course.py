"""A new course: where it may be, and that a refusal leaves nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import DeckwrightError
from deckwright.new.course import new_course


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["demo", "demo/", "terms/2026/demo", "机器学习", "it's a course"])
def test_a_folder_that_is_new(here: Path, name: str) -> None:
    written = new_course(name, "en")
    assert files_in(here / name) == set(written)
    assert {"slides/01-square-roots.md", ".gitignore", ".github/workflows/pages.yml"} <= set(written)


def test_the_current_folder_with_an_empty_repository(here: Path) -> None:
    (here / ".git").mkdir()
    (here / ".git/config").write_text("mine")
    written = new_course(".", "zh")
    assert files_in(here) == {*written, ".git/config"}
    assert f'title = "{here.name}"' in (here / "pyproject.toml").read_text("utf-8")


REFUSED = {
    "": "a folder cannot be called ''",
    "a\nb": "a folder cannot be called 'a\\nb'",
    "\udcff": "a folder cannot be called '\\udcff'",
    "thesis.tex": "thesis.tex is a file",
    "full": "full holds other files, such as thesis.tex",
    "thesis.tex/demo": "thesis.tex is a file, where a folder is to be",
    "dangling": "dangling is a link to nowhere, which is not there",
    "dangling/demo": "dangling is a link to nowhere, which is not there",
    "x" * 300: f"{'x' * 300}: File name too long",
}


@pytest.mark.parametrize(("name", "message"), REFUSED.items())
def test_a_refusal_leaves_nothing(here: Path, name: str, message: str) -> None:
    (here / "full").mkdir()
    for path in ("thesis.tex", "full/thesis.tex"):
        (here / path).write_text("mine")
    (here / "dangling").symlink_to("nowhere")
    before = sorted(here.rglob("*"))
    with pytest.raises(DeckwrightError) as refused:
        new_course(name, "en")
    assert refused.value.message == message
    assert refused.value.hint
    assert sorted(here.rglob("*")) == before
