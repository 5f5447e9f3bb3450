"""The fences of a deck that are drawn."""

import pytest

from deckwright.parse import parse_deck

GRAPH = "graph TD\n A-->B\n"
SCRIPT = '<script type="module">import mermaid from "https://cdn.example/mermaid.mjs"</script>'


def fence(info: str, body: str = GRAPH) -> str:
    return f"```{info}\n{body}```\n"


def drawn(text: str) -> list[tuple[str, str]]:
    diagrams = parse_deck("slides/deck.md", text).diagrams
    return [(diagram.source.language, diagram.source.alt) for diagram in diagrams]


@pytest.mark.parametrize(
    ("info", "body", "alt"),
    [
        ("mermaid", GRAPH, ""),
        ('mermaid alt="Data flows"', GRAPH, "Data flows"),
        ("mermaid alt=Flow", "graph TD\n accTitle: Another\n A-->B\n", "Flow"),
        ("mermaid", "graph TD\n  accTitle: 数据流\n  A-->B\n", "数据流"),
        ("mermaid", "graph TD\n  accDescr: From A to B\n  A-->B\n", "From A to B"),
        ("mermaid", "graph TD\n  accTitle:\n  A-->B\n", ""),
        ('dot alt="A to B"', "digraph { a -> b }\n", "A to B"),
        ("dot", "digraph { accTitle: x }\n", ""),
        ("mermaid file=a.mmd alt=x", "", "x"),
    ],
)
def test_diagrams_and_what_is_said_of_them(info: str, body: str, alt: str) -> None:
    assert drawn(fence(info, body)) == [(info.split()[0], alt)]


@pytest.mark.parametrize(
    "text",
    [
        fence("mermaid no-draw"),
        fence("mermaid file=a.mmd no-draw"),
        fence("mermaid file=a.mmd lines=1"),
        fence("mermaid {2}"),
        fence("mermaid lines=1"),
        fence("mermaid output=../snippets/a.py"),
        fence("mermaid-example"),
        fence("text mermaid"),
        fence("Mermaid"),
        f"````markdown\n{fence('mermaid')}````\n",
        f"<!--\n{fence('mermaid')}-->\n",
        f"<pre>\n{fence('mermaid')}</pre>\n",
        f"{fence('mermaid')}\n{SCRIPT}\n",
        f"{fence('mermaid')}\ntext {SCRIPT}\n",
        f'{fence("dot", "digraph {}" + chr(10))}\n<script src="viz-global.js"></script>\n',
    ],
)
def test_what_stays_code(text: str) -> None:
    assert drawn(text) == []


@pytest.mark.parametrize(
    "text",
    [
        fence("mermaid", "graph TD\n A[<script>mermaid</script>]\n"),
        f"{fence('mermaid')}\n<script>console.log(1)</script>\n",
        f"{fence('mermaid')}\nMermaid draws this.\n",
        f"- item\n\n  {fence('mermaid').replace(chr(10), chr(10) + '  ')}",
        f"> {fence('mermaid').rstrip().replace(chr(10), chr(10) + '> ')}\n",
    ],
)
def test_what_is_drawn_all_the_same(text: str) -> None:
    assert [language for language, _ in drawn(text)] == ["mermaid"]


@pytest.mark.parametrize(
    ("info", "message"),
    [
        ("mermaid no-drow", "unknown attribute 'no-drow'"),
        ("dot nodraw", "unknown attribute 'nodraw'"),
        ('mermaid altt="x"', "unknown attribute 'altt'"),
        ("mermaid file=a.mmd alt=x", None),
        ("mermaid file=a.mmd no-draw", None),
        ("sql file=a.sql no-draw", "only a diagram is drawn"),
        ("sql file=a.sql alt=x", "only an output and a diagram have an alternative text"),
        ('mermaid title="another tool\'s"', None),
        ("text nodraw", None),
    ],
)
def test_misspelt_attributes(info: str, message: str | None) -> None:
    found = parse_deck("slides/deck.md", fence(info)).diagnostics
    assert [each.message for each in found] == ([message] if message else [])
