"""A fence of a deck: its reference and its diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

from deckwright.model import (
    Diagnostic,
    Fence,
    FenceOf,
    Info,
    Kind,
    Reference,
    RegionOf,
    Slide,
    Variant,
    Version,
)
from deckwright.parse.diagrams import misspelt_attributes
from deckwright.parse.info_string import PYTHON, misspelt_sources, parse_info
from deckwright.parse.slides import slide_at
from deckwright.text.diagrams import LANGUAGES
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project

_OUTPUT, _CODE = (Kind.OUTPUT,), (Kind.CODE, Kind.EXEC)

_ONLY: Mapping[str, tuple[tuple[Kind, ...], str, str]] = {
    "device": (_OUTPUT, "only a result has a device", "put it on the output, the value or the figure"),
    "vary": (_OUTPUT, "only a result varies", "put it on the output, the value or the figure"),
    "ignore": (_OUTPUT, "only an output has lines to ignore", "put it on the output"),
    "hide": ((Kind.EXEC,), "only an exec fence can be hidden", "remove it"),
    "alt": (_OUTPUT, "only an output and a diagram have an alternative text", "put it on the output"),
    "then": ((Kind.CODE, Kind.OUTPUT), "only what a file holds or gives has versions", "put it behind file="),
    "flipbook": (_CODE, "only code that runs can be a flipbook", "put it on the code, beside its steps"),
    "no-draw": ((), "only a diagram is drawn", "remove it"),
}
"""Attributes that only some kinds of fences can have, or only a diagram, with what to say on another one."""

_OF_DIAGRAMS = ("alt", "no-draw")
"""Those of fences in the language of a diagram."""

_LIST_MARKER = re.compile(r"[-+*](?=\s)|\d+[.)](?=\s)")


def read_fence(token: Token, lines: Lines, slides: Sequence[Slide]) -> Fence:
    """Return the fence that a token stands for."""
    assert token.map
    first, last = token.map[0] + 1, token.map[1]
    opening = lines[first]
    at = opening.index(token.markup)
    raw = opening[at + len(token.markup) :]
    text = raw.strip()
    return Fence(
        line=first,
        end=last,
        marker=token.markup,
        info=parse_info(text),
        info_text=text,
        info_start=lines.start(first) + len(opening) - len(raw.lstrip()),
        body=token.content,
        body_start=lines.start(first + 1),
        prefix=_LIST_MARKER.sub(lambda m: " " * len(m[0]), opening[:at].removeprefix("\ufeff")),
        slide=slides[slide_at(slides, first) - 1],
    )


def kind_of(info: Info) -> Kind | None:
    """Return how a fence refers to a script; None for one that does not."""
    if info.language and "file" in info.attributes:
        return Kind.CODE
    if info.language in PYTHON and "exec" in info.attributes:
        return Kind.EXEC
    if info.language and "output" in info.attributes:
        return Kind.OUTPUT
    if info.language not in PYTHON:
        return None
    return Kind.NOT_RUN if info.display.no_exec else Kind.UNVERIFIED


def fence_diagnostics(fence: Fence, kind: Kind | None, lines: Lines) -> Iterator[Diagnostic]:
    """Yield the diagnostics of an info string, if the fence is ours or nearly so."""
    if kind is None:
        yield from _language_diagnostics(fence, lines)
    ours = kind not in (None, Kind.UNVERIFIED) or "no-exec" in fence.info.attributes
    others = (*misspelt_sources(fence.info), *misspelt_attributes(fence.info))
    for problem in fence.info.diagnostics if ours else others:
        place = lines.span(fence.info_start + problem.start, fence.info_start + problem.end)
        yield lines.diagnostic(problem.slug, problem.message, place, problem.hint)
    known = _OF_DIAGRAMS if fence.info.language in LANGUAGES else ()
    for key, (owners, message, hint) in _ONLY.items() if ours else ():
        attribute = fence.info.attributes.get(key)
        if attribute and kind not in owners and key not in known:
            place = lines.span(fence.info_start + attribute.start, fence.info_start + attribute.end)
            yield lines.diagnostic("bad-attribute", message, place, hint)


def target_of(fence: Fence, kind: Kind, lines: Lines, above: int | None) -> RegionOf | FenceOf | Diagnostic:
    """Return what a fence names, or a diagnostic; `above` is the first line of the last `exec` fence."""
    if kind is Kind.EXEC or kind.never_runs:
        return FenceOf(lines.path, fence.first)
    key = "file" if kind is Kind.CODE else "output"
    path, _, name = (fence.info.value(key) or "").partition("#")
    if path:
        return RegionOf(in_project(lines.path, path), name)
    message, hint = f"{key}= names no file", f"write {key}=FILE.py"
    if kind is Kind.OUTPUT and name:
        hint += f"#{name}"
    elif kind is Kind.OUTPUT and above is not None:
        return FenceOf(lines.path, above)
    elif kind is Kind.OUTPUT:
        message = "there is no exec fence above"
        hint = "write output=FILE.py#region, or run a fence with 'exec'"
    return _diagnostic("missing-script", message, hint, fence, lines, key)


def reference_of(
    fence: Fence, kind: Kind, target: RegionOf | FenceOf, then: tuple[Version, ...], lines: Lines
) -> Reference:
    """Return the reference that a fence is."""
    info = fence.info
    source = info.attributes.get("file") or info.attributes.get("output")
    start, end = (source.start, source.end) if source else (0, len(fence.info_text))
    opening = lines[fence.line]
    return Reference(
        kind=kind,
        target=target,
        location=lines.span(fence.info_start + start, fence.info_start + end),
        start=lines.start(fence.line),
        end=lines.start(fence.end + 1),
        slide=fence.slide.number,
        body=fence.body,
        language=info.language,
        prefix=fence.prefix,
        fence=fence.marker,
        info=opening[opening.index(fence.marker) + len(fence.marker) :],
        display=info.display,
        variant=info.variant if kind is Kind.OUTPUT else Variant(),
        vary=info.vary if kind is Kind.OUTPUT else (),
        then=then,
    )


def _language_diagnostics(fence: Fence, lines: Lines) -> Iterator[Diagnostic]:
    key, equals, _ = fence.info.language.partition("=")
    if key in ("file", "output") and equals:
        word = "python" if key == "file" else "text"
        hint = f"write ```{word} {fence.info_text}"
        yield _diagnostic("missing-language", "the language must come first", hint, fence, lines, key)


def _diagnostic(slug: str, message: str, hint: str, fence: Fence, lines: Lines, word: str) -> Diagnostic:
    """Return a diagnostic about a word of the info string."""
    start = fence.info_start + max(fence.info_text.find(word), 0)
    return lines.diagnostic(slug, message, lines.span(start, start + len(word)), hint)
