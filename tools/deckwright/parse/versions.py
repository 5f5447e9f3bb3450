"""The versions of code, and of its output, that later steps show: `then=#v2,../snippets/b.py#v3`."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.model import Diagnostic, Fence, FenceOf, Kind, RegionOf, Version
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project


def versions_of(
    fence: Fence, kind: Kind, first: RegionOf | FenceOf, lines: Lines
) -> tuple[Version | Diagnostic, ...]:
    """Return the versions that a fence names after the first one, and what is wrong with them."""
    if kind not in (Kind.CODE, Kind.OUTPUT) or "then" not in fence.info.attributes:
        return ()
    if isinstance(first, RegionOf):
        return tuple(_versions(fence, first, lines))
    attribute = fence.info.attributes["then"]
    place = lines.span(fence.info_start + attribute.start, fence.info_start + attribute.end)
    message, hint = "the output of an exec fence has no versions", "write output=FILE.py#NAME then=#OTHER"
    return (lines.diagnostic("bad-attribute", message, place, hint),)


def _versions(fence: Fence, first: RegionOf, lines: Lines) -> Iterator[Version | Diagnostic]:
    before, attribute = first, fence.info.attributes["then"]
    text = attribute.value or ""
    at = fence.info_text.rfind(text, attribute.start, attribute.end) if text else attribute.start
    for name in text.split(","):
        start, at = fence.info_start + at, at + len(name) + 1
        place = lines.span(start, start + max(len(name), 1))
        path, _, region = name.strip().partition("#")
        target = RegionOf(in_project(lines.path, path) if path else before.path, region)
        if not name.strip("# "):
            message, hint = "'then' names nothing", "write then=#NAME, or then=FILE.py#NAME"
            yield lines.diagnostic("bad-attribute", message, place, hint)
        elif target == before:
            message, hint = (
                "this step shows the same as the one before it",
                "name another region, or remove it",
            )
            yield lines.diagnostic("bad-attribute", message, place, hint)
        else:
            yield Version(target, place)
            before = target
