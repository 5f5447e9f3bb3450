"""`deckwright serve`: the server, the watcher and the build loop, put together."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import NoReturn, Protocol

from deckwright.formats import SERVED
from deckwright.model import Request
from deckwright.project.project import Project
from deckwright.serve.app import make_site
from deckwright.serve.event_stream import EventStream
from deckwright.serve.loop import BuildObserver, Loop, OpenWarm
from deckwright.serve.middleware import AccessMiddleware
from deckwright.serve.page_cache import PageCache
from deckwright.serve.sockets import LOOPBACK, authority, is_loopback, open_socket, public_host, responding
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
        """Show the address of the pages, and whether only this machine can reach them."""


def serve(project: Project, options: ServeOptions, open_warm: OpenWarm, observer: ServeObserver) -> NoReturn:
    """Build and serve until interrupted. Raises ServeError, and ConfigError if a deck is absent."""
    project.decks(options.decks)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    listener = open_socket(options.host, options.port)
    port = listener.getsockname()[1]
    pages, stream = PageCache(project.build), EventStream()
    site = make_site(project.build, stream, lambda: pages.decks)
    app = AccessMiddleware(site, token, {options.host.lower(), LOOPBACK, "localhost", "::1"}, port)
    loop = Loop(project, Request(options.decks, (SERVED.name,)), pages, stream, observer)
    with listener, responding(app, listener), Watcher(loop.on_change) as watcher:
        try:
            place = authority(public_host(options.host), port)
            observer.serving(f"http://{place}/{token}/", is_loopback(options.host))
            loop.run(open_warm, watcher)
        finally:
            stream.close()
