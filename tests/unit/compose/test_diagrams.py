"""Where the diagrams of a deck are in the expanded deck, and what they hold."""

from __future__ import annotations

import pytest

from deckwright.compose.compose import compose
from deckwright.compose.diagrams import placed_diagrams
from support.course import course_of, deck_of, result_of

GRAPH = "graph TD\n A-->B\n"
FENCE = f"```mermaid\n{GRAPH}```\n"
STEPS = "```python file=../snippets/a.py {1|2|none}\n```\n"
FILES = {
    "figures/g.mmd": f"%% accTitle: none\n{GRAPH}accTitle: from the file\n",
    "snippets/a.py": "x = 1\ny = 2\n",
}


def placed(deck: str, *printed: str) -> list[tuple[str, str, str]]:
    """Return the opening of each fence that is drawn, what is drawn, and its description."""
    course = course_of(deck, FILES)
    expanded = compose(deck_of(course), course, result_of(*printed))
    rows = expanded.text.split("\n")
    found = placed_diagrams(deck_of(course), course, expanded)
    return [(rows[line - 1], source.text, source.alt) for line, source in found.items()]


@pytest.mark.parametrize(
    ("deck", "expected"),
    [
        (FENCE, [("```mermaid", GRAPH, "")]),
        (f"# a\n\n> {FENCE.rstrip().replace(chr(10), chr(10) + '> ')}\n", [("> ```mermaid", GRAPH, "")]),
        (f"{FENCE}\n{STEPS}", [("```mermaid", GRAPH, "")] * 3),
        (f"{STEPS}\n- a\n\n  {FENCE.replace(chr(10), chr(10) + '  ')}", [("  ```mermaid", GRAPH, "")] * 3),
        (
            "```mermaid file=../figures/g.mmd\n```\n",
            [("```mermaid", FILES["figures/g.mmd"].rstrip(), "from the file")],
        ),
        (
            f"```mermaid file=../figures/g.mmd alt=own\nold\n```\n\n{STEPS}",
            [("```mermaid", FILES["figures/g.mmd"].rstrip(), "own")] * 3,
        ),
    ],
)
def test_diagrams_are_found_by_their_places(deck: str, expected: list[tuple[str, str, str]]) -> None:
    assert placed(deck) == expected


def test_a_printed_copy_of_a_diagram_is_no_diagram() -> None:
    output = "```mermaid output=../snippets/a.py\n```\n"
    assert placed(f"{output}\n{FENCE}\n{output}", GRAPH) == [("```mermaid", GRAPH, "")]
    assert placed(output, GRAPH) == []
