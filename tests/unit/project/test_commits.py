"""The day of the last commit, and the file that a commit changes."""

import subprocess
from pathlib import Path

import pytest

from deckwright.project.commits import commit_log, last_commit_day


def git(folder: Path, *words: str, day: str = "2026-03-01") -> None:
    who = {f"GIT_{role}_{what}": "a@b.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {f"GIT_{role}_DATE": f"{day}T12:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    alone = {"HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "PATH": "/usr/bin:/bin:/usr/local/bin"}
    subprocess.run(
        ["git", *words], cwd=folder, env={**alone, **who, **dates}, check=True, capture_output=True
    )


def commit(folder: Path, path: str, day: str) -> None:
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text(day)
    git(folder, "add", path)
    git(folder, "commit", "-m", day, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init")
    return tmp_path


def test_no_repository(tmp_path: Path) -> None:
    assert last_commit_day(tmp_path) == ""
    assert not (tmp_path / commit_log(tmp_path)).exists()
    assert last_commit_day(tmp_path / "gone") == ""


def test_no_commit_yet(repository: Path) -> None:
    assert last_commit_day(repository) == ""


def test_a_commit_changes_day_and_log(repository: Path) -> None:
    commit(repository, "course/a.md", "2026-03-01")
    log = repository / commit_log(repository)
    before = log.read_bytes()
    commit(repository, "course/b.md", "2026-03-02")
    assert last_commit_day(repository) == "2026-03-02"
    assert log.read_bytes() != before


def test_only_commits_of_the_project_count(repository: Path) -> None:
    commit(repository, "course/a.md", "2026-03-01")
    commit(repository, "other/a.md", "2026-03-02")
    assert last_commit_day(repository / "course") == "2026-03-01"
    assert commit_log(repository / "course") == "../.git/logs/HEAD"


def test_a_work_tree_has_a_log_of_its_own(repository: Path) -> None:
    commit(repository, "a.md", "2026-03-01")
    git(repository, "worktree", "add", "other")
    assert commit_log(repository / "other") == "../.git/worktrees/other/logs/HEAD"
    assert (repository / ".git/worktrees/other/logs/HEAD").is_file()
