"""The fences of a deck that are drawn: `mermaid` and `dot`, unless their author wants to show the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from deckwright.model import AttributeDiagnostic, Diagram, Fence, Info
from deckwright.parse.info_string import SOURCES
from deckwright.text.suggest import closest

_DRAWN_BY_SCRIPT = {"mermaid": "mermaid", "dot": "viz"}
"""The languages that are drawn, and what a script names that draws them in the page."""

_ATTRIBUTES = ("alt", "no-draw")
_CODE = {"no-draw", "{}", "lines", "max-lines", *SOURCES}
"""The attributes of fences that show code, or what a script did."""

_SCRIPT = re.compile(r"<script\b.*?(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TITLES = tuple(re.compile(rf"^[ \t]*{name}[ \t]*:(.*)$", re.MULTILINE) for name in ("accTitle", "accDescr"))


def diagrams_of(fences: Sequence[Fence], tokens: Sequence[Token]) -> Iterator[Diagram]:
    """Yield the diagrams among the fences of a deck; `tokens` are those of the deck.

    Languages that a script of the deck's own draws are left to that.
    """
    drawn = _DRAWN_BY_SCRIPT.keys() - _drawn_by_scripts(tokens)
    for fence in fences:
        if fence.info.language in drawn and not _CODE & fence.info.attributes.keys():
            yield Diagram(fence, _alt(fence))


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


def _alt(fence: Fence) -> str:
    """Return what the fence or the diagram itself says of the picture."""
    said = [fence.info.value("alt") or ""]
    if fence.info.language == "mermaid":
        said += [match[1] for title in _TITLES if (match := title.search(fence.body))]
    return next(filter(None, map(str.strip, said)), "")
