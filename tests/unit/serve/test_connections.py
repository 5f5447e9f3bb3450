"""Connections that do too little, or are too many, and those that stay meanwhile."""

from __future__ import annotations

import logging
import resource
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psutil
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from deckwright.serve.connections import Limits, find_limits
from deckwright.serve.event_stream import EventStream
from deckwright.serve.sockets import LOOPBACK, open_socket, responding

GET = b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"
SOON = Limits(connections=8, idle_seconds=0.2)
PATIENT = Limits(connections=8, idle_seconds=1.5)
NEVER = Limits(connections=8, idle_seconds=600)
LARGE = b"x" * (32 << 20)
"""More than the kernel keeps for a reader."""


class Site:
    """A server, and connections to it."""

    def __init__(self, port: int, stream: EventStream, close: ExitStack) -> None:
        self._port = port
        self._close = close
        self.stream = stream

    def connect(self, sent: bytes = b"") -> socket.socket:
        connection = self._close.enter_context(socket.create_connection((LOOPBACK, self._port), timeout=30))
        connection.sendall(sent)
        return connection

    def listener(self) -> socket.socket:
        """Return a connection to the stream of events, which has begun."""
        connection = self.connect(GET % b"events")
        until(connection, b"retry: ")
        return connection

    def answers(self) -> bool:
        return b"200 OK" in until(self.connect(GET % b""), b"here")


@contextmanager
def site(limits: Limits) -> Iterator[Site]:
    stream = EventStream()

    async def events(request: Request) -> Response:
        return StreamingResponse(stream.listen(), media_type="text/event-stream")

    async def here(request: Request) -> Response:
        return PlainTextResponse("here")

    async def large(request: Request) -> Response:
        return Response(LARGE)

    routes = [
        Route("/", here, methods=["GET", "POST"]),
        Route("/events", events),
        Route("/large", large),
    ]
    listener = open_socket(LOOPBACK, 0)
    with listener, responding(Router(routes), listener, limits), ExitStack() as close:
        yield Site(listener.getsockname()[1], stream, close)
        stream.close()


def until(connection: socket.socket, text: bytes) -> bytes:
    """Read until a text has come; raises if the connection ends before."""
    data = b""
    while text not in data:
        part = connection.recv(1 << 16)
        assert part, data
        data += part
    return data


def ended(connection: socket.socket) -> bool:
    """Wait for the end of a connection; raises if it does not come."""
    try:
        while connection.recv(1 << 20):
            pass
    except ConnectionError:
        pass
    return True


def trickle(connection: socket.socket, part: bytes) -> bool:
    """Send a bit now and then until the connection ends; raises if it does not."""
    deadline = time.monotonic() + 30
    try:
        while time.monotonic() < deadline:
            connection.sendall(part)
            time.sleep(0.02)
    except ConnectionError:
        return True
    return False


HALF = b"GET / HTTP/1.1\r\nHost: x\r\n"
POST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000000\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"G",
        HALF,
        HALF + b"Content-Length: 5\r\n\r\nab",
        GET % b"" + HALF,
        GET % b"",  # and nothing more
    ],
)
def test_a_connection_that_sends_no_complete_request_ends(sent: bytes) -> None:
    with site(SOON) as here:
        assert ended(here.connect(sent))
        assert here.answers()


@pytest.mark.parametrize(
    ("sent", "part"),
    [(b"", b"\r\n"), (HALF, b"A: b\r\n"), (b"GET /", b"a"), (POST, b"body"), (POST, b"x" * 100_000)],
)
def test_a_bit_now_and_then_keeps_no_connection(sent: bytes, part: bytes) -> None:
    with site(SOON) as here:
        assert trickle(here.connect(sent), part)
        assert here.answers()


@pytest.mark.parametrize("header", [b"A: " + b"x" * 10_000_000, b"A: b\r\n" * 1_000_000, b"\0\xff" * 100_000])
def test_headers_of_any_size_end_the_connection(header: bytes) -> None:
    with site(NEVER) as here:
        connection = here.connect(HALF)
        sending = threading.Thread(target=trickle, args=(connection, header))
        sending.start()
        assert ended(connection)
        sending.join()
        assert here.answers()


def test_who_reads_nothing_is_dropped_and_who_reads_slowly_is_not() -> None:
    with site(PATIENT) as here:
        deaf, slow = here.connect(GET % b"large"), here.connect(GET % b"large")
        received = 0
        while received < len(LARGE):
            received += len(slow.recv(1 << 17))
            time.sleep(0.015)  # for longer than the limit in all
        with pytest.raises((ConnectionError, AssertionError)):
            until(deaf, b"no such text")
        assert here.answers()


def test_a_listener_that_reads_nothing_is_dropped_and_others_hear_the_last_message() -> None:
    with site(PATIENT) as here:
        deaf, listener = here.listener(), here.listener()
        heard: list[bytes] = []
        reading = threading.Thread(target=lambda: heard.append(until(listener, b"the end")))
        reading.start()
        for number in range(40):
            here.stream.publish("pages", text=str(number) + "x" * (1 << 20))
            time.sleep(0.02)
        eventually(lambda: not is_served(deaf))
        assert is_served(listener)
        here.stream.publish("pages", text="the end")
        reading.join()
        assert heard


def is_served(connection: socket.socket) -> bool:
    """Whether the server, which is in this process, has its end of a connection."""
    port = connection.getsockname()[1]
    ends = psutil.Process().net_connections("tcp")
    return any(end.raddr and end.raddr.port == port for end in ends)


@pytest.mark.parametrize("sent", [b"", HALF, GET % b""])
def test_idle_connections_give_way_to_new_ones(sent: bytes) -> None:
    with site(NEVER) as here:
        listener = here.listener()
        idle = [here.connect(sent) for _ in range(100)]
        assert here.answers()
        assert ended(idle[0])
        here.stream.publish("pages", text="still here")
        until(listener, b"still here")


def test_where_all_are_busy_a_new_one_is_refused() -> None:
    with site(NEVER) as here:
        listeners = [here.listener() for _ in range(NEVER.connections)]
        assert ended(here.connect(GET % b""))
        here.stream.publish("pages", text="still here")
        for listener in listeners:
            until(listener, b"still here")
        listeners[0].close()
        eventually(here.answers)


def eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            assert condition()
        except (ConnectionError, AssertionError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError("it did not happen in time")


def test_there_are_descriptors_for_builds() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        for descriptors, connections in ((1024, 256), (256, 64), (hard, 1024)):
            if hard == resource.RLIM_INFINITY or descriptors <= hard:
                resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, hard))
                assert find_limits().connections <= connections
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_what_clients_do_is_not_shown_on_the_terminal(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), site(SOON) as here:
        assert ended(here.connect(b"no request\r\n\r\n"))
        here.connect(GET % b"large").close()
        here.listener().close()
        assert here.answers()
    assert [record for record in caplog.records if record.name.startswith("uvicorn")] == []
