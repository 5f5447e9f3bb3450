"""What a build writes, and where."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from deckwright.build.pages import Page, accepted_pictures, pages_of
from deckwright.compose.compose import compose
from deckwright.model import Artifact, Caption, Course, FontPackage, Result
from deckwright.parse import parse_deck, parse_script
from deckwright.project.marp_settings import MarpSettings
from deckwright.project.project import deck_name
from deckwright.project.settings import PublishSettings, Settings
from deckwright.resolve import resolve
from support.course import output
from support.fakes import FakeRenderer, FakeRunner, House, MemoryFiles


def page_of(
    deck: str,
    text: str,
    files: dict[str, bytes],
    results: dict[str, Result],
    web_fonts: dict[str, FontPackage] | None = None,
) -> tuple[Course, Page]:
    memory = MemoryFiles({"slides/next.md": b"# N", **files})
    scripts = {
        path: parse_script(path, data.decode()) for path, data in files.items() if path.endswith(".py")
    }
    course = resolve([parse_deck(deck, text)], scripts, sorted(scripts), memory.exists)
    (parsed,) = course.decks
    home = House(Path("/root"), memory, FakeRunner(), FakeRenderer(Path("/root/build")), {})
    home.web_fonts = web_fonts or {}
    (page,) = pages_of(home.context(), course, results, (compose(parsed, course, results),))
    return course, page


@pytest.mark.parametrize(
    ("path", "name"),
    [("slides/a.md", "a"), ("slides/part/a.md", "part/a"), ("a.md", "a"), ("talks/a.md", "talks/a")],
)
def test_names(path: str, name: str) -> None:
    assert deck_name(path) == name


@pytest.mark.parametrize("deck", ["slides/a.md", "slides/part/a.md", "a.md", "talks/a.md"])
def test_relative_paths_still_lead_to_the_files(deck: str) -> None:
    up = "../" * deck.count("/")
    text = f"![]({up}.hidden/a%20b.png) ![]({up}figures/f.svg) [code]({up}snippets/s.py)\n"
    files = {".hidden/a b.png": b"1", "figures/f.py": b"", "snippets/s.py": b"2"}
    results = {"figures/f.py": Result("figures/f.py", "cpu", 1.0, artifacts=(Artifact("f.svg", b"3"),))}
    _, page = page_of(deck, text, files, results)
    source = Path(next(path for path in page.files if path.endswith("a.md"))).parent
    there = {(Path("/b") / path): data for path, data in page.files.items()}
    for link, data in (("a b.png", b"1"), ("f.svg", b"3"), ("s.py", b"2")):
        folder = {"a b.png": ".hidden", "f.svg": "figures", "s.py": "snippets"}[link]
        assert there[Path(os.path.normpath(Path("/b") / source / up / folder / link))] == data


def test_a_linked_deck_has_a_page_and_other_markdown_is_a_file() -> None:
    files = {"slides/next.md": b"# N", "README.md": b"# R"}
    _, page = page_of("slides/a.md", "[next](next.md) [about](../README.md)\n", files, {})
    assert page.request.decks == {Path("/root/build/slides/next.md")}
    assert page.files == {"slides/a.md": page.files["slides/a.md"], "README.md": b"# R"}


def test_an_animation_brings_its_still() -> None:
    files = {"figures/f.py": b""}
    artifact = Artifact("f.gif", b"GIF", still=b"PNG")
    results = {"figures/f.py": Result("figures/f.py", "cpu", 1.0, artifacts=(artifact,))}
    _, page = page_of("slides/a.md", "![](../figures/f.gif)\n", files, results)
    assert page.files["figures/f.still.png"] == b"PNG"
    assert dict(page.request.stills) == {"../figures/f.gif": Path("/root/build/figures/f.still.png")}


def test_displayed_pictures_are_where_the_deck_names_them() -> None:
    outputs = (output(display={"image/jpeg": "/9j/"}), output(display={"image/svg+xml": "<svg/>"}))
    files = {"snippets/s.py": b"a\nb\n"}
    results = {"snippets/s.py": Result("snippets/s.py", "cpu", 1.0, outputs)}
    _, page = page_of("slides/a.md", "```text output=../snippets/s.py\n```\n", files, results)
    text = page.files["slides/a.md"].decode()
    pictures = {path: data for path, data in page.files.items() if path.startswith("outputs/")}
    assert sorted(pictures.values()) == [b"<svg/>", b"\xff\xd8\xff"]
    assert all(f"![](../{path})" in text for path in pictures)


def test_the_key_knows_every_byte() -> None:
    def key(picture: bytes, text: str = "![](p.png)\n") -> str:
        return page_of("slides/a.md", text, {"slides/p.png": picture}, {})[1].key

    assert key(b"1") == key(b"1")
    assert len({key(b"1"), key(b"2"), key(b"1", "![](p.png) \n")}) == 3


def test_the_key_knows_which_web_fonts_there_are() -> None:
    def key(**fonts: FontPackage) -> str:
        return page_of("slides/a.md", "# A\n", {}, {}, fonts)[1].key

    there = [key(), key(a=FontPackage()), key(a=FontPackage(exists=False)), key(a=FontPackage("5.0"))]
    assert len({*there, key(a=FontPackage("5.1")), key(b=FontPackage("5.1"))}) == 6
    assert key(a=FontPackage("5.0", Path("/one"))) == key(a=FontPackage("5.0", Path("/two")))


def test_fonts_are_those_of_the_themes_that_style_a_deck() -> None:
    asked: list[Sequence[str]] = []
    themes = {
        "a": "/* @theme a */ @import 'b-base'; a{}",
        "b": "/* @theme b-base */ b{}",
        "c": "/* @theme unused */ c{}",
        "d": "/* @theme of-all */ d{}",
    }
    files = {f"slides/themes/{name}.css": css.encode() for name, css in themes.items()}

    def record(texts: Sequence[str], on_fetch: Callable[[str], None]) -> dict[str, FontPackage]:
        asked.append(texts)
        return {}

    memory = MemoryFiles({"slides/a.md": b"", **files})
    settings = Settings(marp=MarpSettings(page={"theme": "of-all"}))
    home = House(
        Path("/root"), memory, FakeRunner(), FakeRenderer(Path("/root/build")), {}, settings=settings
    )
    course = resolve([parse_deck("slides/a.md", "---\ntheme: a\n---\n# A\n")], {}, [], memory.exists)
    context = home.context()
    context = replace(context, ports=replace(context.ports, web_fonts=record))
    pages_of(context, course, {}, (compose(course.decks[0], course, {}),))
    (texts,) = asked
    assert {css for css in themes.values() if css in texts} == {themes["a"], themes["b"], themes["d"]}


def test_captions_are_there_where_they_are_wanted() -> None:
    deck = parse_deck("slides/a.md", "```python file=../snippets/s.py\n```\n")
    memory = MemoryFiles({"slides/a.md": b"", "snippets/s.py": b"x = 1\n"})
    scripts = {"snippets/s.py": parse_script("snippets/s.py", "x = 1\n")}
    course = resolve([deck], scripts, sorted(scripts), memory.exists)

    def page(settings: Settings) -> Page:
        root = Path("/root")
        home = House(root, memory, FakeRunner(), FakeRenderer(root / "build"), {}, settings=settings)
        (made,) = pages_of(home.context(), course, {}, (compose(deck, course, {}),))
        return made

    publish = PublishSettings(repository="https://example.org/files")
    plain, bare, linked = map(
        page, (Settings(), Settings(captions=True), Settings(captions=True, publish=publish))
    )
    assert (plain.request.captions, bare.request.captions) == ({}, {1: Caption("s.py")})
    assert linked.request.captions == {1: Caption("s.py", "https://example.org/files/snippets/s.py")}
    assert len({plain.key, bare.key, linked.key}) == 3
    assert plain.files == linked.files  # the expanded deck is that of every Marp tool


def test_pictures_that_sync_accepts_are_those_in_figures() -> None:
    files = {"figures/f.py": b""}
    results = {"figures/f.py": Result("figures/f.py", "cpu", 1.0, artifacts=(Artifact("f.svg", b"3"),))}
    course, _ = page_of("slides/a.md", "![](../figures/f.svg)\n", files, results)
    assert accepted_pictures(course, results) == {"figures/f.svg": b"3"}
    assert accepted_pictures(course, {}) == {}
