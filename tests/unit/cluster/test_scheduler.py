"""Schedulers that do not answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from distributed import Client

from deckwright.cluster.address import Address
from deckwright.cluster.connection import workers_of
from deckwright.cluster.scheduler import _connected, open_scheduler
from deckwright.errors import ClusterError
from deckwright.project.settings import ClusterSettings


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deckwright.cluster.scheduler._CONNECT_SECONDS", 0.5)
    monkeypatch.setattr("deckwright.cluster.scheduler._ANSWER_SECONDS", 0.5)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (b"", "it accepts connections, and says nothing"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what listens there is none"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "what listens there is none"),
    ],
)
def test_what_listens_and_is_no_scheduler(
    tmp_path: Path, listener: socket.socket, said: bytes, why: str
) -> None:
    kept: list[socket.socket] = []

    def answer() -> None:
        connection, _ = listener.accept()
        kept.append(connection)
        connection.sendall(said)

    threading.Thread(target=answer, daemon=True).start()
    address = Address(f"tcp://127.0.0.1:{listener.getsockname()[1]}")
    opened = open_scheduler(address, ClusterSettings(), 1, tmp_path, tmp_path)
    with pytest.raises(ClusterError, match="no scheduler answers at") as error, opened:
        pass
    kept[0].close()
    assert error.value.message.endswith(why)


def test_a_scheduler_that_hangs_is_lost() -> None:
    def sync(ask: object, callback_timeout: float) -> None:
        raise TimeoutError(f"timed out after {callback_timeout} s.")

    with pytest.raises(ClusterError, match="the scheduler is lost: it, or a worker of it, has not answered"):
        workers_of(SimpleNamespace(sync=sync))  # type: ignore[arg-type]


def test_a_client_whose_scheduler_hangs_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging(SimpleNamespace):
        def close(self, timeout: float) -> None:
            raise TimeoutError(f"timed out after {timeout} s.")

    client: Client = Hanging(status="running")
    monkeypatch.setattr("deckwright.cluster.scheduler.Client", lambda *_, **__: client)
    with _connected("", Address("local"), None):
        pass
    assert client.status == "closed"
