"""The socket of the live server."""

from __future__ import annotations

import errno
import http.client
import ipaddress
import socket
import threading
from contextlib import closing

import pytest
from starlette.responses import PlainTextResponse

from deckwright.errors import ServeError
from deckwright.serve.connections import Limits
from deckwright.serve.sockets import LOOPBACK, authority, open_socket, public_host, responding
from deckwright.text.hosts import is_loopback


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.0.7", False),
        ("lecture.local", False),
        ("localhost.evil.example", False),
    ],
)
def test_who_can_reach_a_host(host: str, private: bool) -> None:
    assert is_loopback(host) is private


def test_an_address() -> None:
    assert authority("127.0.0.1", 80) == "127.0.0.1:80"
    assert authority("::1", 80) == "[::1]:80"


def test_a_wildcard_has_an_address_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    assert public_host("192.168.0.7") == "192.168.0.7"
    for host in ("0.0.0.0", "::"):
        found = ipaddress.ip_address(public_host(host))
        assert not found.is_unspecified
        assert found.version == ipaddress.ip_address(host).version

    def refuse(*_: object) -> socket.socket:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", refuse)
    assert [public_host("0.0.0.0"), public_host("::")] == [LOOPBACK, "::1"]


def test_without_a_port_the_next_free_one_is_taken() -> None:
    with closing(open_socket(LOOPBACK, None)) as first, closing(open_socket(LOOPBACK, None)) as second:
        ports = [each.getsockname()[1] for each in (first, second)]
    assert 3325 <= ports[0] < ports[1] < 3345


def test_a_port_that_is_taken() -> None:
    with socket.create_server((LOOPBACK, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} is taken"):
            open_socket(LOOPBACK, port)


def test_a_port_that_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    with pytest.raises(ServeError, match="cannot listen on port 80: Permission denied") as caught:
        open_socket(LOOPBACK, 80)
    assert "--port" in caught.value.hint


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_a_host_of_another_machine(host: str) -> None:
    with pytest.raises(ServeError, match=f"cannot listen on {host}: "):
        open_socket(host, 0)


def test_it_responds_until_it_ends_and_leaves_no_thread() -> None:
    before = threading.active_count()
    listener = open_socket(LOOPBACK, 0)
    port = listener.getsockname()[1]
    with listener, responding(PlainTextResponse("here"), listener, Limits(10)):
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=10)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert (answer.read(), answer.headers["server"]) == (b"here", None)
    connection.close()
    assert threading.active_count() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((LOOPBACK, port), timeout=1)
