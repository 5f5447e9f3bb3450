"""Pictures without a text alternative."""

import pytest

from deckwright.checks.alt_text import check
from support.evidence import evidence_of, places


def test_only_pictures_of_markdown_that_are_no_backgrounds_need_one() -> None:
    text = "![w:300](a.png)\n\n![w:300 a cat](a.png)\n\n![bg](a.png)\n\n<img src='a.png'>\n"
    assert places(check(evidence_of(text))) == [("missing-alt", 1)]


SAID, SILENT = "#| fig-alt: falling\n", ""


@pytest.mark.parametrize(
    ("script", "code", "expected"),
    [
        ("snippets/a.py", f"# %%\n#| label: loss\n{SAID}draw()\n", []),
        ("snippets/a.py", f"# %%\n{SAID}draw()\n# %%\n#| label: loss\ndraw()\n", ["cell"]),
        ("figures/loss.py", f"# %%\n{SAID}draw()\n# %%\ndraw()\n", []),
        ("figures/loss.py", f"# %%\n#| label: other\n{SAID}draw()\n# %%\ndraw()\n", ["cell"]),
        ("figures/loss.py", "draw()\n", ["brackets"]),
        ("figures/loss.mmd", "graph TD\n accTitle: falling\n", []),
        ("figures/loss.mmd", "graph TD\n", ["accTitle: …' in figures/loss.mmd"]),
        ("snippets/loss.gv", "digraph {}\n", ["brackets"]),
    ],
)
def test_fig_alt_describes_the_figure_of_its_cell(script: str, code: str, expected: list[str]) -> None:
    evidence = evidence_of("![w:300](../figures/loss.svg)\n\n![bg](../figures/loss.svg)\n", {script: code})
    found = list(check(evidence))
    assert len(found) == len(expected)
    assert all(word in each.hint for word, each in zip(expected, found, strict=True))
