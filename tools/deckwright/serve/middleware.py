"""Access: only requests with the secret token, to our own name, from our own pages are answered.

A page of another origin in the same browser can send requests here, too: it does not know the token.
"""

from __future__ import annotations

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckwright.serve.origins import OurNames

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every response."""

_DISGUISED = re.compile(rb"%(2e|2f|5c|00|25)|\\|//|[\x00-\x20\x7f]", re.IGNORECASE)
"""Encoded dots and slashes and the like, which no browser makes of one of our links."""


async def answer_with_headers(site: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Let a site answer a request, with the headers of every response."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    await site(scope, receive, answer)


def is_disguised(scope: Scope) -> bool:
    """Whether a path is written as no browser writes one of our links."""
    return bool({".", ".."} & {*scope["path"].split("/")} or _DISGUISED.search(scope["raw_path"]))


class AccessMiddleware:
    """Passes permitted requests to the site, below the token, and refuses the others without details."""

    def __init__(self, site: ASGIApp, token: str, names: OurNames) -> None:
        self._site = site
        self._token = token
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refused := self._refused(scope):
            await PlainTextResponse(refused[1], refused[0], HEADERS)(scope, receive, send)
            return
        await answer_with_headers(self._site, {**scope, "root_path": f"/{self._token}"}, receive, send)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        if not self._names.permit(Headers(scope=scope)):
            return 403, "forbidden\n"
        if not self._has_token(scope):
            return 404, "not found\n"
        return None if scope["method"] in ("GET", "HEAD") else (405, "not allowed\n")

    def _has_token(self, scope: Scope) -> bool:
        path: str = scope["path"]
        token, *parts = [*path.split("/"), ""][1:]
        # First, and in constant time: without the token no response says what is here.
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            return False
        return len(parts) > 1 and not is_disguised(scope)
