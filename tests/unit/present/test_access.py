"""Who gets what on the server of a lecture: each route, for each role, from everywhere."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from deckwright.present.access import ENTER, Access
from deckwright.present.channel import TOPICS, Channel, Topic
from deckwright.present.roles import KEY_HEADER, Entrance, Role, Secrets
from deckwright.present.site import Lecture, make_presenter_site, make_public_site
from deckwright.serve.middleware import HEADERS
from deckwright.serve.origins import OurNames
from support.site import Answer, make_build, send

LOCAL, PUBLIC = "127.0.0.1:3325", "192.168.0.7:3326"
SECRETS = Secrets("presenter-address", "presenter-cookie", "presenter-key", "presenter-once")
REMOTE = Secrets("remote-address", "remote-cookie", "remote-key")
PAGE = "html/a.html"
NOTE = '<div class="bespoke-marp-note" data-index="0" tabindex="0">a secret note</div>'


@dataclass(frozen=True)
class Server:
    """The two entrances of a lecture, and what ran."""

    local: Access
    public: Access
    ran: list[str]
    channel: Channel

    def ask(self, path: str, method: str = "GET", body: bytes = b"{}", **headers: str) -> Answer:
        """Send a request to the entrance of its host."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("host", LOCAL)
        app = self.local if named["host"].endswith(":3325") else self.public
        return asyncio.run(send(app, method, path, named, body))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Server:
    build = make_build(tmp_path)
    (build / PAGE).write_text(f"<html><body>{NOTE}</body></html>", "utf-8")
    pointer = Topic("pointer", frozenset(Role), frozenset({Role.PRESENTER, Role.REMOTE}))
    monkeypatch.setattr("deckwright.present.channel.TOPICS", (*TOPICS, pointer))
    channel, ran = Channel(), list[str]()
    channel.close()  # so that its streams end by themselves
    lecture = Lecture(build, channel, lambda: (PAGE,), lambda path: None)

    def run(request: Request) -> PlainTextResponse:
        ran.append("code")
        return PlainTextResponse("ran\n")

    routes = [Route("/.present/run", run, methods=["POST"])]
    local = Entrance("3325", OurNames({"127.0.0.1", "localhost", "::1"}, 3325), {Role.PRESENTER: SECRETS})
    public = Entrance("3326", OurNames({"0.0.0.0"}, 3326), {Role.REMOTE: REMOTE}, stranger=Role.AUDIENCE)
    return Server(
        Access(local, {Role.PRESENTER: make_presenter_site(lecture, SECRETS, routes)}, {Role.PRESENTER: "/"}),
        Access(
            public,
            {
                Role.REMOTE: make_public_site(lecture, Role.REMOTE, REMOTE.key),
                Role.AUDIENCE: make_public_site(lecture, Role.AUDIENCE, ""),
            },
            {Role.REMOTE: "/"},
        ),
        ran,
        channel,
    )


COOKIE = {"cookie": f"deckwright-presenter-3325={SECRETS.cookie}"}
OWN_ORIGIN = {"origin": f"http://{LOCAL}"}
KEY = {KEY_HEADER: SECRETS.key}
PRESENTER = {**COOKIE, **OWN_ORIGIN, **KEY}
REMOTE_COOKIE = {"host": PUBLIC, "cookie": f"deckwright-remote-3326={REMOTE.cookie}"}
REMOTE_POSTS = {**REMOTE_COOKIE, "origin": f"http://{PUBLIC}", KEY_HEADER: REMOTE.key}
AUDIENCE = {"host": PUBLIC}
STRANGER = {"host": LOCAL}

SEEN = [
    # path, as the presenter, as a remote, as the audience, as a stranger at the presenter's address
    ("/", 307, 307, 307, 404),
    (f"/{PAGE}", 200, 200, 200, 404),
    ("/index.html", 200, 404, 404, 404),
    ("/html/none.html", 404, 404, 404, 404),
    ("/snippets/a.py", 200, 404, 404, 404),
    ("/slides/a.md", 200, 404, 404, 404),
    ("/slides/linked.html", 200, 404, 404, 404),
    ("/.store/secret", 404, 404, 404, 404),
    ("/.live/live.js", 200, 200, 200, 404),
    ("/.live/events", 200, 200, 200, 404),
    ("/.present/page/start.mjs", 200, 200, 200, 404),
    ("/.present/now", 200, 200, 200, 404),
    ("/.present/page/none.mjs", 404, 404, 404, 404),
    ("/.present/page/../roles.py", 404, 404, 404, 404),
    ("/.present/page/%2e%2e/roles.py", 404, 404, 404, 404),
    ("/.present/run", 404, 404, 404, 404),
    (f"{ENTER}wrong", 404, 404, 404, 404),
    (ENTER, 404, 404, 404, 404),
]


@pytest.mark.parametrize(("path", "presenter", "remote", "audience", "stranger"), SEEN)
def test_what_each_role_can_see(
    server: Server, path: str, presenter: int, remote: int, audience: int, stranger: int
) -> None:
    asked = (server.ask(path, **who).status for who in (COOKIE, REMOTE_COOKIE, AUDIENCE, STRANGER))
    assert tuple(asked) == (presenter, remote, audience, stranger)


REFUSED: dict[str, dict[str, str]] = {
    "nobody": {},
    "no cookie": {**OWN_ORIGIN, **KEY},
    "no key": {**COOKIE, **OWN_ORIGIN},
    "no origin": {**COOKIE, **KEY},
    "a wrong cookie": {**PRESENTER, "cookie": "deckwright-presenter-3325=wrong"},
    "the cookie of another port": {**PRESENTER, "cookie": f"deckwright-presenter-3326={SECRETS.cookie}"},
    "the secret of the address as a cookie": {
        **PRESENTER,
        "cookie": f"deckwright-presenter-3325={SECRETS.address}",
    },
    "a wrong key": {**PRESENTER, KEY_HEADER: "wrong"},
    "an empty key": {**PRESENTER, KEY_HEADER: ""},
    "the key of the remote": {**PRESENTER, KEY_HEADER: REMOTE.key},
    "a broken cookie": {**PRESENTER, "cookie": '\x00=;;="deckwright-presenter-3325'},
    "another origin": {**PRESENTER, "origin": "http://evil.example"},
    "an origin without a name": {**PRESENTER, "origin": "null"},
    "the audience's origin": {**PRESENTER, "origin": f"http://{PUBLIC}"},
    "the audience's origin on this machine": {**PRESENTER, "origin": "http://127.0.0.1:3326"},
    "an origin of another scheme": {**PRESENTER, "origin": f"https://{LOCAL}"},
    "another name": {**PRESENTER, "host": "evil.example:3325", "origin": "http://evil.example:3325"},
    "an address of the network": {
        **PRESENTER,
        "host": "192.168.0.7:3325",
        "origin": "http://192.168.0.7:3325",
    },
    "a form of another page": {**PRESENTER, "sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"},
    "a script of another port": {**PRESENTER, "sec_fetch_site": "same-site", "sec_fetch_mode": "cors"},
    "the audience": {**AUDIENCE, "origin": f"http://{PUBLIC}", KEY_HEADER: ""},
    "the audience with all secrets": {**PRESENTER, "host": PUBLIC, "origin": f"http://{PUBLIC}"},
    "the remote": REMOTE_POSTS,
    "the remote at the presenter's address": {**REMOTE_POSTS, "host": LOCAL, "origin": f"http://{LOCAL}"},
}


@pytest.mark.parametrize("way", REFUSED)
def test_code_runs_only_for_the_presenter(server: Server, way: str) -> None:
    for path in ("/.present/run", "/.present//run", "/.present/run/"):
        assert server.ask(path, "POST", **REFUSED[way]).status in (403, 404, 405)
    assert server.ran == []


def test_code_runs_for_the_presenter(server: Server) -> None:
    assert server.ask("/.present/run", "POST", **PRESENTER).body == b"ran\n"
    same = {"sec_fetch_site": "same-origin", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}
    assert server.ask("/.present/run", "POST", **PRESENTER, **same).status == 200
    assert server.ran == ["code", "code"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_no_other_method_is_known(server: Server, method: str) -> None:
    assert server.ask("/.present/run", method, **PRESENTER).status == 405
    assert server.ask(f"/{PAGE}", method, **AUDIENCE).status == 405


def test_an_address_makes_a_browser_the_presenters(server: Server) -> None:
    answer = server.ask(f"{ENTER}{SECRETS.address}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie == f"deckwright-presenter-3325={SECRETS.cookie}; HttpOnly; Path=/; SameSite=strict"
    home = server.ask("/", cookie=cookie.partition(";")[0])
    assert home.headers["location"] == f"/{PAGE}?view=presenter&sync=lecture"


def test_an_address_that_others_can_read_works_once(server: Server) -> None:
    once = f"{ENTER}{SECRETS.once}"
    assert server.ask(once, host=PUBLIC).status == 404
    assert server.ask(once, host="evil.example:3325").status == 403
    assert [server.ask(once).status for _ in range(3)] == [303, 404, 404]
    assert server.ask(f"{ENTER}{SECRETS.address}").status == 303


def test_an_address_of_a_role_leads_nowhere_at_another_entrance(server: Server) -> None:
    assert server.ask(f"{ENTER}{SECRETS.address}", host=PUBLIC).status == 404
    assert server.ask(f"{ENTER}{REMOTE.address}", host=LOCAL).status == 404
    assert server.ask(f"{ENTER}{REMOTE.address}", host=PUBLIC).status == 303
    for path in (SECRETS.cookie, SECRETS.key, f"{SECRETS.address}/", f"{SECRETS.address}/../x"):
        assert server.ask(f"{ENTER}{path}").status == 404


def test_only_the_presenters_page_has_notes_and_a_key(server: Server) -> None:
    presenter, remote, audience = (
        server.ask(f"/{PAGE}", **who).body.decode() for who in (COOKIE, REMOTE_COOKIE, AUDIENCE)
    )
    assert "a secret note" in presenter
    assert f'data-deckwright-role="presenter" data-key="{SECRETS.key}"' in presenter
    for page in (remote, audience):
        assert "a secret note" not in page
        assert 'data-index="0"' in page
        assert not any(secret in page for secret in (SECRETS.key, SECRETS.cookie, SECRETS.address))
    assert REMOTE.key in remote
    assert REMOTE.key not in audience


SAID = [(PRESENTER, 204, 404), (REMOTE_POSTS, 204, 404), ({**AUDIENCE, **KEY}, 403, 403), (COOKIE, 403, 403)]


@pytest.mark.parametrize(("who", "pointer", "pages"), SAID)
def test_messages_are_posted_by_those_who_write_the_topic(
    server: Server, who: dict[str, str], pointer: int, pages: int
) -> None:
    assert server.ask("/.present/say/pointer", "POST", b'{"x": 1}', **who).status == pointer
    assert server.ask("/.present/say/pointer/3", "POST", b'{"x": 1}', **who).status == pointer
    for topic in ("pages", "stage", "diagnostics", "none", ""):
        assert server.ask(f"/.present/say/{topic}", "POST", b"{}", **who).status == pages


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{", 400),
        (b"[" * 100_000, 400),
        (b" " * 2_000_000, 413),
        (b"{}", 204),
        (b'{"topic": 1, "self": 2}', 204),
    ],
)
def test_what_is_posted_is_an_object_of_a_bearable_size(server: Server, body: bytes, status: int) -> None:
    assert server.ask("/.present/say/pointer", "POST", body, **PRESENTER).status == status


def test_every_answer_has_the_security_headers(server: Server) -> None:
    for path in ("/", f"/{PAGE}", "/none", f"{ENTER}{SECRETS.address}", f"{ENTER}wrong"):
        for who in (PRESENTER, AUDIENCE, STRANGER, {"host": "evil.example"}):
            answer = server.ask(path, **who)
            assert {name.lower(): value for name, value in HEADERS.items()}.items() <= answer.headers.items()
            assert not [name for name in answer.headers if name.startswith("access-control")]
