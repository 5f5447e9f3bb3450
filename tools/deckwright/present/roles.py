"""Who a request is from: the presenter, the presenter's remote control, or somebody of the audience.

A role is proved by a secret. The address that opens a page as this role holds one, which the server
exchanges for another one, in a cookie that no script can read and that no page of another site can use. What
changes something needs a third one besides, in a header: our own pages alone hold that one.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from deckwright.frozen import dataclass
from deckwright.serve.origins import OurNames

KEY_HEADER = "x-deckwright-key"


class Role(StrEnum):
    PRESENTER = "presenter"
    REMOTE = "remote"
    AUDIENCE = "audience"


def _secret() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves that somebody has a role."""

    address: str = field(default_factory=_secret)
    """In the address that opens a page as this role."""
    cookie: str = field(default_factory=_secret)
    key: str = field(default_factory=_secret)
    """In the header of what changes something."""
    once: str = field(default_factory=_secret)
    """In an address that works once: all users of a machine see it, among the arguments of processes."""

    def opens(self, word: str) -> bool:
        """Whether a word is that of an address which opens a page as this role."""
        return _same(word, self.address) or _same(word, self.once)


@dataclass(frozen=True, slots=True)
class Entrance:
    """An address of the server, and the roles that requests to it may have: for others, it has no secret."""

    name: str
    """Of its cookies: browsers send those of one port to the other ports of a machine, too."""
    names: OurNames
    secrets: Mapping[Role, Secrets]
    stranger: Role | None = None
    """The role of who has no secret; None where nobody is answered without one."""

    def role_of(self, headers: Headers) -> Role | None:
        """Return the role of who sends a request; None if it has none here."""
        cookies = dict(_cookies(headers))
        for role, secret in self.secrets.items():
            if _same(cookies.get(self.cookie(role), ""), secret.cookie):
                return role
        return self.stranger

    def role_at(self, word: str) -> Role | None:
        """Return the role whose address has this secret."""
        return next((role for role, secret in self.secrets.items() if secret.opens(word)), None)

    def may_change(self, role: Role, headers: Headers) -> bool:
        """Whether a request comes from a page that we sent to this role."""
        secret = self.secrets.get(role)
        has_origin = headers.get("origin") == f"http://{headers.get('host')}"
        return secret is not None and has_origin and _same(headers.get(KEY_HEADER, ""), secret.key)

    def cookie(self, role: Role) -> str:
        """Return the name of the cookie of a role."""
        return f"deckwright-{role}-{self.name}"


def _cookies(headers: Headers) -> Iterable[tuple[str, str]]:
    for line in headers.getlist("cookie"):
        try:
            yield from ((name, morsel.value) for name, morsel in SimpleCookie(line).items())
        except CookieError:
            continue


def _same(given: str, secret: str) -> bool:
    """Compare in constant time: how long it takes must not say how much of a guess is right."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
