"""`deckwright serve`: the server, the watcher and the build loop, put together."""

from __future__ import annotations

import secrets
from typing import NoReturn

from deckwright.formats import SERVED
from deckwright.model import Request
from deckwright.project.project import Project
from deckwright.serve.app import make_site
from deckwright.serve.connections import find_limits
from deckwright.serve.event_stream import EventStream
from deckwright.serve.loop import Loop, Observer, OpenWarm
from deckwright.serve.middleware import AccessMiddleware
from deckwright.serve.origins import OurNames
from deckwright.serve.pages import PageCache
from deckwright.serve.sockets import LOOPBACK_NAMES, authority, open_socket, public_host, responding
from deckwright.serve.watcher import Polling, Watcher
from deckwright.text.hosts import is_loopback

_TOKEN_BYTES = 16


def serve(
    project: Project,
    decks: tuple[str, ...],
    host: str,
    port: int | None,
    polling: Polling,
    open_warm: OpenWarm,
    observer: Observer,
) -> NoReturn:
    """Build and serve until interrupted. Raises ServeError, and ConfigError if a deck is absent."""
    project.decks(decks)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    listener = open_socket(host, port)
    port = listener.getsockname()[1]
    pages, stream = PageCache(project.build), EventStream()
    loop = Loop(project, Request(decks, (SERVED.name,)), pages, stream, observer)
    site = make_site(project.build, stream, lambda: pages.decks, loop.on_view)
    app = AccessMiddleware(site, token, OurNames({host.lower(), *LOOPBACK_NAMES}, port))
    watcher = Watcher(loop.on_change, observer.polling, polling)
    with listener, responding(app, listener, find_limits()), watcher:
        try:
            observer.serving(f"http://{authority(public_host(host), port)}/{token}/", is_loopback(host))
            loop.run(open_warm, watcher)
        finally:
            stream.close()
