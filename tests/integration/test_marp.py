"""The real Marp and a real browser. The first run on a machine installs both (some 15 s)."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader

from deckwright.marp.packages import find_node, install_packages, node_environment
from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.web_fonts import FontPackages
from deckwright.model import RenderRequest
from deckwright.parse import parse_deck
from support.rendering import RenderedFiles, render

pytestmark = pytest.mark.integration

CASES = Path(__file__).parents[1] / "cases/marp"
PLAIN = {path.stem: path.read_text("utf-8") for path in sorted(CASES.glob("*.md"))}
"""Decks that use none of our syntax."""


def request(folder: Path, text: str, **more: object) -> RenderRequest:
    source = folder / "slides/deck.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text)
    return RenderRequest("slides/deck.md", folder, source, **more)  # type: ignore[arg-type]


def html_of(made: RenderedFiles) -> str:
    return made.paths["html"].read_text()


def slides(page: str) -> list[str]:
    return re.findall(r"<section\b.*?</section>", page, flags=re.S)


def marp_cli(folder: Path, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the pages that plain marp-cli makes of decks, by name."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text)
    command = [find_node().path, install_packages() / "node_modules/@marp-team/marp-cli/marp-cli.js"]
    arguments = ["--no-config-file", "-I", ".", "-o", "pages"]
    subprocess.run(
        [*map(str, command), *arguments], cwd=folder, env=node_environment(), check=True, capture_output=True
    )
    return {name: (folder / f"pages/{name}.html").read_text() for name in texts}


@pytest.fixture(scope="module")
def plain_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return marp_cli(tmp_path_factory.mktemp("plain"), PLAIN)


ACCEPTANCE = '[//]: # (deckwright: accept overflow "the table is the point")'
PLACES = {
    "first": "{}\n\n# A\n\ntext\n\n<!-- a note -->\n\n---\n\n# B\n",
    "last": "# A\n\ntext\n\n<!-- a note -->\n\n---\n\n# B\n\n{}",
    "between": "# A\n\n{}\n<!-- a note -->\n\n- a\n\n  {}\n- b\n\n> quoted\n\n{}\n---\n\n{}\n# B\n\n---\n",
    "divided": "---\nheadingDivider: 1\n---\n\n# A\n\n{}\n# B\n{}\n\ntext\n",
}
"""Decks with an acceptance at each `{}`."""


def test_an_acceptance_leaves_no_trace_in_plain_marp(tmp_path: Path) -> None:
    with_it = {name: text.replace("{}", ACCEPTANCE) for name, text in PLACES.items()}
    without = {f"{name}-without": text.replace("{}", "") for name, text in PLACES.items()}
    pages = marp_cli(tmp_path, {**with_it, **without})
    for name in PLACES:
        assert parse_deck("slides/deck.md", with_it[name]).diagnostics == ()
        assert "deckwright" not in pages[name]
        assert pages[name] == pages[f"{name}-without"]


@pytest.mark.parametrize("name", PLAIN)
def test_a_plain_deck_is_as_marp_cli_makes_it(
    renderer: MarpRenderer, tmp_path: Path, plain_pages: dict[str, str], name: str
) -> None:
    made = render(renderer, request(tmp_path, PLAIN[name]), "html")
    ours, theirs = slides(html_of(made)), slides(plain_pages[name])
    assert ours == theirs
    assert made.slides == len({re.search(r'id="(\d+)"', slide)[1] for slide in theirs if 'id="' in slide})


@pytest.mark.parametrize("name", PLAIN)
def test_a_slide_is_the_same_where_no_other_is_shown(
    renderer: MarpRenderer, tmp_path: Path, name: str
) -> None:
    scoped = "<style scoped>\np { color: teal }\n</style>\n"
    text = f"{PLAIN[name]}\n{scoped}\n---\n\n# The end\n\n{scoped}"

    def made(shown: tuple[int, ...] | None) -> list[str]:
        with renderer.open(request(tmp_path, text, shown=shown)) as rendering:
            page, _ = rendering.page("html/deck.html")
        _, *pieces, _ = page.decode().split("<svg data-marpit-svg")
        return pieces

    whole = made(tuple(range(100)))
    for number, slide in enumerate(whole):
        alone = made((number,))
        assert alone[number] == slide
    assert len("".join(made(()))) < len("".join(whole))


def test_styles_are_those_of_each_rendering(renderer: MarpRenderer, tmp_path: Path) -> None:
    theme = tmp_path / "slides/ours.css"

    def made(colour: str, style: str, text: str, **options: object) -> str:
        deck = request(tmp_path, f"---\ntheme: ours\nstyle: 'p {{ color: {style} }}'\n---\n\n{text}\n")
        theme.write_text(f"/* @theme ours */\nh1 {{ color: {colour} }}\n")
        settings = {"html": True, "options": options}
        with renderer.open(replace(deck, themes=(theme,), settings=settings)) as rendering:
            return rendering.page("html/deck.html")[0].decode()

    first = made("teal", "olive", "# A")
    assert "color:teal" in first
    assert "color:olive" in first
    assert "color:navy" in made("navy", "olive", "# A")
    assert "color:maroon" in made("teal", "maroon", "# A")
    assert "mjx-container" in made("teal", "olive", "# A $x$")
    assert "color: teal" in made("teal", "olive", "# A", minifyCSS=False)
    assert made("teal", "olive", "# A") == first


def test_a_deck_becomes_page_pdf_and_picture(renderer: MarpRenderer, tmp_path: Path) -> None:
    text = PLAIN["text"].replace("marp: true", "marp: true\ntitle: 讲义\nauthor: 王老师\nsize: 4:3")
    made = render(renderer, request(tmp_path, text), "pdf", "png", notes=True, scale=0.5)
    assert (made.slides, made.pages, made.diagnostics) == (2, 2, ())
    pictures = [path.read_bytes() for path in sorted((tmp_path / "png/deck").iterdir())]
    assert len(pictures) == len(set(pictures)) == 2
    for picture in pictures:
        assert picture.startswith(b"\x89PNG")
        assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (480, 360)
    reader = PdfReader(tmp_path / "pdf/deck.pdf")
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [720, 540]
    assert "标题" in reader.pages[0].extract_text()
    assert next(item["/Title"] for item in reader.outline if not isinstance(item, list)).startswith("标题")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("讲义", "王老师")
    assert [note.get_object()["/Contents"] for note in reader.pages[1]["/Annots"]] == ["备注：一句"]


def test_chinese_can_be_searched_whatever_the_theme(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = render(renderer, request(tmp_path, "# 第一张\n\n`a != b` 二三人"))
    text = PdfReader(made.paths["pdf"]).pages[0].extract_text()
    assert "第一张" in text
    assert "二三人" in text
    assert "!=" in text


def test_the_same_deck_gives_the_same_bytes(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        render(renderer, request(tmp_path / name, PLAIN["text"]), notes=True)
        made.append([(tmp_path / name / path).read_bytes() for path in ("html/deck.html", "pdf/deck.pdf")])
    assert made[0] == made[1]


def test_nothing_comes_from_the_network(renderer: MarpRenderer, tmp_path: Path) -> None:
    style = "style: 'section { font-family: \"Noto Sans SC\" }'"
    text = f"---\nmath: katex\n{style}\n---\n# 你好 😀 :rocket:\n\n$x$\n"
    made = render(renderer, request(tmp_path, text))
    page = re.sub(r"<script>.*?</script>", "", html_of(made), flags=re.S)
    assert made.diagnostics == ()
    assert set(re.findall(r"https?://[\w.-]+", page)) <= {"http://www.w3.org"}
    assert page.count('src="data:image/svg+xml;base64,') == 2
    assert '@font-face{font-family:"Noto Sans SC"' in page


def test_what_the_author_wrote_remotely_is_reported(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = render(renderer, request(tmp_path, "![a](https://example.org/a.png)\n\n![b](nothing.png)\n"))
    assert [(remark.slug, remark.address) for remark in made.diagnostics] == [
        ("remote-resource", "https://example.org/a.png"),
        ("missing-file", "nothing.png"),
    ]


FORMULAS = """---
math: {engine}
header: "$\\\\frca{{1}}{{2}}$"
---

# A heading $x^2^3$

- good: $\\frac{{1}}{{2}}$, `$\\frca$`
- bad: $\\left( x$

| $\\frac{{1$ |
|---|
| $\\unheardof$ |

<!-- _footer: '$\\badly$' -->

$$
\\begin{{foo}} x
\\end{{foo}}
$$
"""


@pytest.mark.parametrize("engine", ["mathjax", "katex"])
def test_a_formula_that_fails_is_reported_with_its_line(
    renderer: MarpRenderer, tmp_path: Path, engine: str
) -> None:
    made = render(renderer, request(tmp_path, FORMULAS.format(engine=engine)), "html")
    assert [(d.slug, d.line, d.address.partition(" ")[0]) for d in made.diagnostics] == [
        ("broken-formula", 0, "\\frca{1}{2}"),
        ("broken-formula", 6, "x^2^3"),
        ("broken-formula", 9, "\\left("),
        ("broken-formula", 11, "\\frac{1"),
        ("broken-formula", 13, "\\unheardof"),
        ("broken-formula", 17, "\\begin{foo}"),
        ("broken-formula", 0, "\\badly"),
    ]
    says = {d.address: d.message.partition(": ")[2] for d in made.diagnostics}
    assert says["\\unheardof"] == "unknown command \\unheardof"
    assert "uperscript" in says["x^2^3"] or "exponent" in says["x^2^3"]
    assert "foo" in says["\\begin{foo} x\n\\end{foo}"]


@pytest.mark.parametrize("formula", ["$文字 = 1$", "$é ≔ ＋$", "$$\na \\\\\nb\n$$", "$\\text{한글 😀}$"])
def test_a_formula_that_katex_sets_without_latex_is_no_finding(
    renderer: MarpRenderer, tmp_path: Path, formula: str
) -> None:
    made = render(renderer, request(tmp_path, f"---\nmath: katex\n---\n\n{formula}\n"), "html")
    assert made.diagnostics == ()


RAW = """---
footer: '<button onclick="x()">go</button>'
---

<div style="color: red" class="a">text</div>

vector<int>, <file>, <input> and <br> are text, a <span id="x">span</span> is none

<svg viewBox="0 0 1 1"><path d="M0"/></svg>

`<iframe src="x">` and <!-- <iframe src="x"> --> a comment
"""


def test_html_that_marp_refuses_is_reported_with_its_line(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = render(renderer, request(tmp_path, RAW), "html")
    assert [(d.slug, d.line, d.message) for d in made.diagnostics] == [
        ("refused-html", 5, "Marp drops style= from <div>"),
        ("refused-html", 7, "Marp drops id= from <span>"),
        ("refused-html", 9, "Marp shows the tag <svg> as text"),
        ("refused-html", 0, "Marp shows the tag <button> as text"),
    ]
    allowed = render(renderer, request(tmp_path, RAW, settings={"html": True}), "html")
    assert allowed.diagnostics == ()
    some = {"div": ["style", "class"], "span": ["id"], "br": [], "button": {"onclick": True}}
    made = render(renderer, request(tmp_path, RAW, settings={"html": some}), "html")
    assert [d.message for d in made.diagnostics] == ["Marp shows the tag <svg> as text"]


REMOTE = """---
header: "![h:20](//example.org/header.png)"
---
<!-- _footer: '![h:20](https://example.org/footer.png?a=1&copy=x)' -->

![x](https://example.org/p.png?a=1&copy=x) ![y](https://example.org/a\\_b.png)

<script type="module">import mermaid from "https://example.org/mermaid.mjs"</script>

<svg><image href="HTTPS://example.org/i.png"/></svg>
"""


def test_what_is_remote_is_reported_however_it_is_written(renderer: MarpRenderer, tmp_path: Path) -> None:
    made = render(renderer, request(tmp_path, REMOTE, settings={"html": True}), "html")
    assert {(remark.slug, remark.address) for remark in made.diagnostics} == {
        ("remote-resource", "//example.org/header.png"),
        ("remote-resource", "https://example.org/footer.png?a=1&copy=x"),
        ("remote-resource", "https://example.org/p.png?a=1&copy=x"),
        ("remote-resource", "https://example.org/a_b.png"),
        ("remote-resource", "https://example.org/mermaid.mjs"),
        ("remote-resource", "HTTPS://example.org/i.png"),
    }


def test_what_a_theme_names_is_told_with_the_theme(renderer: MarpRenderer, tmp_path: Path) -> None:
    theme = tmp_path / "themes/own.css"
    theme.parent.mkdir()
    theme.write_text("/* @theme own */ @import 'default'; section { background: url(dot%20.png) }")
    text = "---\ntheme: own\n---\n![b](nothing.png)\n"
    made = render(renderer, request(tmp_path, text, themes=(theme,)))
    assert {remark.message for remark in made.diagnostics} == {
        "no file: nothing.png",
        "no file: dot%20.png, which line 1 of themes/own.css names",
    }


FONTS = "https://fonts.googleapis.com/css2?family"


def fonts_of(pdf: Path) -> set[str]:
    """Return the names of the fonts in a PDF, without the tags of their subsets."""
    found = (font for page in PdfReader(pdf).pages for font in page["/Resources"].get("/Font", {}).values())
    return {str(font.get_object()["/BaseFont"]).rpartition("+")[2] for font in found}


@pytest.mark.parametrize(
    ("text", "families", "faces"),
    [
        (
            "---\ntheme: gaia\n---\n# A\n\n`a`\n",
            {"Lato", "Roboto Mono"},
            {"Lato-Black", "RobotoMono-Regular"},
        ),
        (
            f"---\nstyle: |\n  @import url({FONTS}=Lora:ital@1);\n  section {{ font-family: Lora }}\n---\n"
            "*A*\n",
            {"Lora"},
            {"Lora-Italic"},
        ),
        (
            "A\n\n<style scoped>\n@import url('//fonts.bunny.net/css?family=pacifico');\n"
            "p { font-family: Pacifico }\n</style>\n",
            {"Pacifico"},
            {"Pacifico-Regular"},
        ),
    ],
)
def test_web_fonts_come_inside(
    renderer: MarpRenderer, tmp_path: Path, text: str, families: set[str], faces: set[str]
) -> None:
    made = render(renderer, request(tmp_path, text, web_fonts=FontPackages()([text])), "html", "pdf")
    assert made.diagnostics == ()
    page = re.sub(r' data-style="[^"]*"', "", html_of(made))
    assert families <= set(re.findall(r'@font-face\{font-family:"([^"]+)"', page))
    assert "fonts." not in re.sub(r"<script>.*?</script>", "", page, flags=re.S)
    assert faces <= fonts_of(made.paths["pdf"])


def test_without_a_network_web_fonts_are_named(
    renderer: MarpRenderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    theme = tmp_path / "themes/own.css"
    theme.parent.mkdir()
    theme.write_text(f"/* @theme own */\n@import 'default';\n@import url({FONTS}=Arvo&family=Lora);")
    text = "---\ntheme: own\n---\n# A\n"
    there = FontPackages(tmp_path / "cache")([text, theme.read_text()])
    made = render(renderer, request(tmp_path, text, themes=(theme,), web_fonts=there))
    assert [(remark.slug, remark.message) for remark in made.diagnostics] == [
        (
            "web-font-not-fetched",
            "left out a font of the network, as it could not be fetched: arvo, lora, "
            "which line 3 of themes/own.css names",
        )
    ]


def test_a_slide_that_is_too_full_is_reported(renderer: MarpRenderer, tmp_path: Path) -> None:
    full = "\n".join(f"- {number}" for number in range(40))
    made = render(renderer, request(tmp_path, f"![bg](a.svg)\n\n# Fits\n\n---\n\n{full}\n"))
    (diagnostic,) = made.misfits
    assert (diagnostic.kind, diagnostic.slide, diagnostic.line) == ("overflow", 2, 7)


def test_highlighted_lines_get_bands(renderer: MarpRenderer, tmp_path: Path) -> None:
    body = "a = 1\nb = 2\nc = 3\nd = 4\n"
    text = "```python {}\n".replace("{}", "{2-3}") + body + "```\n\n```python {none}\n" + body + "```\n"
    (slide,) = slides(html_of(render(renderer, request(tmp_path, text))))
    marked, plain = re.findall(r"<pre.*?</pre>", slide, flags=re.S)
    assert "margin-top:calc(1*1lh);height:calc(2*1lh)" in marked
    bands = r'<span aria-hidden="true"[^>]*></span>'
    theirs = marp_cli(tmp_path, {"plain": f"```python\n{body}```\n"})["plain"]
    bare = re.sub(bands, "", re.sub(r'<code style="[^"]*"', "<code", marked))
    assert bare == plain == re.search(r"<pre.*?</pre>", slides(theirs)[0], re.S)[0]


@pytest.mark.parametrize(("theme", "on_code"), [("default", 0), ("gaia", 0), ("uncover", 1), ("own", 1)])
def test_bands_are_as_wide_as_the_panel(
    renderer: MarpRenderer, tmp_path: Path, theme: str, on_code: int
) -> None:
    own = tmp_path / "own.css"
    own.write_text("/* @theme own */ @import 'uncover'; section { color: red }")
    text = f"---\ntheme: {theme}\n---\n\n```python {{1}}\na = 1\n```\n"
    page = html_of(render(renderer, request(tmp_path, text, themes=(own,))))
    assert page.count("--deckwright-band-reach:0px") == on_code
    plain = html_of(render(renderer, request(tmp_path, text.replace(" {1}", ""), themes=(own,))))
    assert "--deckwright-band" not in plain


OUTPUTS = "```python\na = 1\n```\n\n```text\n1\n```\n\n```pytb\nNameError\n```\n\n```text\nprose\n```\n"
SHOWN = (5, 11)
"""The lines of an output: what it printed, and its error."""


@pytest.mark.parametrize("theme", ["default", "gaia", "uncover", "own"])
def test_outputs_and_errors_have_a_look_of_their_own(
    renderer: MarpRenderer, tmp_path: Path, theme: str
) -> None:
    own = tmp_path / "own.css"
    own.write_text("/* @theme own */ section pre { background: #eee } section code { color: navy }")
    front = f"---\ntheme: {theme}\n---\n\n"
    lines = (tuple(line + 4 for line in SHOWN),)
    text = front + OUTPUTS
    made = render(renderer, request(tmp_path, text, themes=(own,), outputs=lines), "html")
    assert "border-left:10px double" in html_of(made)
    blocks = re.findall(r"<pre(?: (data-deckwright=\"\w+\"))?", slides(html_of(made))[0])
    assert blocks == ["", 'data-deckwright="output"', 'data-deckwright="error"', ""]
    plain = html_of(render(renderer, request(tmp_path, text, themes=(own,)), "html"))
    assert "data-deckwright=" not in plain


@pytest.mark.parametrize(
    "style", ["code.language-pytb { color: red }", 'pre[data-deckwright="error"] { color: red }']
)
def test_a_theme_with_a_look_for_outputs_keeps_it(renderer: MarpRenderer, tmp_path: Path, style: str) -> None:
    own = tmp_path / "own.css"
    own.write_text(f"/* @theme own */ section {style}")
    text = "---\ntheme: own\n---\n" + OUTPUTS
    lines = (tuple(line + 3 for line in SHOWN),)
    page = html_of(render(renderer, request(tmp_path, text, themes=(own,), outputs=lines), "html"))
    bare, count = re.subn(r'<pre data-deckwright="\w+"', "<pre", page)
    assert count == 2
    assert bare == html_of(render(renderer, request(tmp_path, text, themes=(own,)), "html"))


def test_colours_are_spans_on_escaped_text(renderer: MarpRenderer, tmp_path: Path) -> None:
    text = '```text ansi="0-3:ansi-fg-1 ansi-bold,4-8:ansi-fg-2"\n<b> 😀&中x\n```\n'
    page = html_of(render(renderer, request(tmp_path, text)))
    code = re.search(r'<code class="language-text">(.*?)</code>', page, re.S)[1]
    assert code.startswith('<span class="ansi-fg-1 ansi-bold">&lt;b&gt;</span> <span class="ansi-fg-2"><img ')
    assert code.endswith(">&amp;中x</span>\n")


def test_awkward_file_names_are_only_names(renderer: MarpRenderer, tmp_path: Path) -> None:
    theme = tmp_path / "themes [1]/t (*).css"
    theme.parent.mkdir()
    theme.write_text("/* @theme own */ @import 'default'; section { background: url(dot.svg) }")
    (theme.parent / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    wanted = request(tmp_path / "a {b}", "---\ntheme: own\n---\n# x\n", themes=(theme,))
    made = render(renderer, wanted)
    assert 'url("data:image/svg+xml' in html_of(made)


def test_what_marp_says_of_a_theme_names_it(renderer: MarpRenderer, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.css", tmp_path / "themes of mine" / "a (1).css"
    bad.parent.mkdir()
    good.write_text("/* @theme good */\n")
    bad.write_text("section { color: red }\n")
    made = render(renderer, request(tmp_path, "# A\n", themes=(good, bad)))
    assert [remark.message for remark in made.diagnostics if remark.slug == "render-warning"] == [
        "Cannot register theme CSS: a (1).css (Marpit theme CSS requires @theme meta.)"
    ]


def test_bands_take_no_room(renderer: MarpRenderer, tmp_path: Path) -> None:
    fence = "```python{}\n" + "x = 1\n" * 8 + "y = '" + "long " * 60 + "'\n```\n"
    for name, spec in (("plain", ""), ("marked", " {1,3-4}")):
        render(renderer, request(tmp_path / name, fence.replace("{}", spec)))
    pages = [PdfReader(tmp_path / name / "pdf/deck.pdf").pages[0] for name in ("plain", "marked")]
    places: list[list[tuple[float, float]]] = [[], []]
    for page, found in zip(pages, places):
        page.extract_text(
            visitor_text=lambda text, _, matrix, *__, found=found: found.append(tuple(matrix[4:]))
        )
    assert places[0] == places[1]


def test_a_deck_that_is_not_there_is_an_error(renderer: MarpRenderer, tmp_path: Path) -> None:
    from deckwright.errors import RenderError

    with pytest.raises(RenderError, match="ENOENT"):
        render(renderer, RenderRequest("d.md", tmp_path, tmp_path / "d.md"))


def test_leaves_no_process_behind(tmp_path: Path) -> None:
    before = {process.pid for process in psutil.process_iter()}
    with MarpRenderer() as own:
        render(own, request(tmp_path, "# x\n"))
        assert any(
            "chrom" in p.name() or "node" in p.name() for p in psutil.Process(os.getpid()).children(True)
        )
        mine = {p.pid for p in psutil.Process(os.getpid()).children(recursive=True)} - before
        own.close(grace_seconds=600)  # longer than a test may take: Node and the browser end by themselves
    left = [p for p in psutil.process_iter() if p.pid in mine and p.status() != psutil.STATUS_ZOMBIE]
    assert left == []
