"""The web application: the files of a build, the stream of events, and the script that updates pages."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Route, Router

from deckwright.formats import SERVED
from deckwright.frozen import dataclass
from deckwright.marp.packages import SOURCES
from deckwright.serve.event_stream import EventStream
from deckwright.serve.pages import INDEX, version_of

LIVE = ".live"
"""The folder of our own files: no file of a build has a name that begins with a dot."""

_PARTS = {
    "live.js": "text/javascript",
    "messages.js": "text/javascript",
    "live.css": "text/css",
    "fit.mjs": "text/javascript",
}
_MEASURES = SOURCES / "page"
"""The modules that measure slides: what does not fit is marked on the page that is served."""

_INTERPRETED = ("text/html", "text/css", "text/javascript")
"""Kinds of text that browsers interpret; others, such as scripts, are sent as plain text."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a site has besides the files of a build, for those who see it."""

    routes: Sequence[BaseRoute] = ()
    """They come before those of the site itself."""
    dress: Callable[[bytes], bytes] = lambda page: page
    """Returns a page as they get it."""
    may_read: Callable[[str], bool] = lambda path: True
    """Whether they may have the file at a path."""
    view: str = ""
    """What stands behind the address of a deck to which the home of the site leads."""


_NOTHING_MORE = Extras()


def make_site(
    build: Path,
    stream: EventStream,
    pages: Callable[[], Sequence[str]],
    on_view: Callable[[str], None] = lambda path: None,
    extras: Extras = _NOTHING_MORE,
) -> Router:
    """Return the site of a build folder; `pages` returns the paths of the decks' pages.

    `on_view` is called with the path of each page that is opened.
    """
    site = _Site(build, stream, pages, on_view, extras)
    routes = [
        *extras.routes,
        Route("/", site.home),
        Route(f"/{LIVE}/events", site.events),
        Route(f"/{LIVE}/page/{{name}}", site.measure),
        Route(f"/{LIVE}/{{name}}", site.part),
        Route("/{path:path}", site.file),
    ]
    return Router(routes, redirect_slashes=False)


class _Site:
    def __init__(
        self,
        build: Path,
        stream: EventStream,
        pages: Callable[[], Sequence[str]],
        on_view: Callable[[str], None],
        extras: Extras,
    ) -> None:
        self._build = build
        self._stream = stream
        self._pages = pages
        self._on_view = on_view
        self._extras = extras

    def home(self, request: Request) -> Response:
        """Redirect to the deck, or to the index of several; without any, show a page that waits for one.

        Until the first build has ended there is no index: that page lists the decks that are there.
        """
        pages = self._pages()
        if not pages or (len(pages) > 1 and find_file(self._build, INDEX) is None):
            return HTMLResponse(_live(_read("waiting.html"), request, "", b""))
        where = quote(pages[0]) + self._extras.view if len(pages) == 1 else INDEX
        return RedirectResponse(_root(request) + where, 307)

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._stream.listen(), media_type="text/event-stream")

    def part(self, request: Request) -> Response:
        name = request.path_params["name"]
        return Response(_read(name), media_type=_PARTS[name]) if name in _PARTS else _absent()

    def measure(self, request: Request) -> Response:
        name = request.path_params["name"]
        known = {path.name: path for path in _MEASURES.glob("*.mjs")}
        return FileResponse(known[name], media_type="text/javascript") if name in known else _absent()

    def file(self, request: Request) -> Response:
        path: str = request.path_params["path"]
        if not self._extras.may_read(path):
            return _absent()
        file = find_file(self._build, path)
        if path == INDEX or (path.startswith(f"{SERVED.name}/") and path.endswith(".html")):
            self._on_view(path)
            return self._page(request, path, file)
        if file is None:
            return _absent()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        plain = kind.startswith("text/") and kind not in _INTERPRETED
        return FileResponse(file, media_type="text/plain" if plain else kind)

    def _page(self, request: Request, path: str, file: Path | None) -> Response:
        """Return a page; in place of one that was removed, or is not made yet, a page that waits for it."""
        try:
            data = file.read_bytes() if file else b""
        except OSError:  # it was removed just now
            data = b""
        if not data:
            return HTMLResponse(_live(_read("waiting.html"), request, path, b""), 404)
        return HTMLResponse(_live(self._extras.dress(data), request, path, data))


def find_file(build: Path, path: str) -> Path | None:
    """Return a file of the build folder; None if it is absent, hidden or outside of the folder."""
    named = PurePosixPath(path)
    if path != str(named) or named.is_absolute() or "\0" in path or "\\" in path:
        return None
    try:
        root = build.resolve(strict=True)
        file = (root / named).resolve(strict=True)
    except (OSError, RuntimeError):  # it is absent, its name is too long, its links form a circle
        return None
    if not file.is_relative_to(root) or not file.is_file():
        return None
    hidden = any(part.startswith(".") for part in (*named.parts, *file.relative_to(root).parts))
    return None if hidden else file


def _live(page: bytes, request: Request, path: str, data: bytes) -> bytes:
    """Return a page with the script that keeps it up to date, which is in no file."""
    source = f"{_root(request)}{LIVE}/live.js"
    script = f'<script src="{source}" data-page="{escape(path)}" data-version="{version_of(data)}"></script>'
    return with_last(page, script)


def with_last(page: bytes, html: str) -> bytes:
    """Return a page with some HTML at the end of its body."""
    body, end, rest = page.rpartition(b"</body>")
    return body + html.encode() + end + rest if end else page + html.encode()


def _absent() -> Response:
    return PlainTextResponse("not found\n", 404)


def _root(request: Request) -> str:
    return f"{request.scope['root_path']}/"


def _read(name: str) -> bytes:
    return files("deckwright.serve").joinpath("live", name).read_bytes()
