"""`deckwright present`: the servers of a lecture, the watcher and the build loop, put together."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import NoReturn

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from deckwright.formats import SERVED
from deckwright.model import Request
from deckwright.present.access import ENTER, Access
from deckwright.present.channel import Channel
from deckwright.present.roles import Entrance, Role, Secrets
from deckwright.present.site import Lecture, make_presenter_site, make_public_site
from deckwright.project.project import Project
from deckwright.serve.connections import find_limits
from deckwright.serve.loop import Loop, Observer, OpenWarm
from deckwright.serve.origins import OurNames
from deckwright.serve.pages import PageCache
from deckwright.serve.sockets import LOOPBACK_NAMES, authority, open_socket, public_host, responding
from deckwright.serve.watcher import Polling, Watcher
from deckwright.text.hosts import is_loopback

EVERY_ADDRESS = "0.0.0.0"
"""The audience may use any address that this machine has, now or in another network."""


def present(
    project: Project,
    decks: tuple[str, ...],
    host: str,
    port: int | None,
    audience: bool,
    polling: Polling,
    open_warm: OpenWarm,
    observer: Observer,
) -> NoReturn:
    """Build and present until interrupted; `host` is the address at which the presenter is served.

    Raises ServeError, and ConfigError if a deck is absent.
    """
    project.decks(decks)
    pages, channel = PageCache(project.build), Channel()
    loop = Loop(project, Request(decks, (SERVED.name,)), pages, channel, observer)
    lecture = Lecture(project.build, channel, lambda: pages.decks, loop.on_view)
    watcher = Watcher(loop.on_change, observer.polling, polling)
    with ExitStack() as stack:
        stack.callback(channel.close)
        address = stack.enter_context(_for_presenter(lecture, host, port, ()))
        if audience:
            stack.enter_context(_for_public(lecture))
        stack.enter_context(watcher)
        observer.serving(address, is_loopback(host))
        loop.run(open_warm, watcher)


@contextmanager
def _for_presenter(
    lecture: Lecture, host: str, port: int | None, routes: Sequence[BaseRoute]
) -> Iterator[str]:
    """Serve the presenter; the context is the address that makes somebody the presenter."""
    secrets = Secrets()
    with open_socket(host, port) as listener:
        number = _port(listener)
        names = OurNames({host.lower(), *LOOPBACK_NAMES}, number)
        entrance = Entrance(str(number), names, {Role.PRESENTER: secrets})
        sites = {Role.PRESENTER: make_presenter_site(lecture, secrets, routes)}
        with _responding(entrance, sites, {Role.PRESENTER: "/"}, listener):
            yield f"http://{authority(public_host(host), number)}{ENTER}{secrets.address}"


@contextmanager
def _for_public(lecture: Lecture) -> Iterator[tuple[int, Secrets]]:
    """Serve the audience and the remote control; the context is the port, and the secrets of the remote."""
    remote = Secrets()
    with open_socket(EVERY_ADDRESS, None) as listener:
        number = _port(listener)
        names = OurNames({EVERY_ADDRESS, *LOOPBACK_NAMES}, number)
        entrance = Entrance(str(number), names, {Role.REMOTE: remote}, stranger=Role.AUDIENCE)
        sites = {
            Role.REMOTE: make_public_site(lecture, Role.REMOTE, remote.key),
            Role.AUDIENCE: make_public_site(lecture, Role.AUDIENCE, ""),
        }
        with _responding(entrance, sites, {Role.REMOTE: "/"}, listener):
            yield number, remote


@contextmanager
def _responding(
    entrance: Entrance, sites: Mapping[Role, ASGIApp], starts: Mapping[Role, str], listener: socket.socket
) -> Iterator[None]:
    with responding(Access(entrance, sites, starts), listener, find_limits()):
        yield


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port
