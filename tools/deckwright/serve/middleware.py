"""Access: only requests with the secret token, to our own name, from our own pages are answered.

A page of another origin in the same browser can send requests here, too. It does not know the token, it
cannot use our name as its own (DNS rebinding), and the browser's headers say where a request comes from.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckwright.text.hosts import parse_ip

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


class AccessMiddleware:
    """Passes permitted requests to the site, below the token, and refuses the others without details."""

    def __init__(self, site: ASGIApp, token: str, hosts: Iterable[str], port: int) -> None:
        """`hosts` are our names; a wildcard among them stands for any IP address."""
        self._site = site
        self._token = token
        self._port = port
        self._hosts = frozenset(hosts)
        self._any_address = any(ip.is_unspecified for ip in map(parse_ip, self._hosts) if ip)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refused := self._refused(scope):
            await PlainTextResponse(refused[1], refused[0], HEADERS)(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._site({**scope, "root_path": f"/{self._token}"}, receive, answer)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if not (self._is_ours(headers) and _is_from_us(headers)):
            return 403, "forbidden\n"
        if not self._has_token(scope):
            return 404, "not found\n"
        return None if scope["method"] in ("GET", "HEAD") else (405, "not allowed\n")

    def _is_ours(self, headers: Headers) -> bool:
        """Whether the request, and the page that it comes from, use one of our names."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._is_our_name(hosts[0]):
            return False
        return all(origin == f"http://{hosts[0]}" for origin in origins)

    def _is_our_name(self, authority: str) -> bool:
        match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d{1,5}))?", authority)
        if not match or int(match[2] or 80) != self._port:
            return False
        name = match[1].strip("[]").lower()
        return name in self._hosts or (self._any_address and parse_ip(name) is not None)

    def _has_token(self, scope: Scope) -> bool:
        path: str = scope["path"]
        token, *parts = [*path.split("/"), ""][1:]
        # First, and in constant time: without the token no response says what is here.
        if not secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            return False
        return len(parts) > 1 and not {".", ".."} & {*parts} and not _DISGUISED.search(scope["raw_path"])


def _is_from_us(headers: Headers) -> bool:
    """Whether a request is from one of our pages, or opens one in a tab, according to the browser."""
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
