"""The sites of a lecture: what the presenter, the remote control and the audience find on the server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from html import escape
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from deckwright.present.bodies import read_json
from deckwright.present.channel import Channel
from deckwright.present.roles import Role, Secrets
from deckwright.present.tools import common_routes
from deckwright.serve.app import Extras, make_site, with_last
from deckwright.serve.pages import without_notes

PRESENT = ".present"
"""The folder of what is here only for a lecture."""

_PARTS = Path(__file__).parent / "page"
_KINDS = {".mjs": "text/javascript", ".css": "text/css"}

LECTURE_VIEW = "?view=presenter&sync=lecture"
"""Marp's presenter view. Windows of one browser with the same word behind `sync` show the same slide."""


class Lecture:
    """What all sites of a lecture share."""

    def __init__(
        self,
        build: Path,
        channel: Channel,
        pages: Callable[[], Sequence[str]],
        on_view: Callable[[str], None],
    ) -> None:
        self.build = build
        self.channel = channel
        self.pages = pages
        self._on_view = on_view
        self._shown = ""
        """The page that the presenter opened last."""

    def view(self, page: str) -> None:
        """Note that the presenter opened a page."""
        self._shown = page if page in self.pages() else self._shown
        self._on_view(page)

    @property
    def shown(self) -> str:
        """The page of the deck that is presented; empty until there is one."""
        return self._shown if self._shown in self.pages() else next(iter(self.pages()), "")


def make_presenter_site(lecture: Lecture, secrets: Secrets, routes: Iterable[BaseRoute]) -> ASGIApp:
    """Return the presenter's site: the whole build, and what changes the lecture."""
    extras = Extras(
        [*_common_routes(lecture, Role.PRESENTER), *routes],
        partial(_with_scripts, Role.PRESENTER, secrets.key),
        view=LECTURE_VIEW,
    )
    stream = lecture.channel.stream(Role.PRESENTER)
    return _answering(make_site(lecture.build, stream, lecture.pages, lecture.view, extras))


def make_public_site(lecture: Lecture, role: Role, key: str, routes: Iterable[BaseRoute] = ()) -> ASGIApp:
    """Return the site of the audience, or of a remote control: the pages of decks, without notes."""
    extras = Extras(
        [*_common_routes(lecture, role), *routes],
        lambda page: _with_scripts(role, key, without_notes(page)),
        lambda path: path in lecture.pages(),
    )
    stream = lecture.channel.stream(role)
    return _answering(make_site(lecture.build, stream, lambda: _shown(lecture), extras=extras))


def _shown(lecture: Lecture) -> tuple[str, ...]:
    """Return the page to which the home of the audience leads; while there is none, it waits for one."""
    return (lecture.shown,) if lecture.shown else ()


def _answering(site: ASGIApp) -> ASGIApp:
    handlers: Mapping[type[Exception], Callable[[Request, HTTPException], Response]] = {
        HTTPException: lambda _, error: PlainTextResponse(error.detail, error.status_code)
    }
    return ExceptionMiddleware(site, handlers)  # type: ignore[arg-type]


def _common_routes(lecture: Lecture, role: Role) -> list[BaseRoute]:
    async def post(request: Request) -> Response:
        topic = request.path_params["topic"]
        if not lecture.channel.may_post(role, topic):
            raise HTTPException(404, "not found\n")
        lecture.channel.publish(topic, **await read_json(request))
        return Response(status_code=204)

    return [
        *common_routes(PRESENT, lecture.channel),
        Route(f"/{PRESENT}/page/{{name}}", _part),
        Route(f"/{PRESENT}/say/{{topic:path}}", post, methods=["POST"]),
    ]


def _part(request: Request) -> Response:
    name = request.path_params["name"]
    known = {path.name: path for path in _PARTS.iterdir() if path.suffix in _KINDS}
    if name not in known:
        raise HTTPException(404, "not found\n")
    return FileResponse(known[name], media_type=_KINDS[known[name].suffix])


def _with_scripts(role: Role, key: str, page: bytes) -> bytes:
    """Return a page with the scripts of a role, which are in no file."""
    source = f"/{PRESENT}/page/start.mjs"
    data = f'data-deckwright-role="{role}" data-key="{escape(key)}"'
    return with_last(page, f'<script type="module" src="{source}" {data}></script>')
