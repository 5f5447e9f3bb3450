"""The states of slides in a page: cut out of another page, with each picture once."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from pathlib import Path

from deckwright.marp.state_measurements import (
    of_states,
    only_of_states,
    pictures_of_states,
    slides_of_states,
)
from deckwright.marp.states import more_style, state_parts, with_shared_pictures
from deckwright.marp.subset import shown_characters
from deckwright.model import (
    Control,
    ControlledPage,
    PageDiagnostic,
    RenderRequest,
    SlideDiagnostic,
    SlideSlug,
)

CONTROLS = (Control("lr", ("0.1", "0.5"), 1), Control("rule", ("'a b'", "'c'"), 0))
PAGE = ControlledPage(page=2, slide=3, controls=CONTROLS, first=1, lacking=(3,))
PICTURE, OTHER = (f"data:image/png;base64,{letter * 300}" for letter in "AB")


def slide(number: int, text: str) -> str:
    return (
        f'<svg data-marpit-svg="" viewBox="0 0 4 3"><foreignObject><section id="{number}" class="x">'
        f'{text}<a id="in"></a></section></foreignObject></svg>'
    )


def image(address: str) -> str:
    return f'<img src="{address}">'


def page(*texts: str, style: str = "") -> str:
    slides = "".join(slide(number, text) for number, text in enumerate(texts, 1))
    return f'<html><head><style>{style}</style></head><body><div id=":$p">{slides}</div><p></p></body></html>'


def test_states_but_the_accepted_one_are_cut_out_of_the_page() -> None:
    parts = state_parts(page("one", "s0", "<svg></svg>s1", "s2", "s3"), [PAGE])
    states = dict(re.findall(r'<svg data-state="(\d)">(.*?</foreignObject>)</svg>', parts))
    assert sorted(states) == ["0", "1", "3"]
    assert states["1"] == (
        '<foreignObject><section class="x"><svg></svg>s1<a id="in"></a></section></foreignObject>'
    )
    (data,) = re.findall(r'data-deckwright-state="(.*?)"', parts)
    assert json.loads(html.unescape(data)) == {
        "page": 2,
        "slide": 3,
        "controls": [
            {"name": "lr", "values": ["0.1", "0.5"], "accepted": 1, "isNumeric": True},
            {"name": "rule", "values": ["a b", "c"], "accepted": 0, "isNumeric": False},
        ],
    }
    assert "<svg data-marpit-svg" not in parts  # which would be a slide


def test_the_letters_of_controls_are_in_the_page() -> None:
    control = Control("方法", ("'动量'", "'普通'"), 0)
    parts = state_parts(page("", "a", "b"), [ControlledPage(0, 1, (control,), 1)])
    assert {*"方法动量普通"} <= shown_characters(parts)


def test_scripts_of_slides_run_once() -> None:
    parts = state_parts(page("", "", "", "", "<script>marp()</script>end"), [PAGE])
    assert "marp()" not in parts
    assert "end" in parts


def test_a_page_gets_the_rules_that_only_states_need() -> None:
    known = "@import 'a;b'; a{color:red} @media print{b{c:d}}"
    more = "@media print{pre{c:d}}/* { */ pre{content:'}'}"
    assert more_style(page(style=known), page(style=f"{known}{more}")) == more
    assert more_style(page(style=known), page(style=known)) == ""


def test_a_picture_is_in_the_page_once() -> None:
    parts = state_parts(page("", image(PICTURE), image(OTHER) * 2, "", image(OTHER)), [PAGE])
    whole = page("one", f'<img src="{PICTURE}" alt="">').replace("<p></p>", parts)
    shared = with_shared_pictures(whole)
    assert shared.count(PICTURE) == shared.count(OTHER) == 1
    assert f'<img src="{PICTURE}" data-deckwright-picture="0" alt="">' in shared
    assert shared.count("deckwright-picture:0") == 1
    assert shared.count("deckwright-picture:1") == 3
    (data,) = re.findall(r"data-deckwright-pictures>(.*?)</script>", shared)
    assert json.loads(data) == ["", OTHER]
    assert "addControls()</script>" in shared


def test_a_page_without_states_stays() -> None:
    assert with_shared_pictures(page("one")) == page("one")


def test_what_only_a_state_has_is_at_the_line_of_its_slide() -> None:
    both, own = PageDiagnostic("broken-formula", "x", line=2), PageDiagnostic("broken-formula", "y", line=3)
    assert [*only_of_states([both], [replace(both, line=3), own], (1, 1, 7))] == [replace(own, line=7)]


def test_what_is_wrong_with_a_state_is_wrong_with_its_slide() -> None:
    request = RenderRequest("a.md", Path(), Path(), controlled=(PAGE,), state_lines=(1, 1, 7))
    assert sorted(slides_of_states([PAGE])) == [2, 3]  # not the accepted one, nor one that shows an error
    (found,) = of_states([SlideDiagnostic(SlideSlug.OVERFLOW, 3, 3, "too long")], request)
    assert (found.slide, found.line, found.message) == (3, 7, "too long (with lr = 0.1, rule = c)")
    assert pictures_of_states({2: "a.png", 3: "b.png"}, [PAGE]) == {3: "a.png"}
