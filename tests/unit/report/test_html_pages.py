"""The pages of a build and of a check: each is one file, and shows an author's text as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

from deckwright.model import (
    Case,
    DeckReport,
    Diagnostic,
    Failure,
    FailureKind,
    JobReport,
    Location,
    Raised,
    Report,
    Severity,
    Status,
)
from deckwright.report.html_pages import check_page, index_page

DECK = DeckReport(
    "slides/第 2 讲.md",
    "特征空间 & <b>",
    41,
    {"code": 20, "output": 1},
    scripts=("snippets/b c.py",),
    outputs={"html": "html/第 2 讲.html", "pdf": "pdf/第 2 讲.pdf"},
    markdown="slides/第 2 讲.md",
    picture="pictures/第 2 讲.png",
)
GOOD_JOB = JobReport("snippets/b c.py", "snippets/b c.py", "", "cpu", Status.OK, 0.42, "nothing changed")
BAD_JOB = JobReport(
    "snippets/z.py",
    "snippets/z.py",
    "",
    "cpu",
    Status.FAILED,
    0.1,
    "its code changed",
    Failure(FailureKind.RAISED, "", raised=Raised("ValueError", "</td><script>alert(1)</script>")),
)
ERROR = Diagnostic("snippet-failed", "it <failed>", Location("snippets/z.py", 3, 5, 2), "y = <i", "fix it")
WARNING = Diagnostic("drifted", "it changed", Location("a.md", 1), severity=Severity.WARNING)
REPORT = Report((DECK,), (GOOD_JOB,), (), 1.0, {"torch": "2.9.1"})
BAD = replace(REPORT, jobs=(GOOD_JOB, BAD_JOB), diagnostics=(WARNING, ERROR))
VOID = {"meta", "link", "img", "br"}


class Page(HTMLParser):
    """The addresses, ids and text of a page; fails on tags that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def index(report: Report) -> str:
    return index_page(report, {DECK.picture: b"PNG"})


def test_a_deck_is_linked() -> None:
    page = Page(index(REPORT))
    files = {unquote(link) for link in page.links if not link.startswith(("#", "data:"))}
    assert files == {*DECK.outputs.values(), DECK.markdown}
    assert DECK.title in page.text
    assert "41 slides" in page.text
    assert "20 code blocks" in page.text
    assert "1 output" in page.text


def test_links_within_the_page_lead_somewhere() -> None:
    page = Page(index(BAD))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert len(inside) == 2
    assert inside <= set(page.ids)
    assert not any(" " in each for each in page.ids)


def test_a_deck_without_pdf_and_picture() -> None:
    page = Page(
        index(
            replace(
                REPORT,
                decks=(replace(DECK, outputs={"html": DECK.path_to_open, "pdf": ""}, picture="", title=""),),
            )
        )
    )
    assert "PDF" not in page.text
    assert DECK.path in page.text


def test_its_picture_is_inside() -> None:
    page = Page(index(REPORT))
    assert "data:image/png;base64,UE5H" in page.links


def test_failures_come_first_and_are_text() -> None:
    html = index(BAD)
    page = Page(html)
    assert html.startswith("<!doctype html>")
    assert "1 error" in page.text
    assert page.text.index("snippet-failed") < page.text.index("drifted")
    assert page.text.index("snippets/z.py") < page.text.rindex("snippets/b c.py")
    assert "ValueError: </td><script>alert(1)</script>" in page.text
    assert "y = <mark>&lt;i</mark>" in html
    assert html.count("<script>") == 1


def test_nothing_comes_from_the_network() -> None:
    assert not re.search(r"https?://|@import|url\(", index(BAD))


def test_the_time_of_the_build_is_not_in_the_page() -> None:
    assert index(REPORT) == index(replace(REPORT, seconds=99.0))


def test_an_empty_build() -> None:
    assert "0 decks" in Page(index(Report())).text


# --- the page of a check ----------------------------------------------------------------------

FLAW = Diagnostic("overflow", "88 pixels", Location("a.md", 7), slide=2, picture="check/a b/a-2.png")
CASES = (
    Case("a.md", 1, "z.py#r", 3, diagnostics=(ERROR,)),
    Case("a.md", 2, "f.svg", 9),
    Case("a.md", 1, "slide", 1, diagnostics=(WARNING,)),
    Case("a.md", 2, "slide", 7, diagnostics=(FLAW,)),
    Case("b.md", 1, "slide", 1),
)
CHECKED = replace(BAD, diagnostics=(WARNING, FLAW, ERROR), cases=CASES, unproved=2)


def test_diagnostics_link_to_their_pictures_and_cases_to_their_diagnostics() -> None:
    html = check_page(CHECKED)
    page = Page(html)
    assert [link for link in page.links if link.startswith("..")] == ["../check/a%20b/a-2.png"] * 2
    inside = [link[1:] for link in page.links if link.startswith("#diagnostic")]
    assert inside == ["diagnostic-2", "diagnostic-3", "diagnostic-1"]
    assert {*inside, "wrong"} <= set(page.ids)
    assert 'alt="Slide 2 with the place marked"' in html
    assert "<script" not in html


def test_every_case_is_listed_by_deck_and_slide() -> None:
    words = Page(check_page(CHECKED)).text
    assert "Check of 2 decks" in words
    assert "3 of 5 cases proved" in words
    listed = " ".join(words[words.index("it changed") :].split())
    assert listed == (
        "it changed a.md slide 1 z.py#r: failed slide: warned slide 2 f.svg slide: failed b.md slide 1 slide"
    )


def test_cases_of_a_stopped_check_are_skipped() -> None:
    cases = tuple(replace(case, stopped=True) for case in CASES)
    words = Page(check_page(replace(CHECKED, decks=(), cases=cases, unproved=5))).text
    assert "0 of 5 cases proved" in words
    assert "f.svg: skipped" in words


def test_diagnostics_of_the_baseline_are_counted() -> None:
    words = Page(check_page(replace(CHECKED, diagnostics=(), cases=CASES[1:2], unproved=1, known=2))).text
    assert "0 of 1 case proved, 2 diagnostics accepted by the baseline" in words
    assert "Everything else is proved" in words
