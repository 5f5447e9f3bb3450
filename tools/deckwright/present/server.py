"""`deckwright present`: the servers of a lecture, the watcher and the build loop, put together."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import NoReturn

from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from deckwright.formats import SERVED
from deckwright.model import Request
from deckwright.present.access import ENTER, Access
from deckwright.present.addresses import PublicAddresses, public_addresses
from deckwright.present.channel import Channel
from deckwright.present.decks import PresentedDecks
from deckwright.present.roles import Entrance, Role, Secrets
from deckwright.present.site import PRESENT, Lecture, make_presenter_site, make_public_site
from deckwright.present.stage_routes import stage_routes
from deckwright.present.staging import OpenStage, Staging
from deckwright.present.tools import presenter_routes, remote_routes
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
    open_stage: OpenStage,
    observer: Observer,
) -> NoReturn:
    """Build and present until interrupted; `host` is the address at which the presenter is served.

    Raises ServeError, and ConfigError if a deck is absent.
    """
    project.decks(decks)
    pages, channel = PageCache(project.build), Channel()
    loop = Loop(project, Request(decks, (SERVED.name,)), pages, channel, observer)
    lecture = Lecture(project.build, channel, lambda: pages.decks, loop.on_view)
    presented = PresentedDecks(project, decks, open_warm)
    watcher = Watcher(loop.on_change, observer.polling, polling)
    with ExitStack() as stack:
        listener = stack.enter_context(open_socket(host, port))
        addresses = stack.enter_context(_for_public(lecture, presented)) if audience else lambda: None
        staging = stack.enter_context(Staging(project, decks, channel, lambda: pages.versions, open_stage))
        routes = [*presenter_routes(PRESENT, presented, addresses), *stage_routes(PRESENT, staging)]
        address, opened = stack.enter_context(_for_presenter(lecture, host, listener, routes))
        stack.callback(channel.close)  # before the servers end, which wait for no connection
        stack.enter_context(watcher)
        observer.serving(address, is_loopback(host), opened)
        loop.run(open_warm, watcher)


@contextmanager
def _for_presenter(
    lecture: Lecture, host: str, listener: socket.socket, routes: Sequence[BaseRoute]
) -> Iterator[tuple[str, str]]:
    """Serve the presenter; the context is two addresses for that, the second of which works once."""
    secrets, number = Secrets(), _port(listener)
    names = OurNames({host.lower(), *LOOPBACK_NAMES}, number)
    entrance = Entrance(str(number), names, {Role.PRESENTER: secrets})
    sites = {Role.PRESENTER: make_presenter_site(lecture, secrets, routes)}
    with _responding(entrance, sites, {Role.PRESENTER: "/"}, listener):
        root = f"http://{authority(public_host(host), number)}{ENTER}"
        yield f"{root}{secrets.address}", f"{root}{secrets.once}"


@contextmanager
def _for_public(lecture: Lecture, decks: PresentedDecks) -> Iterator[Callable[[], PublicAddresses]]:
    """Serve the audience and the remote control; the context returns their addresses of the moment."""
    remote = Secrets()
    with open_socket(EVERY_ADDRESS, None) as listener:
        number = _port(listener)
        names = OurNames({EVERY_ADDRESS, *LOOPBACK_NAMES}, number)
        entrance = Entrance(str(number), names, {Role.REMOTE: remote}, stranger=Role.AUDIENCE)
        sites = {
            Role.REMOTE: make_public_site(
                lecture, Role.REMOTE, remote.key, remote_routes(PRESENT, decks, remote.key)
            ),
            Role.AUDIENCE: make_public_site(lecture, Role.AUDIENCE, ""),
        }
        with _responding(entrance, sites, {Role.REMOTE: f"/{PRESENT}/remote"}, listener):
            yield partial(public_addresses, EVERY_ADDRESS, number, remote.address)


@contextmanager
def _responding(
    entrance: Entrance, sites: Mapping[Role, ASGIApp], starts: Mapping[Role, str], listener: socket.socket
) -> Iterator[None]:
    with responding(Access(entrance, sites, starts), listener, find_limits()):
        yield


def _port(listener: socket.socket) -> int:
    port: int = listener.getsockname()[1]
    return port
