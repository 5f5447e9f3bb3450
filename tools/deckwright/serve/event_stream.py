"""The stream of server-sent events: messages to the open pages, each about a topic."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

_RETRY = "retry: 500\n\n"
"""Milliseconds after which a page that has lost the connection tries again."""

_DATA = "data: "


class EventStream:
    """Sends messages from the thread that builds to the connections, each in its own event loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: dict[str, str] = {}
        self._listeners: set[_Listener] = set()
        self._closed = False

    def publish(self, topic: str, /, **content: Any) -> None:
        """Send a message to every page, and to later ones until there is a newer one of the topic.

        A message that is equal to the last one of its topic is not sent.
        """
        message = f"{_DATA}{json.dumps({**content, 'topic': topic}, ensure_ascii=False)}\n\n"
        with self._lock:
            if self._latest.get(topic) == message:
                return
            self._latest[topic] = message
            for listener in self._listeners:
                listener.put(topic, message)

    def latest(self, topic: str) -> str:
        """Return the last message of a topic, as JSON; empty if there was none."""
        with self._lock:
            return self._latest.get(topic, "").removeprefix(_DATA).strip()

    def close(self) -> None:
        """End every connection, present and future."""
        with self._lock:
            self._closed = True
            for listener in self._listeners:
                listener.wake()

    async def listen(self) -> AsyncIterator[str]:
        """Yield the latest message of each topic, then newer ones, as server-sent events.

        Whoever is slow gets the latest message of each topic, and none that it has replaced.
        """
        listener = _Listener()
        with self._lock:
            if self._closed:
                return
            listener.waiting.update(self._latest)
            self._listeners.add(listener)
        try:
            yield _RETRY
            while not self._closed:
                with self._lock:
                    messages = listener.take()
                for message in messages:
                    yield message
                await listener.is_awake.wait()
        finally:
            with self._lock:
                self._listeners.remove(listener)


class _Listener:
    """What waits for one connection: a message of each topic at most. Used with the stream's lock."""

    def __init__(self) -> None:
        self.waiting: dict[str, str] = {}
        self.is_awake = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def put(self, topic: str, message: str) -> None:
        is_first = not self.waiting
        self.waiting.pop(topic, None)
        self.waiting[topic] = message  # at the end: messages of other topics came before
        if is_first:
            self.wake()

    def take(self) -> list[str]:
        messages = [*self.waiting.values()]
        self.waiting.clear()
        self.is_awake.clear()
        return messages

    def wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.is_awake.set)
