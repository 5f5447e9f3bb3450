"""Files that an editor empties, or removes, before it writes them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from deckwright.files.digests import digest
from deckwright.serve.saved_files import SAVE_SECONDS, SavedFiles
from support.fakes import MemoryFiles

LOOKS: list[Callable[[SavedFiles], object]] = [
    lambda files: files.read("slides/a.md"),
    lambda files: files.exists("slides/a.md"),
    lambda files: files.digest("slides/a.md"),
    lambda files: files.stamp("slides/a.md"),
    lambda files: files.find("slides", ".md"),
]


class Clock:
    """Time that passes only while something waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self.on_sleep: Callable[[], object] = lambda: None

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.on_sleep()

    @property
    def waited(self) -> float:
        return self.now - 100.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(time, "sleep", clock.sleep)
    return clock


@pytest.fixture
def contents() -> dict[str, bytes]:
    return {"slides/a.md": b"# A\n", "slides/b.md": b"# B\n"}


@pytest.fixture
def files(contents: dict[str, bytes], clock: Clock) -> SavedFiles:
    return SavedFiles(MemoryFiles(contents))


@pytest.mark.parametrize("look", LOOKS, ids=["read", "exists", "digest", "stamp", "find"])
@pytest.mark.parametrize("is_gone", [True, False], ids=["gone", "empty"])
def test_a_file_that_is_being_saved_is_as_it_was_or_as_it_will_be(
    files: SavedFiles,
    contents: dict[str, bytes],
    clock: Clock,
    look: Callable[[SavedFiles], object],
    is_gone: bool,
) -> None:
    before = look(files)
    contents["slides/a.md"] = b""
    if is_gone:
        del contents["slides/a.md"]
    clock.on_sleep = lambda: contents.update({"slides/a.md": b"# A\n"})
    files.begin()
    assert look(files) == before


def test_what_stays_away_is_waited_for_once(
    files: SavedFiles, contents: dict[str, bytes], clock: Clock
) -> None:
    for path in ("slides/a.md", "slides/b.md"):
        assert (files.exists(path), files.digest(path)) == (True, digest(contents[path]))
    contents["slides/a.md"] = b""
    del contents["slides/b.md"]
    for _ in range(2):
        files.begin()
        assert (files.read("slides/a.md"), files.exists("slides/b.md")) == (b"", False)
    assert SAVE_SECONDS <= clock.waited < 2 * SAVE_SECONDS
    with pytest.raises(FileNotFoundError):
        files.read("slides/b.md")


def test_a_file_that_never_had_content_is_not_waited_for(
    files: SavedFiles, contents: dict[str, bytes], clock: Clock
) -> None:
    contents["slides/new.md"] = b""
    assert (files.read("slides/new.md"), files.exists("slides/none.md")) == (b"", False)
    assert clock.waited == 0
