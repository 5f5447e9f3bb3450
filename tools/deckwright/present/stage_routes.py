"""What the presenter's pages ask the stage for. No other site has these routes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from deckwright.errors import DeckwrightError
from deckwright.present.bodies import read_json
from deckwright.present.editor import editor_route
from deckwright.present.staging import Staging

_Handler = Callable[[Request], Awaitable[Response]]


def stage_routes(folder: str, staging: Staging) -> list[BaseRoute]:
    """Return the routes below a folder by which code is run, stopped and given what is typed."""
    actions: dict[str, Callable[[dict[str, Any]], None]] = {
        "prepare": lambda content: staging.prepare(_text(content, "block")),
        "run": lambda content: staging.run(_text(content, "block"), _code(content)),
        "stop": lambda content: staging.stop(),
        "answer": lambda content: staging.answer(_text(content, "line")),
        "restore": lambda content: staging.restore(_text(content, "block")),
    }
    routes = (
        Route(f"/{folder}/stage/{name}", _handler(each), methods=["POST"]) for name, each in actions.items()
    )
    return [editor_route(folder), Route(f"/{folder}/stage/save", _saver(staging), methods=["POST"]), *routes]


def _handler(action: Callable[[dict[str, Any]], None]) -> _Handler:
    async def handle(request: Request) -> Response:
        action(await read_json(request))
        return Response(status_code=204)

    return handle


def _saver(staging: Staging) -> _Handler:
    async def save(request: Request) -> Response:
        """Write edited code into a file, and answer with its path, or why there is none."""
        content = await read_json(request)
        block, code, name = (_text(content, each) for each in ("block", "code", "name"))
        try:
            return PlainTextResponse(await run_in_threadpool(staging.save, block, code, name))
        except DeckwrightError as error:
            return PlainTextResponse(f"{error.message}: {error.hint}", 409)

    return save


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise HTTPException(400, f"{name} is no text\n")
    return value


def _code(content: dict[str, Any]) -> str | None:
    return None if content.get("code") is None else _text(content, "code")
