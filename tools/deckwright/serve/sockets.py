"""The socket on which the server listens, and the thread in which it responds."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from deckwright.errors import ServeError
from deckwright.serve.connections import Limits, bounded_protocol

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = (LOOPBACK, "localhost", "::1")
_PORT = 3325
_PORTS_TRIED = 20
_STOP_SECONDS = 0.5
_LEAST_BACKLOG, _BACKLOG = 32, 128
"""Connections that are accepted at once, before any of them is counted."""


def open_socket(host: str, port: int | None) -> socket.socket:
    """Return a listening socket, without a port on the first free one from 3325 on. Raises ServeError."""
    ports = range(_PORT, _PORT + _PORTS_TRIED) if port is None else (port,)
    for number in ports:
        try:
            family, _, _, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
            return socket.create_server(address[:2], family=family)
        except OSError as error:
            if error.errno == errno.EACCES:
                hint = "ports below 1024 are reserved: choose another with --port"
                raise ServeError(f"cannot listen on port {number}: {_reason(error)}", hint) from error
            if error.errno != errno.EADDRINUSE:
                raise ServeError(f"cannot listen on {host}: {_reason(error)}", "leave out --host") from error
    taken = f"port {port} is" if port is not None else f"ports {ports[0]} to {ports[-1]} are"
    raise ServeError(f"{taken} taken", "choose another with --port, or leave it out to use the next free one")


@contextmanager
def responding(site: ASGIApp, listener: socket.socket, limits: Limits) -> Iterator[None]:
    """Respond to requests, in a thread of its own, until the context is left."""
    settings = uvicorn.Config(
        site,
        loop="asyncio",
        http=bounded_protocol(limits),
        backlog=max(_LEAST_BACKLOG, min(_BACKLOG, limits.connections // 2)),
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",  # an invalid request need not be shown on the terminal
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join(_STOP_SECONDS)


def public_host(host: str) -> str:
    """Return the host for an address: in place of a wildcard, the address that this machine has outside."""
    outside = {"0.0.0.0": "192.0.2.1", "::": "2001:db8::1"}.get(host)
    if not outside:
        return host
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as ours:
            ours.connect((outside, 9))  # sends nothing, but selects the interface
            return str(ours.getsockname()[0])
    except OSError:  # no network
        return "::1" if ":" in host else LOOPBACK


def authority(host: str, port: int) -> str:
    """Return a host and port in the form of an address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
