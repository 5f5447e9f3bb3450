"""Messages to the pages of a lecture: who reads and who writes those of each topic.

All go through the streams of server-sent events, one per role. A message stays until there is a newer one of
its topic, so that a page that comes later shows the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deckwright.frozen import dataclass
from deckwright.present.roles import Role
from deckwright.serve.event_stream import EventStream

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topic:
    """What messages are about. Of a name with a slash, what stands before that decides: `stage/3`."""

    name: str
    readers: frozenset[Role]
    writers: frozenset[Role] = frozenset()
    """Those whose pages may post messages."""
    public: Callable[[Content], Content] = lambda content: content
    """Returns what of a message others than the presenter may read."""


_PRESENTER = frozenset({Role.PRESENTER})
_ALL = frozenset(Role)


def _public_pages(content: Content) -> Content:
    """Return how pages changed, without notes."""
    changes = {
        path: {**change, "swap": change["swap"] and {**change["swap"], "notes": {}}}
        for path, change in content["changes"].items()
    }
    return {**content, "changes": changes}


_SPEAKERS = frozenset({Role.PRESENTER, Role.REMOTE})

TOPICS = (
    Topic("pages", _ALL, public=_public_pages),
    Topic("diagnostics", _PRESENTER),
    Topic("progress", _PRESENTER),
    Topic("blocks", _PRESENTER),
    Topic("stage", _PRESENTER),
    Topic("place", _ALL, _PRESENTER),
    Topic("turn", _PRESENTER, frozenset({Role.REMOTE})),
    Topic("clock", _SPEAKERS, _SPEAKERS),
    Topic("ink", _ALL, _PRESENTER),
    Topic("laser", _ALL, _PRESENTER),
    Topic("black", _ALL, _PRESENTER),
    Topic("choice", _ALL, _PRESENTER),
    Topic("zoom", _PRESENTER, _PRESENTER),
    Topic("invitation", _PRESENTER, _PRESENTER),
)
"""All of them. What is not here is not sent."""


class Channel(EventStream):
    """The stream of the presenter, which passes on to others what they may read."""

    def __init__(self) -> None:
        super().__init__()
        others = (role for role in Role if role is not Role.PRESENTER)
        self._others: Mapping[Role, EventStream] = {role: EventStream() for role in others}
        self._topics = {topic.name: topic for topic in TOPICS}

    def stream(self, role: Role) -> EventStream:
        """Return the stream that the pages of a role listen to."""
        return self._others.get(role, self)

    def publish(self, topic: str, /, **content: Any) -> None:
        known = self._topics[_kind(topic)]
        super().publish(topic, **content)
        for role in known.readers & self._others.keys():
            self._others[role].publish(topic, **known.public(content))

    def may_post(self, role: Role, topic: str) -> bool:
        """Whether pages of a role may post messages about a topic."""
        known = self._topics.get(_kind(topic))
        return known is not None and role in known.writers

    def close(self) -> None:
        super().close()
        for stream in self._others.values():
            stream.close()


def _kind(topic: str) -> str:
    return topic.partition("/")[0]
