"""What a block shows on stage, as HTML: what it prints opens no tag."""

from __future__ import annotations

import base64

import pytest

from deckwright.model import (
    Display,
    Failure,
    FailureKind,
    Frame,
    Job,
    Options,
    Output,
    Part,
    Printed,
    Raised,
    Result,
    Rich,
    Statement,
    Unit,
)
from deckwright.present.panels import panels_of

JOB = Job("a.py", "x\n", (Unit(1, 1, (Statement(1, 1),), "x"),), (), Options(), "cpu")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NASTY = "</code><script>alert(1)</script><img src=x onerror=alert(1)>"


def shown(*parts: Part, failure: Failure | None = None) -> list[tuple[str, str]]:
    result = Result("a.py", "cpu", 0, (Output(parts),), failure=failure)
    return [(panel["kind"], panel["html"]) for panel in panels_of(JOB, result, Display())]


def test_text_is_escaped_and_keeps_its_colours() -> None:
    ((kind, html),) = shown(Printed("stdout", f"{NASTY}\n\033[31mred <b>\033[0m"))
    assert kind == "text"
    assert "<script" not in html
    assert "<img" not in html
    assert '<span class="ansi-fg-1">red &lt;b&gt;</span>' in html


def test_an_error_is_as_on_slides() -> None:
    frame = Frame("a.py", 1, "<module>", f"f('{NASTY}')", "~~~^")
    raised = Raised("ValueError", NASTY, (frame,))
    ((kind, html),) = shown(failure=Failure(FailureKind.RAISED, "ValueError", 0, raised))
    assert kind == "pytb"
    assert "ValueError: &lt;/code&gt;" in html
    assert "<script" not in html


def test_a_picture_runs_nothing() -> None:
    ((kind, html),) = shown(Rich({"image/svg+xml": SVG, "text/plain": "<Figure>"}))
    data = base64.b64encode(SVG.encode()).decode()
    assert (kind, html) == ("picture", f'<img alt="" src="data:image/svg+xml;base64,{data}">')


def test_a_table_is_one() -> None:
    table = f"<table><tr><th>a</th></tr><tr><td>{NASTY.replace('<', '&lt;')}</td></tr></table>"
    ((kind, html),) = shown(Rich({"text/html": table, "text/plain": "a"}))
    assert kind == "markdown"
    assert html.startswith("<table>")
    assert "<script" not in html
    assert "lint ignore" not in html


@pytest.mark.parametrize(
    "text",
    ["[x](javascript:alert(1))", f"# {NASTY}", "![x](http://evil.example/x.png)", "<b onclick=x>y</b>"],
)
def test_markdown_is_harmless(text: str) -> None:
    for _, html in shown(Rich({"text/markdown": text, "text/plain": "M"})):
        assert not any(word in html for word in ("<script", 'href="javascript', "<img", "<b "))


def test_what_shows_nothing_has_no_panel() -> None:
    assert shown() == []
