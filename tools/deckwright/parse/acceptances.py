"""Where an author accepts what is wrong, without a trace on the slide.

In a deck it is a link reference definition that nothing refers to, which Markdown leaves out, as in
`[//]: # (deckwright: accept overflow "the table is the point")`; in a script it is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from deckwright.model import Acceptance, Diagnostic, Slide
from deckwright.parse.slides import slide_at
from deckwright.text.lines import Lines

COMMENT = re.compile(r"#\s*deckwright:(?P<text>.*)")
"""An acceptance in a script."""

_DEFINITION = re.compile(
    r"^[ \t>]*(?P<all>\[[^\]\n]+\]:[ \t]*(?:#|<#?>)[ \t]+(?P<open>[\"'(])\s*deckwright:(?P<text>.*\S))"
)
_CLOSING = {"(": ")", '"': '"', "'": "'"}
_ACCEPT = re.compile(
    r"\s*accept\s+(?P<slugs>[\w-]+(?:\s*,\s*[\w-]+)*)\s+(?P<quote>[\"'])(?P<reason>.*\S.*)(?P=quote)\s*"
)
_IN_DECK = '[//]: # (deckwright: accept overflow "why")'
_IN_SCRIPT = '# deckwright: accept not-alone "why"'


def deck_acceptances(
    tokens: Iterable[Token], lines: Lines, slides: Sequence[Slide]
) -> Iterator[Acceptance | Diagnostic]:
    """Yield each acceptance of a deck, or what is wrong with it."""
    if "deckwright:" not in lines.text:
        return
    code, paragraphs = _shown_lines(tokens)
    for number in range(1, len(lines) + 1):
        match = _DEFINITION.match(lines[number])
        if match is None or number in code:
            continue
        place = lines.location(number, match.start("all") + 1, len(match["all"]))
        if number in paragraphs:
            hint = (
                "put a blank line above it"
                if number - 1 in paragraphs
                else "leave brackets and quotes out of the reason"
            )
            yield lines.diagnostic("bad-acceptance", "the slide shows this line as text", place, hint)
        elif read := _ACCEPT.fullmatch(match["text"].removesuffix(_CLOSING[match["open"]])):
            yield Acceptance(_slugs(read), read["reason"], place, lines[number], slide_at(slides, number))
        else:
            message = "an acceptance names what it accepts and why"
            yield lines.diagnostic("bad-acceptance", message, place, f"write {_IN_DECK}")


def script_acceptances(
    comments: Iterable[tuple[int, str]], lines: Lines
) -> Iterator[Acceptance | Diagnostic]:
    """Yield each acceptance of a script, given its comments by line, or what is wrong with it."""
    for number, comment in comments:
        if match := COMMENT.match(comment):
            place = lines.location(number, lines[number].index("#") + 1, len(comment))
            if read := _ACCEPT.fullmatch(match["text"]):
                yield Acceptance(_slugs(read), read["reason"], place, lines[number])
            else:
                message = "an acceptance names what it accepts and why"
                yield lines.diagnostic("bad-acceptance", message, place, f"write {_IN_SCRIPT}")


def _shown_lines(tokens: Iterable[Token]) -> tuple[set[int], set[int]]:
    """Return the lines of code and HTML, and those of other text."""
    code, text = set[int](), set[int]()
    for token in tokens:
        if token.map and token.type in ("fence", "code_block", "html_block", "front_matter"):
            code.update(range(token.map[0] + 1, token.map[1] + 1))
        elif token.map and token.type == "inline":
            text.update(range(token.map[0] + 1, token.map[1] + 1))
    return code, text


def _slugs(read: re.Match[str]) -> tuple[str, ...]:
    return tuple(slug.strip() for slug in read["slugs"].split(","))
