"""Diagrams of a page: what the browser drew, made safe, in place of the code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from deckwright.frozen import dataclass
from deckwright.marp.safe_svg import UnsafeDrawing, safe_svg
from deckwright.model import DiagramSource, Drawing, PageDiagnostic, Severity

_UNDRAWN = ("mindmap", "architecture-beta", "architecture", "zenuml")
"""Mermaid's kinds of diagrams that the library does not draw."""

_MARKED = re.compile(r"<!--diagram (\d+)-->(.*?)<!--/diagram-->", re.DOTALL)

_LOOKS = {"style": "display:block;margin:0 auto;max-width:100%;height:auto"}


@dataclass(frozen=True, slots=True)
class DrawAnswer:
    """What became of one diagram: an answer of the Node process."""

    svg: str
    """Empty for one that was not drawn."""
    error: str
    line: int
    """Line of the diagram's text that is wrong, from 1; 0 where it is not known."""
    trouble: str
    """Why it was not drawn: `syntax`, `unknown` for a kind that the library lacks, or `drawing`."""


def described(diagrams: Mapping[int, DiagramSource]) -> list[dict[str, Any]]:
    """Return what Node knows of the diagrams of a deck, given by the lines of their fences."""
    return [
        {"line": line, "language": source.language, "body": source.text} for line, source in diagrams.items()
    ]


def is_marked(page: str) -> bool:
    """Whether a page has fences to draw."""
    return bool(_MARKED.search(page))


def with_drawings(page: str, drawn: Sequence[str]) -> str:
    """Return a page with drawings in place of its marked fences, in order; code stays where there is none.

    Each is a paragraph, as a picture is, so that it has the theme's distance from what is above.
    """
    rest = iter([f"<p>{svg}</p>" if svg else "" for svg in drawn])
    return _MARKED.sub(lambda mark: next(rest, "") or mark[2], page)


def drawings_of(
    page: str, diagrams: Mapping[int, DiagramSource], answers: Sequence[DrawAnswer]
) -> tuple[tuple[str, ...], tuple[PageDiagnostic, ...]]:
    """Return what stands in the place of each marked fence of a page, and what is wrong with the others."""
    drawn: list[str] = []
    found: list[PageDiagnostic] = []
    numbered = [*diagrams.items()]
    for mark, answer in zip(_MARKED.finditer(page), answers, strict=True):
        line, source = numbered[int(mark[1])]
        try:
            name = f"diagram-{len(drawn)}"
            drawn.append(safe_svg(answer.svg, name, source.alt, _LOOKS) if answer.svg else "")
            found += _trouble(line, source, answer)
        except UnsafeDrawing as error:
            drawn.append("")
            message = f"this diagram stays code: its drawing holds {error}, which pages must not"
            found.append(PageDiagnostic("diagram-not-drawn", message, line=line))
    return tuple(drawn), tuple(dict.fromkeys(found))


def _trouble(line: int, source: DiagramSource, answer: DrawAnswer) -> Iterator[PageDiagnostic]:
    if answer.svg:
        return
    failed = undrawn(source, answer)
    place, words = line + failed.line, failed.message
    if source.path:  # its lines are none of the deck's
        place, words = line, f"{words} ({source.path}{f', line {failed.line}' if failed.line else ''})"
    is_error = failed.slug == "diagram"
    message = f"this diagram {'' if is_error else 'stays code: '}{words}"
    yield PageDiagnostic(
        failed.slug, message, line=place, severity=Severity.ERROR if is_error else Severity.WARNING
    )


def undrawn(source: DiagramSource, answer: DrawAnswer) -> Drawing:
    """Return what is wrong with a diagram that was not drawn."""
    kinds = (kind for kind in _UNDRAWN if re.search(rf"^\s*{kind}\b", source.text, re.MULTILINE))
    kind = next(kinds, "")
    if answer.trouble == "drawing" or (answer.trouble == "unknown" and kind):
        words = f"a {kind} cannot be drawn" if kind else answer.error
        return Drawing(slug="diagram-not-drawn", message=words, line=answer.line)
    unknown = answer.trouble == "unknown"
    words = "it names no kind of diagram that there is" if unknown else answer.error
    return Drawing(slug="diagram", message=f"does not parse: {words}", line=answer.line)
