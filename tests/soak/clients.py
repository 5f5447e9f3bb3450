"""Clients of a server: those that listen to its events, and those that behave badly."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit


class Clients:
    """Many connections to one server; leaving the context ends them."""

    def __init__(self, address: str) -> None:
        self._where = urlsplit(address)
        self._bad: list[socket.socket] = []
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []

    def close(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self.misbehave(0)

    def listen(self, on_data: Callable[[bytes], object]) -> None:
        """Listen to the events, and connect again when the connection ends, as a page does."""
        self._threads.append(threading.Thread(target=self._listen, args=(on_data,), daemon=True))
        self._threads[-1].start()

    def misbehave(self, number: int) -> None:
        """Replace the bad clients: half send half a request, the others read nothing."""
        while self._bad:
            self._bad.pop().close()
        for index in range(number):
            with suppress(OSError):
                self._bad.append(self._connect())
                self._bad[-1].sendall(
                    self._request(".live/events") if index % 2 else b"GET / HTTP/1.1\r\nA: b"
                )

    def page(self, path: str) -> bytes:
        """Return a page; empty if there is none."""
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection(self._where.hostname or "", self._where.port, timeout=20)
            connection.request("GET", self._where.path + path)
            response = connection.getresponse()
            data = response.read()
            connection.close()
            return data if response.status == 200 else b""
        return b""

    def _listen(self, on_data: Callable[[bytes], object]) -> None:
        while not self._over.is_set():
            with suppress(OSError), self._connect() as connection:
                connection.sendall(self._request(".live/events"))
                connection.settimeout(1)
                while not self._over.is_set():
                    with suppress(TimeoutError):
                        data = connection.recv(1 << 16)
                        if not data:
                            break
                        on_data(data)
            self._over.wait(0.5)

    def _connect(self) -> socket.socket:
        return socket.create_connection((self._where.hostname or "", self._where.port or 0), timeout=20)

    def _request(self, path: str) -> bytes:
        return f"GET {self._where.path}{path} HTTP/1.1\r\nHost: {self._where.netloc}\r\n\r\n".encode()
