"""Whether a request uses one of our names, and comes from one of our pages.

A page of another origin in the same browser can send requests here, too. It cannot use our name as its own
(DNS rebinding), and the browser's headers say where a request comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from starlette.datastructures import Headers

from deckwright.text.hosts import parse_ip


class OurNames:
    """The names and the port under which a server answers."""

    def __init__(self, hosts: Iterable[str], port: int) -> None:
        """`hosts` are our names; a wildcard among them stands for any IP address."""
        self._port = port
        self._hosts = frozenset(hosts)
        self._any_address = any(ip.is_unspecified for ip in map(parse_ip, self._hosts) if ip)

    def permit(self, headers: Headers) -> bool:
        """Whether a request, and the page that it comes from, use one of our names."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return False
        return all(origin == f"http://{hosts[0]}" for origin in origins) and _is_from_us(headers)

    def _is_ours(self, authority: str) -> bool:
        match = re.fullmatch(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d{1,5}))?", authority)
        if not match or int(match[2] or 80) != self._port:
            return False
        name = match[1].strip("[]").lower()
        return name in self._hosts or (self._any_address and parse_ip(name) is not None)


def _is_from_us(headers: Headers) -> bool:
    """Whether a request is from one of our pages, or opens one in a tab, according to the browser."""
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
