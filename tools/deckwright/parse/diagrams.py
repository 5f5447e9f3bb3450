"""What is drawn: `mermaid` and `dot` fences, unless their author wants to show the code, and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from deckwright.model import AttributeDiagnostic, Diagram, DiagramSource, Fence, Info
from deckwright.text.diagrams import language_of, title_of
from deckwright.text.suggest import closest

_DRAWN_BY_SCRIPT = {"mermaid": "mermaid", "dot": "viz"}
"""The languages that are drawn, and what a script names that draws them in the page."""

_ATTRIBUTES = ("alt", "no-draw")
_CODE = {"no-draw", "{}", "lines", "max-lines", "exec", "output"}
"""The attributes of fences that show code, or what a script did."""

_SCRIPT = re.compile(r"<script\b.*?(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def diagrams_of(fences: Sequence[Fence], tokens: Sequence[Token]) -> Iterator[Diagram]:
    """Yield the diagrams among the fences of a deck; `tokens` are those of the deck.

    The text of one that quotes a file is not known yet. Languages that a script of the deck's own draws are
    left to that.
    """
    drawn = _DRAWN_BY_SCRIPT.keys() - _drawn_by_scripts(tokens)
    for fence in fences:
        if fence.info.language in drawn and not _CODE & fence.info.attributes.keys():
            text, alt = fence.body, fence.info.display.alt
            source = DiagramSource(fence.info.language, text, alt or title_of(fence.info.language, text))
            yield Diagram(fence, source)


def parse_diagram(path: str, text: str) -> DiagramSource:
    """Parse a file that holds a diagram and nothing else."""
    language, text = language_of(path), text.removeprefix("\ufeff")
    return DiagramSource(language, text, title_of(language, text), path)


def misspelt_attributes(info: Info) -> tuple[AttributeDiagnostic, ...]:
    """Return diagnostics for attributes of a diagram that are misspelt."""
    if info.language not in _DRAWN_BY_SCRIPT:
        return ()
    return tuple(
        AttributeDiagnostic(
            "unknown-attribute",
            f"unknown attribute '{key}'",
            where.start,
            where.end,
            f"did you mean '{meant}'?",
        )
        for key, where in info.attributes.items()
        if key not in _ATTRIBUTES and (meant := closest(key, _ATTRIBUTES, 0.7))
    )


def _drawn_by_scripts(tokens: Sequence[Token]) -> frozenset[str]:
    html = "\n".join(token.content for token in tokens if token.type in ("html_block", "inline"))
    scripts = " ".join(_SCRIPT.findall(html)).lower()
    return frozenset(language for language, name in _DRAWN_BY_SCRIPT.items() if name in scripts)
