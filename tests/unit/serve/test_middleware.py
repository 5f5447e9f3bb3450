"""Which requests the live server answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.serve.middleware import HEADERS
from support.site import DECKS, OWN, PORT, Ask, asker


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/token/html/a.html", 200),
        ("/token/", 307),
        ("/", 404),
        ("", 404),
        ("/token", 404),
        ("/Token/", 404),
        ("/token2/", 404),
        ("/toke/", 404),
        ("/x/token/html/a.html", 404),
        ("//token/html/a.html", 404),
        ("/html/a.html", 404),
        ("/%74oken/html/a.html", 200),
        ("/t%C3%B6ken/html/a.html", 404),
        ("/\ud800/".encode("utf-8", "replace").decode(), 404),
        ("http://127.0.0.1/token/", 404),
    ],
)
def test_only_requests_with_the_token_are_answered(ask: Ask, path: str, status: int) -> None:
    assert ask(path).status == status


def test_refusals_are_all_the_same(ask: Ask) -> None:
    answers = [
        ask("/wrong/html/a.html"),
        ask("/wrong/none"),
        ask("/wrong/", "POST"),
        ask("/token/none.html/.."),
    ]
    assert {(answer.status, answer.body) for answer in answers} == {(404, b"not found\n")}
    assert {
        (answer.status, answer.body) for answer in (ask(host="evil.example"), ask("/x", host="evil.example"))
    } == {(403, b"forbidden\n")}


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (f"127.0.0.1:{PORT}", 307),
        (f"localhost:{PORT}", 307),
        (f"LocalHost:{PORT}", 307),
        (f"[::1]:{PORT}", 307),
        (None, 403),
        ("", 403),
        ("127.0.0.1", 403),
        (f"127.0.0.1:{PORT + 1}", 403),
        (f"evil.example:{PORT}", 403),
        (f"127.0.0.1.evil.example:{PORT}", 403),
        (f"127.0.0.1:{PORT}.evil.example", 403),
        (f"192.168.0.7:{PORT}", 403),
        (f"user@127.0.0.1:{PORT}", 403),
        (f"127.0.0.1:{PORT}, 127.0.0.1:{PORT}", 403),
        (f"127.0.0.1:0{PORT}", 307),
        (f"[::1:{PORT}", 403),
    ],
)
def test_only_our_own_name_is_answered(ask: Ask, host: str | None, status: int) -> None:
    assert ask(host=host).status == status


def test_the_named_host_is_one_of_our_names(build: Path) -> None:
    ask = asker(build, DECKS, ("127.0.0.1", "lecture.local"))
    assert ask(host=f"lecture.local:{PORT}").status == 307
    assert ask(host=f"192.168.0.7:{PORT}").status == 403


def test_a_wildcard_host_answers_to_addresses_but_to_no_name(build: Path) -> None:
    # Its owner can point a name to this machine, but not an address.
    ask = asker(build, DECKS, ("0.0.0.0",))
    assert ask(host=f"192.168.0.7:{PORT}").status == 307
    assert ask(host=f"[fe80::1]:{PORT}").status == 307
    assert ask(host=f"evil.example:{PORT}").status == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": f"http://{OWN}"}, 200),
        ({"origin": "null"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": f"http://localhost:{PORT}"}, 403),
        ({"origin": f"https://{OWN}"}, 403),
        ({"origin": "http://127.0.0.1:8000"}, 403),
        ({"sec_fetch_site": "same-origin", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"}, 200),
        ({"sec_fetch_site": "none", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"}, 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "document"}, 403),
        ({"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"}, 403),
        ({"sec_fetch_site": "nonsense"}, 403),
    ],
)
def test_no_other_page_reads_anything(ask: Ask, headers: dict[str, str], status: int) -> None:
    for path in ("/token/html/a.html", "/token/.live/live.js", "/token/.live/events"):
        assert ask(path, **headers).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_changed(ask: Ask, method: str) -> None:
    for path in ("/token/", "/token/html/a.html", "/token/.live/events", "/token/none"):
        assert ask(path, method).status == 405


@pytest.mark.parametrize(
    "path", ["/token/", "/token/html/a.html", "/token/none", "/none", "/token/.live/events"]
)
def test_every_response_has_the_security_headers(ask: Ask, path: str) -> None:
    for answer in (ask(path), ask(path, host="evil.example")):
        assert {name.lower(): value for name, value in HEADERS.items()}.items() <= answer.headers.items()
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers
