"""`deckwright serve`: the server, the watcher and the loop that builds, put together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import NoReturn, Protocol

from deckwright.model import Request
from deckwright.project.project import Project
from deckwright.serve.app import make_site
from deckwright.serve.event_stream import EventStream
from deckwright.serve.loop import BuildObserver, Keep, Loop
from deckwright.serve.middleware import AccessMiddleware
from deckwright.serve.page_cache import PageCache
from deckwright.serve.sockets import LOOPBACK, answering, authority, is_loopback, open_socket, reached_at
from deckwright.serve.watcher import Watcher

_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How a course is served."""

    decks: tuple[str, ...] = ()
    host: str = LOOPBACK
    port: int | None = None


class ServeObserver(BuildObserver, Protocol):
    def serving(self, address: str, is_private: bool) -> None:
        """Tell where the pages are, and whether nobody but this machine can reach them."""


def serve(project: Project, wishes: ServeOptions, keep: Keep, guest: ServeObserver) -> NoReturn:
    """Build and serve until interrupted; `keep` opens the ports of many builds.

    Raises ServeError, and ConfigError if a deck is not there.
    """
    project.decks(wishes.decks)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    listener = open_socket(wishes.host, wishes.port)
    port = listener.getsockname()[1]
    shelf, channel = PageCache(project.build), EventStream()
    site = make_site(project.build, channel, lambda: shelf.decks)
    guard = AccessMiddleware(site, token, {wishes.host.lower(), LOOPBACK, "localhost", "::1"}, port)
    loop = Loop(project, Request(wishes.decks, pdf=False), shelf, channel, guest)
    with listener, answering(guard, listener), Watcher(loop.heed) as watcher:
        try:
            place = authority(reached_at(wishes.host), port)
            guest.serving(f"http://{place}/{token}/", is_loopback(wishes.host))
            loop.run(keep, watcher)
        finally:
            channel.close()
