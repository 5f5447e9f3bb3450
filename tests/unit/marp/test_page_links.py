"""Links of decks, as their pages write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.marp.embed import Embedder
from deckwright.marp.page_links import finish_links, page_link, printed_link, with_page_addresses
from deckwright.model import Box, DeckContents, RenderRequest, SlideContents, SlideLink


@pytest.mark.parametrize(
    ("link", "from_html", "from_pdf"),
    [
        ("../w2/deck.md", "../w2/deck.html", "../w2/deck.pdf"),
        ("notes.md", "../../slides/w1/notes.md", "../../slides/w1/notes.md"),
        ("%E4%B8%AD%20a.md#2", "%E4%B8%AD%20a.html#2", "%E4%B8%AD%20a.pdf#2"),
        ("data%20(1).csv", "../../slides/w1/data%20%281%29.csv", "../../slides/w1/data%20%281%29.csv"),
        ("gone.csv", "gone.csv", "gone.csv"),
        ("#2", "#2", "#2"),
        ("https://example.org/a.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("mailto:a@example.org", "mailto:a@example.org", "mailto:a@example.org"),
        ("//[", "//[", "//["),
    ],
)
def test_links_lead_to_pages_and_files(tmp_path: Path, link: str, from_html: str, from_pdf: str) -> None:
    source = tmp_path / "slides/w1/deck.md"
    source.parent.mkdir(parents=True)
    for name in ("data (1).csv", "notes.md"):
        (source.parent / name).touch()
    decks = frozenset({tmp_path / "slides/w2/deck.md", source.parent / "中 a.md"})
    request = RenderRequest("slides/w1/deck.md", tmp_path, source, decks=decks)
    assert page_link(link, request, tmp_path / "html/w1/deck.html") == from_html
    printed = printed_link(page_link(link, request, tmp_path / "pdf/w1/deck.pdf"))
    before = f"<</URI ({printed}) /S /URI>>".encode()
    after = finish_links(before)
    assert after.replace(b" ", b"") == f"<</URI({from_pdf})/S/URI>>".encode()
    assert len(after) == len(before)


def test_only_links_of_the_page_are_changed(tmp_path: Path) -> None:
    embedder = Embedder((tmp_path,), tmp_path, link_of=lambda link: f'{link}"&')
    page = '<a class="b" href="x">x</a> <area href="y"><!-- <a href="z"> -->'
    assert embedder.page(page) == page.replace('"x"', '"x&quot;&amp;"')


@pytest.mark.parametrize("allowed", [True, False])
def test_a_link_that_leaves_the_project_leads_there_or_stays(tmp_path: Path, allowed: bool) -> None:
    build, origin = tmp_path / "course/build", tmp_path / "course/slides"
    for name in ("course/build/slides", "course/slides", "away", "course/away"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").touch()
    (build / "slides/link.txt").symlink_to(tmp_path / "away/a.txt")
    folders = (tmp_path / "away",) if allowed else ()
    request = RenderRequest("slides/d.md", build, build / "slides/d.md", folders=folders, origin=origin)
    page = build / "html/d.html"
    away = "../../away/a.txt"
    assert page_link(away, request, page) == (f"../{away}" if allowed else away)
    assert page_link("link.txt", request, page) == ("../slides/link.txt" if allowed else "link.txt")
    assert page_link("a.txt", request, page) == "../slides/a.txt"


@pytest.mark.parametrize(
    ("in_browser", "in_file"),
    [
        (printed_link("../w2/deck.pptx#2"), "../w2/deck.pptx#2"),
        (printed_link("data (1).csv"), "data%20%281%29.csv"),
        (printed_link("data%20%281%29.csv"), "data%20%281%29.csv"),
        ("https://example.org/?a=1&b=2#c", "https://example.org/?a=1&b=2#c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+1", "tel:+1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("vbscript:x", ""),
        ("http://deckwright.invalid/etc/passwd", ""),
        ("//[", ""),
    ],
)
def test_links_of_the_browser_become_those_of_a_file(in_browser: str, in_file: str) -> None:
    boxes = (Box(0, 0, 1, 1),)
    links = (SlideLink("a", boxes, in_browser), SlideLink("b", boxes, slide=2))
    (slide,) = with_page_addresses(DeckContents(1, 1, (SlideContents(links=links),))).slides
    assert [link.address for link in slide.links] == ([in_file, ""] if in_file else [""])
