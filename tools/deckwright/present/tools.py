"""What the tools in the pages of a lecture ask the server for: addresses, outlines, a PDF with drawings."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from deckwright.errors import DeckwrightError
from deckwright.marp.packages import install_packages
from deckwright.present.addresses import PublicAddresses
from deckwright.present.bodies import read_json
from deckwright.present.channel import Channel
from deckwright.present.decks import PresentedDecks
from deckwright.present.drawings import Stroke, read_strokes

_MOST_BYTES = 2**25
"""Of a message with all strokes of a lecture."""

_REMOTE = Path(__file__).parent / "page/remote.html"
_FREEHAND = "node_modules/perfect-freehand/dist/esm/index.mjs"


def common_routes(folder: str, channel: Channel) -> list[BaseRoute]:
    """Return what the pages of all roles ask for; `folder` is where it is."""

    def now(request: Request) -> Response:
        """Return the time, and where the presenter is: phones that slept, or whose clock is wrong, ask."""
        place = channel.latest("place")
        return JSONResponse({"now": round(time.time() * 1000), "place": json.loads(place) if place else None})

    def freehand(request: Request) -> Response:
        return FileResponse(install_packages() / _FREEHAND, media_type="text/javascript")

    return [
        Route(f"/{folder}/now", now),
        Route(f"/{folder}/page/perfect-freehand.mjs", freehand),
    ]


def presenter_routes(
    folder: str, decks: PresentedDecks, addresses: Callable[[], PublicAddresses | None]
) -> list[BaseRoute]:
    """Return what only the presenter's pages ask for; `addresses` returns None if nobody else can follow."""

    def where(request: Request) -> Response:
        found = addresses()
        return JSONResponse(asdict(found) if found else None)

    async def pdf(request: Request) -> Response:
        content = await read_json(request, _MOST_BYTES)
        try:
            strokes, width = read_strokes(content.get("strokes")), float(content.get("width", 0))
        except (TypeError, ValueError) as error:
            raise HTTPException(400, f"{error}\n") from None
        if not 0 < width < math.inf:
            raise HTTPException(400, "no width\n")
        deck = _found(decks, str(content.get("page")))
        return await run_in_threadpool(_printed, decks, deck, strokes, width)

    return [
        outline_route(folder, decks),
        Route(f"/{folder}/addresses", where),
        Route(f"/{folder}/pdf", pdf, methods=["POST"]),
    ]


def outline_route(folder: str, decks: PresentedDecks) -> BaseRoute:
    """Return where titles, notes and times of a deck's pages are."""

    def outline(request: Request) -> Response:
        said = decks.outline(_found(decks, request.path_params["page"]))
        return JSONResponse(list(map(asdict, said)))

    return Route(f"/{folder}/outline/{{page:path}}", outline)


def remote_routes(folder: str, decks: PresentedDecks, key: str) -> list[BaseRoute]:
    """Return the page of a remote control, and what it asks for."""

    def page(request: Request) -> Response:
        return HTMLResponse(_REMOTE.read_text("utf-8").replace("{key}", escape(key)))

    return [Route(f"/{folder}/remote", page), outline_route(folder, decks)]


def _found(decks: PresentedDecks, page: str) -> str:
    deck = decks.find(page)
    if not deck:
        raise HTTPException(404, "not found\n")
    return deck


def _printed(decks: PresentedDecks, deck: str, strokes: tuple[Stroke, ...], width: float) -> Response:
    try:
        return PlainTextResponse(decks.print(deck, strokes, width))
    except DeckwrightError as error:
        return PlainTextResponse(f"{error.message}. {error.hint}", 500)
