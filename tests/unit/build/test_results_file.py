"""Results that one machine exports and another one imports."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from deckwright.build.pipeline import build
from deckwright.build.results_file import Imported, export_results, import_results
from deckwright.errors import ConfigError
from support.fakes import House, house

COURSE = {
    "slides/d.md": "# A\n\n```text output=../snippets/a.py\n```\n\n```text output=../snippets/b.py\n```\n",
    "snippets/a.py": "print(1)\n",
    "snippets/b.py": "print(2)\n",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The results of a course that another machine has built."""
    there = _machine(tmp_path / "there")
    build(there.context())
    path = tmp_path / "results.zip"
    assert export_results(there.context(), path) == 2
    return path


def _machine(root: Path, changed: Mapping[str, str] = {}) -> House:
    root.mkdir()
    return house(root, {**COURSE, **changed})


def _ran(home: House) -> list[str]:
    home.runner.ran.clear()
    build(home.context())
    return sorted(home.runner.ran)


def test_what_was_imported_does_not_run(tmp_path: Path, file: Path) -> None:
    here = _machine(tmp_path / "here")
    assert import_results(here.context(), file) == (Imported(("snippets/a.py", "snippets/b.py"), 0), ())
    assert _ran(here) == []


def test_a_script_that_is_another_one_here_runs(tmp_path: Path, file: Path) -> None:
    here = _machine(tmp_path / "here", {"snippets/a.py": "print(3)\n"})
    assert import_results(here.context(), file)[0] == Imported(("snippets/b.py",), 1)
    assert _ran(here) == ["snippets/a.py"]


def test_the_same_results_give_the_same_file(tmp_path: Path, file: Path) -> None:
    here = _machine(tmp_path / "here")
    import_results(here.context(), file)
    export_results(here.context(), tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == file.read_bytes()


def test_a_result_that_was_changed_is_left_out(tmp_path: Path, file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in contents if name.startswith("results/"))
    contents[name] = contents[name].replace(b"snippets/", b"snippetz/")
    _zip(file, contents)
    here = _machine(tmp_path / "here")
    imported, _ = import_results(here.context(), file)
    assert (len(imported.taken), imported.others) == (1, 1)
    assert len(_ran(here)) == 1


@pytest.mark.parametrize(
    "contents",
    [
        {"../../outside.json": b"{}"},
        {"/etc/hosts": b""},
        {"records/k/../../../x.json": b"{}"},
        {"notes.txt": b"hello"},
    ],
    ids=lambda contents: next(iter(contents)),
)
def test_a_file_with_something_else_is_refused(tmp_path: Path, contents: dict[str, bytes]) -> None:
    _zip(tmp_path / "results.zip", contents)
    here = _machine(tmp_path / "here")
    with pytest.raises(ConfigError, match="has no results"):
        import_results(here.context(), tmp_path / "results.zip")
    assert not list(tmp_path.rglob("outside.json"))


@pytest.mark.parametrize("data", [b"", b"no zip", json.dumps({}).encode()])
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "results.zip").write_bytes(data)
    with pytest.raises(ConfigError, match="has no results"):
        import_results(_machine(tmp_path / "here").context(), tmp_path / "results.zip")


def _zip(path: Path, contents: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
