"""Changes between two versions of a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from deckwright.serve.pages import PageCache, PageChange, Swap, compare, read_page, version_of


@dataclass(frozen=True)
class Deck:
    """A page as Marp writes it."""

    slides: tuple[str, ...]
    notes: dict[int, str] = field(default_factory=dict)
    title: str = "A deck"
    styles: tuple[str, ...] = ("body{}", "section{color:red}")
    charts: tuple[str, ...] = ()
    states: str = ""

    def bytes(self) -> bytes:
        total = len(self.slides)
        slides = "".join(
            f'<svg data-marpit-svg="" viewBox="0 0 4 3"><foreignObject><section id="{number}" '
            f'data-marpit-pagination-total="{total}">{slide}</section></foreignObject></svg>'
            for number, slide in enumerate(self.slides, 1)
        )
        notes = "".join(
            f'<div class="bespoke-marp-note" data-index="{index}" tabindex="0">{note}</div>'
            for index, note in self.notes.items()
        )
        styles = "".join(f"<style>{style}</style>" for style in self.styles)
        charts = "".join(
            f'<script type="text/plain" data-deckwright-library="{kind}">x\ny</script>'
            for kind in self.charts
        )
        live = "<script data-deckwright-frame>z</script>" if charts else ""
        if self.states:
            live += f"<div hidden data-deckwright-states>{self.states}</div><!--deckwright-states-->"
        return (
            f"<!DOCTYPE html><html><head><title>{self.title}</title>{styles}</head><body>"
            f'<div id=":$p">{slides}</div>{notes}<script>marp()</script>{charts}{live}</body></html>'
        ).encode()


BASE = Deck(("<h1>a</h1>", "<p>b</p>", "<p>c</p>", "<p>d</p>"), {0: "<p>say</p>", 3: "<p>bye</p>"})


def changed(before: Deck, after: Deck) -> PageChange:
    change = compare(read_page(before.bytes()), read_page(after.bytes()))
    assert change
    assert (change.before, change.after) == (version_of(before.bytes()), version_of(after.bytes()))
    return change


def with_slide(deck: Deck, number: int, text: str) -> Deck:
    slides = [*deck.slides]
    slides[number - 1] = text
    return replace(deck, slides=tuple(slides))


def test_the_same_page_did_not_change() -> None:
    assert compare(read_page(BASE.bytes()), read_page(BASE.bytes())) is None


@pytest.mark.parametrize("number", [1, 3, 4])
def test_a_slide_is_replaced_and_shown(number: int) -> None:
    change = changed(BASE, with_slide(BASE, number, "<p>new</p>"))
    assert change.shown == (number,)
    assert change.swap
    (index,) = change.swap.slides
    assert index == number - 1
    assert change.swap.slides[index].startswith('<svg data-marpit-svg="" viewBox="0 0 4 3">')
    assert change.swap.slides[index].endswith("<p>new</p></section></foreignObject></svg>")
    assert (change.swap.styles, change.swap.notes) == ({}, {})


def test_an_open_page_turns_to_one_of_the_slides_that_changed() -> None:
    change = changed(BASE, with_slide(with_slide(BASE, 4, "x"), 2, "y"))
    assert change.shown == (2, 4)
    assert change.swap
    assert sorted(change.swap.slides) == [1, 3]


def test_after_an_edit_of_the_whole_deck_the_page_stays() -> None:
    change = changed(
        BASE, replace(BASE, slides=tuple(f"{slide}<footer>new</footer>" for slide in BASE.slides))
    )
    assert change.shown == ()
    assert change.swap
    assert sorted(change.swap.slides) == [0, 1, 2, 3]


def test_the_only_slide_is_shown() -> None:
    assert changed(Deck(("a",)), Deck(("b",))).shown == (1,)


def test_styles_and_notes_are_replaced_and_the_page_stays() -> None:
    after = replace(
        BASE, styles=("body{}", "section{color:blue}"), notes={0: "<p>say</p>", 3: "<p>hello</p>"}
    )
    change = changed(BASE, after)
    assert change.shown == ()
    assert change.swap == Swap({}, {1: "section{color:blue}"}, {3: "<p>hello</p>"})


@pytest.mark.parametrize(
    ("slides", "first"),
    [
        (("<h1>a</h1>", "<p>b</p>", "new", "<p>c</p>", "<p>d</p>"), 3),
        (("<h1>a</h1>", "<p>c</p>", "<p>d</p>"), 2),
        (("<h1>a</h1>", "<p>b</p>", "<p>c</p>", "<p>d</p>", "new"), 5),
        (("<h1>a</h1>", "<p>b</p>", "<p>c</p>"), 4),
    ],
)
def test_another_number_of_slides_is_loaded_again(slides: tuple[str, ...], first: int) -> None:
    change = changed(BASE, replace(BASE, slides=slides))
    # The number of slides, which is on every slide, does not count as a change.
    assert (change.swap, change.shown) == (None, (min(first, len(slides)),))


@pytest.mark.parametrize(
    "after",
    [
        replace(BASE, title="Another"),
        replace(BASE, styles=("body{}",)),
        replace(BASE, notes={0: "<p>say</p>"}),
        with_slide(BASE, 2, '<ul><li data-marpit-fragment="1">step</li></ul>'),
        with_slide(BASE, 2, "<script>1</script>"),
    ],
    ids=["title", "styles", "notes", "steps", "script"],
)
def test_what_marp_reads_only_once_is_loaded_again(after: Deck) -> None:
    assert changed(BASE, after).swap is None
    assert changed(after, BASE).swap is None


def test_a_slide_with_the_same_script_is_replaced() -> None:
    before = with_slide(BASE, 4, "old<script>marp()</script>")
    change = changed(before, with_slide(BASE, 4, "new<script>marp()</script>"))
    assert change.swap
    assert list(change.swap.slides) == [3]


def test_the_script_on_the_last_slide_is_no_change() -> None:
    script = "<script>marp()</script>"
    before, after = Deck(("a", f"b{script}")), Deck(("a", "b", f"c{script}"))
    assert changed(before, after).shown == (3,)


def test_a_page_that_is_no_deck_is_loaded_again() -> None:
    change = compare(read_page(b"<html>1</html>"), read_page(b"<html>2</html>"))
    assert change
    assert (change.swap, change.shown) == (None, ())


def test_a_page_that_ends_in_the_middle_is_no_deck() -> None:
    broken = BASE.bytes().replace(b"</foreignObject></svg></div>", b"")
    assert read_page(broken).slides == ()


def test_a_page_that_was_gone_comes_back_as_a_change(tmp_path: Path) -> None:
    page = tmp_path / "html/a.html"
    page.parent.mkdir()
    cache = PageCache(tmp_path)
    page.write_bytes(BASE.bytes())
    assert cache.refresh(["html/a.html"]) == {}
    page.unlink()
    for decks in (["html/a.html"], []):
        assert cache.refresh(decks) == {}
        assert cache.versions == {}
    page.write_bytes(with_slide(BASE, 2, "new").bytes())
    assert cache.refresh(["html/a.html"]) == {"html/a.html": changed(BASE, with_slide(BASE, 2, "new"))}


def test_what_draws_charts_is_needed_and_never_replaced() -> None:
    without, with_charts = (
        BASE,
        replace(with_slide(BASE, 2, "chart"), charts=("vega-lite", "plotly", "plotly")),
    )
    there, back = changed(without, with_charts).swap, changed(with_charts, without).swap
    assert (there, back) == (
        Swap({1: _slide(with_charts)}, charts=("plotly", "vega-lite")),
        Swap({1: _slide(without)}),
    )


def test_states_of_slides_are_replaced() -> None:
    old, new = (replace(BASE, states=f"<template><div>{text}</div></template>") for text in ("old", "new"))
    change = changed(old, new)
    assert change.swap == Swap(states=f"<div hidden data-deckwright-states>{new.states}</div>")
    assert change.shown == ()
    assert changed(BASE, old).swap is None  # the page has no script for them


def _slide(deck: Deck) -> str:
    return read_page(deck.bytes()).slides[1]
