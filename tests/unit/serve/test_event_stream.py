"""Messages to connections."""

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


async def first_messages(stream: EventStream, count: int) -> list[Any]:
    """Return the first messages to a new connection."""
    listening = stream.listen()
    assert (await anext(listening)).startswith("retry: ")
    messages = [parsed(await anext(listening)) for _ in range(count)]
    await listening.aclose()  # type: ignore[attr-defined]
    return messages


def test_a_later_connection_gets_the_latest_of_each_topic() -> None:
    stream = EventStream()
    stream.publish("work", value=[1])
    stream.publish("pages", versions={"a": "1\n\n2"})
    stream.publish("work", value=[])
    assert asyncio.run(first_messages(stream, 2)) == [
        {"topic": "work", "value": []},
        {"topic": "pages", "versions": {"a": "1\n\n2"}},
    ]


def test_what_another_thread_publishes_reaches_all() -> None:
    stream = EventStream()

    async def both() -> list[list[Any]]:
        listeners = [asyncio.create_task(first_messages(stream, 2)) for _ in range(2)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        publish = [("n", 1), ("n", 1), ("m", 2)]
        thread = threading.Thread(
            target=lambda: [stream.publish(topic, value=value) for topic, value in publish]
        )
        thread.start()
        messages = await asyncio.gather(*listeners)
        thread.join()
        return messages

    # The second is equal to the first.
    assert asyncio.run(both()) == [[{"topic": "n", "value": 1}, {"topic": "m", "value": 2}]] * 2


def test_a_slow_connection_gets_the_latest_of_each_topic_and_no_more() -> None:
    stream = EventStream()

    async def slow() -> list[Any]:
        listening = stream.listen()
        await anext(listening)
        for number in range(1000):
            stream.publish("n", value=number)
            stream.publish("other", value=0)
        messages = [parsed(await anext(listening)) for _ in range(2)]
        stream.publish("n", value="last")
        return [*messages, parsed(await anext(listening))]

    assert asyncio.run(slow()) == [
        {"topic": "other", "value": 0},
        {"topic": "n", "value": 999},
        {"topic": "n", "value": "last"},
    ]


def test_closing_ends_every_connection() -> None:
    stream = EventStream()

    async def messages() -> list[str]:
        result = []
        async for message in stream.listen():
            result.append(message)
            stream.close()
        return result

    assert len(asyncio.run(messages())) == 1
    assert asyncio.run(messages()) == []
    stream.publish("n", value=1)  # event loops that have ended are ignored
