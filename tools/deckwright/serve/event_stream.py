"""The stream of server-sent events: messages to the open pages, each about a topic."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

_RETRY = "retry: 500\n\n"
"""Milliseconds after which a page that has lost the connection tries again."""


class EventStream:
    """Sends messages from the thread that builds to the connections, each in its own event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: dict[str, str] = {}
        self._listeners: dict[asyncio.Queue[str | None], asyncio.AbstractEventLoop] = {}
        self._closed = False

    def publish(self, topic: str, **content: Any) -> None:
        """Send a message to every page, and to later ones until there is a newer one of the topic.

        A message that is equal to the last one of its topic is not sent.
        """
        message = f"data: {json.dumps({'topic': topic, **content}, ensure_ascii=False)}\n\n"
        with self._lock:
            if self._latest.get(topic) == message:
                return
            self._latest[topic] = message
            self._put(message)

    def close(self) -> None:
        """End every connection, present and future."""
        with self._lock:
            self._closed = True
            self._put(None)

    async def listen(self) -> AsyncIterator[str]:
        """Yield the latest message of each topic, then every new one, as server-sent events."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        with self._lock:
            known = [_RETRY, *self._latest.values()]
            if self._closed:
                return
            self._listeners[queue] = asyncio.get_running_loop()
        try:
            for message in known:
                yield message
            while (message_or_end := await queue.get()) is not None:
                yield message_or_end
        finally:
            with self._lock:
                del self._listeners[queue]

    def _put(self, message: str | None) -> None:
        for queue, loop in self._listeners.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(queue.put_nowait, message)
