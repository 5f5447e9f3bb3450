"""The folders for temporary files of jobs, and what results say of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckwright.execute.temporary import TemporaryFolders, with_system_folder
from deckwright.model import Artifact, Failure, FailureKind, Raised, Result, Rich
from support.course import output


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.delenv("TMPDIR", raising=False)
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


@pytest.fixture
def folders(system: Path) -> Iterator[TemporaryFolders]:
    folders = TemporaryFolders()
    yield folders
    folders.close()
    assert [each for each in system.glob(".deckwright-*/*") if each.is_dir()] == []


def test_each_job_has_a_folder_of_this_user_alone(folders: TemporaryFolders, system: Path) -> None:
    one, other = folders.new(), folders.new()
    assert one
    assert other
    assert one != other
    for folder in (one, one.parent, one.parent.parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert one.is_relative_to(system)


def test_sockets_of_multiprocessing_have_room_in_it(folders: TemporaryFolders) -> None:
    folder = folders.new()
    assert folder
    assert len(str(folder / "pymp-12345678/listener-12345678")) < 104


def test_a_folder_that_was_removed_is_made_anew(folders: TemporaryFolders) -> None:
    folder = folders.new()
    assert folder
    folder.rmdir()
    folder.parent.rmdir()
    again = folders.new()
    assert again
    assert again.is_dir()


@pytest.mark.parametrize("kind", ["link", "file", "open"])
def test_a_folder_of_another_is_not_used(folders: TemporaryFolders, system: Path, kind: str) -> None:
    place = system / f".deckwright-{os.getuid()}"
    if kind == "link":
        (system / "other").mkdir()
        place.symlink_to("other")
    elif kind == "file":
        place.touch()
    else:
        place.mkdir()
        place.chmod(0o777)
    assert folders.new() is None


def test_where_paths_are_long_there_is_none(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (system / ("x" * 60)).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(system / ("x" * 60)))
    folders = TemporaryFolders()
    assert folders.new() is None
    folders.close()


def test_results_name_the_system_s_own_folder(system: Path) -> None:
    def result(name: object) -> Result:
        rich = Rich({"text/plain": f"'{name}'", "text/html": f"<table>{name}/x"})
        raised = Raised("OSError", f"no {name}")
        return Result(
            "a.py",
            "cpu",
            0.5,
            (output(f"{name}/tmp123\n", f"{name}\udc80", display={"text/plain": str(name)}),),
            {"folder": [str(name), float("inf")], "rich": rich.type},
            (Artifact("a.png", b"\x00"),),
            failure=Failure(FailureKind.RAISED, f"OSError: no {name}", 0, raised),
            reads={"a.csv": None},
        )

    own = Path("/tmp/.deckwright-0/run-x/1")
    assert with_system_folder(result(own), own) == result(system)
    assert with_system_folder(result(own), None) == result(own)
    assert with_system_folder(result("/elsewhere"), own) == result("/elsewhere")
