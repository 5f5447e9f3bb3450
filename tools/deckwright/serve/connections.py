"""Connections of the server, within limits: how many there are, and how long one may do nothing.

uvicorn reads and answers the requests. It limits neither the time for which a request may be incomplete nor
the connections that are open, and a process that has no descriptors left can build nothing.
"""

from __future__ import annotations

import asyncio
import resource
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from deckwright.frozen import dataclass

_MOST_CONNECTIONS = 1024

_DESCRIPTORS_PER_CONNECTION = 4
"""A connection may read a file, and half of the descriptors are for builds."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What connections may use."""

    connections: int
    idle_seconds: float = 10.0
    """From one to two times as long, a connection may send no complete request, or read nothing."""


def find_limits() -> Limits:
    """Return limits within the descriptors that this process may open."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return Limits(_MOST_CONNECTIONS)
    return Limits(min(_MOST_CONNECTIONS, max(1, descriptors // _DESCRIPTORS_PER_CONNECTION)))


def bounded_protocol(limits: Limits) -> type[H11Protocol]:
    """Return uvicorn's protocol with limits.

    A connection that is one too many takes the place of the one that has been idle for longest. It is refused
    where none is idle: who is connected stays so.
    """

    class BoundedProtocol(H11Protocol):
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **named)
            self._idle_since = self.loop.time()
            self._last_check: tuple[float, int] | None = None
            self._next_check: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            others = [
                each for each in self.connections if each is not self and not each.transport.is_closing()
            ]
            if len(others) >= limits.connections:
                idle = [each for each in others if isinstance(each, BoundedProtocol) and each.is_idle]
                min(idle, key=lambda each: each.idle_since, default=self).transport.abort()
            self._check()

        def connection_lost(self, exc: Exception | None) -> None:
            if self._next_check:
                self._next_check.cancel()
            super().connection_lost(exc)

        def on_response_complete(self) -> None:
            self._idle_since = self.loop.time()
            super().on_response_complete()
            if self.conn.their_state is h11.SEND_BODY:  # no request of ours has a body, and it may be endless
                self.transport.close()

        @property
        def is_idle(self) -> bool:
            """Whether it waits for a request, or for the rest of one."""
            return not self.cycle or self.cycle.response_complete

        @property
        def idle_since(self) -> float:
            return self._idle_since

        def _check(self) -> None:
            """End the connection if it has done nothing since the last check."""
            unread = self.transport.get_write_buffer_size()
            # Whoever reads slowly gets everything, and whoever listens to a stream has nothing to do.
            state = (self._idle_since, unread) if self.is_idle or unread else None
            if state and state == self._last_check:
                self.transport.abort()
                return
            self._last_check = state
            self._next_check = self.loop.call_later(limits.idle_seconds, self._check)

    return BoundedProtocol
