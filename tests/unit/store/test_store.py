"""Results on disk are whole or absent, and two builds do each other no harm."""

import itertools
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.build.pipeline import build
from deckwright.errors import DiskFull, PathError, StoreBusy
from deckwright.files.build_files import writer_lock
from deckwright.files.digests import digest
from deckwright.files.tracked import FileLog, FileState
from deckwright.model import (
    Artifact,
    Failure,
    FailureKind,
    FormatOutput,
    Frame,
    Output,
    PageDiagnostic,
    Printed,
    Raised,
    Record,
    RenderedDeck,
    Report,
    Request,
    Result,
    Rich,
    Stamp,
)
from deckwright.store import BuildRecord, RenderRecord, Store
from support.course import output
from support.disk import FullDisk
from support.fakes import house
from support.hostile_files import KINDS, remove, replace_by
from support.replays import replayed

JOB = "snippets/a.py"
RECORD = Record(JOB, "key", {"code": "c"}, {"snippets/a.py": "1"}, {"numpy": "2.4"}, 0.5)
RESULT = Result(
    JOB,
    "cpu",
    0.5,
    outputs=(output("三\x00\r\n```", display={"text/plain": "3"}),),
    values={"accuracy": 0.973, "sizes": [1, None, "x"]},
    artifacts=(Artifact("a.svg", b"<svg/>", cell=0), Artifact("b.gif", b"GIF89a", still=b"PNG")),
)

WIDE = PageDiagnostic("render-warning", "wide", line=2)
RENDERING = RenderRecord(
    "k",
    RenderedDeck(
        "slides/a.md", 3, {"html": FormatOutput("o", {"html/a.html": "d"}, "k", 0, (WIDE,))}, (WIDE,)
    ),
    {"slides/a.md": "d"},
)
SOURCES = FileLog({"slides/a.md": FileState("1", Stamp(1, 2, 3, 4))}, {"a": True}, {".md slides": ("a",)})
BUILD = BuildRecord("c", SOURCES, SOURCES, Report(seconds=0.5, versions={"marp": "4"}))

numbers = st.floats(allow_nan=False)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
frames = st.builds(Frame, path=st.text(), line=st.integers(1), function=st.text(), code=st.text())
raised = st.builds(Raised, type=st.text(), message=st.text(), frames=st.lists(frames, max_size=2).map(tuple))
printed = st.builds(Printed, st.sampled_from(["stdout", "stderr"]), st.text())
displays = st.builds(Rich, st.dictionaries(st.text(), st.text(), max_size=2))
outputs = st.builds(
    Output, parts=st.lists(printed | displays, max_size=3).map(tuple), raised=st.none() | raised
)
artifacts = st.builds(
    Artifact,
    name=st.text(min_size=1),
    data=st.binary(),
    cell=st.none() | st.integers(0, 9),
    still=st.none() | st.binary(),
)
failures = st.builds(
    Failure,
    kind=st.sampled_from(FailureKind),
    message=st.text(),
    statement=st.none() | st.integers(0),
    raised=st.none() | raised,
)
results = st.builds(
    Result,
    job=st.just(JOB),
    device=st.text(),
    # No file is forced to the disk here: that would take the test's time.
    seconds=st.floats(0, 0.9),
    outputs=st.lists(outputs, max_size=3).map(tuple),
    values=st.dictionaries(st.text(), json_like, max_size=3),
    artifacts=st.lists(artifacts, max_size=2).map(tuple),
    failure=st.none() | failures,
    peak_bytes=st.integers(0),
)


@given(results)
def test_any_result_comes_back(result: Result) -> None:
    with TemporaryDirectory() as folder:
        Store(Path(folder)).put(RECORD, result)
        again = Store(Path(folder))
        assert last(again) == RECORD
        assert again.get(RECORD) == result


@settings(max_examples=50)  # each forces files to the disk
@given(st.data())
def test_damage_is_absence(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        for path in data.draw(st.lists(st.sampled_from(files(folder)), min_size=1, max_size=3)):
            path.write_bytes(data.draw(damaged(path.read_bytes())))
        again = Store(folder)
        assert last(again) in (None, RECORD)
        assert again.get(RECORD) in (None, RESULT)
        assert again.rendering(RENDERING.deck.path) in (None, RENDERING)
        assert again.build("b") in (None, BUILD)
        assert again.report() in (None, BUILD.report)
        again.prune([RECORD], [], 0)
        again.put(RECORD, RESULT)
        assert Store(folder).get(RECORD) == RESULT


def fill(folder: Path) -> None:
    """Put one of everything."""
    store = Store(folder)
    store.put(RECORD, RESULT)
    store.put_rendering(RENDERING)
    store.put_build("b", BUILD)
    store.put_report(BUILD.report)
    store.prune([RECORD], [RENDERING.deck.path], 10**9)


@given(st.binary())
def test_any_index_is_readable(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "index.log").write_bytes(content)
        Store(Path(folder)).put(RECORD, RESULT)
        assert Store(Path(folder)).get(RECORD) == RESULT


def last(store: Store, job: str = JOB) -> Record | None:
    return next(store.records(job), None)


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    more = st.binary().map(lambda end: content + end)
    if not content:
        return more
    places = st.integers(0, len(content) - 1)
    flips = st.builds(lambda at, bit: flip(content, at, bit), places, st.integers(0, 7))
    return flips | places.map(lambda at: content[:at]) | more | st.binary()


def flip(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_nothing_is_absent(tmp_path: Path) -> None:
    store = Store(tmp_path / "never")
    assert (last(store), store.get(RECORD), store.build("b"), store.report()) == (None, None, None, None)
    assert store.rendering("slides/a.md") is None
    assert not (tmp_path / "never").exists()


def test_a_result_without_a_picture_is_absent(tmp_path: Path) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    (tmp_path / "artifacts" / digest(b"GIF89a")).unlink()
    assert Store(tmp_path).get(RECORD) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["index.log", "report.json", "results/*", "artifacts/*", "builds/*"])
def test_what_is_no_file_of_ours_is_absent_and_written_again(tmp_path: Path, name: str, kind: str) -> None:
    put_all(Store(tmp_path))
    for path in list(tmp_path.glob(name)):
        replace_by(kind, path)
    damaged = Store(tmp_path)
    if name in ("index.log", "results/*", "artifacts/*"):
        assert (last(damaged) and damaged.get(RECORD)) is None
    assert damaged.build("a") == (None if name == "builds/*" else BUILD)
    assert damaged.report() == (None if name == "report.json" else BUILD.report)
    for path in list(tmp_path.glob(name) if kind == "folder" else ()):
        remove(path)
    put_all(damaged)
    assert (last(Store(tmp_path)), Store(tmp_path).get(RECORD)) == (RECORD, RESULT)
    assert (Store(tmp_path).build("a"), Store(tmp_path).report()) == (BUILD, BUILD.report)


def put_all(store: Store) -> None:
    store.put(RECORD, RESULT)
    store.put_build("a", BUILD)
    store.put_report(BUILD.report)


def test_a_record_without_its_result_is_absent(tmp_path: Path) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    next((tmp_path / "results").iterdir()).unlink()
    assert last(Store(tmp_path)) is None


def test_another_version_is_absent(tmp_path: Path) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    turn_into_version("0", tmp_path)
    assert last(Store(tmp_path)) is None


def turn_into_version(version: str, folder: Path) -> None:
    for path in (folder / "index.log", *folder.rglob("*.json")):
        bodies = [line.partition(" ")[2] for line in path.read_text().splitlines() if line]
        path.write_text("".join(f"{digest(version + body)} {body}\n" for body in bodies))


def test_a_job_s_runs_are_known_the_last_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    other, newer = replace(RECORD, job="snippets/b.py"), replace(RECORD, key="newer")
    for record in (RECORD, other, newer):
        store.put(record, RESULT)
    for known in (store, Store(tmp_path)):
        assert list(known.records(JOB)) == [newer, RECORD]
        assert list(known.records("snippets/none.py")) == []


def test_a_run_that_is_true_again_is_the_last_one(tmp_path: Path) -> None:
    store = Store(tmp_path)
    newer = replace(RECORD, key="newer")
    store.put(RECORD, RESULT)
    store.put(newer, RESULT)
    size = (tmp_path / "index.log").stat().st_size
    assert store.get(newer) == RESULT
    assert (tmp_path / "index.log").stat().st_size == size
    assert store.get(RECORD) == RESULT
    assert list(Store(tmp_path).records(JOB)) == [RECORD, newer]


def test_runs_that_read_different_files_do_not_mix(tmp_path: Path) -> None:
    one, two = Store(tmp_path), Store(tmp_path)
    other, newer = replace(RECORD, reads={"snippets/a.py": "2"}), replace(RESULT, device="newer")
    one.put(RECORD, RESULT)
    two.put(other, newer)
    assert (one.get(RECORD), two.get(other)) == (RESULT, newer)
    assert list(Store(tmp_path).records(JOB)) == [other, RECORD]


def test_a_line_cut_short_does_not_spoil_the_next(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORD, RESULT)
    index = tmp_path / "index.log"
    index.write_bytes(index.read_bytes()[:-20])
    Store(tmp_path).put(replace(RECORD, job="snippets/b.py", key="b"), RESULT)
    assert last(Store(tmp_path), "snippets/b.py")


def test_the_index_stays_short(tmp_path: Path) -> None:
    store = Store(tmp_path, most_replaced=5)
    for _ in range(30):
        store.put(RECORD, RESULT)
    assert (tmp_path / "index.log").read_bytes().count(b"job") < 20
    assert last(Store(tmp_path)) == RECORD


def test_renderings(tmp_path: Path) -> None:
    Store(tmp_path).put_rendering(RENDERING)
    assert Store(tmp_path).rendering("slides/a.md") == RENDERING


def test_builds_and_reports(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_build("b", BUILD)
    store.put_report(BUILD.report)
    again = Store(tmp_path)
    assert (again.build("b"), again.report(), again.builds()) == (BUILD, BUILD.report, {"b"})
    again.forget_builds()
    assert (again.build("b"), again.builds()) == (None, frozenset())


def test_a_file_in_another_one_s_place_is_no_result(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORD, RESULT)
    (first,) = (tmp_path / "results").iterdir()
    other = replace(RECORD, key="other")
    store.put(other, replace(RESULT, device="cuda"))
    (second,) = set((tmp_path / "results").iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    assert (store.get(RECORD), store.get(other)) == (RESULT, None)


# --- removing ---------------------------------------------------------------------------------


def run(number: int, job: str = JOB) -> tuple[Record, Result]:
    """Return a run whose result takes more than 1000 bytes, and less than 2000."""
    picture = Artifact("a.svg", f"{job} {number}".encode() + bytes(1000))
    return replace(RECORD, job=job, key=f"key {number}"), Result(job, "cpu", 0.1, artifacts=(picture,))


def test_below_the_limit_all_runs_stay(tmp_path: Path) -> None:
    store = Store(tmp_path)
    runs = [run(number) for number in range(5)]
    for each in runs:
        store.put(*each)
    store.prune([], [], 10**6)
    assert [Store(tmp_path).get(record) for record, _ in runs] == [result for _, result in runs]


def test_above_the_limit_the_least_recently_useful_go(tmp_path: Path) -> None:
    store = Store(tmp_path)
    runs = [run(number) for number in range(8)]
    for each in runs:
        store.put(*each)
    store.get(runs[1][0])  # it was true again
    size = used_bytes(tmp_path)
    freed = store.prune([runs[0][0]], [], 5200)
    assert freed == size - used_bytes(tmp_path)
    left = [number for number, (record, result) in enumerate(runs) if Store(tmp_path).get(record) == result]
    assert left == [0, 1, 7]  # what is needed, and what was used last
    assert {record.key for record in Store(tmp_path).records(JOB)} == {"key 0", "key 1", "key 7"}


def test_what_is_needed_stays_whatever_it_takes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    runs = [run(number, f"snippets/{number}.py") for number in range(3)]
    for each in runs:
        store.put(*each)
    store.prune([record for record, _ in runs], [], 0)
    assert [Store(tmp_path).get(record) for record, _ in runs] == [result for _, result in runs]


def test_pictures_that_runs_share_stay_as_long_as_one_of_them(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(3):
        store.put(replace(RECORD, key=f"key {number}"), RESULT)
    kept = replace(RECORD, key="key 0")
    store.prune([kept], [], 0)
    assert Store(tmp_path).get(kept) == RESULT
    assert len(list((tmp_path / "results").iterdir())) == 1


def test_nothing_is_removed_below_the_limit(tmp_path: Path) -> None:
    fill(tmp_path)
    unnamed = tmp_path / "artifacts" / "unnamed"
    unnamed.write_bytes(b"left by a killed build")
    assert Store(tmp_path).prune([], [RENDERING.deck.path], 10**9) == 0
    assert unnamed.exists()


def test_decks_that_are_gone_are_removed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_rendering(RENDERING)
    store.put_rendering(replace(RENDERING, deck=replace(RENDERING.deck, path="slides/gone.md")))
    store.prune([], [RENDERING.deck.path], 10**9)
    assert store.decks() == Store(tmp_path).decks() == {RENDERING.deck.path}


def test_what_a_killed_build_left_is_found_after_a_day(tmp_path: Path) -> None:
    fill(tmp_path)
    begun = f".{16 * '0'}.tmp"
    left = [tmp_path / name for name in (f"artifacts/{begun}", f"results/{32 * '0'}.json", f"builds/{begun}")]
    for path in left:
        path.write_bytes(b"left")
    store = Store(tmp_path)
    assert store.prune([RECORD], [RENDERING.deck.path], 10**9) == 0
    os.utime(tmp_path / "swept", (0, 0))
    assert store.prune([RECORD], [RENDERING.deck.path], 10**9) == 12
    assert not any(path.exists() for path in left)
    assert Store(tmp_path).get(RECORD) == RESULT
    assert Store(tmp_path).build("b") == BUILD


def test_all_but_the_needed_is_removed(tmp_path: Path) -> None:
    fill(tmp_path)
    store = Store(tmp_path)
    store.put(*run(1))
    store.put_build("old", BUILD)
    size = used_bytes(tmp_path)
    assert store.prune_all([RECORD], [RENDERING.deck.path], ["b"]) == size - used_bytes(tmp_path) > 1000
    again = Store(tmp_path)
    assert (again.get(RECORD), again.get(run(1)[0])) == (RESULT, None)
    assert (again.builds(), again.decks()) == ({"b"}, {RENDERING.deck.path})
    assert again.prune_all([], [], []) > 0
    assert sorted(path.name for path in files(tmp_path)) == ["index.log", "lock", "report.json", "swept"]


def test_a_folder_of_an_earlier_version_is_ignored_and_cleaned_up(tmp_path: Path) -> None:
    fill(tmp_path)
    turn_into_version("1", tmp_path)
    old = {path for path in files(tmp_path) if path.parent.name in ("results", "artifacts")}
    (tmp_path / "swept").unlink()  # version 1 had none
    store = Store(tmp_path)
    nothing = (None, None, None, None)
    assert (last(store), store.rendering(RENDERING.deck.path), store.build("b"), store.report()) == nothing
    record, result = run(1)
    store.put(record, result)
    assert store.prune([record], [], 10**9) > 0
    assert not any(path.exists() for path in old)
    assert Store(tmp_path).get(record) == result


def test_nothing_is_removed_while_another_build_writes(tmp_path: Path) -> None:
    fill(tmp_path)
    store = Store(tmp_path, lock_seconds=0)
    before = {path: path.read_bytes() for path in files(tmp_path)}
    with writer_lock(tmp_path / "lock", 0) as is_held:
        assert is_held
        assert store.prune([], [], 0) == 0
        with pytest.raises(StoreBusy, match="another build"):
            store.prune_all([], [], [])
        assert {path: path.read_bytes() for path in files(tmp_path)} == before
        store.put(*run(1))  # a new result must not be lost
    assert Store(tmp_path).get(run(1)[0]) == run(1)[1]


def used_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in files(folder) if path.name != "swept")


# --- a disk that fails ---------------------------------------------------------------------


@pytest.mark.parametrize("short", [False, True])
def test_on_a_full_disk_work_is_lost_and_nothing_else(tmp_path: Path, short: bool) -> None:
    for failing in itertools.count(1):
        place = tmp_path / str(failing)
        with pytest.MonkeyPatch.context() as patch:
            disk = FullDisk(patch, failing, short)
            with suppress(DiskFull):
                fill(place)
        again = Store(place)
        assert last(again) in (None, RECORD)
        assert again.get(RECORD) in (None, RESULT)
        assert not list(place.rglob("*.tmp"))
        fill(place)
        again = Store(place)
        assert (again.get(RECORD), again.build("b"), again.report()) == (RESULT, BUILD, BUILD.report)
        if disk.writes < failing:
            break
    assert failing > 8


@pytest.mark.parametrize("short", [False, True])
def test_after_a_full_disk_a_build_equals_a_clean_one(tmp_path: Path, short: bool) -> None:
    texts = {"slides/a.md": "# A\n\n```text output=../snippets/a.py\n```\n", "snippets/a.py": "print(1)\n"}
    clean = house(tmp_path / "clean", texts)
    build(clean.context(Request()))
    for failing in itertools.count(1):
        home = house(tmp_path / str(failing), texts)
        with pytest.MonkeyPatch.context() as patch:
            disk = FullDisk(patch, failing, short)
            with suppress(DiskFull):
                build(home.context(Request()))
        assert replayed(home.context(Request())) is None or disk.writes < failing
        build(home.context(Request()))
        built = home.built()
        assert {path: built[path] for path in built if path != "report.json"} == {
            path: data for path, data in clean.built().items() if path != "report.json"
        }
        if disk.writes < failing:
            break
    assert failing > 8


def test_a_folder_that_is_a_file_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    with pytest.raises(PathError, match="build is a file, where a folder is to be"):
        Store(tmp_path / "build").put(RECORD, RESULT)


def test_names_the_decks_that_it_remembers(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.decks() == frozenset()
    for path in ("slides/a.md", "slides/b.md", "slides/a.md"):
        store.put_rendering(RenderRecord("key", RenderedDeck(path, 1, "html/x.html"), {}))
    assert store.decks() == Store(tmp_path).decks() == {"slides/a.md", "slides/b.md"}
