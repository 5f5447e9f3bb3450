"""Tracebacks of kept results: they point to where their code stands now."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from deckwright.model import Frame, Raised, Result, Script
from deckwright.text.lines import Lines


def anchored(script: Script, result: Result) -> Result:
    """Return a kept result whose tracebacks point to where their code stands now: comments move lines."""
    if not (result.failure or any(out.raised for out in chain(result.outputs, *result.of_ranks))):
        return result
    lines = Lines(script.path, script.text)
    rows = [_bare(lines[number]) for number in range(1, len(lines) + 1)]

    def now(frame: Frame) -> Frame:
        wanted = _bare(frame.code)
        same = [number for number, row in enumerate(rows, 1) if row == wanted]
        if frame.path != script.path or not wanted or not same:
            return frame
        line = min(same, key=lambda number: abs(number - frame.line))
        return replace(frame, line=line, code=_as_now(frame.code, lines[line]))

    def moved(raised: Raised | None) -> Raised | None:
        if raised is None:
            return None
        earlier = tuple(replace(each, frames=tuple(map(now, each.frames))) for each in raised.earlier)
        return replace(raised, frames=tuple(map(now, raised.frames)), earlier=earlier)

    failure = result.failure and replace(
        result.failure,
        raised=moved(result.failure.raised),
        ranks=tuple(replace(at, raised=moved(at.raised)) for at in result.failure.ranks),
    )
    outputs, *of_ranks = (
        tuple(replace(out, raised=moved(out.raised)) if out.raised else out for out in those)
        for those in (result.outputs, *result.of_ranks)
    )
    return replace(result, outputs=outputs, of_ranks=tuple(of_ranks), failure=failure)


def _bare(code: str) -> str:
    """Return the first line of code without indentation and comment."""
    return code.partition("\n")[0].partition("#")[0].strip()


def _as_now(code: str, row: str) -> str:
    """Return code with its first line as it stands now, indented as it was."""
    first, line_end, rest = code.partition("\n")
    indent = first[: len(first) - len(first.lstrip())]
    return f"{indent}{row.strip()}{line_end}{rest}"
