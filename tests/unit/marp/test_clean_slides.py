"""Which slides are other ones after an edit."""

from __future__ import annotations

import pytest

from deckwright.marp.clean_slides import slide_digests

SLIDES = ["<p>one</p>", "<!--\0line 5--><p>two</p>", "<!--\0line 9--><p>three</p>"]


def page(slides: list[str], css: str = "p{color:red}") -> str:
    shown = "".join(f'<svg data-marpit-svg="">{slide}</svg>' for slide in slides)
    return f"<html><head><style>{css}</style></head><body>{shown}</body></html>"


def changed(before: tuple[str, ...], after: tuple[str, ...]) -> list[int]:
    return [number for number, each in enumerate(after, 1) if each not in before]


BEFORE = slide_digests(page(SLIDES), ["letters"], {"2": "lr"})


@pytest.mark.parametrize(
    ("after", "numbers"),
    [
        pytest.param((page(SLIDES), ["letters"], {"2": "lr"}), [], id="nothing"),
        pytest.param((page([SLIDES[0], "<p>2</p>", SLIDES[2]]), ["letters"], {"2": "lr"}), [2], id="a-text"),
        pytest.param((page([*SLIDES[:2], "<p>3</p>"]), ["letters"], {"2": "lr"}), [3], id="the-last-text"),
        pytest.param(
            (page([each.replace("line 9", "line 12") for each in SLIDES]), ["letters"], {"2": "lr"}),
            [],
            id="lines",
        ),
        pytest.param((page(SLIDES), ["letters"], {"2": "rate"}), [2], id="a-control"),
        pytest.param((page(SLIDES), ["others"], {"2": "lr"}), [1, 2, 3], id="what-all-have"),
        pytest.param((page(SLIDES, "p{}"), ["letters"], {"2": "lr"}), [1, 2, 3], id="the-style"),
        pytest.param((page(SLIDES[:2]), ["letters"], {"2": "lr"}), [1, 2], id="a-slide-less"),
    ],
)
def test_what_changes_a_slide(after: tuple[str, object, dict[str, object]], numbers: list[int]) -> None:
    assert changed(BEFORE, slide_digests(*after)) == numbers


@pytest.mark.parametrize(
    ("css", "numbers"),
    [
        pytest.param("h1{counter-increment: part}", [1, 2, 3], id="a-counter"),
        pytest.param("body{counter-reset:katexEqnNo mmlEqnNo}", [2], id="numbers-of-equations"),
        pytest.param("body > div:has(.dark) section{color:#fff}", [1, 2, 3], id="what-the-page-has"),
        pytest.param("section p:has(em){color:#fff}", [2], id="what-a-slide-has"),
    ],
)
def test_styles_in_which_slides_depend_on_others(css: str, numbers: list[int]) -> None:
    before = slide_digests(page(SLIDES, css), [], {})
    after = slide_digests(page([SLIDES[0], "<p>2</p>", SLIDES[2]], css), [], {})
    assert changed(before, after) == numbers
