"""What the routes of the stage pass on, and what they refuse."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Router

from deckwright.errors import ConfigError
from deckwright.present.stage_routes import stage_routes
from support.site import Answer, send


class Recorder:
    """A stage that remembers what it was asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.calls.append((name, *arguments))

    def save(self, block: str, code: str, name: str) -> str:
        if name == "there":
            raise ConfigError("there.py is there already", "take another name")
        return f"{name}.py"


def ask(stage: Recorder, name: str, body: bytes) -> Answer:
    handlers: Any = {Exception: lambda _, error: PlainTextResponse(error.detail, error.status_code)}
    site = ExceptionMiddleware(Router(stage_routes(".present", stage)), handlers)  # type: ignore[arg-type]
    return asyncio.run(send(site, "POST", f"/.present/stage/{name}", {"host": "x"}, body))


@pytest.mark.parametrize(
    ("name", "content", "call"),
    [
        ("prepare", {"block": "a"}, ("prepare", "a")),
        ("run", {"block": "a"}, ("run", "a", None)),
        ("run", {"block": "a", "code": None}, ("run", "a", None)),
        ("run", {"block": "a", "code": ""}, ("run", "a", "")),
        ("run", {"block": "a", "code": "x = '是'"}, ("run", "a", "x = '是'")),
        ("stop", {}, ("stop",)),
        ("answer", {"line": "Ada"}, ("answer", "Ada")),
        ("restore", {"block": "a"}, ("restore", "a")),
    ],
)
def test_what_is_asked_for_is_passed_on(name: str, content: dict[str, Any], call: tuple[Any, ...]) -> None:
    stage = Recorder()
    assert ask(stage, name, json.dumps(content).encode()).status == 204
    assert stage.calls == [call]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("run", b"{}"),
        ("run", b'{"block": 1}'),
        ("run", b'{"block": "a", "code": 1}'),
        ("run", b'{"block": "a", "code": ["x"]}'),
        ("run", b'{"block": "a", "code": "\\ud800"}'),
        ("run", b"[]"),
        ("run", b"block=a"),
        ("answer", b'{"line": null}'),
        ("save", b'{"block": "a", "code": "x"}'),
    ],
)
def test_anything_else_is_refused(name: str, body: bytes) -> None:
    stage = Recorder()
    assert ask(stage, name, body).status == 400
    assert stage.calls == []


def test_a_file_is_written_or_the_reason_said() -> None:
    def saved(name: str) -> tuple[int, str]:
        answer = ask(Recorder(), "save", json.dumps({"block": "a", "code": "x", "name": name}).encode())
        return answer.status, answer.body.decode()

    assert saved("mine") == (200, "mine.py")
    assert saved("there") == (409, "there.py is there already: take another name")
