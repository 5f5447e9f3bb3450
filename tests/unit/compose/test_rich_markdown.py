"""Markdown that values display: formatted text, and nothing that is more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.rich_markdown import safe_markdown
from deckwright.parse import parse_deck
from deckwright.parse.markdown import markdown
from support.hostile import HTML, MARKDOWN


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("**b** and *i*, `x<y`", "<p><strong>b</strong> and <em>i</em>, <code>x&lt;y</code></p>\n"),
        ("one\ntwo", "<p>one two</p>\n"),
        ("# Title\n\ntext", "<p><strong>Title</strong></p>\n<p>text</p>\n"),
        ("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "3. a\n4. b\n   - c",
            '<ol start="3">\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ol>\n',
        ),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>\n"),
        ("> q", "<blockquote>\n<p>q</p>\n</blockquote>\n"),
        ("```\na\n```", '<pre><code class="language-text">a\n</code></pre>\n'),
        ("[a](https://example.org/b?c=d)", '<p><a href="https://example.org/b?c=d">a</a></p>\n'),
        ("<b>x</b> &amp; 1 < 2", "<p>&lt;b&gt;x&lt;/b&gt; &amp; 1 &lt; 2</p>\n"),
        ("**bold** text", "<p><strong>bold</strong> text</p>\n"),
        ("3\\. x :smile:", "<p>3. x :smile:</p>\n"),
    ],
)
def test_formatted_text(written: str, html: str) -> None:
    assert markdown().render(safe_markdown(written)).replace("<!-- prettier-ignore -->", "") == html


def test_formulas_stay() -> None:
    assert safe_markdown("so $x_1 + y_2$ and 5 $") == "so $x_1 + y_2$ and 5 \\$"


@pytest.mark.parametrize(
    "written",
    ["![x](https://example.org/a.png)", "a\n\n---\n\nb", "[x](mailto:a@example.org)", "#", "| a |\n|---|\n"],
)
def test_more_than_formatted_text(written: str) -> None:
    assert safe_markdown(written) == ""


@given(st.lists(st.sampled_from((*MARKDOWN, *HTML, "text", "\n\n")), max_size=8).map("".join))
def test_it_never_makes_a_slide_a_picture_or_a_tag(written: str) -> None:
    shown = safe_markdown(written)
    assert len(parse_deck("slides/a.md", f"# a\n\n{shown}\n\nend\n").slides) == 1
    tokens = [t for token in markdown().parse(shown) for t in (token, *(token.children or []))]
    kinds = {token.type for token in tokens if token.content != "<!-- prettier-ignore -->"}
    assert not kinds & {"html_block", "html_inline", "image", "hr", "heading_open"}
