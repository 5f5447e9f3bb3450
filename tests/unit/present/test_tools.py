"""What the tools in the pages of a lecture ask the server for."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import Router

from deckwright.errors import RenderError
from deckwright.files.disk import Disk
from deckwright.present.addresses import PublicAddresses, public_addresses
from deckwright.present.channel import Channel
from deckwright.present.decks import PresentedDecks
from deckwright.present.tools import common_routes, presenter_routes, remote_routes
from deckwright.project.project import Project
from support.site import Answer, send

DECK = "# One\n\n<!-- 2 min -->\n\n<!-- Say it. -->\n"


@contextmanager
def broken(project: Project) -> Any:
    """Open no ports: a browser is missing, say."""
    raise RenderError("no browser", "install one")
    yield


@pytest.fixture
def ask(tmp_path: Path) -> Any:
    for path in ("slides/a.md", "build/slides/a.md"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(DECK, "utf-8")
    decks = PresentedDecks(Project(tmp_path, Disk(tmp_path)), (), broken)
    channel = Channel()

    def addresses() -> PublicAddresses:
        return public_addresses("192.168.0.7", 3326, "secret")

    routes = [
        *common_routes("p", channel),
        *presenter_routes("p", decks, addresses),
        *remote_routes("p", decks, 'k"ey'),
    ]

    def send_to(path: str, content: Any = None) -> Answer:
        body, method = (json.dumps(content).encode(), "POST") if content is not None else (b"", "GET")
        return asyncio.run(send(ExceptionMiddleware(Router(routes)), method, path, {}, body))

    send_to.channel = channel  # type: ignore[attr-defined]
    return send_to


def test_the_outline_of_a_deck_is_found_by_its_page(ask: Any) -> None:
    (page,) = json.loads(ask("/p/outline/html/a.html").body)
    assert page == {"number": 1, "title": "One", "text": "Say it.", "minutes": 2.0, "times": ["2 min"]}
    for path in ("html/none.html", "slides/a.md", "../a.md", ""):
        assert ask(f"/p/outline/{path}").status == 404


def test_who_comes_back_is_told_where_the_presenter_is(ask: Any) -> None:
    assert json.loads(ask("/p/now").body)["place"] is None
    ask.channel.publish("place", page="html/a.html", slide=3)
    answer = json.loads(ask("/p/now").body)
    assert answer["place"] == {"topic": "place", "page": "html/a.html", "slide": 3}
    assert answer["now"] > 1_700_000_000_000


def test_addresses_and_the_page_of_the_remote(ask: Any) -> None:
    found = json.loads(ask("/p/addresses").body)
    assert found["audience"]["address"] == "http://192.168.0.7:3326/"
    assert 'data-key="k&quot;ey"' in ask("/p/remote").body.decode()
    assert b"getStroke" in ask("/p/page/perfect-freehand.mjs").body


STROKE = {"pages": [0], "colour": "#ff0000", "outline": [[0, 0], [9, 0], [9, 9]]}


@pytest.mark.parametrize(
    ("content", "status", "text"),
    [
        ({"page": "html/a.html", "strokes": [{}], "width": 1280}, 400, "not a stroke"),
        ({"page": "html/a.html", "strokes": [STROKE], "width": "wide"}, 400, "wide"),
        ({"page": "html/a.html", "strokes": [STROKE]}, 400, "no width"),
        ({"page": "html/none.html", "strokes": [STROKE], "width": 1280}, 404, "not found"),
        ({"page": "html/a.html", "strokes": [STROKE], "width": 1280}, 500, "no browser. install one"),
    ],
)
def test_a_pdf_is_written_or_it_is_said_why_not(ask: Any, content: Any, status: int, text: str) -> None:
    answer = ask("/p/pdf", content)
    assert answer.status == status
    assert text in answer.body.decode()
