"""What connections are told."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

from deckwright.serve.event_stream import EventStream


def parsed(message: str) -> Any:
    assert message.startswith("data: ")
    assert message.endswith("\n\n")
    assert message.count("\n") == 2  # an event ends at the first empty line
    return json.loads(message.removeprefix("data: "))


async def told(channel: EventStream, count: int) -> list[Any]:
    """Return so many messages to one that connects now."""
    stream = channel.listen()
    assert (await anext(stream)).startswith("retry: ")
    found = [parsed(await anext(stream)) for _ in range(count)]
    await stream.aclose()  # type: ignore[attr-defined]
    return found


def test_who_comes_later_is_told_the_latest_of_each_topic() -> None:
    channel = EventStream()
    channel.publish("work", running=[1])
    channel.publish("pages", versions={"a": "1\n\n2"})
    channel.publish("work", running=[])
    assert asyncio.run(told(channel, 2)) == [
        {"topic": "work", "running": []},
        {"topic": "pages", "versions": {"a": "1\n\n2"}},
    ]


def test_what_another_thread_publishes_reaches_all() -> None:
    channel = EventStream()

    async def both() -> list[list[Any]]:
        listeners = [asyncio.create_task(told(channel, 2)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        thread = threading.Thread(target=lambda: [channel.publish("n", value=value) for value in (1, 1, 2)])
        thread.start()
        found = await asyncio.gather(*listeners)
        thread.join()
        return found

    # The second is no news.
    assert asyncio.run(both()) == [[{"topic": "n", "value": 1}, {"topic": "n", "value": 2}]] * 2


def test_closing_ends_every_connection() -> None:
    channel = EventStream()

    async def listened() -> list[str]:
        found = []
        async for message in channel.listen():
            found.append(message)
            channel.close()
        return found

    assert len(asyncio.run(listened())) == 1
    assert asyncio.run(listened()) == []
    channel.publish("n", value=1)  # to nobody: loops that ended are no trouble
