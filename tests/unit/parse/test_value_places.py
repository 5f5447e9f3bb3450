"""Values outside of the text of slides: found where they can be, and an error elsewhere."""

from __future__ import annotations

import pytest

from deckwright.model import Kind, Severity, ValuePlace
from deckwright.parse import parse_deck
from support.cost import MOST, growth

V = '[97%](../snippets/v.py#n "{:.0%}")'


def places(text: str) -> list[tuple[ValuePlace, int, str, str]]:
    """Return place, line, body and format of each value."""
    deck = parse_deck("slides/a.md", text)
    values = [each for each in deck.references if each.kind is Kind.VALUE]
    assert [deck.text[each.start : each.end] for each in values] == [V] * len(values)
    return [(each.place, each.location.line, each.body, each.format) for each in values]


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        (f"# A {V}", ValuePlace.TEXT, 1),
        (f"| a |\n|---|\n| {V} |", ValuePlace.TEXT, 3),
        (f"<b>{V}</b> and more", ValuePlace.TEXT, 1),
        (f"---\nfooter: n is {V}\n---\n# A", ValuePlace.BAR, 2),
        (f"---\nheader: '{V}'\n---\n# A", ValuePlace.BAR, 2),
        (f"---\nheader: |\n  first\n  {V}\n---\n# A", ValuePlace.BAR, 4),
        (f"<!-- _footer: now {V} -->\n# A", ValuePlace.BAR, 1),
        (f"---\nfooter: |\n  Result: {V}\n---\n# A", ValuePlace.BAR, 3),
        (f"<!--\nclass: lead\nheader: '{V}'\n-->\n# A", ValuePlace.BAR, 3),
        (f"---\ntitle: On {V}\n---\n# A", ValuePlace.PROPERTY, 2),
        (f"---\ndescription: '{V}'\n---\n# A", ValuePlace.PROPERTY, 2),
        (f"# A\n\n<!-- say {V} -->", ValuePlace.NOTE, 3),
        (f"# A\n\n<!-- Result: about {V} -->", ValuePlace.NOTE, 3),  # YAML, but no directive
        (f"text <!-- say {V} --> text", ValuePlace.NOTE, 1),
        (f"![It is {V}](a.png)", ValuePlace.ALT, 1),
        (f"![bg right {V}](a.png)", ValuePlace.ALT, 1),
        (f"<p>{V}</p>", ValuePlace.HTML, 1),
        (f"<div>\n<!-- {V} -->\n</div>", ValuePlace.NOTE, 2),
        (f"text <img alt='{V}'>", ValuePlace.HTML, 1),
    ],
)
def test_values_are_found_where_they_stand(text: str, place: ValuePlace, line: int) -> None:
    assert places(text) == [(place, line, "97%", "{:.0%}")]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (f"---\nclass: {V}\n---\n# A", "in 'class'"),
        (f"---\nstyle: 'a {{ b: {V} }}'\n---\n# A", "in 'style'"),
        (f"---\nstyle: |\n  section::after {{ content: '{V}' }}\n---\n# A", "in 'style'"),
        (f"<!--\n  style: |\n    h1:hover {{ content: '{V}' }}\n-->\n# A", "in 'style'"),
        (f"<!-- _backgroundColor: '{V}' -->", "in 'backgroundColor'"),
        (f"<!-- footer: {V} -->", "at the beginning of 'footer'"),
        (f"<style>\na {{ width: {V} }}\n</style>", "in a style sheet or a script"),
        (f"<div>\n<script>x = {V}</script>\n</div>", "in a style sheet or a script"),
        (f"It is $x = {V}$", "in a formula"),
        (f"$$\n{V}\n$$", "in a formula"),
        (f'```mermaid\ngraph TD; A["{V}"]\n```', "in a diagram"),
        (f'> ```dot\n> digraph {{ a [label="\n> {V}"] }}\n> ```', "in a diagram"),
        (f"![It is {V}](../figures/a.svg)", "in the description of a figure"),
    ],
)
def test_elsewhere_a_value_is_an_error(text: str, where: str) -> None:
    deck = parse_deck("slides/a.md", text)
    (found,) = [each for each in deck.diagnostics if each.slug == "misplaced-value"]
    assert (found.message, found.severity) == (f"a value cannot stand {where}", Severity.ERROR)
    assert found.source[found.location.column - 1 :].startswith(V)
    assert not any(each.kind is Kind.VALUE for each in deck.references)


@pytest.mark.parametrize(
    "text",
    [
        f"`{V}`",
        f"```\n{V}\n```",
        f"```mermaid no-draw\n{V}\n```",
        f"    {V}",
        "<p>[a link](file.md) and [code](../snippets/v.py)</p>",
        "<!-- see [it](https://example.org/v.py#n) -->",
        f"<!--\n# An old slide\n\n{V}\n-->",
        f"<!--\n---\n\n{V}\n-->",
        f"---\nmine: {V[:5]}\n---\n# A",
    ],
)
def test_what_means_itself_is_no_value(text: str) -> None:
    assert places(text) == []
    assert parse_deck("slides/a.md", text).diagnostics == ()


def test_a_deck_is_called_what_its_title_shows() -> None:
    assert parse_deck("slides/a.md", f"---\ntitle: On {V} now\n---\n# A").title == "On 97% now"


def test_a_device_may_be_named() -> None:
    (value,) = parse_deck("slides/a.md", "<p>[](v.py#n@cuda)</p>").references
    assert (value.target.name, value.variant.device) == ("n", "cuda")
    (found,) = parse_deck("slides/a.md", "<p>[](v.py#n@gpu)</p>").diagnostics
    assert found.slug == "bad-attribute"


@pytest.mark.parametrize("piece", ["[", "[[", "[](", "[](a.py#", "<!-- [", "[a](<a.py#b "])
def test_looking_for_values_takes_time_in_proportion(piece: str) -> None:
    def parse(text: str) -> object:
        return parse_deck("slides/a.md", f"<p>\n{text}\n</p>\n\n{text}")

    assert growth(parse, lambda size: piece * size, 500) < MOST
