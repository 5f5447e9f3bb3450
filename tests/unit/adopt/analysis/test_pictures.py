"""Text alternatives proposed for pictures."""

import pytest

from deckwright.adopt.analysis.edits import applied
from deckwright.adopt.analysis.pictures import propose_alts
from deckwright.parse import parse_deck


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n![](images/two_words.png)", "# A\n![A: two words](images/two_words.png)"),
        ("![w:300 center](my-net.png)", "![w:300 center my net](my-net.png)"),
        ("![](20240131-0001.png)", None),
        ("# 网络 $x^2$\n![](400px-lenet.svg.png)", "# 网络 $x^2$\n![网络 x^2: lenet](400px-lenet.svg.png)"),
        ("# A\n![a real text](b.png)", None),
        ("# A\n![bg right:40%](b.png)", None),
        ("# A\n![][1]\n\n[1]: b.png", None),
        ("# A\n`![](b.png)`", None),
        ("# A\n<!-- ![](b.png) <img src='c.png'> -->", None),
        ("# A\n<img src='curve.png'>", "# A\n<img alt=\"A: curve\" src='curve.png'>"),
        ("# A\n<img alt='' src='curve.png'>", None),
        ("# Gaussian blur\n![](invert.png)", "# Gaussian blur\n![Gaussian](invert.png)"),
        ("# A [b](c) `d`\n![](e_f.png)", "# A [b](c) `d`\n![A b d](e_f.png)"),
    ],
)
def test_text_alternatives(text: str, expected: str | None) -> None:
    deck = parse_deck("slides/deck.md", text)
    assert applied(text, propose_alts(deck).values()) == (expected or text)
