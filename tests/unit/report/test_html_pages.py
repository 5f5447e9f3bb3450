"""The pages of a build and of a check: each is one file, and shows an author's text as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

from deckwright.model import (
    Accepted,
    Case,
    CaseState,
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
    description="向量 & <i>",
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


def test_a_course_has_a_title_and_its_decks_say_what_they_teach() -> None:
    deck = replace(DECK, path="slides/02-feature-space.md")
    page = Page(index(replace(REPORT, title="深度 <学习>", decks=(deck,))))
    assert page.text.count("深度 <学习>") == 2  # also in the window's title
    assert DECK.description in page.text
    assert "02 特征空间" in page.text
    assert "1 deck, 41 slides" in " ".join(page.text.split())


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
    Case("a.md", 1, "z.py#r", 3, diagnostics=(ERROR,), state=CaseState.FAILED),
    Case("a.md", 2, "f.svg", 9),
    Case("a.md", 1, "slide", 1, diagnostics=(WARNING,)),
    Case("a.md", 2, "slide", 7, diagnostics=(FLAW,), state=CaseState.FAILED),
    Case("b.md", 1, "slide", 1),
)
CHECKED = replace(BAD, diagnostics=(WARNING, FLAW, ERROR), cases=CASES)


def test_diagnostics_link_to_their_pictures_and_cases_to_their_diagnostics() -> None:
    html = check_page(CHECKED)
    page = Page(html)
    assert [link for link in page.links if link.startswith("..")] == ["../check/a%20b/a-2.png"] * 2
    inside = [link[1:] for link in page.links if link.startswith("#diagnostic")]
    assert inside == ["diagnostic-2", "diagnostic-3", "diagnostic-1"]
    assert {*inside, "wrong"} <= set(page.ids)
    assert 'alt="Slide 2 with the place marked"' in html
    assert html.count("<script>") == 1
    assert not re.search(r"https?://|@import|url\(", html)


def test_what_is_wrong_is_listed_by_deck_and_every_case_by_slide() -> None:
    words = " ".join(Page(check_page(CHECKED)).text.split())
    assert "Check of 2 decks 3 of 5 cases proved 2 errors, 1 warning" in words
    assert "all 3 overflow 1 snippet-failed 1 drifted 1" in words
    deck, other = words.index(" a.md a.md:7:1 error"), words.index(" b.md 1 case, 1 proved")
    assert deck < words.index("it <failed>") < words.index("it changed") < other
    assert (
        "4 cases, 2 proved slide 1 z.py#r: failed slide: warned slide 2 f.svg slide: failed b.md "
        "1 case, 1 proved slide 1 slide"
    ) in words


def test_cases_of_a_stopped_check_are_skipped() -> None:
    cases = (
        *CASES[:1],
        *(replace(case, state=CaseState.SKIPPED, reason="nothing ran") for case in CASES[1:]),
    )
    words = Page(check_page(replace(CHECKED, decks=(), cases=cases))).text
    assert "0 of 5 cases proved" in words
    assert "f.svg: skipped" in words


def test_what_is_neither_proved_nor_failed_is_counted_and_named() -> None:
    accepted = Accepted(FLAW, "the <table> is the point")
    cases = (
        Case("a.md", 2, "slide", 7, state=CaseState.ACCEPTED, reason=accepted.reason),
        Case("a.md", 3, "not-run", 9, state=CaseState.NOT_RUN, reason="needs a GPU farm"),
        Case("a.md", 4, "slide", 12, state=CaseState.KNOWN, reason="the baseline knows it"),
    )
    report = replace(CHECKED, diagnostics=(), cases=cases, accepted=(accepted,), known=2)
    html = check_page(report)
    words = " ".join(Page(html).text.split())
    assert (
        "0 of 3 cases proved, 1 accepted, 1 not run (with a reason), 1 known to the baseline; "
        "2 diagnostics known to the baseline"
    ) in words
    assert "Everything else is proved" in words
    assert "accepted [overflow] 88 pixels Reason: the <table> is the point" in words
    assert "not-run: not run" in words
    assert 'title="needs a GPU farm"' in html


def test_a_build_counts_what_is_accepted_and_what_does_not_run() -> None:
    deck = replace(DECK, references={"code": 20, "not-run": 2})
    words = Page(index(replace(REPORT, decks=(deck,), accepted=(Accepted(FLAW, "why"),)))).text
    assert "2 blocks not run" in words
    assert "1 diagnostic accepted at its place" in words
