"""LaTeX that values display: a formula on one line, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckwright.compose.formula import formula


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"$\displaystyle x \sin{\left(x \right)}$", r"\displaystyle x \sin{\left(x \right)}"),
        ("$$\n\\int x\\,dx\n= 1\n$$", r"\int x\,dx = 1"),
        (r"\[a\]", "a"),
        (r"\(a\)", "a"),
        (r"\begin{align}a &= b \\ c &= d\end{align}", r"\begin{align}a &= b \\ c &= d\end{align}"),
        ("$a < b > c$", r"a \lt  b \gt  c"),
        (r"$\left\{x \in A\right\}$", r"\left\{x \in A\right\}"),
        (r"$50\%$", r"50\%"),
        (r"$\mathbb{E}[x]$", r"\mathbb{E}[x]"),
    ],
)
def test_a_formula(latex: str, shown: str) -> None:
    assert formula(latex) == shown


@pytest.mark.parametrize(
    "latex",
    [
        "",
        "$$",
        r"the value is $x$, and $y$",
        "two words",
        r"\begin{Verbatim}x\end{Verbatim}",
        r"\begin{tabular}{l}a\end{tabular}",
        r"$\href{javascript:alert(1)}{x}$",
        r"$\def\a{\a\a}\a$",
        r"$\newcommand{\a}{b}$",
        r"$\style{position:fixed}{x}$",
        r"$\unicode{x41}$",
        r"$\rule{9999em}{9999em}$",
        r"$x % a comment$",
        "$x}{y$",
        "$[x](https://example.org)$",
        "$`x`$",
        "$" + "x" * 5000 + "$",
        "$a\x1bb$",
    ],
)
def test_no_formula(latex: str) -> None:
    assert formula(latex) == ""


@given(st.text(alphabet="\\{}$`<>[]()!-\n axhref_^%&~"))
def test_no_formula_is_more_than_one(latex: str) -> None:
    shown = formula(latex)
    assert not set("`<>\n").intersection(shown)
    assert "](" not in shown
    assert "$" not in shown.replace(r"\$", "")
