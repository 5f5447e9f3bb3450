"""Diagrams with files of their own are figures like those of scripts, behind fake ports."""

from __future__ import annotations

import json
from html import unescape
from pathlib import Path

import pytest

from deckwright.build.pipeline import build, sync
from deckwright.model import Check, Report, Request
from support.fakes import House, house
from support.replays import replayed

LOOP = "graph TD\n accTitle: once more\n a-->b\n"
TEXTS = {
    "slides/d.md": "# A\n\n![w:300](../figures/loop.svg)\n\n---\n\n![two](../figures/net.svg)\n",
    "slides/e.md": "# B\n\n![](../figures/loop.svg)\n",
    "snippets/loop.mmd": LOOP,
    "figures/net.dot": "digraph {}\n",
}


@pytest.fixture
def home(tmp_path: Path) -> House:
    return house(tmp_path, TEXTS)


def check(home: House) -> Report:
    return build(home.context(Request(check=Check())))


def page(home: House, name: str) -> str:
    return unescape(home.built()[f"html/{name}.html"].decode())


def accept(home: House) -> list[str]:
    """Accept what `sync` offers; return the paths."""
    _, changes = sync(home.context())
    home.files.contents |= {path: change.after for path, change in changes.items()}
    return list(changes)


def test_the_picture_is_beside_the_page_and_has_the_words_of_the_diagram(home: House) -> None:
    assert build(home.context()).good
    assert home.built()["figures/loop.svg"] == f"<svg>{LOOP}</svg>".encode()
    assert "![w:300 once more](../figures/loop.svg)" in page(home, "d")
    assert "![two](../figures/net.svg)" in page(home, "d")
    assert home.runner.ran == []


def test_a_diagram_is_drawn_once_until_it_changes(home: House) -> None:
    build(home.context())
    build(home.context(Request(force="")))
    sync(home.context())
    assert home.renderer.drawn == ["snippets/loop.mmd", "figures/net.dot"]
    assert replayed(home.context())
    home.files.contents["figures/net.dot"] = b"digraph { a }\n"
    assert replayed(home.context()) is None
    build(home.context())
    assert home.renderer.drawn[2:] == ["figures/net.dot"]
    assert home.built()["figures/net.svg"] == b"<svg>digraph { a }\n</svg>"


def test_sync_accepts_pictures_and_a_check_finds_their_drift(home: House) -> None:
    assert check(home).good  # nothing was accepted, so nothing can be out of date
    assert accept(home) == ["figures/loop.svg", "figures/net.svg"]
    assert accept(home) == []
    assert check(home).good
    home.files.contents["snippets/loop.mmd"] = LOOP.replace("b", "c").encode()
    found = [(each.slug, each.location.path, each.location.line) for each in check(home).diagnostics]
    assert found == [("drifted", "slides/d.md", 3), ("drifted", "slides/e.md", 3)]
    assert "not what snippets/loop.mmd shows" in check(home).diagnostics[0].message
    _, changes = sync(home.context(Request((str(home.root / "snippets/loop.mmd"),))))
    assert list(changes) == ["figures/loop.svg"]


def test_one_that_does_not_parse_is_an_error_in_its_file_and_on_its_slides(home: House) -> None:
    home.files.contents["figures/net.dot"] = b"digraph {\nwrong\n"
    home.files.contents["figures/net.svg"] = b"<svg>old</svg>"
    report = check(home)
    (found,) = report.diagnostics
    assert (found.slug, found.location.path, found.location.line) == ("diagram", "figures/net.dot", 2)
    assert [case.name for case in report.cases if case.diagnostics] == ["net.svg"]
    assert "figures/net.dot is wrong**" in page(home, "d").replace("\\", "")
    assert accept(home) == ["figures/loop.svg"]


def test_the_report_keeps_what_is_wrong_with_other_decks(home: House) -> None:
    home.files.contents["figures/net.dot"] = b"wrong\n"
    assert not build(home.context()).good
    deck = home.root / "slides/e.md"
    deck.parent.mkdir()
    deck.touch()
    assert build(home.context(Request((str(deck),)))).good
    report = json.loads(home.built()["report.json"])
    assert [each["slug"] for each in report["diagnostics"]] == ["diagram"]


def test_a_file_that_is_not_utf_8_is_named(home: House) -> None:
    home.files.contents["figures/net.dot"] = b"digraph { \xff }\n"
    found = build(home.context()).diagnostics
    assert "figures/net.dot" in [each.location.path for each in found]
