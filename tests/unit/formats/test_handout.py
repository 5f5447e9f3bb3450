"""Hand-outs as HTML: which slides are on which sheet, and what is around them."""

import re
import sys
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from deckwright.errors import ToolMissing
from deckwright.formats.handout import HANDOUT, SHAPES, SIZES, css_string, notes_html, sheets
from deckwright.model import LAYOUTS, PAPERS, FormatOptions
from support.fakes import FakeRendering
from support.lecture import lecture_of

STEPS = '# 一\n\n---\n\n# 二\n\n```python no-exec="a sketch" {1|2}\na\nb\n```\n\n---\n\n# 三\n'
LECTURE = lecture_of("slides/part/a.md", STEPS)


@dataclass(frozen=True)
class Spoken(FakeRendering):
    notes: tuple[str, ...] = ("first", "", "second", "")  # type: ignore[assignment]


def handout(
    layout: str = "notes", paper: str = "A4", notes: tuple[str, ...] = Spoken.notes, **more: str
) -> str:
    lecture = replace(LECTURE, **more)  # type: ignore[arg-type]
    return sheets(Spoken(b"", notes=notes), lecture, FormatOptions(layout=layout, paper=paper))


def places(page: str) -> list[list[int]]:
    """Return the slides of each sheet."""
    return [
        [int(number) for number in re.findall(r'data-slide="(\d+)"', sheet)]
        for sheet in page.split('<div class="sheet')[1:] or [page]
    ]


def test_each_choice_has_a_shape() -> None:
    assert tuple(SHAPES) == LAYOUTS
    assert tuple(SIZES) == PAPERS


@pytest.mark.parametrize(
    ("layout", "slides"),
    [
        ("notes", [[0, 2, 3]]),
        ("lines", [[0, 2, 3]]),
        ("2up", [[0, 2], [3]]),
        ("4up", [[0, 2, 3]]),
        ("6up", [[0, 2, 3]]),
    ],
)
def test_the_last_step_of_each_slide_is_on_paper(layout: str, slides: list[list[int]]) -> None:
    assert places(handout(layout)) == slides


@pytest.mark.parametrize(
    ("layout", "paper", "size"),
    [
        ("notes", "A4", "210mm 297mm"),
        ("notes", "Letter", "215.9mm 279.4mm"),
        ("4up", "A4", "297mm 210mm"),
        ("4up", "Letter", "279.4mm 215.9mm"),
    ],
)
def test_paper(layout: str, paper: str, size: str) -> None:
    assert f"size: {size};" in handout(layout, paper)


def test_notes_are_below_their_slides() -> None:
    _, first, second, third = handout(notes=("*a*", "b", "b", "")).split('<div class="spoken')
    assert "<em>a</em>" in first
    assert "<p>b</p>" in second
    assert "<p>" not in third
    assert "<em>a</em>" not in handout("2up", notes=("*a*", "b", "b", ""))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_only_one_layout_has_lines(layout: str) -> None:
    assert ("<i></i>" in handout(layout)) is (layout == "lines")


def test_the_first_sheet_says_what_it_is() -> None:
    page = handout(course_title="机器 <学习>", date="2026-03-01", address="https://a.org/html/a.html")
    head = page.partition('<div class="head">')[2].partition("data-slide")[0]
    assert page.count('<div class="head">') == 1
    assert "机器 &lt;学习&gt;" in head
    assert ">一<" in head
    assert "2026-03-01" in head
    assert head.count('href="https://a.org/html/a.html"') == 2
    assert "<svg" in head


def test_what_is_not_known_leaves_no_trace() -> None:
    page = handout()
    assert "<svg" not in page
    assert "href" not in page
    assert '@top-left { content: "一";' in page


def test_further_sheets_say_it_in_their_margins() -> None:
    page = handout(course_title='a "b"</style>', date="2026-03-01")
    assert '@top-left { content: "a \\0022 b\\0022 \\003c /style\\003e  · 一";' in page
    assert '@top-right { content: "2026-03-01";' in page


@given(st.text())
def test_a_string_of_a_style_sheet_cannot_end_it(text: str) -> None:
    string = css_string(text)
    assert not re.search(r'["<>\n\r\f]', string[1:-1])
    assert "\\\\" not in string


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# Ask\n\nwho", '<p class="heading">Ask</p>\n<p>who</p>\n'),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
        ("![a <b>](c.png)", "<p>a &lt;b&gt;</p>\n"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>\n"),
        ("第一，\n第二“三”\n四 *五*\n六\na\n七", "<p>第一，第二“三”四 <em>五</em>六\na\n七</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("```python\na < b\n```", '<pre><code class="language-python">a &lt; b\n</code></pre>\n'),
        ("", ""),
        (r"学习率$\eta$很小", "<p>学习率<span data-formula>\\eta</span>很小</p>\n"),
        (r"$a*b*c<\{x\}$", "<p><span data-formula>a*b*c&lt;\\{x\\}</span></p>\n"),
        ("$5 and $10", "<p>$5 and $10</p>\n"),
        (r"\$x\$ `$x$`", "<p>$x$ <code>$x$</code></p>\n"),
        ("a $$x$$", "<p>a $$x$$</p>\n"),
        ("$$ x $$\na", "<p data-formula> x </p><p>a</p>\n"),
        ("a\n$$\nx\n\ny$$", "<p>a</p>\n<p data-formula>\nx\n\ny</p>"),
        ("- $$\n  x\n  $$", "<ul>\n<li>\n<p data-formula>\nx\n</p></li>\n</ul>\n"),
        ("> $$\n> x\n> > 0\n> $$", "<blockquote>\n<p data-formula>\nx\n&gt; 0\n</p></blockquote>\n"),
        ("$$\nx", "<p data-formula>\nx</p>"),
    ],
)
def test_notes_are_markdown(markdown: str, html: str) -> None:
    assert notes_html(markdown) == html


def test_dollars_are_dollars_where_formulas_are_off() -> None:
    assert notes_html("$a*b*c$", math=False) == "<p>$a<em>b</em>c$</p>\n"


@given(st.text())
def test_notes_cannot_leave_their_place(text: str) -> None:
    tree = etree.HTML(f"<body><div id='place'>{notes_html(text)}</div></body>")
    assert [each.get("id") for each in tree.find("body")] == ["place"]
    assert not tree.xpath("//script | //style | //*[@data-slide]")


def test_no_package_for_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    handout()
    with pytest.raises(ToolMissing, match="segno") as caught:
        handout(address="https://a.org")
    assert "deckwright[handout]" in caught.value.hint


def test_it_is_made_anew_when_what_it_says_changes() -> None:
    others = (
        LECTURE,
        replace(LECTURE, date="1"),
        replace(LECTURE, course_title="1"),
        replace(LECTURE, address="1"),
    )
    assert len({str(HANDOUT.sources(each)) for each in others}) == len(others)
