"""The renderer, with a fake Node behind it: what it asks for, and what it writes."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from deckwright.errors import RenderError, RenderTimeout
from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.warm_node import Tools
from deckwright.model import RenderRequest, SlideDiagnostic, SlideSlug

PDF = b"%PDF-1.4 /CreationDate (D:19700101000000"
PRINTED = b"%PDF-1.4 /CreationDate (D:20300102030405"

FOUND = (SlideDiagnostic(SlideSlug.OVERFLOW, 2, 9, "high", "x", 3.0),)
"""What the fake Node measures."""


class FakeNode:
    """Answers as the Node side would, and remembers the requests."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, Any]]] = []
        self.closed = 0
        self.kind = "overflow"
        """Of what is measured."""
        self.rule: Mapping[str, Any] | None = None
        """To blame for it."""
        self.warnings = ["careful"]
        self.slow = ""
        """The method that takes too long, once."""
        self.limits: list[float | None] = []
        self.lock = threading.Lock()
        """Until it is released, the deck is not shown."""
        self.page = '<html><head></head><body><img src="a.gif"></body></html>'

    def ask(self, method: str, /, **params: Any) -> Future[Any]:
        self.requests.append((method, params))
        answer: Future[Any] = Future()
        answer.set_result(None)
        return answer

    def call(self, method: str, /, timeout_seconds: float | None, **params: Any) -> Any:
        self.requests.append((method, params))
        self.limits.append(timeout_seconds)
        if method == self.slow:
            self.slow = ""
            raise RenderTimeout(method, "wait")
        match method:
            case "show":
                before = self.closed
                with self.lock:
                    pass
                if self.closed > before:
                    raise RenderError("closed", "")
                params["page"] = Path(params["files"][params["address"]][0]).read_text()
                return [self.found]
            case "sheets":
                params["page"] = Path(params["files"][params["address"]][0]).read_text()
                Path(params["path"]).write_bytes(PRINTED)
                return None
            case "print":
                Path(params["path"]).write_bytes(PRINTED)
                return None
            case "pictures":
                for number in (1, 2)[: params["slides"]]:
                    Path(params["folder"], f"{number}.png").write_bytes(b"picture %d" % number)
                return params["slides"] or 2
            case "hide":
                return None
            case "measure":
                params["page"] = Path(params["files"][params["address"]][0]).read_text()
                if params["slides"] and 2 not in params["slides"]:
                    return []
                Path(params["pictures"], "2.png").write_bytes(b"marked")
                return [{**self.found, "rule": self.rule}]
            case "formulas":
                formulas = [
                    {"html": "<svg></svg>", "complaint": ""},
                    {"html": "<p>red</p>", "complaint": "no"},
                ]
                return {"css": "svg {}", "formulas": formulas}
            case "brokenPictures":
                return [{"address": address, "is_partial": True} for address in params["pictures"]]
        facts = {"author": "A", "description": "", "warnings": self.warnings}
        return {"page": self.page, "print_page": self.page, "notes": ["hello", ""], **facts}

    @property
    def found(self) -> Mapping[str, Any]:
        return {"kind": self.kind, "slide": 2, "line": 9, "message": "high", "text": "x", "pixels": 3}

    def close(self, grace_seconds: float) -> None:
        self.closed += 1
        if self.lock.locked():
            self.lock.release()

    def methods(self) -> list[str]:
        return [method for method, _ in self.requests]


class FakeTools(Tools):
    """A fake Node in place of everything that the renderer starts."""

    def __init__(self, packages: Path) -> None:
        self._packages = packages
        self.fake_node = FakeNode()
        self.fake_browser = FakeNode()
        """It lists its requests with those of Marp."""
        self.fake_browser.requests = self.fake_node.requests
        self.error: Exception | None = None

    def packages(self, cache: Path, stopped: Callable[[], bool]) -> Path:
        return self._packages

    def node(self, packages: Path, scratch: Path) -> FakeNode:
        if self.error:
            raise self.error
        return self.fake_node

    def browser(self, cache: Path, packages: Callable[[], Path], stopped: Callable[[], bool]) -> FakeNode:
        self.fake_browser.ask("open")
        return self.fake_browser


@pytest.fixture
def tools(tmp_path: Path) -> FakeTools:
    return FakeTools(tmp_path)


@pytest.fixture
def node(tools: FakeTools) -> FakeNode:
    return tools.fake_node


@pytest.fixture
def browser(tools: FakeTools) -> FakeNode:
    return tools.fake_browser


@pytest.fixture
def renderer(tools: FakeTools, tmp_path: Path) -> Iterator[MarpRenderer]:
    with MarpRenderer(tmp_path / "cache", tools=tools) as started:
        yield started


def request(folder: Path, **more: Any) -> RenderRequest:
    (folder / "slides").mkdir(exist_ok=True)
    (folder / "slides/a.gif").write_bytes(b"GIF89a")
    (folder / "slides/d.md").write_text("![A picture](a.gif)")
    return RenderRequest("slides/d.md", folder, folder / "slides/d.md", **more)


def test_a_page_alone_needs_no_browser(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    with renderer.open(request(tmp_path)) as rendering:
        page, diagnostics = rendering.page("html/d.html")
    assert node.methods() == ["render"]
    assert (rendering.notes, rendering.author, diagnostics) == (("hello", ""), "A", ())
    assert [each.message for each in rendering.diagnostics] == ["careful"]
    assert b'src="data:image/gif;base64,' in page


def test_a_theme_that_marp_refuses_has_its_own_name(
    renderer: MarpRenderer, node: FakeNode, tmp_path: Path
) -> None:
    (tmp_path / "a.css").write_text("")
    node.warnings = [
        "Cannot register theme CSS:\n    ../.scratch/render-x/1.css\n    (no meta)",
        "see /9.css",
    ]
    wanted = request(tmp_path, themes=(tmp_path / "a.css", tmp_path / "themes/b.css"))
    with renderer.open(wanted) as rendering:
        messages = [each.message for each in rendering.diagnostics]
    assert messages == ["Cannot register theme CSS: themes/b.css (no meta)", "see /9.css"]


def test_terminal_colours_need_no_theme(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    with renderer.open(request(tmp_path)) as rendering:
        assert b".ansi-" not in rendering.page("html/d.html")[0]
    node.page = node.page.replace("<img", '<span class="ansi-bold ansi-fg-1">x</span><img')
    with renderer.open(request(tmp_path)) as rendering:
        page = rendering.page("html/d.html")[0].decode()
        rendering.pdf("pdf/d.pdf")
    for text in (page, dict(node.requests)["show"]["page"]):
        assert ":where(.ansi-bold){font-weight:bold}" in text
        assert ":where(.ansi-fg-1){color:#" in text


def test_the_browser_shows_a_deck_once(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    with renderer.open(request(tmp_path)) as rendering:
        assert rendering.pdf("pdf/d.pdf") == PDF
        assert list(rendering.pictures(2.0)) == [b"picture 1", b"picture 2"]
        assert list(rendering.pictures(slides=1)) == [b"picture 1"]
        assert rendering.misfits() == FOUND
    assert node.methods() == ["render", "open", "show", "print", "pictures", "pictures", "hide"]
    assert [params["scale"] for method, params in node.requests if method == "pictures"] == [2.0, 1.0]


def test_pages_are_made_while_the_browser_opens_the_deck(
    renderer: MarpRenderer, browser: FakeNode, tmp_path: Path
) -> None:
    browser.lock.acquire()
    with renderer.open(request(tmp_path)) as rendering:
        rendering.begin("pdf/d.pdf")
        rendering.page("html/d.html")
        browser.lock.release()
        assert rendering.pdf("pdf/d.pdf") == PDF
    assert browser.methods() == ["render", "open", "show", "print", "hide"]


def test_closes_while_the_browser_opens_the_deck(
    renderer: MarpRenderer, browser: FakeNode, tmp_path: Path
) -> None:
    browser.lock.acquire()
    with renderer.open(request(tmp_path)) as rendering:
        rendering.begin("pdf/d.pdf")
        renderer.close()
        with pytest.raises(RenderError):
            rendering.pdf("pdf/d.pdf")


def test_links_lead_from_the_file_that_is_made(
    renderer: MarpRenderer, node: FakeNode, tmp_path: Path
) -> None:
    node.page = '<html><head></head><body><a href="e.md">e</a></body></html>'
    wanted = request(tmp_path, decks=frozenset([tmp_path / "slides/e.md"]))
    with renderer.open(wanted) as rendering:
        assert b'href="e.html"' in rendering.page("html/d.html")[0]
        list(rendering.pictures())
        rendering.pdf("pdf/d.pdf")
    assert node.methods().count("show") == 2
    assert "e.pdf" in dict(node.requests)["show"]["page"]


def test_sheets_are_on_a_page_of_their_own(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    wanted = request(tmp_path, decks=frozenset([tmp_path / "slides/e.md"]))
    with renderer.open(wanted) as rendering:
        printed = rendering.sheets('<p><a href="e.md">e</a></p><p data-slide="0"></p>', "handout/d.pdf")
        rendering.pdf("pdf/d.pdf")
    assert printed == (PDF, ())
    assert node.methods() == ["render", "open", "sheets", "show", "print", "hide"]
    asked = dict(node.requests)
    assert "e.pdf" in asked["sheets"]["page"]
    assert asked["sheets"]["page"].endswith('<p data-slide="0"></p></template></body></html>')
    assert "template" not in asked["show"]["page"]


def test_formulas_of_sheets(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    wanted = request(tmp_path, settings={"options": {"math": "katex"}})
    with renderer.open(wanted) as rendering:
        sheets = "<b><span data-formula>a &lt; b</span></b><p data-formula>\nc\n</p>"
        _, (found,) = rendering.sheets(sheets, "handout/d.pdf")
    asked = dict(node.requests)
    assert asked["formulas"] == {
        "source": str(wanted.source),
        "options": {"math": "katex"},
        "formulas": [{"tex": "a < b", "isBlock": False}, {"tex": "\nc\n", "isBlock": True}],
    }
    assert "<style>svg {}</style><b><svg></svg></b><p>red</p></template>" in asked["sheets"]["page"]
    assert (found.slug, found.address) == ("broken-formula", "c")


@pytest.mark.parametrize(
    ("options", "math"), [({}, True), ({"math": "katex"}, True), ({"math": False}, False)]
)
def test_formulas_may_be_off(
    renderer: MarpRenderer, tmp_path: Path, options: dict[str, Any], math: bool
) -> None:
    with renderer.open(request(tmp_path, settings={"options": options})) as rendering:
        assert rendering.math is math


def test_pictures_stand_still_where_nothing_moves(
    renderer: MarpRenderer, node: FakeNode, tmp_path: Path
) -> None:
    still = tmp_path / "still.png"
    still.write_bytes(b"png")
    with renderer.open(request(tmp_path, stills={"a.gif": still})) as rendering:
        rendering.pdf("pdf/d.pdf")
        page, _ = rendering.page("html/d.html")
    shown = dict(node.requests)["show"]
    assert [file for file in shown["files"].values() if file[0] == str(still)] == [(str(still), "image/png")]
    assert "a.gif" not in shown["page"]
    assert b"image/gif" in page


def test_an_answer_that_is_none_is_an_error(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    node.page = None  # type: ignore[assignment]
    with pytest.raises(RenderError, match="render"), renderer.open(request(tmp_path)):
        pass


def test_measures_the_page_that_is_printed(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    measured = renderer.measure(request(tmp_path), tmp_path / "check/d")
    assert measured.diagnostics == FOUND
    assert measured.pictures == {2: "check/d/d-2.png"}
    assert (tmp_path / "check/d/d-2.png").read_bytes() == b"marked"
    assert measured.broken == {"a.gif": "this picture is cut off: its file ends too early: a.gif"}
    sent = dict(node.requests)
    assert any(path == str(tmp_path / "slides/a.gif") for path, _ in sent["measure"]["files"].values())


TWO = '<html><head></head><body><svg data-marpit-svg="">a</svg><svg data-marpit-svg="">b</svg></body></html>'


def test_measures_what_was_rendered_last(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    wanted = request(tmp_path)
    with renderer.open(wanted):
        pass
    renderer.measure(wanted, tmp_path / "check")
    assert node.methods().count("render") == 1
    wanted.source.write_text("another")
    renderer.measure(wanted, tmp_path / "check")
    assert node.methods().count("render") == 2


def asked_of(node: FakeNode) -> list[list[int]]:
    """Return the slides that were measured, by request; none for all."""
    return [params["slides"] for method, params in node.requests if method == "measure"]


def test_what_was_clean_is_not_measured_again(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    node.page = TWO
    first = renderer.measure(request(tmp_path), tmp_path / "check")
    again = renderer.measure(request(tmp_path), tmp_path / "check", first.clean)
    assert asked_of(node) == [[1, 2], [2]]
    assert again == first
    assert len(first.clean) == 1


def test_nothing_is_measured_where_all_is_clean(
    renderer: MarpRenderer, node: FakeNode, tmp_path: Path
) -> None:
    node.page = TWO
    faulty = renderer.measure(request(tmp_path), tmp_path / "check")
    node.page = TWO.replace(">b<", ">a<")
    measured = renderer.measure(request(tmp_path), tmp_path / "check", faulty.clean)
    assert asked_of(node) == [[1, 2]]
    assert (measured.diagnostics, measured.pictures, measured.clean) == ((), {}, faulty.clean)
    assert [*(tmp_path / "check").iterdir()] == []  # no picture of what was wrong


@pytest.mark.parametrize("rule", [None, {"selector": "p", "theme": "t", "colour": "#ccc", "grounds": []}])
def test_what_is_said_of_a_rule_comes_of_all_slides(
    renderer: MarpRenderer, browser: FakeNode, node: FakeNode, tmp_path: Path, rule: Mapping[str, Any] | None
) -> None:
    node.page = TWO
    first = renderer.measure(request(tmp_path), tmp_path / "check")
    browser.rule = rule
    renderer.measure(request(tmp_path), tmp_path / "check", first.clean)
    assert asked_of(node)[1:] == ([[2], []] if rule else [[2]])


@pytest.mark.parametrize("page", [TWO.replace("</body>", "<svg data-marpit-svg></svg></body>"), "<p></p>"])
def test_all_is_measured_where_html_hides_which_slide_is_which(
    renderer: MarpRenderer, node: FakeNode, tmp_path: Path, page: str
) -> None:
    node.page = page
    measured = renderer.measure(request(tmp_path), tmp_path / "check")
    assert asked_of(node) == [[]]
    assert measured.clean == frozenset()


def test_a_measurement_of_an_unknown_kind_is_an_error(
    renderer: MarpRenderer, browser: FakeNode, tmp_path: Path
) -> None:
    browser.kind = "ugly"
    with pytest.raises(RenderError, match="not a valid SlideSlug"):
        renderer.measure(request(tmp_path), tmp_path / "check")


def test_passes_themes_and_settings(renderer: MarpRenderer, node: FakeNode, tmp_path: Path) -> None:
    theme = tmp_path / "themes/t.css"
    with renderer.open(request(tmp_path, themes=(theme,), settings={"html": True}, cjk_emphasis=True)):
        pass
    sent = dict(node.requests)["render"]
    assert sent["themes"] == [str(theme)]
    assert (sent["settings"], sent["cjkEmphasis"]) == ({"html": True}, True)


def test_starts_once_and_closes_once(tools: FakeTools, node: FakeNode, tmp_path: Path) -> None:
    with MarpRenderer(tmp_path, tools=tools) as renderer:
        for _ in range(2):
            renderer.start(browser=True)
            with renderer.open(request(tmp_path)):
                pass
        renderer.close()
    assert sorted(node.methods()) == ["open", "render", "render"]
    assert (node.closed, tools.fake_browser.closed) == (1, 1)


def test_a_step_that_takes_too_long_gets_another_process(
    renderer: MarpRenderer, node: FakeNode, browser: FakeNode, tmp_path: Path
) -> None:
    browser.slow = "print"
    with pytest.raises(RenderTimeout), renderer.open(request(tmp_path)) as rendering:
        rendering.pdf("pdf/a.pdf")
    assert (node.closed, browser.closed) == (0, 1)
    with renderer.open(request(tmp_path)) as rendering:
        assert rendering.pdf("pdf/a.pdf")
    methods = [method for method, _ in node.requests]
    assert methods.count("open") == 2
    assert methods.count("hide") == 1  # what the first browser showed is gone with it


def test_the_patience_is_that_of_the_settings(tools: FakeTools, node: FakeNode, tmp_path: Path) -> None:
    for seconds, limit in ((7.5, 7.5), (0.0, None)):
        with MarpRenderer(tmp_path, tools=tools, patience_seconds=seconds) as renderer:
            with renderer.open(request(tmp_path)):
                pass
            assert node.limits[-1] == limit


def test_closes_when_interrupted(tools: FakeTools, node: FakeNode, tmp_path: Path) -> None:
    def interrupted() -> None:
        with MarpRenderer(tmp_path, tools=tools) as renderer:
            renderer.start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert node.closed == 1


def test_a_failed_start_is_the_renders_error(tools: FakeTools, tmp_path: Path) -> None:
    tools.error = RenderError("no Node today", "wait")
    with (
        MarpRenderer(tmp_path, tools=tools) as renderer,
        pytest.raises(RenderError, match="no Node today"),
        renderer.open(request(tmp_path)),
    ):
        pass


def test_importing_is_cheap() -> None:
    heavy = ["fontTools", "pypdf", "psutil", "brotli", "rich", "torch", "matplotlib"]
    code = f"import sys, deckwright.marp, deckwright.marp.toolchain; print(set(sys.modules) & set({heavy}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
