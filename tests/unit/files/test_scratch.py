"""A folder for what one command needs while it runs."""

import os
from pathlib import Path

from deckwright.files.scratch import Scratch


def test_a_folder_of_one_s_own_that_goes_at_the_end(tmp_path: Path) -> None:
    with Scratch(tmp_path / "build/.scratch") as one, Scratch(tmp_path / "build/.scratch") as two:
        assert one.path != two.path
        (one.path / "file").write_text("x")
        assert two.path.is_dir()
    assert os.listdir(tmp_path / "build/.scratch") == []


def test_what_a_killed_command_left_goes_with_the_next(tmp_path: Path) -> None:
    killed = Scratch(tmp_path)
    (killed.path / "file").write_text("x")
    os.close(killed._lock)  # as the kernel does when a process ends
    with Scratch(tmp_path) as scratch:
        assert os.listdir(tmp_path) == [scratch.path.name]


def test_what_a_living_command_has_stays(tmp_path: Path) -> None:
    with Scratch(tmp_path) as one:
        with Scratch(tmp_path):
            pass
        assert os.listdir(tmp_path) == [one.path.name]


def test_other_files_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with Scratch(tmp_path) as scratch:
        assert scratch.path.is_dir()
    assert os.listdir(tmp_path) == ["file"]
