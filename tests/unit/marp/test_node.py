"""Requests to a process and its answers; Python plays Node here."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckwright.errors import RenderError, RenderTimeout
from deckwright.marp.node import NodeProcess
from support.processes import is_alive

SERVER = """
    import json, os, subprocess, sys, time
    for line in sys.stdin:
        message = json.loads(line)
        method, number, params = message["method"], message["id"], message["params"]
        if method == "die":
            print("the last line", file=sys.stderr, flush=True)
            sys.exit(1)
        if method == "hush":
            os.close(1)
        if method in ("sleep", "hush"):
            time.sleep(600)
        if method == "chatter":
            print("npm notice: there is a new npm", flush=True)
        if method == "pid":
            params = os.getpid()
        if method == "child":
            params = subprocess.Popen(["sleep", "600"], start_new_session=True).pid
        answer = {"error": "bad"} if method == "fail" else {"result": params}
        print(json.dumps({"id": number, **answer}), flush=True)
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[NodeProcess]:
    started = NodeProcess([sys.executable, "-c", textwrap.dedent(SERVER)], os.environ, tmp_path)
    yield started
    started.close()


def test_answers(process: NodeProcess) -> None:
    assert process.call("echo", timeout_seconds=10, text="中") == {"text": "中"}


def test_answers_many(process: NodeProcess) -> None:
    answers = [process.ask("echo", number=number) for number in range(20)]
    assert [answer.result(10)["number"] for answer in answers] == list(range(20))


def test_an_error_is_ours_and_the_process_goes_on(process: NodeProcess) -> None:
    with pytest.raises(RenderError, match="bad"):
        process.call("fail", timeout_seconds=10)
    assert process.call("echo", timeout_seconds=10) == {}


def test_a_death_is_reported_with_the_last_lines(process: NodeProcess) -> None:
    with pytest.raises(RenderError, match="the last line"):
        process.call("die", timeout_seconds=10)
    with pytest.raises(RenderError, match="ended"):
        process.call("echo", timeout_seconds=10)


def test_a_silent_process_is_not_waited_for(process: NodeProcess) -> None:
    for _ in range(2):
        with pytest.raises(RenderError, match="ended"):
            process.call("hush", timeout_seconds=10)


def test_a_line_that_is_no_answer_is_ignored(process: NodeProcess) -> None:
    assert process.call("chatter", timeout_seconds=10, x=1) == {"x": 1}


def test_does_not_wait_forever(process: NodeProcess) -> None:
    with pytest.raises(RenderTimeout, match=r"did not finish within 0\.2 s"):
        process.call("sleep", timeout_seconds=0.2)


def test_ends_by_itself_with_all_that_it_started(process: NodeProcess) -> None:
    child = process.call("child", timeout_seconds=10)
    process.close(grace_seconds=600)  # longer than a test may take
    assert not is_alive(child)


def test_ends_a_process_that_does_not_read(process: NodeProcess) -> None:
    pid = process.call("pid", timeout_seconds=10)
    process.ask("sleep")
    process.close(0.2)
    assert not is_alive(pid)


def test_a_missing_program_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="cannot start Node"):
        NodeProcess([str(tmp_path / "no")], os.environ, tmp_path)
