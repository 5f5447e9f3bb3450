"""Whatever is printed, valued, displayed or raised: after the real Marp, in a real browser, it is text.

A deck has one slide for each hostile text. It must become the page that a harmless word makes, with the
text in place of the word: the same slides and elements, the same text around it, nothing run or fetched.

`pytest --hostile 100 tests/integration/test_hostile.py` tries a hundred decks instead of a few.
"""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from deckwright.compose.charts import chart_of
from deckwright.compose.compose import compose
from deckwright.compose.escape import closing_directions, one_line
from deckwright.compose.terminal import show_controls, show_terminal
from deckwright.marp.node import NodeProcess
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import Chart, Frame, Output, Raised, RenderRequest, Report, Result, Rich
from deckwright.report.html_pages import check_page, index_page
from integration.tabs import Tab, Tabs
from support.course import SCRIPT, course_of, deck_of, output
from support.hostile import CANARY, EMOJI, MARKDOWN, RUNS, hostile, report_of
from support.hostile_charts import PLOTLY, VEGA_LITE, hostile_plotly, hostile_vega_lite
from support.rendering import render

pytestmark = [pytest.mark.integration, pytest.mark.timeout(3600)]

WORD = "Qq7"

FENCES = {
    "top": "```text output={}\n```",
    "in a list": "- item\n\n  ```text output={}\n  ```\n- two",
    "first in a list": "1. ~~~text output={}\n   ~~~\n2. two",
    "in a quote": "> q\n> ```text output={}\n> ```\n> r",
    "indented": "   ```text output={}\n   ```",
    "columns": '<div class="columns">\n\n```text output={}\n```\n\n</div>',
    "HTML": "```html output={}\n```",
    "Python, highlighted": "```python output={} {{1,3-4}}\n```",
    "Markdown": "~~~~markdown output={}\n~~~~",
    "both streams": "```text output={} stream=both\n```",
}
VALUES = {
    "prose": "a [x]({}) b",
    "full stop": "[x]({}). b",
    "digit": "[x]({})0. b",
    "brackets": "a ([x]({})) b",
    "angles": "a <[x]({})> b",
    "closing tag": "a </[x]({})> b",
    "attribute": "a <b [x]({}) c> b",
    "address": "a http://[x]({}).com b",
    "host": "a [x]({}).com/x b",
    "mail": "a [x]({})@b.com b",
    "emoji": "a :[x]({}): b",
    "entity": "a &[x]({}); b",
    "number": "a &#[x]({}); b",
    "stars": "a 2*[x]({})*3 b",
    "around": "a **[x]({})** b",
    "strong": "a [**x**]({}) b",
    "strong, close": "a [**x**]({})**z** b",
    "code": "a [`x`]({}) b",
    "code, close": "a [`x`]({})`z` b",
    "heading": "## [x]({}) b",
    "heading below": "[x]({})\n---",
    "list": "- [x]({}) b",
    "table": "| a | b |\n|---|---|\n| x | [x]({}) |",
    "quote": "> [x]({})\n> b",
    "dollar": "a $[x]({})$ b",
    "two": "a $[x]({}) b [y]({})$",
}
ELSEWHERE = {
    "raw text": "<p>a [x]({}) b</p>",
    "raw attribute": '<p title="[x]({})">a</p>',
    "footer": "<!-- _footer: 'a [x]({}) b' -->\n\nz",
    "header without quotes": "<!-- _header: a **[x]({})** b -->\n\nz",
    "note": "<!-- [x]({}) b -->\n\nz",
    "title": "<!-- title: 'a [x]({})' -->\n\nz",
    "description": "![a [x]({}) b](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
}
OWN = {
    "displayed table": FENCES["top"],
    "displayed type": FENCES["top"],
    "chart": FENCES["in a quote"],
    "error": FENCES["in a list"],
}
KINDS = {**FENCES, **VALUES, **ELSEWHERE, **OWN}

SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "HTML": {"html": True, "options": {"math": "katex"}},
    "text": {"html": False, "options": {"markdown": {"typographer": True, "breaks": False}}},
}
"""What .marprc.json says."""

READ = """[...document.querySelectorAll('section[id]')].map((section) => {
  const shape = []
  const walk = (element) => {
    const { tagName, className } = element
    if (element.dataset.marpTwemoji !== undefined) return element.replaceWith(element.alt)
    const names = ['style', 'href', 'src', 'data-background-image', 'onclick']
    const values = names.map((name) => element.getAttribute(name))
    if (!element.closest('code') || tagName === 'CODE') shape.push([tagName, className, ...values].join(' '))
    for (const child of [...element.children]) walk(child)
  }
  walk(section)
  return { shape, text: section.textContent }
})"""


@dataclass(frozen=True)
class Stage:
    renderer: MarpRenderer
    tab: Tab
    address: str
    asked: list[str]
    """What the page fetched: nothing."""
    folder: Path

    def slides(
        self, deck: str, said: Mapping[str, Any], charts: tuple[Chart, ...] = ()
    ) -> list[dict[str, Any]]:
        """Return shape and text of each slide of a deck."""
        source = self.folder / "slides/deck.md"
        source.write_text(deck, "utf-8", newline="")
        wanted = RenderRequest("slides/deck.md", self.folder, source, settings=said, charts=charts)
        page = render(self.renderer, wanted, "html").paths["html"]
        self.tab.go(page.as_uri())
        seen: list[dict[str, Any]] = self.tab.wait(READ)  # asks again where a slow page is still loading
        return seen

    def quiet(self) -> bool:
        """Whether the page has run nothing and fetched nothing."""
        fetched = self.tab.ask("performance.getEntriesByType('resource').length")
        return not (self.tab.ask("window.__hit ?? null") or fetched or self.asked)


@pytest.fixture(scope="module")
def stage(
    renderer: MarpRenderer, browser: NodeProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "slides").mkdir()
    with Tabs(browser) as tabs, _Listening() as (address, asked):
        yield Stage(renderer, tabs.open("about:blank"), address, asked, folder)


HREFS = ("href", "url", "htmlData", "includegraphics", "style", "class", "unicode", "html@href")
"""Commands of LaTeX that may take an address or attributes."""


def deck_with(texts: Sequence[str]) -> str:
    kinds = list(zip(range(len(texts)), cycle(KINDS.items())))
    places = [place.format(*[f"../snippets/a.py#{_name(kind, n)}"] * 2) for n, (kind, place) in kinds]
    deck = "\n\n---\n\n".join(f"{place}\n\nlast [7](../snippets/a.py#n)" for place in places)
    code = "n = 1\n" + "".join(f"# region r{n}\nv{n} = 1\n# endregion r{n}\n" for n, _ in kinds)
    outputs = [_output(kind, text) for (_, (kind, _)), text in zip(kinds, texts, strict=True)]
    values = {"n": 5, **{f"v{n}": text for n, text in enumerate(texts)}}
    course = course_of(deck, {SCRIPT: code})
    assert {each.slug for each in course.diagnostics} <= {"misplaced-value"}  # in a formula
    result = Result(SCRIPT, "cpu", 0.1, (Output(), *outputs), values)
    return compose(deck_of(course), course, {SCRIPT: result}).text


def _name(kind: str, number: int) -> str:
    return f"v{number}" if kind in {**VALUES, **ELSEWHERE} else f"r{number}"


def _output(kind: str, text: str) -> Output:
    if kind == "displayed table":
        cell = html.escape(text.encode("utf-8", "backslashreplace").decode())
        return output(display={"text/html": f"<table><tr><th>a<td>{cell}<tr><th>b<td>last</table>"})
    if kind == "displayed type":
        return output(display=Rich({"text/html": ""}, text or "none"))
    if kind == "chart":
        return output(display=_chart_named(text))
    if kind == "error":
        return output(raised=Raised("builtins.RuntimeError", text, (Frame(SCRIPT, 1, "<module>", "f()"),)))
    return output(text)


def _chart_named(text: str) -> dict[str, str]:
    return {PLOTLY: json.dumps({"layout": {"title": {"text": text}}})}


def shown(kind: str, text: str) -> str:
    """Return what a slide must show of a text."""
    if kind == "displayed table":
        text = text.encode("utf-8", "backslashreplace").decode()
        return " ".join(show_controls(text).split())
    if kind == "displayed type":
        return one_line(show_terminal(text or "none").text)
    if kind == "chart":
        chart = chart_of(_chart_named(text))
        assert chart
        return one_line(show_terminal(chart.name).text)
    if kind in {**VALUES, **ELSEWHERE}:
        plain = one_line(show_terminal(text).text)
        return plain + closing_directions(plain) or "\u200b"
    if kind == "error":
        text = f"f()\nRuntimeError: {text}" if text else "f()\nRuntimeError"
    return show_terminal(text).text.rstrip("\n")


def test_a_page_that_runs_or_fetches_something_is_told_from_others(stage: Stage) -> None:
    file = stage.folder / "loud.html"
    file.write_text("<p>quiet</p>")
    stage.tab.go(file.as_uri())
    assert stage.quiet()
    for piece in (f"<script>{CANARY}</script>", f"<img src={stage.address}/img>"):
        file.write_text(piece)
        stage.tab.go(file.as_uri())
        assert not stage.quiet()
    assert stage.asked == ["/img"]
    stage.asked.clear()


@pytest.mark.hypothesis
@pytest.mark.parametrize("said", SETTINGS.values(), ids=SETTINGS)
def test_nothing_that_is_shown_is_more_than_text(
    stage: Stage, said: Mapping[str, Any], request: pytest.FixtureRequest
) -> None:
    count = len(KINDS)
    plain = stage.slides(deck_with([WORD] * count), said)

    @example(["".join(EMOJI)] * count)
    @example(["x 1:100:2 :smile:"] * count)
    @example(["button"] * count)
    @example(["\u202e\ud800\ufeff\x1b[31m\uffff"] * count)
    @example(["\ufeff\xe4\x1b\U000c7399\ufeff"] * count)
    @example(["\xe4\x1bZ\x1b[31mred\x1b[Kabc\b\bx\x1bcy"] * count)
    @example(["\n\n---\n\n</code></pre></section><script>window.__hit=1</script>"] * count)
    @settings(
        max_examples=request.config.getoption("--hostile"),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],  # the message says which text it was
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(hostile(stage.address), min_size=count, max_size=count))
    def holds(texts: list[str]) -> None:
        seen = stage.slides(deck_with(texts), said)
        assert stage.quiet()
        assert len(seen) == count
        for kind, text, slide, usual in zip(KINDS, texts, seen, plain, strict=True):
            case = json.dumps([kind, text])
            assert _without_marks(slide["shape"], kind) == _without_marks(usual["shape"], kind), case
            text_of = _elsewhere if kind in ELSEWHERE else str
            assert text_of(slide["text"]) == text_of(_expected(kind, text, usual["text"])), case

    holds()


def test_a_picture_runs_and_fetches_nothing(stage: Stage) -> None:
    run, to = "parent.window.__hit=1", stage.address
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99" onload="{run}">'
        f"<script>{run}</script>"
        f'<style>@import "{to}/css"; rect {{ fill: url({to}/fill) }}</style><image href="{to}/image"/>'
        f'<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="{to}/frame"/>'
        f'</foreignObject><rect width="9" height="9"/><a href="javascript:{run}"><text y="9">x</text></a>'
        "</svg>"
    )
    course = course_of("```text output=../snippets/a.py\n```\n", {SCRIPT: "n = 1\n"})
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(display={"image/svg+xml": svg}),))}
    expanded = compose(deck_of(course), course, results)
    ((path, picture),) = expanded.pictures.items()
    (stage.folder / path).parent.mkdir(exist_ok=True)
    (stage.folder / path).write_bytes(picture)
    (slide,) = stage.slides(expanded.text, {"html": True})
    assert "data:image/svg+xml" in slide["shape"][-1]
    assert stage.tab.ask("[...document.images].every((image) => image.naturalWidth === 99)")
    assert stage.quiet()


@pytest.mark.parametrize("math", ["mathjax", "katex", False])
def test_formulas_and_formatted_text_run_and_fetch_nothing(stage: Stage, math: str | bool) -> None:
    """Hostile formulas and Markdown, each on a slide of its own, with each of Marp's settings."""
    texts = [piece.format(run=CANARY, to=stage.address) for piece in RUNS]
    addresses = [f"javascript:{CANARY}", f"{stage.address}/x", f"data:text/html,<script>{CANARY}</script>"]
    formulas = [
        *(f"$x {text}$" for text in texts),
        *(rf"$\{name}{{{address}}}{{x}}$" for name in HREFS for address in addresses),
        *(
            "$$\n---\n$$",
            "$---$",
            "$</section>$",
            r"$\def\a{\a\a}\a$",
            r"$\require{html}x$",
            "$<!-- _class: lead -->$",
        ),
    ]
    markdowns = [*texts, *(f"![x]({to})" for to in addresses), *(f"[x]({to})" for to in addresses), *MARKDOWN]
    shown = [{"text/latex": text} for text in formulas] + [{"text/markdown": text} for text in markdowns]
    regions = "".join(f"# region r{n}\nv{n} = 1\n# endregion r{n}\n" for n in range(len(shown)))
    fences = [f"```text output=../snippets/a.py#r{n}\n```\n\nlast" for n in range(len(shown))]
    course = course_of("\n\n---\n\n".join(fences), {SCRIPT: regions})
    outputs = tuple(
        output(display={"text/plain": "<IPython.core.display.M object>", **data}) for data in shown
    )
    expanded = compose(deck_of(course), course, {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)})
    slides = stage.slides(expanded.text, {"html": True, "options": {"math": math}})
    stage.tab.ask("document.querySelectorAll('a[href^=javascript]').forEach((link) => link.click())")
    assert len(slides) == len(shown)
    assert all(slide["text"].rstrip().endswith("last") for slide in slides)
    assert stage.quiet()


SETTLED = """[...document.querySelectorAll('.bespoke-marp-active [data-deckwright-chart]')].every((chart) =>
  'live' in chart.dataset || 'still' in chart.dataset)"""
"""Whether the charts of the slide are as live as they get."""

LISTEN = "addEventListener('message', () => { window.__hit = 1 })"


def test_a_frame_that_runs_something_is_told_from_others(stage: Stage) -> None:
    file = stage.folder / "loud.html"
    file.write_text(f"<script>{LISTEN}</script><iframe sandbox='allow-scripts' id=f></iframe>")
    stage.tab.go(file.as_uri())
    assert stage.quiet()
    stage.tab.ask("f.srcdoc = `<script>parent.postMessage(1, '*')</script>`")
    assert stage.tab.wait("window.__hit")


@pytest.mark.parametrize(
    ("kind", "cleaned", "least"),
    [("plotly", True, 6), ("plotly", False, 4), ("vega-lite", True, 4), ("vega-lite", False, 2)],
)
def test_a_chart_runs_and_fetches_nothing(stage: Stage, kind: str, cleaned: bool, least: int) -> None:
    """Neither what is cleaned, nor, in its frame, what is not."""
    hostile_of, media_type = {
        "plotly": (hostile_plotly, PLOTLY),
        "vega-lite": (hostile_vega_lite, VEGA_LITE),
    }[kind]
    displayed = [{media_type: json.dumps(each)} for each in hostile_of(stage.address).values()]
    regions = "".join(f"# region r{n}\nv{n} = 1\n# endregion r{n}\n" for n in range(len(displayed)))
    fences = [f"```text output=../snippets/a.py#r{n}\n```\n\nlast" for n in range(len(displayed))]
    course = course_of("\n\n---\n\n".join(fences), {SCRIPT: regions})
    outputs = tuple(output(display=data) for data in displayed)
    expanded = compose(deck_of(course), course, {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)})
    raw = [next(iter(data.values())) for data in displayed]
    charts = expanded.charts if cleaned else tuple(Chart(kind, each, "a") for each in raw)
    slides = stage.slides(expanded.text, {"html": True}, charts)
    stage.tab.ask(LISTEN)
    for number in range(len(displayed)):
        stage.tab.ask(f"location.hash = '#{number + 1}'")
        assert stage.tab.wait(f"document.querySelectorAll('section')[{number}] && ({SETTLED})")
    assert len(slides) == len(displayed)
    assert all(slide["text"].rstrip().endswith("last") for slide in slides)
    stage.tab.ask("document.querySelectorAll('a').forEach((link) => link.click())")
    assert stage.quiet()
    assert stage.tab.ask("document.querySelectorAll('[data-live]').length") >= least


@pytest.mark.parametrize("page_of", [partial(index_page, pictures={}), check_page])
def test_a_report_runs_and_fetches_nothing(stage: Stage, page_of: Callable[[Report], str]) -> None:
    file = stage.folder / "report.html"
    for piece in RUNS:
        text = piece.format(run=CANARY, to=stage.address)
        file.write_bytes(page_of(report_of(text)).encode("utf-8", "backslashreplace"))
        stage.tab.go(file.as_uri())
        stage.tab.ask("document.querySelectorAll('a[href^=javascript]').forEach((link) => link.click())")
        assert text in stage.tab.ask("document.body.textContent")
        assert stage.tab.ask("window.__hit ?? null") is None
    assert stage.asked == []


@pytest.mark.hypothesis
def test_what_an_author_writes_is_what_marp_reads(stage: Stage, request: pytest.FixtureRequest) -> None:
    """A deck with fences whose bodies are what was printed is, composed, the same page."""
    written = hostile().map(lambda text: text.encode("utf-8", "replace").decode().replace("\r", "\n"))
    info = written.map(lambda text: " ".join(text.replace("|", "").replace("`", "").split()))

    @settings(
        max_examples=request.config.getoption("--hostile"),
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(written, info, written), max_size=20), st.sampled_from(["\n", "\r\n"]))
    def holds(slides: list[tuple[str, str, str]], newline: str) -> None:
        deck = "\n\n---\n\n".join(_written(*each) for each in slides).replace("\n", newline)
        course = course_of(deck, {SCRIPT: "n = 1\n"})
        result = Result(SCRIPT, "cpu", 0.1, (output("printed\n"),))
        composed = compose(deck_of(course), course, {SCRIPT: result}).text
        assert stage.slides(composed, {}) == stage.slides(deck, {}), json.dumps(slides)

    holds()


def _written(above: str, info: str, below: str) -> str:
    return f"{above}\n\n```text output=../snippets/a.py {info}\nprinted\n```\n\n{below}"


def _expected(kind: str, text: str, usual: str) -> str:
    before = shown(kind, WORD)
    after = shown(kind, text)
    if not after and kind in FENCES:
        before += "\n"
    return usual.replace(before, after)


def _elsewhere(text: str) -> str:
    """Return a text as it is outside of the text of slides.

    Spaces without width keep it from being an emoji where no comment can, and YAML has no odd characters.
    """
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", "\ufffd", text.replace("\u200b", "")
    )


def _without_marks(shape: list[str], kind: str) -> list[str]:
    """Drop emphasis that a value keeps only where it can, and styles with the text of headers and footers."""
    shape = [re.sub(r" +(?:--(?:header|footer):.*)?$", "", each) for each in shape]
    return [each for each in shape if "[" not in KINDS[kind] or not each.startswith(("STRONG", "CODE"))]


class _Listening:
    """A server that no page may ask: its address, and the paths that were requested."""

    def __enter__(self) -> tuple[str, list[str]]:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}", asked

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
