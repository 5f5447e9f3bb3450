"""Markdown that values display: formatted text, and nothing that is more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.rich_markdown import safe_latex, safe_markdown
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
        ("\xe4\x1b\U000c7399 *a\x07* `\x1bZ`", "<p>\xe4^[\U000c7399 <em>a^G</em> <code>^[Z</code></p>\n"),
        ("    \x1b[31mred", '<pre><code class="language-text">^[[31mred\n</code></pre>\n'),
    ],
)
def test_formatted_text(written: str, html: str) -> None:
    assert markdown().render(safe_markdown(written)).replace("<!-- prettier-ignore -->", "") == html


@pytest.mark.parametrize(
    ("written", "rows"),
    [
        ("a|b|c\n:-|:-:|-:\n`x`|*y*", ["| a | b | c |", "| :--- | :---: | ---: |", "| `` x `` | *y* |  |"]),
        (
            "a|b\n-|-\n`x\\|y`|\\| & 1 < 2",
            ["| a | b |", "| --- | --- |", "| `` x\\|y `` | &#124; \\& 1 \\< 2 |"],
        ),
        ("a|b\n-|-", ["| a | b |", "| --- | --- |"]),
    ],
)
def test_a_table(written: str, rows: list[str]) -> None:
    assert safe_markdown(written).split("\n") == rows
    assert markdown().render(safe_markdown(written)) == markdown().render(written)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("so $x_1 + y_2$ and 5 $", "so $x_1 + y_2$ and 5 \\$"),
        ("from $5 to $6", "from \\$5 to \\$6"),
        (r"$\{a*b*c\}$", r"$\{a*b*c\}$"),
        ("$x$2 $a$$b$", "$x$<!-- prettier-ignore -->2 $a$<!-- prettier-ignore -->$b$"),
        ("$$\nx\n- y\n$$\n\ntext", "$$x - y$$\n\ntext"),
        ("so $$x$$ holds", "so\n\n$$x$$\n\nholds"),
        ("- so $$x$$\n- b", "- so\n\n  $$x$$\n- b"),
        ("\\begin{align}\na &= b\n\\end{align}", "$$\\begin{align} a &= b \\end{align}$$"),
        ("a|b\n-|-\n$\\|x\\|$|**$$y$$**", "| a | b |\n| --- | --- |\n| $\\|x\\|$ | **$y$** |"),
        (r"$\href{x}{y}$", r"\$\\href\{x\}\{y\}\$"),
    ],
)
def test_formulas_stay(written: str, shown: str) -> None:
    assert safe_markdown(written) == shown


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        ("$x$", "$$x$$"),
        (r"The loss is $-\log p$, and *so* on.", r"The loss is $-\log p$\, and \*so\* on\."),
        ("first $$a$$ then \\[b\\] or\n\n\\(c\\)", "first\n\n$$a$$\n\nthen\n\n$$b$$\n\nor\n\n$c$"),
        (r"cost \$5 and $x$4", r"cost \$5 and $x$<!-- prettier-ignore -->4"),
        (r"so \begin{align}a\end{align}", "so\n\n$$\\begin{align}a\\end{align}$$"),
        ("# a <b> $x$", r"\# a \<b\> $x$"),
    ],
)
def test_latex_is_a_formula_or_text_with_formulas(latex: str, shown: str) -> None:
    assert safe_latex(latex) == shown


@pytest.mark.parametrize(
    "latex", ["", "no formula", r"$\def\a{\a}$ and $b$", r"$a$ \begin{tabular}{l}x\end{tabular}", "cost $5"]
)
def test_latex_that_is_neither(latex: str) -> None:
    assert safe_latex(latex) == ""


@pytest.mark.parametrize(
    "written",
    ["![x](https://example.org/a.png)", "a\n\n---\n\nb", "[x](mailto:a@example.org)", "#"],
)
def test_more_than_formatted_text(written: str) -> None:
    assert safe_markdown(written) == ""


@given(st.lists(st.sampled_from((*MARKDOWN, *HTML, "text", "\n\n")), max_size=8).map("".join))
def test_it_never_makes_a_slide_a_picture_or_a_tag(written: str) -> None:
    for shown in (safe_markdown(written), safe_latex(written), safe_latex(f"$a$ {written} $b$")):
        _is_harmless(shown)


def _is_harmless(shown: str) -> None:
    assert len(parse_deck("slides/a.md", f"# a\n\n{shown}\n\nend\n").slides) == 1
    tokens = [t for token in markdown().parse(shown) for t in (token, *(token.children or []))]
    kinds = {token.type for token in tokens if token.content != "<!-- prettier-ignore -->"}
    assert not kinds & {"html_block", "html_inline", "image", "hr", "heading_open"}
