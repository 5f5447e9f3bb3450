"""The client of the fork server."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from deckwright.execute.fork_client import ForkServer, Pulse


@pytest.mark.parametrize("answers", [True, False])
def test_a_recorder_that_does_not_answer_for_long_does_not_live(answers: bool) -> None:
    pulse = Pulse()
    try:
        alive = []
        for now in (100.0, 105.0, 129.0, 131.0, 140.0):
            alive.append(pulse.beats(now))
            if answers:
                pulse.theirs.send(pulse.theirs.recv(64))
        assert alive == ([True] * 5 if answers else [True, True, True, False, False])
    finally:
        pulse.theirs.close()
        pulse.close()


@pytest.mark.parametrize(
    ("program", "lost"),
    [("exit 0", False), ("exit 3", True), ("kill -9 $$", True), ("exec sleep 600", False)],
)
def test_a_recorder_is_lost_if_it_ended_before_the_server(tmp_path: Path, program: str, lost: bool) -> None:
    """One that is only slow to end still records: with Python's hooks, its jobs would run again soon."""
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{program}\n")
    python.chmod(0o755)
    server = ForkServer(str(python), (), os.environ, recorder=True)
    try:
        if "sleep" not in program:
            assert next(reply for _ in range(1000) for reply in server.replies(1)) is None
        assert server.lost_recorder() is lost
    finally:
        server.kill()


@pytest.mark.parametrize(
    "line",
    ["", "hello", "{", "[]", "3", "{}", '{"ended": 3}', '{"started": "x", "pid": "1"}', r"\377\376"],
)
def test_what_is_no_reply_ends_the_server(tmp_path: Path, line: str) -> None:
    """A script that looks for pipes below /proc may write into that of the server."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\nprintf '{line}\\n'\nexec sleep 600\n")
    program.chmod(0o755)
    server = ForkServer(str(program), (), os.environ, recorder=False)
    try:
        assert next(reply for _ in range(1000) for reply in server.replies(1)) is None
    finally:
        server.kill()


def test_replies_of_the_server_are_read(tmp_path: Path) -> None:
    lines = [{"started": "a", "pid": 1, "keeper": 2}, {"ended": "a", "status": 0}, {"lost": "b"}]
    program = tmp_path / "python"
    text = "".join(json.dumps(line) + "\n" for line in lines)
    program.write_text(f"#!/bin/sh\ncat << END\n{text}END\n")
    program.chmod(0o755)
    server = ForkServer(str(program), (), os.environ, recorder=False)
    try:
        replies: list[dict[str, Any] | None] = []
        while None not in replies:
            replies += server.replies(1)
        assert replies == [*lines, None]
    finally:
        server.kill()
