"""Access to a lecture: each role has a site of its own, and who has no role is refused without details."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from deckwright.present.roles import Entrance, Role
from deckwright.serve.middleware import answer_with_headers, is_disguised

ENTER = "/.present/enter/"
"""What the path of an address begins with that makes somebody a presenter or a remote control."""


class Access:
    """Passes a request to the site of its role."""

    def __init__(self, entrance: Entrance, sites: Mapping[Role, ASGIApp], starts: Mapping[Role, str]) -> None:
        """`starts` are the paths to which the addresses of roles lead."""
        self._entrance = entrance
        self._sites = sites
        self._starts = starts
        self._used: set[str] = set()
        """What was in addresses that work once."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._refusal(scope) or self._entry(scope)
        if answer is None:
            role = self._entrance.role_of(Headers(scope=scope))
            answer = self._refusal_of(role, scope)
            site = self._sites.get(role) if role else None
        await answer_with_headers(answer or site or _absent(), scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        if not self._entrance.names.permit(Headers(scope=scope)):
            return _forbidden()
        return _absent() if is_disguised(scope) else None

    def _entry(self, scope: Scope) -> Response | None:
        """Return the response that gives a role to who knows its address."""
        path: str = scope["path"]
        if not path.startswith(ENTER) or scope["method"] != "GET":
            return None
        word = path.removeprefix(ENTER)
        role = self._entrance.role_at(word)
        if role is None or word in self._used:
            return _absent()
        secrets = self._entrance.secrets[role]
        if word == secrets.once:
            self._used.add(word)
        response = RedirectResponse(self._starts[role], 303)
        response.set_cookie(self._entrance.cookie(role), secrets.cookie, httponly=True, samesite="strict")
        return response

    def _refusal_of(self, role: Role | None, scope: Scope) -> Response | None:
        if role is None:
            return _absent()
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return PlainTextResponse("not allowed\n", 405)
        return None if self._entrance.may_change(role, Headers(scope=scope)) else _forbidden()


def _absent() -> Response:
    return PlainTextResponse("not found\n", 404)


def _forbidden() -> Response:
    return PlainTextResponse("forbidden\n", 403)
