"""What pages of each role read of the messages of a lecture."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from deckwright.present.channel import Channel
from deckwright.present.roles import Role

SWAP = {"slides": {"0": "<svg>"}, "styles": {}, "notes": {"0": "a secret"}, "charts": []}


def heard(channel: Channel, role: Role) -> dict[str, Any]:
    """Return the latest message of each topic that pages of a role get."""

    async def listen() -> list[str]:
        messages = channel.stream(role).listen()
        parts = [await anext(messages)]
        while True:
            try:
                parts.append(await asyncio.wait_for(anext(messages), 0.05))
            except TimeoutError:
                return parts

    events = [part for part in asyncio.run(listen()) if part.startswith("data: ")]
    messages = [json.loads(event.removeprefix("data: ")) for event in events]
    return {message.pop("topic"): message for message in messages}


def test_the_audience_hears_how_pages_change_but_no_notes() -> None:
    channel = Channel()
    changes = {"html/a.html": {"before": "1", "swap": SWAP}, "html/b.html": {"before": "1", "swap": None}}
    channel.publish("pages", versions={"html/a.html": "2"}, changes=changes)
    assert heard(channel, Role.PRESENTER)["pages"]["changes"] == changes
    public = {
        "html/a.html": {"before": "1", "swap": {**SWAP, "notes": {}}},
        "html/b.html": changes["html/b.html"],
    }
    for role in (Role.REMOTE, Role.AUDIENCE):
        assert heard(channel, role) == {"pages": {"versions": {"html/a.html": "2"}, "changes": public}}


def test_what_is_for_the_presenter_reaches_nobody_else() -> None:
    channel = Channel()
    for topic in ("diagnostics", "progress", "stage/1"):
        channel.publish(topic, text="secret")
    assert heard(channel, Role.PRESENTER).keys() == {"diagnostics", "progress", "stage/1"}
    assert heard(channel, Role.AUDIENCE) == {}


WRITERS = {
    "place": {Role.PRESENTER},
    "ink/1": {Role.PRESENTER},
    "laser": {Role.PRESENTER},
    "black": {Role.PRESENTER},
    "choice/1": {Role.PRESENTER},
    "zoom": {Role.PRESENTER},
    "invitation": {Role.PRESENTER},
    "clock": {Role.PRESENTER, Role.REMOTE},
    "turn": {Role.REMOTE},
}


@pytest.mark.parametrize("topic", WRITERS)
def test_who_writes_what(topic: str) -> None:
    channel = Channel()
    assert {role for role in Role if channel.may_post(role, topic)} == WRITERS[topic]


def test_the_audience_follows_and_sees_what_is_drawn_and_the_remote_knows_the_time() -> None:
    channel = Channel()
    for topic in WRITERS:
        channel.publish(topic, text=topic)
    assert heard(channel, Role.AUDIENCE).keys() == {"place", "ink/1", "laser", "black", "choice/1"}
    assert heard(channel, Role.REMOTE).keys() == {"place", "ink/1", "laser", "black", "choice/1", "clock"}
    assert json.loads(channel.latest("place")) == {"topic": "place", "text": "place"}
    assert channel.latest("none") == ""
