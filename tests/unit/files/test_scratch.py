"""Scratch folders: each command has its own, and those of killed commands are removed."""

import os
from pathlib import Path

from deckwright.files.scratch import Scratch


def test_a_folder_of_its_own_that_is_removed_at_the_end(tmp_path: Path) -> None:
    with Scratch(tmp_path / "build/.scratch") as one, Scratch(tmp_path / "build/.scratch") as two:
        assert one.path != two.path
        (one.path / "file").write_text("x")
        assert two.path.is_dir()
    assert os.listdir(tmp_path / "build/.scratch") == []


def test_the_folder_of_a_killed_command_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / "run-left0000"  # no process has it locked
    left.mkdir()
    (left / "file").write_text("x")
    with Scratch(tmp_path) as scratch:
        assert os.listdir(tmp_path) == [scratch.path.name]


def test_the_folder_of_a_running_command_stays(tmp_path: Path) -> None:
    with Scratch(tmp_path) as one:
        with Scratch(tmp_path):
            pass
        assert os.listdir(tmp_path) == [one.path.name]


def test_other_files_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with Scratch(tmp_path) as scratch:
        assert scratch.path.is_dir()
    assert os.listdir(tmp_path) == ["file"]
