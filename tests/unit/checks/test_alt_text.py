"""Pictures without a text alternative."""

from deckwright.checks.alt_text import check
from support.evidence import evidence_of, places


def test_only_pictures_of_markdown_that_are_no_backgrounds_need_one() -> None:
    text = "![w:300](a.png)\n\n![w:300 a cat](a.png)\n\n![bg](a.png)\n\n<img src='a.png'>\n"
    assert places(check(evidence_of(text))) == [("missing-alt", 1)]
