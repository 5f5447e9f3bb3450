"""The server that a worker keeps for a build."""

from __future__ import annotations

import asyncio
import errno
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deckwright.cluster.assignment import Assignment, Reply, Session, pack, unpack
from deckwright.cluster.worker import Contained, ProjectServer, run_assignment
from deckwright.model import Job, Options


class _Worker(SimpleNamespace):
    def __init__(self, folder: Path) -> None:
        super().__init__(local_directory=str(folder), plugins=dict[str, ProjectServer](), address="tcp://w")

    async def plugin_add(self, plugin: ProjectServer, name: str, catch_errors: bool) -> None:
        assert not catch_errors
        self.plugins[name] = plugin
        plugin.setup(self)  # type: ignore[arg-type]

    async def plugin_remove(self, name: str) -> None:
        await self.plugins.pop(name).teardown(self)  # type: ignore[arg-type]


def test_a_server_of_a_build_that_is_gone_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deckwright.cluster.worker._IDLE_SECONDS", 0.05)
    worker, assignment = _Worker(tmp_path), Any
    server = ProjectServer(Session("one", str(tmp_path), "", 1, ""))
    server.setup(worker)  # type: ignore[arg-type]
    worker.plugins["deckwright-one"] = server
    go = asyncio.Event()

    async def run(key: str, assignment: Assignment, contents: Contained) -> tuple[Reply, Contained]:
        await go.wait()
        return Reply("", ""), {}

    monkeypatch.setattr(server, "_run", run)

    async def build() -> None:
        first, second = (asyncio.create_task(server.run(key, assignment, {})) for key in "ab")  # type: ignore[arg-type]
        first.cancel()
        await asyncio.sleep(0.2)
        assert worker.plugins, "it has a job"
        go.set()
        await second
        assert worker.plugins, "more jobs may come"
        await asyncio.sleep(0.2)
        assert not worker.plugins

    asyncio.run(build())


@pytest.mark.parametrize("where", ["setup", "run"])
def test_a_worker_whose_disk_is_full_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(ProjectServer, where, fail)
    monkeypatch.setattr("deckwright.cluster.worker.get_worker", lambda: _Worker(tmp_path))
    job = Job("a.py", "", (), (), Options(), "cpu")
    assignment = Assignment(Session("one", str(tmp_path), "", 1, ""), job, {})
    data, _ = asyncio.run(run_assignment("a", pack(assignment), {}))
    assert unpack(Reply, data).refused == "it cannot keep the files of a script: No space left on device"
