"""Decks in all shapes: slides, references with their places, and diagnostics."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.model import Deck, Dialect
from deckwright.parse import parse_deck
from support.cases import Case, read_cases
from support.cost import MOST, growth
from support.course import DECK, described

LINES = [
    "---",
    "# h",
    "## h",
    "text",
    "",
    "",
    "```",
    "```python exec",
    "````",
    "~~~text output=../snippets/a.py",
    "```python file=../snippets/a.py#b {1|2}",
    "- a",
    "  b",
    "> q",
    "1. ```py",
    "<!-- c -->",
    "<!--",
    "-->",
    "<div>",
    "$$",
    "a $x$",
    "| a | b \\| [1](a.py#x) |",
    "|---|---|",
    "***",
    "===",
    "    code",
    "![x](../figures/f.svg)",
    '![x](../figures/f.svg "device: cuda")',
    "[1](../snippets/a.py#x)",
    "[1](../snippets/a.py#x@cuda)",
    '**[1](<../snippets/a b.py#x> "{:.1f}")**',
    "[1][r]",
    "[r]: a.py#x",
    "\t- \tx",
    "<![",
    "![",
    "](",
    "\x00",
    "\ud800",
    "\u3000",
    "\ufeff",
    "headingDivider: 1",
    "<!-- paginate: true -->",
]
wild = st.lists(st.sampled_from(LINES)).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)


def parse(text: str) -> Deck:
    return parse_deck(DECK, text)


def deck_text(deck: Deck) -> str:
    """Return titles, then references: slide, place, kind, target, source text, then files, then wrongs."""
    rows = [" | ".join(f"{slide.number} {slide.title}".strip() for slide in deck.slides)]
    for ref in deck.references:
        at = deck.text.split("\n")[ref.location.line - 1][ref.location.column - 1 :][: ref.location.length]
        target = f"{ref.target.path}#{ref.target.name}".rstrip("#")
        body = ref.body.replace("\n", "⏎")
        variant = f" @{ref.variant}" if str(ref.variant) else ""
        place = f"{ref.slide} {ref.location.line}:{ref.location.column}"
        rows.append(f"{place} {ref.kind} {target} <{at}>{variant} [{body}]")
    rows += [f"file {path}" for path in deck.files]
    return "\n".join([*rows, described(deck.diagnostics)]).rstrip("\n")


@pytest.mark.parametrize("case", list(read_cases("parse/deck.md")), ids=lambda case: case.id)
def test_deck(case: Case) -> None:
    assert deck_text(parse(case.inputs[0])) == case.expected


@given(st.text() | wild)
@settings(max_examples=300)
def test_never_raises_and_every_reference_lies_in_the_text(text: str) -> None:
    deck = parse(text)
    assert [slide.number for slide in deck.slides] == list(range(1, len(deck.slides) + 1))
    ends = [offset for ref in deck.references for offset in (ref.start, ref.end)]
    assert ends == sorted(ends)
    for ref in deck.references:
        source = text[ref.start : ref.end]
        if ref.kind in ("value", "figure"):
            assert source.startswith(("[", "!["))
            assert source.endswith((")", "]"))
        else:
            assert ref.fence in source.splitlines()[0]
            assert ref.start == 0 or text[ref.start - 1] in "\r\n"
        assert 1 <= ref.slide <= len(deck.slides)


SEEDS = sorted((Path(__file__).parents[3] / "slides").glob("*.md"))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
@settings(max_examples=10)
@given(data=st.data())
def test_a_real_deck_with_a_piece_cut_out_or_doubled(path: Path, data: st.DataObject) -> None:
    text = path.read_text("utf-8")
    middle = data.draw(st.integers(0, len(text)))
    text = text[max(middle - 2000, 0) : middle + 2000]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(0, len(text)))
    parse(text[:start] + text[end:])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(end: str, mark: str) -> None:
    text = "---\nmarp: true\n---\n# 题\n\n---\n\na [1](a.py#x)\n\n- ```py file=a.py\n  x\n  ```\n"
    deck, plain = parse(mark + text.replace("\n", end)), parse(text)
    assert deck.front_matter == {"marp": "true"}
    assert [slide.line for slide in deck.slides] == [slide.line for slide in plain.slides]
    assert [ref.location for ref in deck.references] == [ref.location for ref in plain.references]
    assert [ref.body for ref in deck.references] == ["1", "x\n"]
    assert deck.text[deck.references[0].start :].startswith("[1](a.py#x)" + end)


def test_below_a_byte_order_mark_a_fence_has_no_other_lines_with_one() -> None:
    deck = parse("\ufeff```py file=a.py\nx\n```\n")
    assert [(ref.prefix, ref.location.column, ref.location.length) for ref in deck.references] == [("", 8, 9)]


def test_pictures_fences_and_prose_are_those_of_the_authors_dialect() -> None:
    text = "# a.b\n\n<img src='c.png'> $![](d.png)$\n\n<div>\n\n~~~text\n```\n~~~\n\n# ![](e.png)\n"
    plain = parse_deck(DECK, text)
    other = parse_deck(DECK, text, Dialect(html=False, math=False, heading_divider="1"))
    assert [(picture.address, picture.slide.number) for picture in plain.pictures] == [
        ("c.png", 1),
        ("e.png", 1),
    ]
    assert [(picture.address, picture.slide.number) for picture in other.pictures] == [
        ("d.png", 1),
        ("e.png", 2),
    ]
    for deck in (plain, other):
        assert [(fence.line, fence.end, fence.body) for fence in deck.fences] == [(7, 9, "```\n")]
        assert deck.prose[0].text == "a.b"


@pytest.mark.parametrize(
    "line",
    [
        "a [1](a.py#x) b ![i](../figures/f.svg)\n\n",
        "```python file=a.py\nx\n```\n\n---\n\n",
        "```python exec\nx = 1\n```\n\n",
        "| a \\| b | [1](a.py#x) |\n|---|---|\n| 1 | 2 |\n\n",
        "> - # h\n>   a\n\n",
        "$a $ ",
        "<!-- paginate: true -->\n",
        "<div>\n<!-- \n",
        "<img ",
        "[a](b.md) ",
        "![missing](b.png)\n\n",
    ],
)
def test_the_cost_of_a_deck_grows_with_its_length(line: str) -> None:
    assert growth(parse, lambda size: line * (size // len(line)), 6_000) < MOST
