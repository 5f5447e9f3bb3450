"""A small site of a build folder, and requests to it, for the tests of the application and its middleware."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from deckwright.serve.app import make_site
from deckwright.serve.event_stream import EventStream
from deckwright.serve.middleware import AccessMiddleware
from deckwright.serve.origins import OurNames

PORT = 3325
OWN = f"127.0.0.1:{PORT}"
PAGE = "<!DOCTYPE html><html><body><p>&lt;/body&gt;</p></body></html>"
DECKS = ("html/a.html", "html/第 1 讲.html")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


def make_build(root: Path) -> Path:
    """Write a build folder, and files around it; return its path."""
    files = {
        **{f"build/{path}": PAGE for path in (*DECKS, "index.html")},
        "build/snippets/a.py": "print(1)\n",
        "build/slides/a.md": "# a\n",
        "build/figures/f.svg": "<svg/>",
        "build/slides/linked.html": PAGE,
        "build/.store/secret": "secret",
        "build/.scratch/run/secret": "secret",
        "build/figures/.hidden": "secret",
        "pyproject.toml": "secret",
        "beside/secret": "secret",
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root / "build"


def asker(
    build: Path,
    decks: tuple[str, ...],
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1"),
    on_view: Callable[[str], None] = lambda path: None,
) -> Ask:
    """Return a function that sends a request to the site of a build folder."""
    stream = EventStream()
    stream.close()  # so that it ends by itself
    app = AccessMiddleware(make_site(build, stream, lambda: decks, on_view), "token", OurNames(hosts, PORT))

    def ask(path: str = "/token/", method: str = "GET", host: str | None = OWN, **headers: str) -> Answer:
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        return asyncio.run(send(app, method, path, {**({"host": host} if host is not None else {}), **named}))

    return ask


async def send(app: Any, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
    """Return the answer of an application to a request."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }
    sent: list[dict[str, Any]] = []
    requests = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        if request := next(requests, None):
            return request
        await asyncio.Event().wait()  # the connection stays open
        raise AssertionError

    async def take(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, take)
    named = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))
