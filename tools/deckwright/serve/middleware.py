"""Who may ask what: the address's secret, our own name, our own pages. Everything else is refused.

A page of another origin that runs in the same browser can send requests here. It does not know the
token; it cannot take our name for its own (DNS rebinding), and it is told apart by what browsers say of
a request's origin.
"""

from __future__ import annotations

import ipaddress
import re
import secrets
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Of every answer."""

_TRICKS = re.compile(rb"%(2e|2f|5c|00|25)|\\|//|[\x00-\x20\x7f]", re.IGNORECASE)
"""What no address that a browser makes of one of our links holds: dots, slashes and the like in disguise."""


class AccessMiddleware:
    """Passes on to the site what may pass, below the token; answers the rest itself, and says nothing."""

    def __init__(self, site: ASGIApp, token: str, hosts: Iterable[str], port: int) -> None:
        """`hosts` are our names; a wildcard among them stands for any IP address."""
        self._site = site
        self._token = token
        self._port = port
        self._hosts = frozenset(hosts)
        self._any_address = any(map(_is_wildcard, self._hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope)
        if refused:
            await PlainTextResponse(refused[1], refused[0], HEADERS)(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._site({**scope, "root_path": f"/{self._token}"}, receive, answer)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if not (self._is_ours(headers) and _comes_from_us(headers)):
            return 403, "forbidden\n"
        if not self._is_known(scope):
            return 404, "not found\n"
        return None if scope["method"] in ("GET", "HEAD") else (405, "not allowed\n")

    def _is_ours(self, headers: Headers) -> bool:
        """Whether the request, and the page that it comes from, name us."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._is_our_name(hosts[0]):
            return False
        return all(origin == f"http://{hosts[0]}" for origin in origins)

    def _is_our_name(self, authority: str) -> bool:
        found = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d{1,5}))?", authority)
        if not found or int(found[2] or 80) != self._port:
            return False
        name = found[1].strip("[]").lower()
        return name in self._hosts or (self._any_address and _is_address(name))

    def _is_known(self, scope: Scope) -> bool:
        path: str = scope["path"]
        token, *parts = [*path.split("/"), ""][1:]
        # Looked at first, and in constant time: no answer tells a stranger what is here.
        known = secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())
        return (
            known and len(parts) > 1 and not {".", ".."} & {*parts} and not _TRICKS.search(scope["raw_path"])
        )


def _comes_from_us(headers: Headers) -> bool:
    """Whether a request is one of our own pages', or takes a tab to us: what the browser says of it."""
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_wildcard(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_unspecified
