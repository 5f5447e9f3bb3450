"""The states of slides with what-if controls, as an HTML page holds them: apart from its slides.

A slide itself shows the accepted state, also without scripts and in print. A script (js/page/states.mjs) puts
the others in its place. A picture that several states show is in the page once.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from deckwright.model import Control, ControlledPage

_SCRIPT = Path(__file__).parent / "js/page/states.mjs"

_SLIDE = "<svg data-marpit-svg"
_END = "</foreignObject></svg></div>"
_IDS = re.compile(r'(<section\b[^>]*?) id="[^"]*"')
_SCRIPTS = re.compile(r"<script\b.*?</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_PICTURE = re.compile(r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/=]{200,}")
_PARTS = re.compile(r"<div hidden data-deckwright-states>.*?<!--deckwright-states-->", re.DOTALL)


def state_parts(page: str, controlled: Sequence[ControlledPage]) -> str:
    """Return the states of slides, cut out of a page with all of them, for the end of a page without."""
    slides = list(_slides_in(page))
    templates = "".join(_template(each, slides) for each in controlled)
    return f"<div hidden data-deckwright-states>{templates}</div><!--deckwright-states-->"


def more_style(page: str, states: str) -> str:
    """Return the rules that slides of the page with all states need, and the other page does not have."""
    known = {rule.strip() for css in _STYLE.findall(page) for rule in _rules(css)}
    rules = (rule for css in _STYLE.findall(states) for rule in _rules(css))
    return "".join(rule for rule in rules if rule.strip() not in known)


def with_shared_pictures(page: str) -> str:
    """Return a page in which the pictures of states are there once, and the script that shows states."""
    match = _PARTS.search(page)
    if match is None:
        return page
    before, after = page[: match.start()], page[match.end() :]
    numbers = {uri: number for number, uri in enumerate(dict.fromkeys(_PICTURE.findall(match[0])))}
    pictures: list[str] = []
    for uri, number in numbers.items():
        shown = f'src="{uri}"'
        if shown in before:  # a slide shows it anyway
            before = before.replace(shown, f'{shown} data-deckwright-picture="{number}"', 1)
            uri = ""
        pictures.append(uri)
    parts = _PICTURE.sub(lambda uri: f"deckwright-picture:{numbers[uri[0]]}", match[0])
    end = "<!--deckwright-states-->"
    data = (
        f'<script type="application/json" data-deckwright-pictures>{json.dumps(pictures)}</script></div>{end}'
    )
    return before + parts.removesuffix(f"</div>{end}") + data + states_script() + after


@cache
def states_script() -> str:
    """Return the script that lets a page show states."""
    return (
        f'<script type="module" data-deckwright-controls>{_SCRIPT.read_text("utf-8")}addControls()</script>'
    )


def control_data(controls: Sequence[Control]) -> list[dict[str, Any]]:
    """Return what the page is told of controls."""
    return [
        {
            "name": each.name,
            "values": each.labels,
            "accepted": each.accepted,
            "isNumeric": each.is_numeric,
        }
        for each in controls
    ]


def _template(page: ControlledPage, slides: Sequence[str]) -> str:
    """Return all states of a page but the accepted one, which it shows itself."""
    data = {
        "page": page.page,
        "slide": page.slide,
        "controls": control_data(page.controls),
    }
    states = "".join(
        f'<svg data-state="{state.number}">{slides[page.first + state.number]}</svg>'
        for state in page.states
        if state.overrides
    )
    # With its letters, so that the fonts of the page have them.
    known = html.escape(json.dumps(data, ensure_ascii=False))
    return f'<template data-deckwright-state="{known}">{states}</template>'


def _slides_in(page: str) -> Iterator[str]:
    """Yield the content of each slide of a page of Marp, without what would be there twice."""
    _, *slides, last = page.split(_SLIDE)
    for slide in (*slides, last.partition(_END)[0] + "</foreignObject></svg>"):
        content = slide.partition(">")[2].rpartition("</svg>")[0]
        yield _IDS.sub(r"\1", _SCRIPTS.sub("", content), count=1)


def _rules(css: str) -> Iterator[str]:
    """Yield the top-level rules of a style sheet as they are written."""
    start = depth = 0
    for match in re.finditer(r"/\*.*?\*/|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[{};]", css, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] in "};":
            yield css[start : match.end()]
            start = match.end()
    if css[start:].strip():
        yield css[start:]
