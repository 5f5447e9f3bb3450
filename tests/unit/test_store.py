"""Results on disk are whole or absent, and two builds do each other no harm."""

import errno
import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright import store as module
from deckwright.errors import StoreError
from deckwright.fingerprint import digest
from deckwright.model import (
    Artifact,
    Failed,
    Failure,
    Frame,
    Output,
    Raised,
    Record,
    Remark,
    RenderedDeck,
    Result,
    Rich,
)
from deckwright.store import Rendering, Store, unchanged, write_atomic

JOB = "snippets/a.py"
RECORD = Record(JOB, "key", {"code": "c"}, {"snippets/a.py": "1"}, {"numpy": "2.4"}, 0.5)
RESULT = Result(
    JOB,
    "cpu",
    0.5,
    outputs=(Output("三\x00\r\n```", display=Rich({"text/plain": "3"})),),
    values={"accuracy": 0.973, "sizes": [1, None, "x"]},
    artifacts=(Artifact("a.svg", b"<svg/>", cell=0), Artifact("b.gif", b"GIF89a", still=b"PNG")),
)

numbers = st.floats(allow_nan=False)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | numbers | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
frames = st.builds(Frame, path=st.text(), line=st.integers(1), function=st.text(), code=st.text())
raised = st.builds(Raised, type=st.text(), message=st.text(), frames=st.lists(frames, max_size=2).map(tuple))
outputs = st.builds(
    Output,
    stdout=st.text(),
    stderr=st.text(),
    display=st.none() | st.builds(Rich, st.dictionaries(st.text(), st.text(), max_size=2)),
    raised=st.none() | raised,
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
    kind=st.sampled_from(Failed),
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


@given(st.data())
def test_damage_is_absence(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        Store(folder).put(RECORD, RESULT)
        path = data.draw(st.sampled_from(files(folder)))
        path.write_bytes(data.draw(damaged(path.read_bytes())))
        again = Store(folder)
        assert last(again) in (None, RECORD)
        assert again.get(RECORD) in (None, RESULT)


@given(st.binary())
def test_any_index_is_readable(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        (Path(folder) / "index.log").write_bytes(content)
        Store(Path(folder)).put(RECORD, RESULT)
        assert Store(Path(folder)).get(RECORD) == RESULT


def last(store: Store, job: str = JOB) -> Record | None:
    return next(store.records(job), None)


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    places = st.integers(0, len(content) - 1)
    flips = st.builds(lambda at, bit: flip(content, at, bit), places, st.integers(0, 7))
    return flips | places.map(lambda at: content[:at]) | st.binary()


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


def test_a_record_without_its_result_is_absent(tmp_path: Path) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    next((tmp_path / "results").iterdir()).unlink()
    assert last(Store(tmp_path)) is None


def test_another_version_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    monkeypatch.setattr(module, "FORMAT", "0")
    assert last(Store(tmp_path)) is None


def test_runs_are_found_by_job_or_key_the_last_first(tmp_path: Path) -> None:
    store = Store(tmp_path)
    moved = replace(RECORD, job="snippets/moved.py", key="moved")
    newer = replace(RECORD, key="newer")
    for record in (RECORD, moved, newer):
        store.put(record, RESULT)
    for known in (store, Store(tmp_path)):
        assert list(known.records(JOB)) == [newer, RECORD]
        assert list(known.records(JOB, "moved")) == [newer, moved, RECORD]
        assert list(known.records("snippets/none.py", "key")) == [RECORD]
    store.put(RECORD, RESULT)
    assert last(Store(tmp_path)) == RECORD


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


def test_the_index_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REPLACED", 5)
    store = Store(tmp_path)
    for _ in range(30):
        store.put(RECORD, RESULT)
    assert (tmp_path / "index.log").read_bytes().count(b"job") < 20
    assert last(Store(tmp_path)) == RECORD


def test_renderings(tmp_path: Path) -> None:
    deck = RenderedDeck("slides/a.md", 3, "build/html/a.html", remarks=(Remark("overflow", "wide", slide=2),))
    rendering = Rendering("k", deck, {"build/html/a.html": "d"})
    Store(tmp_path).put_rendering(rendering)
    assert Store(tmp_path).rendering("slides/a.md") == rendering


def test_prune_keeps_what_counts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(RECORD, replace(RESULT, artifacts=(Artifact("old.svg", b"old"),)))
    store.put(replace(RECORD, key="new"), RESULT)
    store.put(replace(RECORD, job="snippets/gone.py", key="gone"), RESULT)
    for path in files(tmp_path):
        os.utime(path, (0, 0))
    assert store.prune([JOB], []) > 0
    assert Store(tmp_path).get(replace(RECORD, key="new")) == RESULT
    assert list(Store(tmp_path).records(JOB, "key")) == [replace(RECORD, key="new")]
    assert last(Store(tmp_path), "snippets/gone.py") is None
    assert len(files(tmp_path)) == 1 + 1 + 3
    assert store.prune([JOB], []) == 0


def test_prune_spares_what_another_build_is_writing(tmp_path: Path) -> None:
    Store(tmp_path).put(RECORD, RESULT)
    assert Store(tmp_path).prune([], []) == 0


def test_write_atomic_writes_only_changes(tmp_path: Path) -> None:
    path = tmp_path / "html" / "a.html"
    assert write_atomic(path, b"1")
    os.utime(path, (0, 0))
    assert not write_atomic(path, b"1")
    assert path.stat().st_mtime == 0
    assert write_atomic(path, b"2")
    assert [path.name for path in path.parent.iterdir()] == ["a.html"]


def test_files_have_the_usual_permissions(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a", b"1")
    (tmp_path / "b").write_bytes(b"1")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_unchanged(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    assert unchanged(tmp_path, {"a": digest(b"1")})
    assert not unchanged(tmp_path, {"a": digest(b"2")})
    assert not unchanged(tmp_path, {"b": digest(b"1")})


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fail)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_our_error_and_leaves_no_part(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"a\.html: No space") as caught:
        write_atomic(tmp_path / "a.html", b"1")
    assert "safe to delete" in caught.value.hint
    assert files(tmp_path) == []


def test_a_folder_that_is_a_file_is_our_error(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    with pytest.raises(StoreError):
        Store(tmp_path / "build").put(RECORD, RESULT)


def test_names_the_decks_that_it_remembers(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.decks() == frozenset()
    for path in ("slides/a.md", "slides/b.md", "slides/a.md"):
        store.put_rendering(Rendering("key", RenderedDeck(path, 1, "html/x.html"), {}))
    assert store.decks() == Store(tmp_path).decks() == {"slides/a.md", "slides/b.md"}
