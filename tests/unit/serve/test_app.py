"""Who may ask the live server what, and what it gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from deckwright.serve.app import find_file, make_site
from deckwright.serve.event_stream import EventStream
from deckwright.serve.middleware import HEADERS, AccessMiddleware
from deckwright.serve.page_changes import version_of

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


@pytest.fixture
def build(tmp_path: Path) -> Path:
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
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path / "build"


@pytest.fixture
def ask(build: Path) -> Ask:
    return asker(build, DECKS)


def asker(
    build: Path, decks: tuple[str, ...], hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "::1")
) -> Ask:
    channel = EventStream()
    channel.close()  # so that news end by themselves
    guard = AccessMiddleware(make_site(build, channel, lambda: decks), "token", hosts, PORT)

    def ask(path: str = "/token/", method: str = "GET", host: str | None = OWN, **headers: str) -> Answer:
        named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
        pairs = {**({"host": host} if host is not None else {}), **named}
        return asyncio.run(_ask(guard, method, path, [(n.encode(), v.encode()) for n, v in pairs.items()]))

    return ask


async def _ask(app: Any, method: str, path: str, headers: list[tuple[bytes, bytes]]) -> Answer:
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
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", PORT),
    }
    sent: list[dict[str, Any]] = []
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        if request := next(asked, None):
            return request
        await asyncio.Event().wait()  # nobody hangs up
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    named = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], named, b"".join(message.get("body", b"") for message in sent[1:]))


# --- who may ask ------------------------------------------------------------------------------


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
def test_only_who_knows_the_token_gets_something(ask: Ask, path: str, status: int) -> None:
    assert ask(path).status == status


def test_a_stranger_learns_nothing(ask: Ask) -> None:
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


def test_another_host_is_a_name_too(build: Path) -> None:
    ask = asker(build, DECKS, ("127.0.0.1", "lecture.local"))
    assert ask(host=f"lecture.local:{PORT}").status == 307
    assert ask(host=f"192.168.0.7:{PORT}").status == 403


def test_whoever_listens_everywhere_answers_to_addresses_but_to_no_name(build: Path) -> None:
    # A name may be made to lead here by whoever owns it; an address can't.
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
    for path in ("/token/html/a.html", "/token/.live/live.js", "/token/.live/news"):
        assert ask(path, **headers).status == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_can_be_changed(ask: Ask, method: str) -> None:
    for path in ("/token/", "/token/html/a.html", "/token/.live/news", "/token/none"):
        assert ask(path, method).status == 405


@pytest.mark.parametrize(
    "path", ["/token/", "/token/html/a.html", "/token/none", "/none", "/token/.live/news"]
)
def test_every_answer_keeps_others_away(ask: Ask, path: str) -> None:
    for answer in (ask(path), ask(path, host="evil.example")):
        assert {name.lower(): value for name, value in HEADERS.items()}.items() <= answer.headers.items()
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers


# --- what is served ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("html/a.html", "text/html; charset=utf-8"),
        ("html/%E7%AC%AC%201%20%E8%AE%B2.html", "text/html; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("snippets/a.py", "text/plain; charset=utf-8"),
        ("slides/a.md", "text/plain; charset=utf-8"),
        ("figures/f.svg", "image/svg+xml"),
    ],
)
def test_files_of_a_build_are_served(ask: Ask, path: str, kind: str) -> None:
    answer = ask(f"/token/{path}")
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert ask(f"/token/{path}", "HEAD").status == 200


@pytest.mark.parametrize(
    "path",
    [
        ".store/secret",
        ".scratch/run/secret",
        "figures/.hidden",
        "../pyproject.toml",
        "..",
        "html/../../pyproject.toml",
        "html/../index.html",
        "./index.html",
        "html/./a.html",
        "%2e%2e/pyproject.toml",
        "%2E%2e/pyproject.toml",
        "..%2fpyproject.toml",
        "html%2fa.html",
        "..%5cpyproject.toml",
        "..\\pyproject.toml",
        "%252e%252e/pyproject.toml",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "index.html%00",
        "index.html%00.png",
        "index.html%20",
        "html",
        "html/",
        "",
        "index.html/",
        "none",
        "a" * 5000,
        ".live/none",
        ".live/waiting.html",
        ".live/../live.js",
        ".live/",
    ],
)
def test_nothing_else_is_served(ask: Ask, path: str) -> None:
    answer = ask(f"/token/{path}" if path else "/token//")
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_links_lead_nowhere_outside(build: Path) -> None:
    (build / "out").symlink_to(build.parent / "beside")
    (build / "file.txt").symlink_to(build.parent / "pyproject.toml")
    (build / "store").symlink_to(build / ".store")
    (build / "loop").symlink_to(build / "loop")
    (build / "gone").symlink_to(build / "nothing")
    (build / "inside.py").symlink_to(build / "snippets/a.py")
    for path in (
        "out/secret",
        "file.txt",
        "store/secret",
        "loop",
        "gone",
        "/etc/passwd",
        "a\0b",
        "a\\b",
        "..",
    ):
        assert find_file(build, path) is None, path
    assert find_file(build, "inside.py") == build / "snippets/a.py"


def test_a_build_folder_that_is_a_link_is_served(build: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").symlink_to(build)
    assert find_file(tmp_path / "elsewhere", "index.html") == build / "index.html"
    assert find_file(tmp_path / "nowhere", "index.html") is None


def test_pages_carry_the_script_and_files_do_not(ask: Ask, build: Path) -> None:
    version = version_of(PAGE.encode())
    script = f'<script src="/token/.live/live.js" data-page="html/a.html" data-version="{version}">'
    served = ask("/token/html/a.html").body.decode()
    assert served == PAGE.replace("</body>", f"{script}</script></body>")
    assert (build / "html/a.html").read_text("utf-8") == PAGE
    assert ask("/token/slides/linked.html").body.decode() == PAGE
    for part in ("live.js", "news.js", "live.css"):
        assert ask(f"/token/.live/{part}").status == 200


@pytest.mark.parametrize(
    ("decks", "place"),
    [
        (("html/a.html",), "/token/html/a.html"),
        (("html/第 1 讲.html",), "/token/html/%E7%AC%AC%201%20%E8%AE%B2.html"),
        (DECKS, "/token/index.html"),
    ],
)
def test_home_is_the_deck_or_the_index(build: Path, decks: tuple[str, ...], place: str) -> None:
    assert asker(build, decks)().headers["location"] == place


def test_before_there_is_a_deck_home_waits_for_it(build: Path) -> None:
    answer = asker(build, ())()
    assert answer.status == 200
    assert b'data-page="" data-version="' in answer.body


def test_news_are_a_stream(ask: Ask) -> None:
    assert ask("/token/.live/news").headers["content-type"] == "text/event-stream; charset=utf-8"
