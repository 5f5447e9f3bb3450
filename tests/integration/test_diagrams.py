"""Diagrams, drawn by the real Mermaid and Graphviz in a real browser."""

from __future__ import annotations

import base64
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from deckwright.marp.renderer import MarpRenderer
from deckwright.marp.web_fonts import FontPackages
from deckwright.model import RenderRequest, SlideSlug
from deckwright.parse import parse_deck
from integration.in_process import deckwright
from integration.shell import report_of, write
from support.rendering import RenderedFiles, render

pytestmark = pytest.mark.integration

COURSE_THEME = Path(__file__).parents[2] / "slides/themes/deckwright.css"

FLOW = """```mermaid
flowchart TD
  accTitle: 数据流
  A["Say #quot;hi#quot;"]-->B{中文节点}
  click A "javascript:alert(1)"
```
"""
DOT = (
    '```dot alt="A dot graph"\ndigraph { a -> b [label="x & <y>"]; a [URL="https://example.invalid"] }\n```\n'
)

KINDS = {
    "flowchart": "flowchart LR\n a --> b & c",
    "graph": "graph TD;a-->b;",
    "sequence": "sequenceDiagram\n Alice->>Bob: Hi\n Note right of Bob: note",
    "class": "classDiagram\n Animal <|-- Duck\n Animal : +int age",
    "state": "stateDiagram-v2\n [*] --> Still",
    "entities": "erDiagram\n A ||--o{ B : has",
    "chart": "xychart-beta\n x-axis [a, b]\n bar [5, 6]",
    "pie": 'pie\n "a" : 3\n "b" : 4',
    "gantt": "gantt\n dateFormat YYYY-MM-DD\n A :a1, 2014-01-01, 30d",
    "commits": "gitGraph\n commit\n commit",
    "timeline": "timeline\n 2002 : a",
    "journey": "journey\n section s\n  tea: 5: Me",
    "quadrants": "quadrantChart\n x-axis a --> b\n A: [0.3, 0.6]",
    "blocks": "block-beta\n columns 1\n a b",
    "settings": "---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n---\ngraph TD\n a-->b",
}


PALE = {
    "sections of a journey": "journey\n section one\n  tea: 5: Me\n section two\n  walk: 3: Me",
    "marked bars and dates": (
        "gantt\n dateFormat YYYY-MM-DD\n Read :done, a, 2014-01-01, 9d\n Write :crit, b, after a, 9d"
    ),
    "pieces of a pie": 'pie\n "aa" : 3\n "bb" : 4\n "cc" : 2',
    "turned labels of commits": 'gitGraph\n commit id: "first"\n branch other\n commit id: "second"',
    "bits": 'packet-beta\n 0-15: "Source"\n 16-31: "Target"',
    "systems": 'C4Context\n Person(a, "Customer")\n System_Ext(b, "Mail")\n Rel(a, b, "sends")',
    "boxes that the author fills": "flowchart LR\n aa --> bb\n style aa fill:#333\n style bb fill:#ffd",
}
"""Diagrams with letters that Mermaid writes in colours that are hard to read, in one theme or another."""


def drawn(renderer: MarpRenderer, folder: Path, text: str, *formats: str, **more: object) -> RenderedFiles:
    source = folder / "slides/deck.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, "utf-8")
    diagrams = {each.fence.line: each.source for each in parse_deck("slides/deck.md", text).diagrams}
    wanted = RenderRequest("slides/deck.md", folder, source, diagrams=diagrams, **more)  # type: ignore[arg-type]
    return render(renderer, wanted, *formats)


def svgs(made: RenderedFiles) -> list[str]:
    page = made.paths["html"].read_text("utf-8")
    return re.findall(r"<svg [^>]*letter-spacing.*?</svg>", page, re.DOTALL)


def rules(theme: str, more: str = "") -> str:
    return f"---\nmarp: true\ntheme: {theme}\n{more}---\n\n"


@pytest.mark.parametrize("theme", ["default", "gaia", "uncover", "deckwright"])
def test_diagrams_in_html_and_pdf(renderer: MarpRenderer, tmp_path: Path, theme: str) -> None:
    themes = (COURSE_THEME,) if theme == "deckwright" else ()
    deck = f"{rules(theme)}# a\n\n{FLOW}\n---\n\n<!-- _class: invert -->\n\n{DOT}\n---\n\n{FLOW}"
    made = drawn(renderer, tmp_path, deck, themes=themes, web_fonts=FontPackages()([theme]))
    assert made.diagnostics == ()
    flow, dot, again = svgs(made)
    assert 'role="img" aria-label="数据流"' in flow
    assert 'role="img" aria-label="A dot graph"' in dot
    assert "font-family" not in dot  # the page has it inside
    assert "中文节点" in flow
    assert 'Say "hi"' in re.sub(r"<[^>]*>", "", flow)
    assert "x &amp; &lt;y&gt;" in dot
    ids = re.findall(r' id="([^"]+)"', flow + dot + again)
    assert len(ids) == len(set(ids)) > 0
    for svg in (flow, dot, again):
        assert not re.search(r"javascript:|https?://(?!www\.w3\.org/)|class=|<style|<a\b", svg)
    page = made.paths["html"].read_text("utf-8")
    assert "<!--diagram" not in page
    assert "language-mermaid" not in page
    pages = [page.extract_text() for page in PdfReader(made.paths["pdf"]).pages]
    assert "中文节点" in pages[0]
    assert "flowchart" not in pages[0]


@pytest.mark.parametrize("look", ["default", "default invert", "gaia", "gaia invert", "uncover invert"])
def test_letters_can_be_read_in_every_theme(renderer: MarpRenderer, tmp_path: Path, look: str) -> None:
    theme, _, style = look.partition(" ")
    dot = "```dot\ndigraph { one -> two; one [style=filled]; two [style=filled, fillcolor=black] }\n```"
    fences = [*(f"```mermaid\n{diagram}\n```" for diagram in PALE.values()), dot]
    text = f"---\ntheme: {theme}\nclass: {style}\n---\n\n" + "\n\n---\n\n".join(fences) + "\n"
    assert pale_slides(renderer, tmp_path, text) == set()


def test_colours_of_letters_that_the_author_chose_stay(renderer: MarpRenderer, tmp_path: Path) -> None:
    text = (
        "```mermaid\nflowchart LR\n aa --> bb\n style aa color:#ccc\n```\n\n---\n\n"
        "```dot\ndigraph { one [fontcolor=gray80] }\n```\n\n---\n\n"
        "```mermaid\nflowchart LR\n aa --> bb\n classDef pale color:#ddd\n class bb pale\n```\n"
    )
    assert pale_slides(renderer, tmp_path, text) == {1, 2, 3}


def pale_slides(renderer: MarpRenderer, folder: Path, text: str) -> set[int]:
    """Return the slides with text that is hard to read."""
    source = folder / "slides/deck.md"
    source.parent.mkdir()
    source.write_text(text, "utf-8")
    diagrams = {each.fence.line: each.source for each in parse_deck("slides/deck.md", text).diagrams}
    wanted = RenderRequest("slides/deck.md", folder, source, diagrams=diagrams)
    measured = renderer.measure(wanted, folder / "check")
    return {each.slide for each in measured.diagnostics if each.kind is SlideSlug.LOW_CONTRAST}


def test_the_colours_are_those_of_the_slide(renderer: MarpRenderer, tmp_path: Path) -> None:
    style = (
        "style: |\n  section { color: #123456; background: #fedcba }\n"
        "  section.dark { color: #fff; background: #010203 }\n"
    )
    deck = f"{rules('default', style)}{DOT}\n---\n\n<!-- _class: dark -->\n\n{DOT}"
    light, dark = svgs(drawn(renderer, tmp_path, deck, "html"))
    assert "rgb(18, 52, 86)" in light
    assert "rgb(255, 255, 255)" in dark
    assert "rgb(18, 52, 86)" not in dark


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_diagrams(renderer: MarpRenderer, tmp_path: Path, kind: str) -> None:
    deck = f"{rules('default')}```mermaid alt=a\n{KINDS[kind]}\n```\n"
    made = drawn(renderer, tmp_path, deck, "html")
    first = made.paths["html"].read_bytes()
    assert made.diagnostics == ()
    assert len(svgs(made)) == 1
    again = drawn(renderer, tmp_path, deck, "html")
    assert again.paths["html"].read_bytes() == first


def test_a_tall_diagram_fits_on_its_slide(renderer: MarpRenderer, tmp_path: Path) -> None:
    chain = " --> ".join("abcdefghij")
    deck = f"{rules('default')}# a\n\n```mermaid alt=a\ngraph TD\n {chain}\n```\n"
    made = drawn(renderer, tmp_path, deck, "html", "pdf")
    assert made.diagnostics == ()
    (svg,) = svgs(made)
    assert float(re.search(r' height="([\d.]+)"', svg)[1]) < 620  # type: ignore[index]


def test_errors_have_their_lines(tmp_path: Path) -> None:
    deck = """
        ---
        marp: true
        ---

        ```mermaid alt=a
        graph TD
          A-->B
          B --> --> C
        ```

        - item

          ```dot alt=a
          digraph {
            a -> b
            b -> -> c
          }
          ```

        ---

        ```mermaid alt=a
        mindmap
          root
        ```

        ```mermaid alt=a
        grpah TD
        ```

        ```mermaid alt=a
        graph TD
          A@{ img: "https://example.invalid/a.png" } --> B
        ```
        """
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck})
    ran = deckwright(tmp_path, "build", "--to", "html")
    found = [(each["slug"], each["severity"], each["line"]) for each in report_of(tmp_path)["diagnostics"]]
    assert found == [
        ("diagram", "error", 8),
        ("diagram", "error", 16),
        ("diagram-not-drawn", "warning", 22),
        ("diagram", "error", 27),
        ("diagram-not-drawn", "warning", 31),
    ]
    assert ran.code == 1
    page = (tmp_path / "build/html/a.html").read_text("utf-8")
    assert page.count('<code class="language-mermaid">') == 4
    assert "example.invalid/a.png&quot;" in page
    assert 'src="https://example.invalid' not in page


def test_what_a_script_prints_is_never_drawn(tmp_path: Path) -> None:
    output, own = "```mermaid output=../snippets/a.py\n```\n\n", "```mermaid\n{}```\n\n"
    text = "graph LR\n accTitle: own\n a-->b\n"
    deck = f"---\nmarp: true\n---\n\n{output}{own.format(text)}{output}"
    script = f"print({text!r}, end='')\n"
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck, "snippets/a.py": script})
    deckwright(tmp_path, "build", "--to", "html")
    page = (tmp_path / "build/html/a.html").read_text("utf-8")
    assert page.count('role="img" aria-label="own"') == 1
    assert page.count("graph LR") == 2


LABELS = {
    "boxes": (
        'flowchart LR\n A["<T>"] --> B[List<List<int>>] --> C{x > 0?}',
        ["<T>", "List<List<int>>", "x > 0?"],
    ),
    "edges": ('flowchart LR\n A -->|"<K>"| B -- a > b --> C(f<x>)', ["<K>", "a > b", "f<x>"]),
    "looks": ('flowchart LR\n A["<b>bold</b><br/>two"] --> B["x<y"]', ["bold", "two", "x<y"]),
    "script": ('flowchart LR\n A["<script>alert(1)</script>"]', ["<script>alert(1)</script>"]),
    "sequence": ("sequenceDiagram\n A->>B: get<T>(x) > 1", ["get<T>(x) > 1"]),
    "class": ("classDiagram\n class A~T~ {\n <<interface>>\n +get(Map<K>) V\n }", ["A<T>", "+get(Map<K>)"]),
    "state": ('stateDiagram-v2\n state "q > 1" as s\n [*] --> s : <T> > 2', ["q > 1", "<T> > 2"]),
    "entities": ('erDiagram\n A ||--o{ B : "<T>"', ["<T>"]),
    "blocks": ('block-beta\n a["x > <T>"]', ["x > <T>"]),
}


@pytest.mark.parametrize("kind", LABELS)
def test_labels_show_what_they_say(renderer: MarpRenderer, tmp_path: Path, kind: str) -> None:
    text, labels = LABELS[kind]
    made = drawn(renderer, tmp_path, f"{rules('default')}```mermaid alt=a\n{text}\n```\n", "html")
    assert made.diagnostics == ()
    (svg,) = svgs(made)
    shown = unescape(re.sub(r"<[^>]*>", "", svg))
    assert [label for label in labels if label not in shown] == []
    assert "<script" not in svg


def test_a_quoted_file_is_drawn_and_its_errors_name_it(tmp_path: Path) -> None:
    fence = "```mermaid file=../figures/{}\n```\n\n"
    deck = f"---\nmarp: true\n---\n\n{fence.format('a.mmd')}{fence.format('b.mmd')}"
    files = {
        "figures/a.mmd": "graph TD\n accTitle: said\n a-->b\n",
        "figures/b.mmd": "graph TD\n a --> --> b\n",
    }
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck, **files})
    deckwright(tmp_path, "build", "--to", "html")
    (found,) = report_of(tmp_path)["diagnostics"]
    assert (found["slug"], found["line"]) == ("diagram", 8)
    assert "figures/b.mmd, line 2" in found["message"]
    page = (tmp_path / "build/html/a.html").read_text("utf-8")
    assert page.count('role="img" aria-label="said"') == 1


def test_a_check_measures_diagrams(tmp_path: Path) -> None:
    many = " & ".join(f"n{number}" for number in range(60))
    slides = (
        f"# Wide\n\n```mermaid alt=a\ngraph TD\n x --> {many}\n```\n",
        "# Silent\n\n```dot\ndigraph { a -> b }\n```\n",
        "# Good\n\n```dot alt=b\ndigraph { a -> b }\n```\n",
    )
    deck = rules("default", "title: a\n") + "\n---\n\n".join(slides)
    write(tmp_path, {"pyproject.toml": "[tool.deckwright]\n", "slides/a.md": deck})
    ran = deckwright(tmp_path, "check")
    assert ran.code == 1
    found = re.findall(r"^slides/a\.md:(\d+):\d+ error \[([a-z-]+)\]", ran.err, re.MULTILINE)
    assert found == [("9", "too-small"), ("18", "missing-alt")]


FILES = {
    "snippets/loop.mmd": "flowchart LR\n  accTitle: Round\n a[数据] -->|x > 0| b[bold ∇]\n b --> a\n",
    "figures/net.dot": "digraph { rankdir=LR; x -> y [label=w] }\n",
}
SHOWN = {"a": ("loop",), "b": ("net", "loop")}


def course(root: Path, **shown: tuple[str, ...]) -> None:
    """Write decks in two themes that show diagrams as figures."""
    slides = {
        f"slides/{name}.md": rules(theme)
        + "\n---\n\n".join(f"![w:500 center {each}](../figures/{each}.svg)\n" for each in figures)
        for (name, figures), theme in zip(shown.items(), ("default", "gaia"), strict=False)
    }
    write(root, {"pyproject.toml": "[tool.deckwright]\n", **slides, **FILES})


def test_a_file_is_a_picture_that_plain_marp_shows(tmp_path: Path) -> None:
    course(tmp_path, **SHOWN)
    assert deckwright(tmp_path, "sync", "--yes").code == 0
    pictures = {name: (tmp_path / f"figures/{name}.svg").read_text("utf-8") for name in ("loop", "net")}
    for text in pictures.values():
        root = ElementTree.fromstring(text)
        assert root.find("{http://www.w3.org/2000/svg}style") is not None
        assert not re.search(r"https?://(?!www\.w3\.org/)|<script|url\((?!data:font|#diagram)", text)
    assert deckwright(tmp_path, "build").code == 0
    page = (tmp_path / "build/html/b.html").read_text("utf-8")
    shown = re.findall(r'<img src="data:image/svg\+xml;base64,([^"]*)"', page)
    assert [base64.b64decode(each).decode() for each in shown] == [pictures["net"], pictures["loop"]]
    assert "数据" in PdfReader(tmp_path / "build/pdf/a.pdf").pages[0].extract_text()
    assert deckwright(tmp_path, "check").code == 0
    (tmp_path / "figures/net.dot").write_text(FILES["figures/net.dot"].replace("label=w", "label=v"))
    ran = deckwright(tmp_path, "check")
    assert "figures/net.svg is not what figures/net.dot shows" in ran.err


def test_a_picture_is_the_same_whatever_is_drawn_with_it(tmp_path: Path) -> None:
    made = []
    for number, shown in enumerate([SHOWN, {"a": ("loop", "net")}, {"a": ("net",), "b": ("loop",)}]):
        root = tmp_path / str(number)
        course(root, **shown)
        assert deckwright(root, "build", "--to", "html").code == 0
        made.append({(root / f"build/figures/{name}.svg").read_bytes() for name in ("loop", "net")})
    assert made[0] == made[1] == made[2]


def test_a_file_that_does_not_parse_is_an_error_at_its_line(tmp_path: Path) -> None:
    course(tmp_path, **SHOWN)
    (tmp_path / "figures/net.dot").write_text("digraph {\n a -> b\n b -> -> c\n}\n")
    (tmp_path / "snippets/loop.mmd").write_text("mindmap\n root\n")
    ran = deckwright(tmp_path, "check")
    assert ran.code == 1
    found = re.findall(r"^(\S+:\d+):\d+ error \[([a-z-]+)\]", ran.err, re.MULTILINE)
    assert sorted(found) == [("figures/net.dot:3", "diagram"), ("snippets/loop.mmd:1", "diagram-not-drawn")]
