"""The files, pages and events that the live server sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.serve.app import find_file
from deckwright.serve.pages import version_of
from support.site import DECKS, PAGE, Ask, asker


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
        ".live/page/none.mjs",
        ".live/page/",
        ".live/page/../../server.mjs",
        ".live/server.mjs",
        ".live/",
    ],
)
def test_nothing_else_is_served(ask: Ask, path: str) -> None:
    answer = ask(f"/token/{path}" if path else "/token//")
    assert answer.status == 404
    assert b"secret" not in answer.body


def test_until_there_is_an_index_the_first_page_waits_for_it(build: Path) -> None:
    assert asker(build, DECKS)("/token/").headers["location"] == "/token/index.html"
    (build / "index.html").unlink()
    waiting = asker(build, DECKS)("/token/")
    assert (waiting.status, b"<nav>" in waiting.body) == (200, True)
    assert asker(build, DECKS[:1])("/token/").headers["location"] == "/token/html/a.html"
    assert asker(build, ())("/token/").status == 200


def test_who_opens_a_page_is_noticed(build: Path) -> None:
    viewed: list[str] = []
    ask = asker(build, DECKS, on_view=viewed.append)
    for path in ("html/a.html", "slides/a.md", "index.html", ".live/live.js"):
        ask(f"/token/{path}")
    assert viewed == ["html/a.html", "index.html"]


def test_links_do_not_lead_outside(build: Path) -> None:
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


def test_pages_have_the_script_and_files_do_not(ask: Ask, build: Path) -> None:
    version = version_of(PAGE.encode())
    script = f'<script src="/token/.live/live.js" data-page="html/a.html" data-version="{version}">'
    served = ask("/token/html/a.html").body.decode()
    assert served == PAGE.replace("</body>", f"{script}</script></body>")
    assert (build / "html/a.html").read_text("utf-8") == PAGE
    assert ask("/token/slides/linked.html").body.decode() == PAGE
    for part in ("live.js", "messages.js", "live.css", "fit.mjs", "page/measure_fit.mjs", "page/boxes.mjs"):
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


def test_without_a_deck_home_waits_for_one(build: Path) -> None:
    answer = asker(build, ())()
    assert answer.status == 200
    assert b'data-page="" data-version="' in answer.body


@pytest.mark.parametrize("page", ["html/a.html", "index.html", "html/new.html"])
def test_a_page_that_is_removed_waits_until_it_is_back(ask: Ask, build: Path, page: str) -> None:
    (build / page).unlink(missing_ok=True)
    answer = ask(f"/token/{page}")
    assert answer.status == 404
    assert f'data-page="{page}" data-version="{version_of(b"")}"'.encode() in answer.body
    (build / page).write_text(PAGE, "utf-8")
    assert ask(f"/token/{page}").status == 200


def test_events_are_a_stream(ask: Ask) -> None:
    assert ask("/token/.live/events").headers["content-type"] == "text/event-stream; charset=utf-8"
