"""The door to Marp, with a fake Node behind it: what is asked, and what is written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from deckwright.errors import RenderError
from deckwright.marp import renderer as marp
from deckwright.marp.browsers import Browser
from deckwright.marp.renderer import Renderer
from deckwright.model import RenderRequest, SlideDiagnostic, SlideSlug

PDF = b"%PDF-1.4 not really"


class FakeNode:
    """Answers as the Node side would, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.closed = 0
        self.warnings = ["careful"]
        self.page = '<html><head></head><body><img src="a.gif"></body></html>'

    def ask(self, method: str, /, **params: Any) -> Future[Any]:
        self.asked.append((method, params))
        answer: Future[Any] = Future()
        answer.set_result(None)
        return answer

    def call(self, method: str, /, timeout_seconds: float, **params: Any) -> Any:
        self.asked.append((method, params))
        if method == "print":
            for name, content in (("pdf", PDF), ("picture", b"picture")):
                if params[name]:
                    Path(params[name]).write_bytes(content)
            params["page"] = Path(params["files"][params["address"]][0]).read_text()
            return {"over": [[2, 88]]}
        if method == "measure":
            Path(params["pictures"], "2.png").write_bytes(b"marked")
            params["page"] = Path(params["files"][params["address"]][0]).read_text()
            return [
                {"kind": "overflow", "slide": 2, "line": 9, "message": "high", "text": "x", "pixels": 3.0}
            ]
        facts = {"author": "A", "description": "", "warnings": self.warnings}
        return {"page": self.page, "printPage": self.page, "notes": ["hello", ""], **facts}

    def close(self, grace_seconds: float) -> None:
        self.closed += 1

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeNode:
    fake = FakeNode()
    monkeypatch.setattr(Renderer, "_start_node", lambda self: fake)
    monkeypatch.setattr(Renderer, "_packages", tmp_path)
    monkeypatch.setattr(
        marp, "provide_browser", lambda cache, stopped: Browser(Path("/bin/chromium"), "chrome")
    )
    monkeypatch.setattr(marp.fonts, "browser_environment", lambda packages, cache: {})
    monkeypatch.setattr(marp, "finish", lambda data, properties: (data + repr(properties).encode(), 7))
    return fake


@pytest.fixture
def renderer(node: FakeNode, tmp_path: Path) -> Iterator[Renderer]:
    with Renderer(tmp_path / "cache") as started:
        yield started


def request(folder: Path, **more: Any) -> RenderRequest:
    (folder / "slides").mkdir(exist_ok=True)
    (folder / "slides/a.gif").write_bytes(b"gif")
    return RenderRequest("d", "slides/d.md", folder / "slides/d.md", folder / "html/d.html", **more)


def test_a_page_alone_needs_no_browser(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    made = renderer.render(request(tmp_path))
    assert node.methods() == ["render"]
    assert (made.path, made.slides, made.html, made.pdf) == ("slides/d.md", 2, "html/d.html", "")
    assert [remark.message for remark in made.diagnostics] == ["careful"]
    assert 'src="data:image/gif;base64,' in (tmp_path / "html/d.html").read_text()


def test_a_theme_that_marp_refuses_has_its_own_name(
    renderer: Renderer, node: FakeNode, tmp_path: Path
) -> None:
    (tmp_path / "a.css").write_text("")
    node.warnings = [
        "Cannot register theme CSS:\n    ../.scratch/render-x/1.css\n    (no meta)",
        "see /9.css",
    ]
    made = renderer.render(request(tmp_path, themes=(tmp_path / "a.css", tmp_path / "themes/b.css")))
    told = ["Cannot register theme CSS: themes/b.css (no meta)", "see /9.css"]
    assert [remark.message for remark in made.diagnostics] == told


def test_terminal_colours_need_no_theme(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    renderer.render(request(tmp_path))
    assert ".ansi-" not in (tmp_path / "html/d.html").read_text()
    node.page = node.page.replace("<img", '<span class="ansi-bold ansi-fg-1">x</span><img')
    renderer.render(request(tmp_path, pdf=tmp_path / "pdf/d.pdf"))
    for page in ((tmp_path / "html/d.html").read_text(), dict(node.asked)["print"]["page"]):
        assert ":where(.ansi-bold){font-weight:bold}" in page
        assert ":where(.ansi-fg-1){color:#" in page


def test_prints_what_is_asked_for(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    wanted = request(tmp_path, pdf=tmp_path / "pdf/d.pdf", picture=tmp_path / "p/d.webp", notes=True)
    made = renderer.render(wanted)
    assert (made.pdf, made.picture, made.pdf_pages) == ("pdf/d.pdf", "p/d.webp", 7)
    assert b"notes=('hello', '')" in (tmp_path / "pdf/d.pdf").read_bytes()
    assert (tmp_path / "p/d.webp").read_bytes() == b"picture"
    assert dict(node.asked)["print"]["type"] == "webp"
    assert [(remark.slug, remark.slide) for remark in made.diagnostics] == [
        ("render-warning", 0),
        ("overflow", 2),
    ]


def test_notes_stay_out_unless_asked_for(renderer: Renderer, tmp_path: Path) -> None:
    renderer.render(request(tmp_path, pdf=tmp_path / "pdf/d.pdf"))
    assert b"hello" not in (tmp_path / "pdf/d.pdf").read_bytes()


def test_the_pdf_shows_stills(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(b"png")
    renderer.render(request(tmp_path, pdf=tmp_path / "pdf/d.pdf", stills={"a.gif": still}))
    printed = dict(node.asked)["print"]
    assert [file for file in printed["files"].values() if file[0] == str(still)] == [
        (str(still), "image/png")
    ]
    assert "a.gif" not in printed["page"]
    assert "image/gif" in (tmp_path / "html/d.html").read_text()


def test_measures_the_page_that_is_printed(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    measured = renderer.measure(request(tmp_path), tmp_path / "check/d")
    assert measured.diagnostics == (SlideDiagnostic(SlideSlug.OVERFLOW, 2, 9, "high", "x", 3.0),)
    assert measured.pictures == {2: "check/d/d-2.png"}
    assert (tmp_path / "check/d/d-2.png").read_bytes() == b"marked"
    asked = dict(node.asked)
    assert asked["render"]["numbered"] is True
    assert any(path == str(tmp_path / "slides/a.gif") for path, _ in asked["measure"]["files"].values())
    assert not (tmp_path / "html/d.html").exists()
    renderer.render(request(tmp_path))
    assert dict(node.asked)["render"]["numbered"] is False


def test_passes_themes_and_settings(renderer: Renderer, node: FakeNode, tmp_path: Path) -> None:
    theme = tmp_path / "themes/t.css"
    renderer.render(request(tmp_path, themes=(theme,), settings={"html": True}, cjk_emphasis=True))
    asked = dict(node.asked)["render"]
    assert asked["themes"] == [str(theme)]
    assert (asked["settings"], asked["cjkEmphasis"]) == ({"html": True}, True)


def test_starts_once_and_closes_once(node: FakeNode, tmp_path: Path) -> None:
    with Renderer(tmp_path) as renderer:
        for _ in range(2):
            renderer.start(browser=True)
            renderer.render(request(tmp_path))
        renderer.close()
    assert sorted(node.methods()) == ["open", "render", "render"]
    assert node.closed == 1


def test_closes_when_interrupted(node: FakeNode, tmp_path: Path) -> None:
    def interrupted() -> None:
        with Renderer(tmp_path) as renderer:
            renderer.start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert node.closed == 1


def test_a_failed_start_is_the_renders_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(self: Renderer) -> None:
        raise RenderError("no Node today")

    monkeypatch.setattr(Renderer, "_start_node", fail)
    with Renderer(tmp_path) as renderer, pytest.raises(RenderError, match="no Node today"):
        renderer.render(request(tmp_path))


def test_importing_is_cheap() -> None:
    heavy = ["fontTools", "pypdf", "psutil", "brotli", "rich", "torch", "matplotlib"]
    code = f"import sys, deckwright.marp, deckwright.marp.toolchain; print(set(sys.modules) & set({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
