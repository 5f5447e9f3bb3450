"""Slides are measured in a real browser: a planted fault is found, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from deckwright.checks.pale_rules import pale_rules
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import (
    LEAST_TEXT,
    Deck,
    Place,
    RenderRequest,
    SlideDiagnostic,
    SlideMeasurements,
    SlideSlug,
)
from support.fonts import make_font
from support.rendering import render

pytestmark = pytest.mark.integration

PNG = b"\x89PNG\r\n\x1a\n"

BULLETS = "\n".join(f"- point {number}" for number in range(1, 25))
CODE = "```python\n" + "value = compute(value)\n" * 26 + "```"
LONG = "x = " + " + ".join(f"term_{number}" for number in range(40))
FORMULA = " + ".join(f"x_{{{number}}}" for number in range(80))
COLUMNS = 20
TABLE = "|" + "heading|" * COLUMNS + "\n|" + "-|" * COLUMNS + "\n|" + "content|" * COLUMNS
TWO_COLUMNS = """<style>
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; height: 400px }
.columns > div { overflow: hidden }
</style>
<div class="columns"><div>

left

</div><div>

%s

</div></div>"""
BOX = '<div style="background: #ddd; height: %dpx">text</div>'
FLUSH = "<style scoped>section { display: block; padding: 0 }</style>\n\n"
DRAWING = (
    '<svg width="400" height="200" viewBox="%s" role="img" aria-label="A drawing">'
    '<text x="9" y="150" font-size="%s">letters</text></svg>'
)
TURNED_LETTERS = (
    '<svg width="400" height="200" role="img" aria-label="A drawing">'
    '<text transform="rotate(%d 100 100) translate(10 %d)" font-size="40">letters</text></svg>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><circle r="500"/>%s</svg>'


HALF = '<rect width="400" height="600" fill="#222"/><rect x="400" width="400" height="600" fill="#eee"/>'
GRADIENT = (
    '<p style="background: linear-gradient(90deg, %s, %s); width: max-content">letters on a gradient</p>'
)
SMALL = '<div style="font-size: %dpx"><%s style="font-size: inherit">%s</div>'
PLOTTED = (
    '<defs><path id="a" d="M0 0H60V70H0z"/></defs><g id="figure_1"><g id="text_1"><!-- accuracy -->'
    '<g transform="translate(90 90) scale(0.1 -0.1)"><use href="#a"/></g></g></g>'
)
FADED = '<div style="opacity: .3"><p style="background: black; color: %s">in a group</p></div>'
ON_PICTURE = (
    '<div style="position: relative"><img src="icon.svg" alt="a dark picture" width="800" height="300">'
    '<p style="position: absolute; top: 90px; left: 90px; color: %s">letters on a picture</p></div>'
)
LETTERS_OF = (
    '<h1 style="background: linear-gradient(%s, %s); -webkit-background-clip: text; color: transparent">'
    "letters of a gradient</h1>"
)
EDGED = '<p style="color: white; -webkit-text-stroke: 2px %s">letters</p>'
SHADED = (
    '<p style="--dark: %s; color: white; text-shadow: 0 0 4px var(--dark), 0 0 8px var(--dark)">letters</p>'
)
LETTERED = (
    '<svg width="400" height="200" role="img" aria-label="A drawing">'
    '<rect width="400" height="200" fill="%s"/>'
    '<text x="90" y="99" font-size="40" fill="%s">letters</text></svg>'
)


LONG_CODE = "```python\n" + "value = compute(value)\n" * 18 + "```"
OVER = "position: absolute; left: 100px; top: 250px; width: 400px; height: 300px"
RING = '<circle cx="400" cy="300" r="250" fill="none" stroke="red" stroke-width="20"/>'


@dataclass(frozen=True, slots=True)
class Planted:
    """A deck, and what is wrong with it: the kind, on the slide, at the line where ← stands."""

    name: str
    body: str
    kind: SlideSlug | None
    front: str = ""
    text: str = ""
    at_least: float = 0.0
    at_most: float = 10_000.0
    title: str = ""
    """The beginning of a message."""

    def __str__(self) -> str:
        return self.name


LOW = '<div style="position: absolute; left: 0; right: 0; bottom: 20px">\n\n$$ %s $$\n\n</div>'
"""A formula that is as low as the footer."""

FAULTS = [
    Planted(
        "Tamil", "- fine\n- ←தமிழ்", SlideSlug.MISSING_GLYPH, text="தமிழ்", title="no font of the slides has த"
    ),
    Planted("Amharic in code", "```text\nx = አ\n```", SlideSlug.MISSING_GLYPH, text="x = አ"),
    Planted("hieroglyphs in a table", "| a |\n|---|\n| ←\U00013000 |", SlideSlug.MISSING_GLYPH),
    Planted(
        "an icon without its font",
        "\ue87d",
        SlideSlug.MISSING_GLYPH,
        title="no font of the slides has U+E87D",
    ),
    Planted("Tamil in a formula", "$\\text{தமி}$", SlideSlug.MISSING_GLYPH, "math: katex"),
    Planted("a list runs off the slide", BULLETS, SlideSlug.OVERFLOW, text="point 1", at_least=100),
    Planted("a theme that centres safely", BULLETS, SlideSlug.OVERFLOW, "theme: uncover", "point 1"),
    Planted("code in a column of fixed height", TWO_COLUMNS % f"←{CODE}", SlideSlug.CLIPPED, at_least=100),
    Planted("a KaTeX formula", f"${{{FORMULA}}}$", SlideSlug.TOO_WIDE, "math: katex", "x0+x1", at_least=100),
    Planted(
        "a MathJax formula",
        f"${FORMULA}$",
        SlideSlug.TOO_WIDE,
        "math: mathjax",
        "\N{MATHEMATICAL ITALIC SMALL X}",
        at_least=100,
    ),
    Planted(
        "a MathJax formula that Marp shrinks too much",
        f"$$ {FORMULA} $$",
        SlideSlug.TOO_SMALL,
        "math: mathjax",
    ),
    Planted(
        "a KaTeX formula that Marp shrinks too much", f"$$ {FORMULA} $$", SlideSlug.TOO_SMALL, "math: katex"
    ),
    Planted("a table with too many columns", TABLE, SlideSlug.TOO_WIDE, text="heading", at_least=100),
    Planted(
        "text under the footer",
        '<div style="position: absolute; left: 30px; bottom: 20px">a remark that stands low</div>',
        SlideSlug.COVERED,
        "footer: A course on everything",
        text="a remark",
    ),
    *(
        Planted(
            f"a formula on the footer, {engine}",
            f"<!-- footer: 'A course on everything{', really everything' * 4}' -->\n\n{LOW % '←x = 1'}",
            SlideSlug.COVERED,
            f"math: {engine}",
            title="the paragraph overlaps the footer by ",
        )
        for engine in ("mathjax", "katex")
    ),
    Planted(
        "text under the page number",
        '<div style="position: absolute; right: 20px; bottom: 20px">a remark</div>',
        SlideSlug.COVERED,
        "paginate: true",
        text="a remark",
    ),
    Planted(
        "text under the page number beside a picture",
        '![bg left](drawn.svg)\n\n←<div style="position: absolute; right: 20px; bottom: 20px">a remark</div>',
        SlideSlug.COVERED,
        "paginate: true",
        text="a remark",
    ),
    Planted(
        "text under the page number of a theme that writes it low",
        '<div style="position: absolute; right: 30px; bottom: 25px">a remark</div>',
        SlideSlug.COVERED,
        "theme: uncover\npaginate: true",
        text="a remark",
    ),
    Planted(
        "text on text",
        'some words\n\n←<div style="position: absolute; left: 80px; top: 340px">a remark</div>',
        SlideSlug.COVERED,
        text="a remark",
        at_least=15,
    ),
    Planted(
        "code under a picture in the footer",
        f"# Title\n\n←{LONG_CODE}",
        SlideSlug.COVERED,
        "footer: '![h:60](icon.svg)'",
        title="the code overlaps the picture icon.svg in the footer by ",
        at_least=10,
    ),
    Planted(
        "a heading under a picture in the header",
        f"←# Title\n\n{LONG_CODE}",
        SlideSlug.COVERED,
        "header: '![h:160](icon.svg)'",
        title="the heading overlaps the picture icon.svg in the header by ",
        at_least=20,
    ),
    *(
        Planted(
            f"words under {name}",
            f'←some words that are long enough\n\n<div style="{OVER}; {style}">{content}</div>',
            SlideSlug.COVERED,
            title=f"the paragraph overlaps {title} by ",
            at_least=20,
        )
        for name, style, content, title in [
            ("a box", "background: white", "", "a box"),
            ("a pale box", "background: linear-gradient(white, #eee)", "", "a box"),
            ("a box with words", "background: white", "<br><br><br><br>words", 'the text "words"'),
            ("a picture", "", '<img src="pale.svg" alt="" width="400">', "the picture pale.svg"),
        ]
    ),
    Planted(
        "words under what a theme draws",
        "<style>h1::after { content: ''; position: absolute; left: 0; right: 0; bottom: 0; height: 500px; "
        "background: #369 }</style>\n\n# Title\n\n←some words that are long enough",
        SlideSlug.COVERED,
        title="the paragraph overlaps what the theme draws by ",
    ),
    Planted(
        "a list that is cut off, and would reach the footer",
        f'<div style="height: 200px; overflow: auto">\n\n←{BULLETS}\n\n</div>',
        SlideSlug.CLIPPED,
        "footer: A course on everything",
        at_least=400,
    ),
    Planted(
        "a list past footer and number", BULLETS, SlideSlug.OVERFLOW, "footer: the course\npaginate: true"
    ),
    Planted(
        "a picture among words",
        "words\n\n←![w:600](tall.svg) and more words",
        SlideSlug.OVERFLOW,
        title="the picture tall.svg does not fit on the slide: ",
        at_least=90,
    ),
    Planted(
        "a picture in a box",
        '<div style="overflow: hidden; height: 200px"><img src="tall.svg" width="600" alt="tall"></div>',
        SlideSlug.CLIPPED,
        title="the picture tall.svg does not fit in its box: ",
        at_least=100,
    ),
    Planted(
        "a long paragraph",
        "word " * 600,
        SlideSlug.OVERFLOW,
        title='the paragraph "word word word word word word word word…" does not fit on the slide: ',
    ),
    Planted(
        "a third column of two",
        "<style scoped>section { display: block; columns: 2; column-fill: auto }</style>\n\n"
        f"←{BULLETS}\n{BULLETS}",
        SlideSlug.OVERFLOW,
        at_least=100,
    ),
    Planted(
        "text that a transformation moves out",
        '<div style="transform: translateX(800px)">\n\n←some words that are long enough to leave\n\n</div>',
        SlideSlug.OVERFLOW,
        title='the paragraph "some words that are long enough to ',
    ),
    Planted(
        "text below what fits but for two pixels",
        FLUSH + f"{BOX}\n\n←words below" % 722,
        SlideSlug.OVERFLOW,
        title='the paragraph "words below" does not fit on the slide: ',
    ),
    Planted("3 pixels too much", FLUSH + f"←{BOX}" % 723, SlideSlug.OVERFLOW, at_least=2.9, at_most=3.1),
    Planted("a picture shown very small", "![w:200](drawn.svg)", SlideSlug.TOO_SMALL),
    Planted("a picture whose text is too small", "![w:400](lettered.svg)", SlideSlug.TOO_SMALL),
    Planted("a paragraph of small text", SMALL % (14, "p", "words"), SlideSlug.TOO_SMALL, text="words"),
    Planted("code that Marp shrinks", f"```text\n{'words ' * 30}\n```", SlideSlug.TOO_SMALL, text="words"),
    Planted("a small caption", SMALL % (11, "figcaption", "credits"), SlideSlug.TOO_SMALL, text="credits"),
    Planted("a picture whose letters are small shapes", "![w:900](plotted.svg)", SlideSlug.TOO_SMALL),
    Planted("small print", '<p style="font-size: 8px">what nobody shall read</p>', SlideSlug.TOO_SMALL),
    Planted("a fitted heading of many words", f"# <!-- fit --> {'word ' * 120}", SlideSlug.TOO_SMALL),
    Planted(
        "small letters in a drawing", DRAWING % ("0 0 1600 800", 20), SlideSlug.TOO_SMALL, text="letters"
    ),
    Planted("letters that leave a drawing", DRAWING % ("0 0 400 200", 160), SlideSlug.CLIPPED, at_least=50),
    Planted(
        "turned letters that leave a drawing", TURNED_LETTERS % (-90, 16), SlideSlug.CLIPPED, at_least=15
    ),
    Planted(
        "the first of two lines that leaves a drawing",
        '<svg width="400" height="200" role="img" aria-label="A drawing"><text font-size="40">'
        '<tspan x="9" y="10">one</tspan><tspan x="9" y="60">two</tspan></text></svg>',
        SlideSlug.CLIPPED,
        at_least=20,
    ),
    Planted("code that Marp shrinks too much", f"```python\n{LONG * 3}\n```", SlideSlug.TOO_SMALL),
    Planted("pale text", '<p style="color: #bbb">hardly there</p>', SlideSlug.LOW_CONTRAST),
    Planted(
        "pale colours in code",
        "<style>.hljs-comment { color: #bbb }</style>\n\n←```python\nx = 1  # hardly there\n```",
        SlideSlug.LOW_CONTRAST,
        text="# hardly there",
    ),
    Planted("white on white", '<p style="color: white">not there</p>', SlideSlug.LOW_CONTRAST),
    Planted("one pale character", '<p style="color: #ddd">是</p>', SlideSlug.LOW_CONTRAST),
    Planted(
        "pale text beside a picture",
        '![bg right](drawn.svg)\n\n←<p style="color: #bbb">hardly there</p>',
        SlideSlug.LOW_CONTRAST,
    ),
    Planted(
        "pale code on a highlighted line",
        "<style>.hljs-comment { color: #888 !important }</style>\n\n"
        "←```python {1}\nx = 1  # hardly there\n```\n\n```python\ny = 1  # there\n```",
        SlideSlug.LOW_CONTRAST,
        text="# hardly there",
    ),
    Planted("pale letters in a group", FADED % "white", SlideSlug.LOW_CONTRAST),
    Planted("dark text on a gradient", GRADIENT % ("#fff", "#000"), SlideSlug.LOW_CONTRAST),
    Planted(
        "dark text on a background that is a gradient",
        "<!-- _backgroundImage: linear-gradient(#222, #444) -->\n\n←some text",
        SlideSlug.LOW_CONTRAST,
    ),
    Planted("dark text on a picture", "![bg](icon.svg)\n\n←some text", SlideSlug.LOW_CONTRAST),
    Planted(
        "white text on a picture that is bright in one half",
        "<!-- _color: white -->\n![bg](half.svg)\n\n"
        "←a text that goes from the dark half of the picture far into the bright one",
        SlideSlug.LOW_CONTRAST,
    ),
    Planted(
        "dark text on a picture that is made dark",
        "![bg brightness:.2](pale.svg)\n\n←some text",
        SlideSlug.LOW_CONTRAST,
    ),
    Planted(
        "white text on a picture that is made pale",
        "<!-- _color: white -->\n![bg opacity:.1](icon.svg)\n\n←some text",
        SlideSlug.LOW_CONTRAST,
    ),
    Planted("text on a picture below it", ON_PICTURE % "#222", SlideSlug.LOW_CONTRAST),
    Planted(
        "pale text by a filter", '<p style="filter: opacity(.3)">hardly there</p>', SlideSlug.LOW_CONTRAST
    ),
    Planted("letters of a pale gradient", LETTERS_OF % ("#fff", "#ddd"), SlideSlug.LOW_CONTRAST),
    Planted("white letters with a pale edge", EDGED % "#ddd", SlideSlug.LOW_CONTRAST),
    Planted("white letters with a pale shadow", SHADED % "#ddd", SlideSlug.LOW_CONTRAST),
    Planted("pale letters in a drawing", LETTERED % ("#fff", "#aaa"), SlideSlug.LOW_CONTRAST),
    Planted("dark letters on a dark box of a drawing", LETTERED % ("#246", "#222"), SlideSlug.LOW_CONTRAST),
    *(
        Planted(
            f"a pale formula of {engine}",
            "$$\\color{#ccc}{x + y}$$",
            SlideSlug.LOW_CONTRAST,
            f"math: {engine}",
        )
        for engine in ("katex", "mathjax")
    ),
    Planted("a picture without words", '<img src="drawn.svg" width="600">', SlideSlug.INACCESSIBLE),
    Planted("a list in 4:3", BULLETS, SlideSlug.OVERFLOW, "size: 4:3"),
    Planted("beside a background", f"![bg right](drawn.svg)\n\n←{TABLE}", SlideSlug.TOO_WIDE),
    Planted(
        "code cut at the right edge",
        "<style>pre { overflow: hidden } pre code { display: block; width: max-content }</style>\n\n"
        f"←```text\n{LONG}\n```",
        SlideSlug.CLIPPED,
        "theme: plain",
        at_least=100,
    ),
]

CENTRED = "<style>section { display: flex; flex-direction: column; justify-content: center }</style>\n\n"

BIG = "position: absolute; right: -40px; bottom: -90px; font-size: 300px; color: #eef"
TURNED = '<p style="position: absolute; left: 60px; top: 250px; rotate: -30deg; font-size: 90px">draft</p>'

LETTERS = "\n".join(
    f'<span class="ansi-fg-{n}">letters</span> <span class="ansi-bg-{n}">ground</span>' for n in range(8)
)
COLOURED = f"<pre><code>{LETTERS}</code></pre>"
PRINTED = '```text ansi="0-3:ansi-fg-1" {1}\nred\n```\n\n```pytb\nNameError: x\n```\n'

SHORTENED = f'<p style="overflow: hidden; width: 300px; %s">{LONG}</p>'
ROUND = """<style>img { max-width: none }</style>

<div style="overflow: hidden; border-radius: 50%; width: 200px; height: 200px">
<img src="icon.svg" width="400" alt="me"></div>
"""
BANNER = """<!-- header: '![w:1280 h:140](pale.svg)' -->
<style>section { place-content: start; padding-top: 40px; z-index: 0 }
header { left: 0; top: 0; right: 0; padding: 0; z-index: -1 }</style>

# Title
"""
CORNER = "position: absolute; right: -99px; bottom: -99px"
DECORATED = """<style>
section::before, h1::after { content: ''; position: absolute; background: #369 }
section::before { left: -20px; right: -20px; bottom: -55px; height: 80px }
h1::after { left: 0; width: 2000px; height: 4px }
section > ul { margin: 0 -80px; padding: 20px 120px }
</style>

# Title

- words
"""

HIDDEN = """
<div style="height: 0"><p style="visibility: hidden; height: 900px">a</p></div>

<p style="display: none; height: 900px">b</p>

<div style="position: absolute; top: 600px; height: 900px; opacity: 0">c</div>

<div style="position: absolute; left: -9999px">for screen readers</div>

<style>footer { transform: translateY(200px) }</style>

<!-- footer: a footer that the theme hides -->

<span style="position: absolute; left: 2000px; width: 1px; height: 1px; overflow: hidden">d</span>
"""

LAYOUTS = [
    "section { flex-flow: row wrap; display: flex; gap: 20px; padding: 40px }",
    "section { display: grid; grid-template-columns: 1fr 1fr; padding: 40px } h1 { grid-column: 1 / 3 }",
    "section { display: block; columns: 2; column-fill: auto; padding: 40px }",
    "section { place-content: start } "
    "h1 { margin: -60px -80px 20px; padding: 30px 80px; background: #036; color: white }",
    "ul { zoom: 1.5 }",
    "ul { transform: scale(1.2); transform-origin: 0 0 }",
    "h1 { letter-spacing: -2px; line-height: .6 } ul { list-style: none; margin-left: -40px }",
    "section > :last-child { margin-top: auto; margin-bottom: -50px }",
    "section { overflow: visible } ul { overflow: hidden }",
]
LAID_OUT = "\n\n---\n\n".join(f"<style scoped>{css}</style>\n\n# Title\n\n- a\n- b\n- c" for css in LAYOUTS)

GOOD = {
    "slides that are laid out otherwise": LAID_OUT,
    "1 pixel too much": FLUSH + BOX % 721,
    "nothing that is hidden": HIDDEN,
    "what is folded": f"<details><summary>More</summary>\n\n{BULLETS}\n\n</details>",
    "turned text across other text": f"words\n\n{TURNED}",
    "text without colour": '<span style="color: transparent">a gap</span> and text',
    "a drawing": DRAWING % ("0 0 400 200", 40),
    "a small picture without text": "![A mascot w:60](icon.svg)",
    "code that Marp shrinks a little": "```ts\n"
    + "const [row] = await db\n  .values({ a, b })\n" * 11
    + "```",
    **{f"letters at an edge, turned by {turn}": TURNED_LETTERS % (turn, 36) for turn in (0, -90, 180)},
    "formulas": "Inline $\\frac{1}{\\sqrt{2\\pi}}$ and\n\n$$\\int_0^\\infty e^{-x^2}\\,dx = 1$$",
    "formulas of KaTeX": "<!-- math: katex -->\n\n$\\frac{1}{\\sqrt{2\\pi}}$\n\n$$\\int_0^1 e^{-x^2}\\,dx$$",
    **{
        f"a formula beside the footer, {engine}, {kind}": (
            f"<!-- math: {engine} -->\n<!-- footer: '{footer}' -->\n\n{LOW % formula}"
        )
        for engine in ("mathjax", "katex")
        for kind, formula, footer in [
            ("alone", "a = \\frac{1}{b}", "a course"),
            ("in lines", "\\begin{aligned} a &= b \\\\ &= c \\end{aligned}", "a course"),
            ("with a number", "a = b \\tag{1}", f'<span style="margin-left: 700px">{"words " * 4}</span>'),
        ]
    },
    "a wide formula that Marp scales": f"$$ {' + '.join(f'x_{{{n}}}' for n in range(28))} $$",
    "a split background": "![bg left:40%](drawn.svg)\n![bg](drawn.svg)\n\n# Title\n\nSome text\n",
    "a fitted heading": "# <!-- fit --> A heading as wide as the slide\n\ntext",
    "code that Marp scales": f"```python {{1}}\n{LONG[:110]}\n```",
    "a footer and a number": "# Title\n\n<!-- footer: the footer -->\n<!-- paginate: true -->\n\ntext",
    "letters that are composed, joined or turned into pictures": (
        "中文 e\u0301 \u2708\ufe0e a\u200d\u00ad\u2011\u00a0b 👩\u200d👧 `🎉`"
    ),
    "an icon with its font": (
        "<style>@font-face { font-family: icons; src: url(icons.woff2) }</style>\n\n"
        '<i style="font-family: icons">\ue87d</i>'
    ),
    "letters that nobody sees": '<span style="display: none">தமிழ்</span><!-- தமிழ் -->',
    "emoji, scripts and notes": "H~2~O :smile: 😀 <sup>2</sup>\n\n<!-- notes that are\nnever seen -->",
    "an icon": "![w:130](icon.svg)",
    "an icon among words": "- ![w:40](icon.svg) words",
    "a logo in the header": "<!-- header: '![w:40](lettered.svg)' -->\n\ntext",
    "a decoration": f'<div aria-hidden="true" style="{BIG}">5</div>\n\ntext',
    "text of the least size": SMALL % (16, "p", "words"),
    "a caption of the least size": SMALL % (12, "figcaption", "words"),
    "small letters above and below": SMALL
    % (26, "p", "x<sup>2</sup>, <ruby>字<rt>zì</rt></ruby>, y<sub>2</sub>"),
    "labels of a drawing": DRAWING % ("0 0 800 400", 25),
    "labels of a picture": "![w:1000](plotted.svg)",
    "a small footer": "<!-- footer: '<span style=\"font-size: 12px\">a course</span>' -->\n\ntext",
    "a link that is a formula": "[$x$](https://example.org)",
    "white on a dark picture": "<!-- color: white -->\n![bg](icon.svg)\n\n# Title\n\ntext and `code`",
    "white on a dark picture at the side": "![bg left](icon.svg)\n\n# Title\n\ntext",
    "a formula between bars beside a picture": "<!-- math: katex -->\n![bg right](icon.svg)\n\n$$|x| - 1$$",
    "dark text on a pale gradient": GRADIENT % ("#fff", "#ddd"),
    "white on a band of its own": (
        "<style>section pre code { --deckwright-highlight: #222; color: white }</style>\n\n"
        "```text {1}\nwords\n```"
    ),
    "white in a group": FADED.replace(".3", ".9") % "white",
    "white text on a picture that is made dark": (
        "<!-- color: white -->\n![bg brightness:.2 blur](pale.svg)\n\nsome text"
    ),
    "dark text on a picture that is made pale": "![bg opacity:.1](icon.svg)\n\nsome text",
    "white text on a picture below it": ON_PICTURE % "white",
    "white text on a veil": (
        "<style>.veil { isolation: isolate; position: relative } .veil::before { content: ''; "
        "position: absolute; inset: 0; z-index: -1; background: rgba(0, 0, 0, .8) }</style>\n\n"
        '<p class="veil" style="color: white">some text</p>'
    ),
    "letters of a dark gradient": LETTERS_OF % ("#a00", "#00a"),
    "white letters with a dark edge": EDGED % "black",
    "white letters with a dark shadow": SHADED % "black",
    "letters in the difference to what is below": (
        '<div style="background: white"><p style="color: white; mix-blend-mode: difference">letters</p></div>'
    ),
    "white letters on a dark box of a drawing": LETTERED % ("#246", "white"),
    "letters of a part of a text in a drawing": LETTERED.replace(
        ">letters<", '><tspan fill="#222">letters</tspan><'
    )
    % ("#def", "#def"),
    "letters under a box": (
        '<div style="position: relative"><p style="color: #ccc">letters</p>'
        '<div aria-hidden="true" style="position: absolute; inset: 0; background: white"></div></div>'
    ),
    "white on black": "<!-- backgroundColor: black -->\n<!-- color: white -->\n\n# Title\n\ntext",
    "an inverted slide": "<!-- class: invert -->\n\n# Title\n\ntext\n\n```python\nx = 1  # one\n```",
    "text that is shortened with dots": SHORTENED % "white-space: nowrap; text-overflow: ellipsis",
    "text of three lines, with dots": (
        SHORTENED % "display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3"
    ),
    "a round picture": ROUND,
    "a decoration at a corner": f'<img src="icon.svg" alt="" style="{CORNER}">',
    "a picture behind the slide": (
        '<img src="icon.svg" alt="sky" style="position: absolute; left: -9px; top: -9px; width: 1300px; '
        'height: 750px; max-width: none; z-index: -1">\n\n# Title'
    ),
    "what a theme draws outside": DECORATED,
    **{
        f"words {name}": f'some words that are long enough\n\n<div style="{OVER}; {style}">{content}</div>'
        for name, style, content in [
            ("below a veil", "background: rgba(255, 0, 0, .1)", ""),
            ("above a box", "background: #eee; z-index: -1", ""),
            ("in a ring", "", '<img src="ring.svg" alt="" width="400">'),
            ("under a box that is not there", "background: white; visibility: hidden", ""),
        ]
    },
    "words on a banner": BANNER,
    "code above a picture in the footer": f"<!-- footer: '![h:60](icon.svg)' -->\n\n{LONG_CODE[:300]}\n```",
    "a picture as large as the slide": FLUSH + "![w:1280 h:720](icon.svg)",
    "right to left": '<div dir="rtl">\n\nشريحة\n\n- نقطة\n\n</div>',
    "terminal art": "```text\n+----+\n|    |\n+----+\n```",
    **{
        f"terminal colours, {theme} {look}": f"<!-- theme: {theme} -->\n<!-- class: {look} -->\n\n{COLOURED}"
        for theme in ("default", "gaia", "uncover")
        for look in ("", "invert")
    },
    "a bar of symbols": "<pre><code><span>━━━━━━</span> 100%</code></pre>",
    "an arrow": "<pre><code>a <b>→</b> b</code></pre>",
    "a block of colour": '<pre><code><span style="color: #8a2">██</span> done</code></pre>',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/drawn.svg").write_text(SVG % '<path id="a"/><use href="#a"/>')
    make_font(tmp_path / "slides/icons.woff2", "\ue87d")
    (tmp_path / "slides/icon.svg").write_text(SVG % "")
    (tmp_path / "slides/plotted.svg").write_text(SVG.replace("600", "200") % PLOTTED)
    (tmp_path / "slides/half.svg").write_text(SVG % HALF)
    (tmp_path / "slides/pale.svg").write_text(SVG % '<rect width="800" height="600" fill="#eee"/>')
    (tmp_path / "slides/ring.svg").write_text(SVG.replace('<circle r="500"/>', "") % RING)
    (tmp_path / "slides/tall.svg").write_text(SVG.replace('height="600"', 'height="900"') % "")
    (tmp_path / "slides/lettered.svg").write_text(SVG % '<text x="9" y="99" font-size="12">small</text>')
    (tmp_path / "slides/plain.css").write_text(
        "/* @theme plain */ section { width: 1280px; height: 720px; padding: 60px; font-size: 30px }"
    )
    return tmp_path


def measure(
    renderer: MarpRenderer,
    folder: Path,
    text: str,
    outputs: tuple[tuple[int, int], ...] = (),
    least_text: int = LEAST_TEXT,
    clean: Collection[str] = (),
) -> SlideMeasurements:
    source = folder / "slides/deck.md"
    source.write_text(text)
    themes = (folder / "slides/plain.css",)
    wanted = RenderRequest(
        "slides/deck.md",
        folder,
        source,
        themes=themes,
        outputs=outputs,
        settings={"html": True},
        least_text=least_text,
    )
    return renderer.measure(wanted, folder / "check", clean)


HEIGHT, WIDTH = 60, 80


def pictures_in(folder: Path) -> dict[str, bytes]:
    """Return the same picture in the formats that browsers show."""
    noise = Image.effect_noise((WIDTH, HEIGHT), 80)
    made = {
        "a.png": noise,
        "a.jpg": noise,
        "a.gif": noise,
        "a.webp": noise,
        "cmyk.jpg": noise.convert("CMYK"),
        "wide.png": Image.new("1", (20_000, 12_000)),
    }
    for name, picture in made.items():
        picture.save(folder / name)
    noise.save(folder / "progressive.jpg", progressive=True)
    noise.save(folder / "moving.gif", save_all=True, append_images=[noise.rotate(90)])
    (folder / "named.png").write_bytes((folder / "a.webp").read_bytes())
    (folder / "no-size.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>')
    (folder / "no-area.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="0"/>')
    shown = {".png", ".jpg", ".gif", ".webp", ".svg"}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in shown}


def test_odd_pictures_are_good_ones(renderer: MarpRenderer, folder: Path) -> None:
    names = pictures_in(folder / "slides")
    text = "\n".join(f"![bg]({name}) ![{name}]({name})" for name in names)
    assert measure(renderer, folder, text).broken == {}


BROKEN = """---
theme: plain
header: '![h:20](header.jpg)'
style: "section { background: url(style.webp) }"
---

![text](text.gif) <img src="tag.jpg">

---

![bg](back.webp)

---

<!-- _backgroundImage: url(directive.jpg) -->

<div style="background: url(div.gif)">a</div>
"""


def test_pictures_that_the_browser_cannot_show_whole_are_named(renderer: MarpRenderer, folder: Path) -> None:
    slides = folder / "slides"
    good = pictures_in(slides)
    names = ("header.jpg", "style.webp", "text.gif", "tag.jpg", "back.webp", "directive.jpg", "div.gif")
    for name in names:
        data = good[f"a{Path(name).suffix}"]
        (slides / name).write_bytes(data[: len(data) // 2])
    (slides / "tag.jpg").write_bytes(b"\xff\xd8\xff and nothing more")
    broken = measure(renderer, folder, BROKEN).broken
    says = dict.fromkeys(names, "is cut off: its file ends too early")
    says["tag.jpg"] = "cannot be shown by browsers"
    assert broken == {name: f"this picture {how}: {name}" for name, how in says.items()}


def described(flaws: tuple[SlideDiagnostic, ...]) -> list[str]:
    return [f"{flaw.kind} {flaw.slide} {flaw.line} {flaw.message} | {flaw.text}" for flaw in flaws]


@pytest.mark.parametrize(("colour", "kinds"), [("#8c8c8c", set()), ("#ccc", {SlideSlug.LOW_CONTRAST})])
def test_footers_may_be_pale_but_not_invisible(
    renderer: MarpRenderer, folder: Path, colour: str, kinds: set[SlideSlug]
) -> None:
    front = f"marp: true\nfooter: The course\nstyle: 'section > footer {{ color: {colour} }}'"
    measured = measure(renderer, folder, f"---\n{front}\n---\n\n# A\n\n---\n\n# B\n")
    assert {flaw.kind for flaw in measured.diagnostics} == kinds, described(measured.diagnostics)


@pytest.mark.parametrize("planted", FAULTS, ids=str)
def test_a_planted_fault_is_found_and_nothing_else(
    renderer: MarpRenderer, folder: Path, planted: Planted
) -> None:
    body = planted.body if "←" in planted.body else f"←{planted.body}"
    text = f"---\nmarp: true\n{planted.front}\n---\n\n# A slide before\n\n---\n\n{body}\n\n---\n\n# Another\n"
    line = text[: text.index("←")].count("\n") + 1
    measured = measure(renderer, folder, text.replace("←", ""))
    assert {flaw.kind for flaw in measured.diagnostics} == {planted.kind}, described(measured.diagnostics)
    assert {flaw.slide for flaw in measured.diagnostics} == {2}
    assert line in {flaw.line for flaw in measured.diagnostics}, described(measured.diagnostics)
    assert any(flaw.text.startswith(planted.text) for flaw in measured.diagnostics), described(
        measured.diagnostics
    )
    assert any(flaw.message.startswith(planted.title) for flaw in measured.diagnostics)
    assert planted.at_least <= max(flaw.pixels for flaw in measured.diagnostics) <= planted.at_most
    assert dict(measured.pictures) == {2: "check/deck-2.png"}
    assert (folder / "check/deck-2.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_seen_whole_is_no_flaw(renderer: MarpRenderer, folder: Path, name: str) -> None:
    measured = measure(renderer, folder, f"---\nmarp: true\n---\n\n{GOOD[name]}\n")
    assert described(measured.diagnostics) == []
    assert measured.pictures == {}


@pytest.mark.parametrize("theme", ["default", "gaia", "uncover"])
@pytest.mark.parametrize("look", ["", "invert"])
def test_outputs_are_legible_in_the_themes_of_marp(
    renderer: MarpRenderer, folder: Path, theme: str, look: str
) -> None:
    text = f"---\ntheme: {theme}\nclass: {look}\n---\n\n{PRINTED}"
    measured = measure(renderer, folder, text, outputs=((6, 12),))
    assert described(measured.diagnostics) == []


PALETTE = """
```python {1}
# a comment
@decorated
def f(x: int) -> str:
    return "text" + str(1.5) + None

class A(B):
    pass
```

```sql
SELECT a FROM b WHERE x = 'y';
```

---

<!-- _class: %s -->

# Another

```yaml
a: 1
b: [c, "d"]
```
"""


@pytest.mark.parametrize(
    ("theme", "look", "selectors"),
    [
        ("gaia", "", {"comment", "keyword", "meta", "number", "params", "string"}),
        ("gaia", "invert", {"comment", "keyword", "meta", "number", "params", "string"}),
        ("uncover", "", {"literal", "number"}),
        ("uncover", "invert", {"literal", "number"}),
    ],
)
def test_pale_rules_of_a_theme_are_named_with_css_that_corrects_them(
    renderer: MarpRenderer, folder: Path, theme: str, look: str, selectors: set[str]
) -> None:
    deck = f"---\ntheme: {theme}\nSTYLE\n---\n{PALETTE % look}"
    text = deck.replace("STYLE\n", "")
    measured = measure(renderer, folder, text)
    rules = pale_rules([(Deck("slides/deck.md", text, "", (), ()), measured.diagnostics)])
    (fix,) = rules.fixes.values()
    assert [*rules.fixes] == [f"theme {theme}"]
    assert {flaw.rule.selector for flaw in measured.diagnostics if flaw.rule} == {
        f".hljs-{each}" for each in selectors
    }
    corrected = deck.replace("STYLE", fix[fix.index("style:") :])
    assert described(measure(renderer, folder, corrected).diagnostics) == []


def test_a_pale_rule_of_a_deck_is_not_one_of_its_theme(renderer: MarpRenderer, folder: Path) -> None:
    text = '---\nstyle: |\n  h2 { color: #bbb }\n---\n\n## Pale\n\n<p style="color: #bbb">pale</p>\n'
    measured = measure(renderer, folder, text)
    rules = pale_rules([(Deck("slides/deck.md", text, "", (), ()), measured.diagnostics)])
    assert [*rules.fixes] == ["the style of slides/deck.md"]
    assert [flaw.rule and flaw.rule.selector for flaw in measured.diagnostics] == ["h2", None]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" href="https://example.invalid/a.css">',
        '<link rel="stylesheet" href="file:///nowhere/a.css">',
        "<style>@import url(https://example.invalid/a.css);</style>",
    ],
)
def test_a_style_sheet_that_no_page_may_read_harms_nothing(
    renderer: MarpRenderer, folder: Path, link: str
) -> None:
    pale = '<p class="pale">pale</p>\n\n<style>.pale { color: #eee }</style>'
    measured = measure(renderer, folder, f"{link}\n\n# Linked\n\n{pale}\n")
    assert [each.kind for each in measured.diagnostics] == [SlideSlug.LOW_CONTRAST]


def test_the_least_size_of_text_is_the_authors(renderer: MarpRenderer, folder: Path) -> None:
    text = f"{SMALL % (20, 'p', 'words')}\n\n{SMALL % (24, 'p', 'larger')}\n\n![w:1100](plotted.svg)"
    found = [flaw.message for flaw in measure(renderer, folder, text, least_text=24).diagnostics]
    assert found == [
        'the text "words" is too small to be read: 20 pixels, and 24 are the least',
        'the picture is shown too small: its text "accuracy" has 13.8 pixels, and 18 are the least',
    ]
    assert measure(renderer, folder, text).diagnostics == ()


def test_a_message_names_the_smallest_text(renderer: MarpRenderer, folder: Path) -> None:
    text = (
        '<p style="font-size: 14px">words <small style="font-size: 8px">a *remark*</small></p>\n\n'
        f"![w:900](plotted.svg)\n\n```text\n{'words ' * 30}\n```\n\n$$ {FORMULA} $$\n"
    )
    found = [flaw.message.partition(" pixels")[0] for flaw in measure(renderer, folder, text).diagnostics]
    names = ['the text "a *remark*"', 'its text "accuracy"', 'the output "words words', "the formula is too"]
    assert [message for message in found if not any(name in message for name in names)] == []
    assert len(found) == len(names)


def test_a_centred_slide_overflows_at_both_ends(renderer: MarpRenderer, folder: Path) -> None:
    measured = measure(
        renderer, folder, f"---\ntheme: plain\n---\n{CENTRED}# Title\n\n{BULLETS}\n{BULLETS}\n"
    )
    assert [(flaw.kind, flaw.line, flaw.text[:7]) for flaw in measured.diagnostics] == [
        (SlideSlug.OVERFLOW, 6, "Title"),
        (SlideSlug.OVERFLOW, 8, "point 1"),
    ]
    assert "at the top" in measured.diagnostics[0].message
    assert "at the bottom" in measured.diagnostics[1].message


def test_pictures_show_flaws_and_go_with_them(renderer: MarpRenderer, folder: Path) -> None:
    (folder / "check").mkdir()
    (folder / "check/deck-9.png").write_bytes(PNG)
    (folder / "check/deck-extra-9.png").write_bytes(PNG)
    deck = f"# Good\n\n---\n\n{BULLETS}\n\n---\n\n![w:60](drawn.svg)\n"
    first = measure(renderer, folder, deck)
    assert dict(first.pictures) == {2: "check/deck-2.png", 3: "check/deck-3.png"}
    pictures = [(folder / path).read_bytes() for path in first.pictures.values()]
    assert sorted(path.name for path in (folder / "check").iterdir()) == [
        "deck-2.png",
        "deck-3.png",
        "deck-extra-9.png",
    ]
    again = measure(renderer, folder, deck)
    assert [(folder / path).read_bytes() for path in again.pictures.values()] == pictures
    measure(renderer, folder, "# Good\n")
    assert [path.name for path in (folder / "check").iterdir()] == ["deck-extra-9.png"]


@pytest.mark.parametrize(("size", "expected"), [("16:9", (1280, 720)), ("4:3", (1280, 960))])
def test_pictures_are_1280_pixels_wide(
    renderer: MarpRenderer, folder: Path, size: str, expected: tuple[int, int]
) -> None:
    measure(renderer, folder, f"---\nsize: {size}\n---\n{BULLETS}\n")
    header = (folder / "check/deck-1.png").read_bytes()[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == expected


LINES = """---
marp: true
paginate: true
---

first

- item

  > quotation
  >
  > 1. SMALL

---

| a | b |
|---|---|
| c | SMALL |

<div>SMALL</div>

- item

      SMALL

---

<!-- _class: x -->
words
SMALL
"""


def test_each_flaw_has_the_line_of_its_block(renderer: MarpRenderer, folder: Path) -> None:
    small = '<span style="color: #ccc">pale words</span>'
    for ending in ("\n", "\r\n"):
        measured = measure(renderer, folder, LINES.replace("SMALL", small).replace("\n", ending))
        assert [flaw.line for flaw in measured.diagnostics] == [12, 18, 20, 29]


MARKED = "first\n\n---\n\n# Title\n\nwords\n\n```python\ncode = 1\n```\n\n![w:300](drawn.svg)\n"


def test_places_are_marked_on_pictures_of_their_slides(renderer: MarpRenderer, folder: Path) -> None:
    """A mark is round the block of its line; a line above the first block of a slide has none."""
    source = folder / "slides/deck.md"
    source.write_text(MARKED)
    wanted = RenderRequest("slides/deck.md", folder, source, themes=(folder / "slides/plain.css",))

    def marked_at(*lines: int, slide: int = 2) -> list[int]:
        places = [Place("missing-alt", slide, line) for line in lines]
        pictures = renderer.mark(wanted, places, folder / "check/places").pictures
        assert pictures == {slide: f"check/places/deck-{slide}.png"}
        pixels = np.asarray(Image.open(folder / pictures[slide]).convert("RGB")).astype(int)
        rows = np.nonzero((abs(pixels - (0xD6, 0x00, 0x6C)).sum(axis=2) < 9).sum(axis=1) > 200)[0]
        return [int(row) for row in rows]

    title, words, code, picture = (min(marked_at(line)) for line in (5, 7, 10, 13))
    assert title < words < code < picture
    assert min(marked_at(13, 7)) == words
    assert marked_at(1, slide=2) == []
    assert marked_at(1, slide=1)


def test_a_build_finds_what_a_check_finds_of_what_does_not_fit(renderer: MarpRenderer, folder: Path) -> None:
    clipped = f'<div style="height: 90px; overflow: hidden">\n\n{BULLETS}\n\n</div>'
    slides = (DECORATED, BULLETS, TABLE, clipped, "![w:600](tall.svg)", "![w:60](drawn.svg)", HIDDEN)
    text = "\n\n---\n\n".join(slides)
    measured = measure(renderer, folder, text)
    source = folder / "slides/deck.md"
    with renderer.open(RenderRequest("slides/deck.md", folder, source, settings={"html": True})) as rendering:
        misfits = rendering.misfits()
    assert [(each.kind, each.slide) for each in misfits] == [
        ("overflow", 2),
        ("too-wide", 3),
        ("clipped", 4),
        ("overflow", 5),
    ]
    assert list(misfits) == [each for each in measured.diagnostics if each.kind != "too-small"]


MANY = [f"# Slide {number}\n\nSome words.\n" for number in range(5)]
PALE = '<p style="color: #ccc">pale words</p>\n'


@pytest.mark.parametrize(
    "slides",
    [
        pytest.param([*MANY[:2], f"# Full\n\n{BULLETS}\n", *MANY[3:]], id="a-full-slide"),
        pytest.param([*MANY[:2], PALE, *MANY[3:]], id="a-pale-text"),
        pytest.param([MANY[0], PALE, *MANY[1:]], id="a-slide-more"),
        pytest.param(["<style>section { color: #bbb }</style>\n", *MANY[1:]], id="another-style"),
        pytest.param(["<style scoped>p { color: #bbb }</style>\n\nx y\n", *MANY[1:]], id="a-scoped-style"),
        pytest.param(["![](drawn.svg)\n", *MANY[1:]], id="a-picture"),
        pytest.param(["<style>section { counter-increment: s }</style>\n", *MANY[1:]], id="a-counter"),
        pytest.param(["one\n\ntwo\n\nthree\n", *MANY[1:]], id="other-lines"),
    ],
)
def test_a_check_after_an_edit_finds_what_a_check_of_all_finds(
    renderer: MarpRenderer, folder: Path, slides: list[str]
) -> None:
    start = "---\ntheme: plain\npaginate: true\n---\n\n"
    before, after = (start + "\n---\n\n".join(texts) for texts in ([*MANY[:4], PALE], [*slides, PALE]))
    clean = measure(renderer, folder, before).clean
    assert len(clean) == 4
    assert measure(renderer, folder, after, clean=clean) == measure(renderer, folder, after)


def test_what_is_measured_is_not_written(renderer: MarpRenderer, folder: Path) -> None:
    measure(renderer, folder, "# Title\n")
    source, page = folder / "slides/deck.md", folder / "html/deck.html"
    assert not page.exists()
    render(renderer, RenderRequest("slides/deck.md", folder, source), "html")
    assert not re.search(r"<!--.?line", page.read_text())
