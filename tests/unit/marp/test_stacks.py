"""Families in the styles of a page."""

from __future__ import annotations

import re

import pytest

from deckwright.marp.stacks import with_stacks, with_stacks_of


def changed(css: str) -> str:
    """Return what becomes of a style sheet, without the one that comes before."""
    page = with_stacks(f"<head><style>{css}</style></head>")
    return re.fullmatch(r"<head><style>@layer.*?</style><style>(.*)</style></head>", page, re.S)[1]


FACE = '@font-face{font-family:"Lato";src:url(%s)}'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            'font-family:-apple-system,"Segoe UI",sans-serif',
            'font-family:Deckwright Sans,-apple-system,"Segoe UI",sans-serif',
        ),
        ("font-family: system-ui", "font-family: Deckwright Sans,system-ui"),
        ("font-family: Corporate, Arial", "font-family: Deckwright Sans,Corporate, Arial"),
        ("font-family: Arial !important", "font-family: Deckwright Sans,Arial !important"),
        ("font-family:Georgia, serif", "font-family:Deckwright Serif,Deckwright Sans,Georgia, serif"),
        ("font-family:Times New Roman", "font-family:Deckwright Serif,Deckwright Sans,Times New Roman"),
        ("font-family:Menlo, monospace", "font-family:JetBrains Mono,Deckwright Sans,Menlo, monospace"),
        ('font-family:"Fira Code"', 'font-family:JetBrains Mono,Deckwright Sans,"Fira Code"'),
        ("font: bold 12px/1.5 Arial", "font: bold 12px/1.5 Deckwright Sans,Arial"),
        ("font: large Georgia", "font: large Deckwright Serif,Deckwright Sans,Georgia"),
        ("font: 1em var(--x), serif", "font: 1em var(--x), Deckwright Serif,Deckwright Sans,serif"),
        (
            "font-family:var(--f, ui-monospace, Menlo)",
            "font-family:var(--f, JetBrains Mono,Deckwright Sans,ui-monospace, Menlo)",
        ),
        ("--body: Arial, sans-serif", "--body: Deckwright Sans,Arial, sans-serif"),
        ('--font: "A", B', '--font: Deckwright Sans,"A", B'),
        ("font-family: inherit", "font-family: inherit"),
        ("font: inherit", "font: inherit"),
        ("font: caption", "font: caption"),
        ("font: 400 var(--size) / 1.5 var(--f)", "font: 400 var(--size) / 1.5 var(--f)"),
        ("--font-weight: bold", "--font-weight: bold"),
        ("--font-size: 12px", "--font-size: 12px"),
        ("--colors: red, green", "--colors: red, green"),
        ("content:'font'; color:red", "content:'font'; color:red"),
        ("font-weight:700;font-size:2em", "font-weight:700;font-size:2em"),
    ],
)
def test_ours_come_before_families_that_the_page_lacks(before: str, after: str) -> None:
    assert changed(f"a{{{before}}}") == f"a{{{after}}}"


def test_a_family_that_the_page_contains_stays_first() -> None:
    local, remote = FACE % "fonts/lato.woff2", FACE % "https://fonts.example/lato.woff2"
    assert changed(f"{local}a{{font-family:Lato,Arial}}") == (
        f"{local}a{{font-family:Lato,Deckwright Sans,Arial}}"
    )
    assert changed(f"{local}a{{font-family:Lato}}") == f"{local}a{{font-family:Lato,Deckwright Sans}}"
    assert changed(f"{remote}a{{font-family:Lato,Arial}}") == (
        f"{remote}a{{font-family:Deckwright Sans,Lato,Arial}}"
    )


def test_a_formula_has_its_own_letters_and_no_serif_ones_of_ours() -> None:
    face = '@font-face{font-family:"KaTeX_Main";src:url(https://cdn.jsdelivr.net/npm/katex@0/dist/fonts/M.woff2)}'
    assert changed(f"{face}a{{font:1em KaTeX_Main,Times New Roman,serif}}") == (
        f"{face}a{{font:1em KaTeX_Main,Deckwright Sans,Times New Roman,serif}}"
    )
    assert changed(f"{face}a{{font-family:KaTeX_Main}}") == f"{face}a{{font-family:KaTeX_Main}}"


def test_a_page_with_our_own_family_uses_it_everywhere() -> None:
    css = 'section{font-family:"Noto Sans SC","PingFang SC"}p{font-family:Arial}pre{font-family:Menlo}'
    assert changed(css) == (
        'section{font-family:"Noto Sans SC",Deckwright Sans,"PingFang SC"}'
        "p{font-family:Noto Sans SC,Deckwright Sans,Arial}"
        "pre{font-family:JetBrains Mono,Noto Sans SC,Deckwright Sans,Menlo}"
    )


def test_text_in_monospace_alone_stays_as_small_as_browsers_show_it() -> None:
    family = "font-family:JetBrains Mono,Deckwright Sans,monospace"
    assert changed("code{font-family:monospace}") == f"code{{{family};font-size:.8125em}}"
    for size in ("font-size:2em", "font-size: 12px"):
        assert changed(f"code{{{size};font-family:monospace}}") == f"code{{{size};{family}}}"


def test_attributes_are_styles_too() -> None:
    page = "<style></style><p style='color:red;font-family:Arial' title='font-family:Arial'>font: 1em x</p>"
    assert with_stacks(page).endswith(
        "<p style='color:red;font-family:Deckwright Sans,Arial' title='font-family:Arial'>font: 1em x</p>"
    )


def test_what_no_theme_styles_has_our_fonts_and_yields_to_every_theme() -> None:
    base = with_stacks("<style>h1{color:red}</style>").partition("</style>")[0]
    assert base == (
        "<style>@layer deckwright{section{font-family:Deckwright Sans}"
        "pre,code,kbd,samp,tt{font-family:JetBrains Mono,Deckwright Sans;font-size:.8125em}"
        ":is(pre,code,kbd,samp,tt) :is(code,kbd,samp,tt){font-size:1em}}"
    )
    styled = with_stacks("<style>.a pre code{font-family:Menlo}</style>").partition("</style>")[0]
    assert styled == "<style>@layer deckwright{section{font-family:Deckwright Sans}}"


@pytest.mark.parametrize(
    ("page", "families"),
    [
        ("<style>section{font-family:Arial}</style>", "Deckwright Sans,sans-serif"),
        ("<style>section{font-family:Noto Sans SC}</style>", "Noto Sans SC,Deckwright Sans,sans-serif"),
    ],
)
def test_a_part_has_the_fonts_of_its_page(page: str, families: str) -> None:
    part = "<style>p{font-family:sans-serif}</style><p>a</p>"
    assert with_stacks_of(part, page) == f"<style>p{{font-family:{families}}}</style><p>a</p>"


def test_a_part_may_have_fonts_of_its_own() -> None:
    part = f"<style>{FACE % 'lato.woff2'}p{{font-family:Lato}}</style>"
    assert with_stacks_of(part, "") == part.replace(":Lato}", ":Lato,Deckwright Sans}")
