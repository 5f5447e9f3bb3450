"""The pieces of what a run writes, in the order in which they are passed on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from deckwright.child.journal import Displayed, Journal, StatementBegan
from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.live_output import DISPLAY, Follower


@pytest.fixture
def pieces() -> list[tuple[str, bytes]]:
    return []


@pytest.fixture
def follower(tmp_path: Path, pieces: list[tuple[str, bytes]]) -> Follower:
    return Follower(tmp_path, lambda source, piece: pieces.append((source, piece)), 1000)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(str(tmp_path))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], None]:
    def append(name: str, data: bytes) -> None:
        with (tmp_path / name).open("ab") as file:
            file.write(data)

    return append


def test_nothing_is_written_yet(follower: Follower, pieces: list[tuple[str, bytes]]) -> None:
    follower.poll()
    assert pieces == []


def test_each_piece_is_passed_on_once(
    follower: Follower, pieces: list[tuple[str, bytes]], write: Callable[[str, bytes], None], journal: Journal
) -> None:
    journal.write(StatementBegan(0, 0, 0))
    write(STDOUT, b"a\xff\n")
    follower.poll()
    follower.poll()
    write(STDOUT, b"b")
    write(STDERR, b"c")
    follower.poll()
    assert pieces == [(STDOUT, b"a\xff\n"), (STDOUT, b"b"), (STDERR, b"c")]


def test_a_display_comes_after_the_text_before_it(
    follower: Follower, pieces: list[tuple[str, bytes]], write: Callable[[str, bytes], None], journal: Journal
) -> None:
    write(STDOUT, b"one\ntwo\n")
    write(STDERR, b"1")
    journal.write(StatementBegan(0, 0, 0))
    for name, data in (("d1", {"text/plain": "[1]"}), ("d2", {"image/png": "AA=="})):
        write(name, json.dumps({"data": data}).encode())
    journal.write(Displayed(4, 1, "d1"))
    journal.write(StatementBegan(4, 1, 1))
    journal.write(Displayed(4, 1, "d2"))
    journal.write(Displayed(4, 1, "cleared"))
    follower.poll()
    assert pieces == [(STDOUT, b"one\n"), (STDERR, b"1"), (DISPLAY, b"[1]\n"), (STDOUT, b"two\n")]
