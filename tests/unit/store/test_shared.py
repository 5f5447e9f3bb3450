"""One machine's run serves all, and what another machine left is not trusted."""

import builtins
import errno
import os
import sys
import threading
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given
from hypothesis import strategies as st

from deckwright.build.context import Context
from deckwright.build.pipeline import build, plan_decks, sync
from deckwright.build.ports import Ports
from deckwright.files.digests import CHANGED_MEANWHILE, digest
from deckwright.model import (
    Artifact,
    Failure,
    FailureKind,
    Job,
    Plan,
    Record,
    Report,
    Result,
)
from deckwright.project.project import Project
from deckwright.project.settings import Settings
from deckwright.store import Store
from deckwright.store.places import MOST_NAMES
from deckwright.store.shared import Shared, open_files
from deckwright.store.stored import FORMAT, name_of
from support.course import output
from support.fakes import House, house
from support.hostile_files import KINDS, remove, replace_by

JOB = "snippets/a.py"
RECORD = Record(JOB, "0a" * 16, {"code": "c"}, {"snippets/a.csv": "1"}, {"numpy": "2.4"}, 0.5)
RESULT = Result(JOB, "cpu", 0.5, (output("三\x00"),), {"x": 1.5}, (Artifact("a.gif", b"GIF", still=b"PNG"),))


@pytest.fixture(params=["folder", "memory"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place: a folder, or one behind a protocol."""
    if request.param == "folder":
        place = tmp_path / "shared"
        place.mkdir()
        yield str(place)
    else:
        yield f"memory://{uuid4().hex}"


def test_what_one_leaves_another_finds(address: str) -> None:
    one, other = replace(RECORD, reads={"snippets/a.csv": "2"}), replace(RECORD, key="0b" * 16)
    for record in (RECORD, one, other):
        Shared(address).put(record, RESULT)
    here = Shared(address)
    found = here.records([RECORD.key, "0c" * 16])
    assert sorted(map(name_of, found.pop(RECORD.key))) == sorted(map(name_of, (RECORD, one)))
    assert (found, here.trouble) == ({}, "")
    assert here.get(other) == RESULT
    assert here.get(replace(RECORD, key="0c" * 16)) is None


def test_what_is_there_is_not_written_again(address: str) -> None:
    Shared(address).put(RECORD, RESULT)
    files, root = place_of(address)
    files.rm_file(f"{root}/results/{name_of(RECORD)}.json")
    here = Shared(address)
    here.put(RECORD, RESULT)  # its record is there
    assert files.find(f"{root}/results") == []
    assert here.trouble == ""


@given(st.data())
def test_what_is_damaged_is_absent_and_written_again(data: st.DataObject) -> None:
    address = f"memory://{uuid4().hex}"
    Shared(address).put(RECORD, RESULT)
    files, root = place_of(address)
    path = data.draw(st.sampled_from(sorted(files.find(root))))
    files.pipe_file(path, data.draw(damaged(files.cat_file(path))))
    here = Shared(address)
    assert here.records([RECORD.key]) in ({}, {RECORD.key: [RECORD]})
    if here.get(RECORD) != RESULT:
        assert here.get(RECORD) is None
        here.put(RECORD, RESULT)
    assert Shared(address).get(RECORD) == RESULT
    assert Shared(address).records([RECORD.key]) == {RECORD.key: [RECORD]}


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    places = st.integers(0, len(content) - 1)
    cut = places.map(lambda at: content[:at])
    flips = places.map(lambda at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    return cut | flips | st.binary() | st.binary(min_size=1).map(lambda end: content + end)


def sealed(body: str, version: str = FORMAT) -> bytes:
    return f"{digest(version + body)} {body}\n".encode()


def place_of(address: str) -> tuple[Any, str]:
    return open_files(address)


def test_another_version_is_absent(address: str) -> None:
    Shared(address).put(RECORD, RESULT)
    files, root = place_of(address)
    for path in files.find(root):
        files.pipe_file(path, sealed(files.cat_file(path).decode().partition(" ")[2][:-1], "0"))
    assert Shared(address).records([RECORD.key]) == {}
    assert Shared(address).get(RECORD) is None


@pytest.mark.parametrize("folder", ["records", "results"])
def test_what_lies_under_another_name_is_absent(folder: str) -> None:
    address, other = f"memory://{uuid4().hex}", replace(RECORD, reads={"snippets/a.csv": "2"})
    Shared(address).put(RECORD, RESULT)
    Shared(address).put(other, replace(RESULT, device="cuda"))
    files, root = place_of(address)
    places = {path.rpartition("/")[2][:-5]: path for path in files.find(f"{root}/{folder}")}
    files.pipe_file(places[name_of(other)], files.cat_file(places[name_of(RECORD)]))
    here = Shared(address)
    records = here.records([RECORD.key])[RECORD.key]
    assert (other in records) == (folder == "results")
    assert (here.get(RECORD), here.get(other)) == (RESULT, None)


@pytest.mark.parametrize("body", ["[" * 100_000, "{", "[1, 2", "[]", "null", '"x"', '{"job": 1}', "NaN"])
def test_what_is_forged_is_absent(body: str) -> None:
    address = f"memory://{uuid4().hex}"
    Shared(address).put(RECORD, RESULT)
    files, root = place_of(address)
    for path in files.find(root):
        files.pipe_file(path, sealed(body))
    assert Shared(address).records([RECORD.key]) == {}
    assert Shared(address).get(RECORD) is None


# --- a folder that many use -------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    Shared(str(folder)).put(RECORD, RESULT)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", ["records", "results"])
def test_what_is_no_entry_is_absent_and_written_again(folder: Path, place: str, kind: str) -> None:
    (path,) = (folder / place).rglob("*.json")
    replace_by(kind, path)
    here = Shared(str(folder))
    assert here.records([RECORD.key]) == ({RECORD.key: [RECORD]} if place == "results" else {})
    assert (here.get(RECORD), here.trouble) == (None, "")
    if kind == "folder":
        here.put(RECORD, RESULT)
        assert "Is a directory" in here.trouble
        remove(path)
        here = Shared(str(folder))
        assert here.get(RECORD) is None
    here.put(RECORD, RESULT)
    assert Shared(str(folder)).get(RECORD) == RESULT
    assert here.get(replace(RECORD, key="0b" * 16)) is None


@pytest.mark.parametrize("folders", [["records"], ["results"], ["records", RECORD.key]])
def test_what_is_no_folder_holds_nothing(folder: Path, folders: list[str]) -> None:
    path = folder.joinpath(*folders)
    remove(path)
    os.mkfifo(path)
    here = Shared(str(folder))
    assert here.get(RECORD) is None
    here.put(RECORD, RESULT)
    assert "irectory" in here.trouble or "exists" in here.trouble


def test_names_that_are_no_entries_are_not_read(folder: Path) -> None:
    keys = folder / "records" / RECORD.key
    for name in ("..json", "x.json", "0a", "0a.json.tmp", "0a" * 16 + ".json"):
        (keys / name).symlink_to("/dev/zero")
    (folder / "records/..x").mkdir()
    here = Shared(str(folder))
    assert here.records([RECORD.key, "..", "../records"]) == {RECORD.key: [RECORD]}
    assert (here.get(RECORD), here.trouble) == (RESULT, "")


def test_a_million_entries_of_others_are_not_listed(folder: Path) -> None:
    for number in range(MOST_NAMES + 10):
        (folder / "records" / RECORD.key / f"{number:032x}.json").touch()
        (folder / "records" / f"{number:032x}").mkdir()
    here = Shared(str(folder))
    here.put(RECORD, RESULT)
    assert here.trouble == ""
    assert len(here.records([RECORD.key]).get(RECORD.key, [])) <= 1


@pytest.mark.parametrize("mode", [0o2775, 0o770, 0o700, 0o755])
def test_what_is_written_has_the_permissions_of_the_folder(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(mode)
    before = os.umask(0o077)
    try:
        Shared(str(folder)).put(RECORD, RESULT)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o7777 for path in folder.rglob("*") if path.is_dir()}
    assert modes == {mode}
    assert {path.stat().st_mode & 0o7777 for path in folder.rglob("*.json")} == {mode & 0o666}


@pytest.mark.parametrize(
    ("number", "tries"), [(errno.EROFS, 1), (errno.ENOSPC, 1), (errno.EACCES, 2), (errno.ESTALE, 2)]
)
def test_what_cannot_be_written_is_still_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, tries: int
) -> None:
    tried: list[str] = []

    def refuse(source: object, target: object) -> None:
        tried.append(str(target))
        raise OSError(number, os.strerror(number))

    here, other = Shared(str(folder)), replace(RECORD, key="0b" * 16)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        here.put(other, RESULT)
        here.put(other, RESULT)
    assert len(tried) == tries
    assert os.strerror(number) in here.trouble
    assert here.get(RECORD) == RESULT
    assert [path for path in folder.rglob("*") if path.name.endswith(".tmp")] == []


def test_a_folder_that_vanishes_is_a_warning(folder: Path) -> None:
    here = Shared(str(folder))
    assert here.has(RECORD)
    remove(folder)
    assert here.get(RECORD) is None
    here.put(RECORD, RESULT)
    assert not folder.exists()


def test_two_who_write_the_same_at_once_leave_it_whole(folder: Path) -> None:
    others = [replace(RECORD, key=f"{number:032x}") for number in range(20)]

    def share() -> None:
        place = Shared(str(folder))
        for record in others:
            place.put(record, RESULT)

    threads = [threading.Thread(target=share) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    here = Shared(str(folder))
    assert [here.get(record) for record in others] == [RESULT] * 20
    assert here.trouble == ""


# --- a place that cannot be used --------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nowhere", "there is no such folder"),
        ("s9://bucket/x", "s9"),
        ("https://[", ""),
    ],
)
def test_what_is_wrong_is_told_in_words(tmp_path: Path, address: str, words: str) -> None:
    place = Shared(address if "://" in address else str(tmp_path / address))
    assert place.records([RECORD.key]) == {}
    assert words in place.trouble
    assert place.trouble
    assert "\n" not in place.trouble
    place.put(RECORD, RESULT)
    assert place.get(RECORD) is None
    assert list(tmp_path.iterdir()) == []


class Files(MemoryFileSystem):  # type: ignore[misc]
    """Files in memory of which some operations hang, or fail."""

    cachable = False

    def __init__(self, hanging: Collection[str] = (), failing: Collection[str] = ()) -> None:
        super().__init__()
        self.never = threading.Event()
        for name in hanging:
            setattr(self, name, lambda *args, **options: self.never.wait())
        for name in failing:
            setattr(self, name, self._refuse)

    def _refuse(self, *args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")


def shared(files: Files, address: str, seconds: float = 10.0) -> Shared:
    return Shared(address, seconds, seconds, lambda _: (files, place_of(address)[1]))


def test_a_place_that_does_not_answer_is_not_used() -> None:
    files = Files(hanging=["find"])
    place = shared(files, "memory://slow", seconds=0.0)
    assert place.records([RECORD.key]) == {}
    assert "did not answer" in place.trouble
    files.never.set()


@pytest.mark.parametrize("operation", ["records", "get", "put"])
def test_a_place_that_begins_to_hang_is_not_used(operation: str) -> None:
    address = f"memory://{uuid4().hex}"
    Shared(address).put(RECORD, RESULT)
    files = Files(hanging=["cat_ranges", "pipe_file"])
    place = shared(files, address, seconds=0.05)
    other = replace(RECORD, key="0b" * 16)
    answer = {
        "records": lambda: place.records([RECORD.key]),
        "get": lambda: place.get(RECORD),
        "put": lambda: place.put(other, RESULT),
    }[operation]()
    assert not answer
    assert "did not answer" in place.trouble
    files.never.set()


def test_a_place_that_cannot_be_written() -> None:
    place = shared(Files(failing=["pipe_file"]), f"memory://{uuid4().hex}")
    place.put(RECORD, RESULT)
    assert "Permission denied" in place.trouble


# --- builds that share ------------------------------------------------------------------------

TEXTS = {
    "slides/d.md": "# A\n\n```text output=../snippets/a.py\n```\n\n```text output=../snippets/b.py\n```\n",
    "snippets/a.py": "print(open('a.csv').read())\n",
    "snippets/a.csv": "1\n",
    "snippets/b.py": "print(2)\n",
}


class Machine:
    """A checkout of one course, which shares its results."""

    def __init__(self, root: Path, address: str) -> None:
        self.home: House = house(root, TEXTS)
        self.home.runner.results[JOB] = self._run
        self._address = address

    @property
    def project(self) -> Project:
        return replace(self.home.project, settings=Settings(store=self._address))

    @property
    def ports(self) -> Ports:
        return replace(self.home.ports, store=Store(self.project.build / ".store", Shared(self._address)))

    @property
    def context(self) -> Context:
        return Context(self.project, self.ports, emit=self.home.events.append)

    def build(self) -> Report:
        self.home.runner.ran.clear()
        return build(self.context)

    def plan(self) -> Plan:
        plan, _ = plan_decks(self.context)
        assert plan is not None
        return plan

    def _run(self, job: Job) -> Result:
        data = self.home.files.contents["snippets/a.csv"].decode()
        return Result(job.id, "cpu", 0.5, (output(data),), reads={"snippets/a.csv": None})


def reasons(report: Report | Plan) -> dict[str, str]:
    if isinstance(report, Plan):
        return {step.job.id: f"{step.state} {step.reason}" for step in report.steps}
    return {job.job: f"{job.status} {job.reason}" for job in report.jobs}


def test_a_second_machine_runs_nothing(tmp_path: Path, address: str) -> None:
    one, two = Machine(tmp_path / "1", address), Machine(tmp_path / "2", address)
    one.build()
    taken = dict.fromkeys([JOB, "snippets/b.py"], "taken from the shared store")
    assert reasons(two.plan()) == {job: f"fresh {reason}" for job, reason in taken.items()}
    assert not (tmp_path / "2/build").exists()
    assert reasons(two.build()) == {job: f"ok {reason}" for job, reason in taken.items()}
    assert two.home.runner.ran == []
    assert two.home.built()["slides/d.md"] == one.home.built()["slides/d.md"]
    # From then on it is this machine's own.
    assert reasons(two.plan()) == dict.fromkeys(taken, "fresh nothing changed")


def test_files_that_a_run_read_must_be_the_same_here(tmp_path: Path, address: str) -> None:
    one, two = Machine(tmp_path / "1", address), Machine(tmp_path / "2", address)
    one.build()
    two.home.files.contents["snippets/a.csv"] = b"2\n"
    assert reasons(two.plan())[JOB] == "stale it never ran"
    two.build()
    assert two.home.runner.ran == [JOB]
    assert b"\n2\n" in two.home.built()["slides/d.md"]
    # Both are there now, each for those who have its files.
    one.home.files.contents["snippets/a.csv"] = b"2\n"
    one.build()
    assert one.home.runner.ran == []
    assert b"\n2\n" in one.home.built()["slides/d.md"]


def test_what_failed_or_saw_a_file_change_is_not_shared(tmp_path: Path, address: str) -> None:
    one = Machine(tmp_path / "1", address)
    failure = Failure(FailureKind.TIMEOUT, "too slow", 0)
    one.home.runner.results[JOB] = lambda job: Result(job.id, "cpu", 0.1, failure=failure)
    one.build()
    assert len(list_of(address)) == 1
    store = Store(tmp_path / "s", Shared(address))
    store.share(replace(RECORD, reads={"snippets/a.csv": CHANGED_MEANWHILE}), RESULT)
    assert len(list_of(address)) == 1


def list_of(address: str) -> list[str]:
    files, root = place_of(address)
    found: list[str] = files.find(f"{root}/records")
    return found


def test_a_damaged_result_is_run(tmp_path: Path, address: str) -> None:
    Machine(tmp_path / "1", address).build()
    files, root = place_of(address)
    for path in files.find(f"{root}/results"):
        files.pipe_file(path, b"")
    two = Machine(tmp_path / "2", address)
    assert set(reasons(two.build()).values()) == {"ok its result is damaged"}
    assert len(two.home.runner.ran) == 2
    three = Machine(tmp_path / "3", address)
    three.build()
    assert three.home.runner.ran == []


def test_what_was_not_shared_yet_is_when_something_runs(tmp_path: Path, address: str) -> None:
    one = Machine(tmp_path / "1", address)
    build(one.home.context())
    one.build()
    assert list_of(address) == []
    one.home.files.contents["snippets/b.py"] = b"print(3)\n"
    one.build()
    assert len(list_of(address)) == 2


def test_a_place_that_cannot_be_reached_costs_one_warning(tmp_path: Path) -> None:
    one = Machine(tmp_path / "1", "/no/such/folder")
    text = '[tool.deckwright]\n# store = "x"\nstore = "/no/such/folder"\n'
    one.home.files.contents["pyproject.toml"] = text.encode()
    report = one.build()
    (warning,) = report.diagnostics
    assert (warning.slug, warning.severity, report.good) == ("shared-store", "warning", True)
    assert (warning.location.line, warning.source) == (3, 'store = "/no/such/folder"')
    assert "/no/such/folder" in warning.message
    assert "there is no such folder" in warning.message
    assert sorted(one.home.runner.ran) == [JOB, "snippets/b.py"]
    two = Machine(tmp_path / "2", "/no/such/folder")
    assert [w.slug for w in sync(two.context)[0].diagnostics] == ["shared-store"]


def test_a_build_with_nothing_to_do_does_not_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Machine(tmp_path / "1", str(tmp_path / "nowhere"))
    one.build()
    for name in [name for name in sys.modules if name.partition(".")[0] == "fsspec"]:
        monkeypatch.delitem(sys.modules, name)
    real = builtins.__import__

    def watched(name: str, *more: Any, **options: Any) -> Any:
        assert name.partition(".")[0] != "fsspec"
        return real(name, *more, **options)

    monkeypatch.setattr(builtins, "__import__", watched)
    assert one.build().diagnostics == ()
    assert one.home.runner.ran == []
