"""Slides are measured in a real browser: a planted fault is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deckwright.marp.renderer import Renderer
from deckwright.model import Flaw, Measured, RenderRequest, Seen

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

PNG = b"\x89PNG\r\n\x1a\n"

BULLETS = "\n".join(f"- point {number}" for number in range(1, 25))
CODE = "```python\n" + "value = compute(value)\n" * 30 + "```"
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
UNSCALED = "<style>pre { overflow: hidden } pre::part(auto-scaling) { max-width: none; width: max-content }</style>"
BOX = '<div style="background: #ddd; height: %dpx">text</div>'
FLUSH = "<style scoped>section { display: block; padding: 0 }</style>\n\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600"/>%s</svg>'


@dataclass(frozen=True, slots=True)
class Planted:
    """A deck, and what is wrong with it: the kind, on the slide, at the line where ← stands."""

    name: str
    body: str
    kind: Seen | None
    front: str = ""
    text: str = ""
    at_least: float = 0.0
    at_most: float = 10_000.0

    def __str__(self) -> str:
        return self.name


FAULTS = [
    Planted("a list runs off the slide", BULLETS, Seen.OVERFLOW, text="point 1", at_least=100),
    Planted("a centred slide overflows at both ends", f"{BULLETS}\n", Seen.OVERFLOW, "theme: uncover"),
    Planted("code in a column of fixed height", TWO_COLUMNS % f"←{CODE}", Seen.CLIPPED, at_least=100),
    Planted("an inline formula wider than the slide", f"${FORMULA}$", Seen.TOO_WIDE, text="x", at_least=100),
    Planted("a MathJax formula", f"${FORMULA}$", Seen.TOO_WIDE, "math: mathjax", at_least=100),
    Planted("a table with too many columns", TABLE, Seen.TOO_WIDE, text="heading", at_least=100),
    Planted(
        "text under the footer",
        '<div style="position: absolute; left: 30px; bottom: 20px">a remark that stands low</div>',
        Seen.COVERED,
        "footer: A course on everything",
        text="a remark",
    ),
    Planted(
        "text under the page number",
        '<div style="position: absolute; right: 20px; bottom: 20px">a remark</div>',
        Seen.COVERED,
        "paginate: true",
        text="a remark",
    ),
    Planted("3 pixels too much", FLUSH + f"←{BOX}" % 723, Seen.OVERFLOW, at_least=2.9, at_most=3.1),
    Planted("a picture shown very small", "![w:200](drawn.svg)", Seen.TOO_SMALL),
    Planted("a picture whose text is too small", "![w:400](lettered.svg)", Seen.TOO_SMALL),
    Planted("small print", '<p style="font-size: 8px">what nobody shall read</p>', Seen.TOO_SMALL),
    Planted("code that Marp shrinks too much", f"```python\n{LONG * 3}\n```", Seen.TOO_SMALL),
    Planted("pale text", '<p style="color: #bbb">hardly there</p>', Seen.LOW_CONTRAST),
    Planted("a picture without words", '<img src="drawn.svg" width="600">', Seen.INACCESSIBLE),
    Planted("a list in 4:3", BULLETS, Seen.OVERFLOW, "size: 4:3"),
    Planted("beside a background", f"![bg right](drawn.svg)\n\n←{TABLE}", Seen.TOO_WIDE),
    Planted(
        "code cut at the right edge",
        "<style>pre { overflow: hidden } pre code { display: block; width: max-content }</style>\n\n"
        f"←```text\n{LONG}\n```",
        Seen.CLIPPED,
        "theme: plain",
        at_least=100,
    ),
]

GOOD = {
    "1 pixel too much": FLUSH + BOX % 721,
    "nothing that is hidden": '<div style="height: 0"><p style="visibility: hidden; height: 900px">a</p></div>\n\n'
    '<p style="display: none; height: 900px">b</p>\n\n<div style="position: absolute; top: 600px; height: 900px;'
    ' opacity: 0">c</div>\n\n<span style="position: absolute; left: 2000px; width: 1px; height: 1px;'
    ' overflow: hidden">for screen readers</span>',
    "formulas": "Inline $\\frac{1}{\\sqrt{2\\pi}}$ and\n\n$$\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt\\pi}{2}$$",
    "a wide formula that Marp scales": f"$$ {' + '.join(f'x_{{{n}}}' for n in range(30))} $$",
    "a split background": "![bg left:40%](drawn.svg)\n![bg](drawn.svg)\n\n# Title\n\nSome text\n",
    "a fitted heading": "# <!-- fit --> A heading as wide as the slide\n\ntext",
    "code that Marp scales": f"```python {{1}}\n{LONG[:110]}\n```",
    "a footer and a number": "# Title\n\n<!-- footer: the footer -->\n<!-- paginate: true -->\n\ntext",
    "emoji, scripts and notes": "H~2~O :smile: 😀 <sup>2</sup>\n\n<!-- notes that are\nnever seen -->",
    "terminal art": "```text\n+----+\n|    |\n+----+\n```",
}


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        started.start(browser=True)
        yield started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/drawn.svg").write_text(SVG % "")
    (tmp_path / "slides/lettered.svg").write_text(SVG % '<text x="9" y="99" font-size="12">small</text>')
    (tmp_path / "slides/plain.css").write_text(
        "/* @theme plain */ section { width: 1280px; height: 720px; padding: 60px; font-size: 30px }"
    )
    return tmp_path


def measure(renderer: Renderer, folder: Path, text: str) -> Measured:
    source = folder / "slides/deck.md"
    source.write_text(text)
    themes = (folder / "slides/plain.css",)
    wanted = RenderRequest(
        "deck", "slides/deck.md", source, folder / "html/deck.html", themes=themes, settings={"html": True}
    )
    return renderer.measure(wanted, folder / "check")


def told(flaws: tuple[Flaw, ...]) -> list[str]:
    return [f"{flaw.kind} {flaw.slide} {flaw.line} {flaw.message} | {flaw.text}" for flaw in flaws]


@pytest.mark.parametrize("planted", FAULTS, ids=str)
def test_a_planted_fault_is_found_and_nothing_else(renderer: Renderer, folder: Path, planted: Planted) -> None:
    body = planted.body if "←" in planted.body else f"←{planted.body}"
    text = f"---\nmarp: true\n{planted.front}\n---\n\n# A slide before\n\n---\n\n{body}\n\n---\n\n# Another\n"
    line = text[: text.index("←")].count("\n") + 1
    measured = measure(renderer, folder, text.replace("←", ""))
    assert {flaw.kind for flaw in measured.flaws} == {planted.kind}, told(measured.flaws)
    assert {flaw.slide for flaw in measured.flaws} == {2}
    assert line in {flaw.line for flaw in measured.flaws}, told(measured.flaws)
    assert any(flaw.text.startswith(planted.text) for flaw in measured.flaws)
    assert planted.at_least <= max(flaw.pixels for flaw in measured.flaws) <= planted.at_most
    assert dict(measured.pictures) == {2: "check/deck-2.png"}
    assert (folder / "check/deck-2.png").read_bytes().startswith(PNG)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_seen_whole_is_no_flaw(renderer: Renderer, folder: Path, name: str) -> None:
    measured = measure(renderer, folder, f"---\nmarp: true\n---\n\n{GOOD[name]}\n")
    assert told(measured.flaws) == []
    assert measured.pictures == {}
