"""What is sent to a worker without the project's folder, and what of it a run read alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from deckwright.cluster.assignment import Assignment, Reply, Session, pack, unpack
from deckwright.cluster.digests import KnownDigests
from deckwright.cluster.needs import Needs
from deckwright.cluster.project_copy import Contents, ProjectCopy
from deckwright.errors import ClusterError
from deckwright.files.disk import Disk
from deckwright.model import MADE_FILE, NO_FILE, Job, Options, Result, Stamp

FILES = {
    "snippets/a.py": "a",
    "snippets/b.txt": "b",
    "data/1.csv": "1",
    "data/2.csv": "2",
    "data/more/3.csv": "3",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return _write(tmp_path / "project", FILES)


def _write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def _job(data: tuple[str, ...] = ()) -> Job:
    return Job("snippets/a.py", "", (), (), Options(data=data), "cpu")


def _needs(root: Path, *read_before: str) -> Needs:
    return Needs(root, _digests(root), lambda job: read_before)


def _digests(root: Path) -> KnownDigests:
    return KnownDigests(Disk(root), "salt")


def _copied(needs: Needs, job: Job, folder: Path) -> Path:
    """Send what a job needs, as a worker asks for it; return the copy."""
    contents = Contents(folder / "contents")
    copy = ProjectCopy(folder / "copy", contents)
    files, folders = needs.of(job)
    contents.add(needs.contents(contents.lacking(files), job.id))
    assert not contents.lacking(files)
    copy.place(files, folders)
    return copy.root


def _names(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("read_before", "data", "sent"),
    [
        ((), (), {"snippets/a.py"}),
        (("snippets/b.txt", "gone.txt"), (), {"snippets/a.py", "snippets/b.txt"}),
        (("data/",), (), {"snippets/a.py", "data/1.csv", "data/2.csv"}),
        (("data/more/.",), (), {"snippets/a.py", "data/more/3.csv"}),
        ((), ("data/2.csv",), {"snippets/a.py", "data/2.csv"}),
        (("$HOME", "/etc/hosts", "../outside.txt"), (), {"snippets/a.py"}),
    ],
)
def test_a_job_is_sent_what_its_last_run_read_and_its_data(
    root: Path, tmp_path: Path, read_before: tuple[str, ...], data: tuple[str, ...], sent: set[str]
) -> None:
    assert _names(_copied(_needs(root, *read_before), _job(data), tmp_path)) == sent


def test_what_a_run_looked_for_in_vain_is_sent_next_time_and_only_once(root: Path, tmp_path: Path) -> None:
    needs, job = _needs(root), _job()
    there = {"data/": "other names", "snippets/b.txt": "", "$HOME": "other", "never.txt": ""}
    assert needs.lack(job, there)
    copy = _copied(needs, job, tmp_path)
    assert _names(copy) == {"snippets/a.py", "snippets/b.txt", "data/1.csv", "data/2.csv"}
    assert Disk(copy).digest("data/") == Disk(root).digest("data/")
    assert not needs.lack(job, there)


def test_what_changes_or_goes_away_does_so_in_the_copy(root: Path, tmp_path: Path) -> None:
    needs, job = _needs(root, "data/", "snippets/b.txt"), _job()
    copy = _copied(needs, job, tmp_path)
    (root / "data/1.csv").unlink()
    (root / "snippets/b.txt").write_text("longer")
    needs = _needs(root, "data/", "snippets/b.txt", "data/1.csv")
    assert _copied(needs, job, tmp_path) == copy
    assert _names(copy) == {"snippets/a.py", "snippets/b.txt", "data/2.csv"}
    assert (copy / "snippets/b.txt").read_text() == "longer"


def test_too_much_is_an_error_before_it_is_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs = _needs(root)
    files, _ = needs.of(_job())
    monkeypatch.setattr("deckwright.cluster.needs._LIMIT_BYTES", 0)
    with pytest.raises(ClusterError, match=r"snippets/a\.py needs more than"):
        needs.contents(files.values(), "snippets/a.py")


def test_a_run_elsewhere_read_what_is_here_or_its_result_is_stale(root: Path) -> None:
    here, disk = _digests(root), Disk(root)
    foreign = Stamp(1, 2, 3, 4)
    reads = {
        "snippets/b.txt": foreign,
        "data/1.csv": foreign,
        "never.txt": NO_FILE,
        "made.txt": MADE_FILE,
        "snippets/a.py": None,
        "data/2.csv": NO_FILE,
    }
    there = {
        "snippets/b.txt": disk.digest("snippets/b.txt"),
        "data/1.csv": "other",
        "never.txt": "",
        "snippets/a.py": disk.digest("snippets/a.py"),
        "data/2.csv": "",
    }
    stamps = here.stamps(Result("a", "cpu", 0.0, reads=reads), there)
    assert stamps["snippets/b.txt"] == disk.stamp("snippets/b.txt")
    assert stamps["never.txt"] == NO_FILE
    assert stamps["made.txt"] == MADE_FILE
    assert stamps["snippets/a.py"] is None
    for differing in ("data/1.csv", "data/2.csv"):
        assert stamps[differing] not in (disk.stamp(differing), None, NO_FILE)


def test_a_file_that_changed_since_a_run_read_it_has_no_digest(root: Path) -> None:
    disk = Disk(root)
    stamp = disk.stamp("snippets/b.txt")
    (root / "snippets/b.txt").write_text("longer")
    digests = _digests(root).as_read(Result("a", "cpu", 0.0, reads={"snippets/b.txt": stamp}))
    assert digests["snippets/b.txt"] not in (disk.digest("snippets/b.txt"), "")


def test_what_travels_comes_back_as_it_was() -> None:
    session = Session("name", "/root", "/root/mark", 2, "CPython 3.11")
    assignment = Assignment(session, _job(), {"torch": "2.9"}, {"a": ""}, {"data/": ("1.csv", "more/")})
    assert unpack(Assignment, pack(assignment)) == assignment
    reply = Reply("tcp://h:1", "h", Result("a", "cpu", 1.5, values={"x": [float("inf"), "\ud800"]}))
    assert unpack(Reply, pack(reply)) == reply
