"""What is said once: diagnostics with one cause are a group, wherever they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from deckwright.model import Diagnostic, Group
from deckwright.text.counts import counted

_MOST_PROBLEMS = 5
"""How many different problems with one cause a message names."""


def grouped(diagnostics: Iterable[Diagnostic]) -> tuple[Group, ...]:
    """Return diagnostics by cause, in the order of the sources; one without a cause is a group by itself."""
    groups: dict[Any, list[Diagnostic]] = {}
    for each in in_order(diagnostics):
        key = (each.slug, each.severity, each.cause.name) if each.cause else each
        groups.setdefault(key, []).append(each)
    return tuple(map(_group, groups.values()))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def elsewhere(group: Group) -> str:
    """Return where else it is: "slides/a.md slides 2-4, 9; slides/b.md:3, 12"; empty for one place."""
    paths = groupby(group.members[1:], key=lambda each: each.location.path)
    return "; ".join(places for path, members in paths if (places := _places(path, [*members], group)))


def _order(diagnostic: Diagnostic) -> tuple[Any, ...]:
    where = diagnostic.location
    return (where.path, where.line, where.column, diagnostic.severity, diagnostic.slug, diagnostic.message)


def _group(members: Sequence[Diagnostic]) -> Group:
    first = members[0]
    causes = [each.cause for each in members if each.cause]
    if len(members) == 1 or not causes:
        return Group(first, tuple(members))
    problems = _listed([*dict.fromkeys(cause.problem for cause in causes if cause.problem)])
    fixes = "\n".join(dict.fromkeys(cause.fix for cause in causes if cause.fix))
    what = f"{causes[0].name}: {problems}" if problems else causes[0].name
    message = f"{what}, {_extent(members)}"
    return Group(replace(first, message=message, hint=fixes or first.hint), tuple(members))


def _listed(problems: Sequence[str]) -> str:
    more = f"; and {len(problems) - _MOST_PROBLEMS} more" if len(problems) > _MOST_PROBLEMS else ""
    return "; ".join(problems[:_MOST_PROBLEMS]) + more


def _extent(members: Sequence[Diagnostic]) -> str:
    """Return "on 30 slides", or "at 30 places" on one slide or where their slides are not known."""
    slides = _slides(members)
    return f"on {counted(len(slides), 'slide')}" if slides else f"at {counted(len(members), 'place')}"


def _slides(members: Sequence[Diagnostic]) -> set[tuple[str, int]]:
    """Return deck and number of each slide; none if one is not known, or if there is only one."""
    slides = {(each.location.path, each.slide) for each in members}
    return slides if len(slides) > 1 and all(number for _, number in slides) else set()


def _places(path: str, members: Sequence[Diagnostic], group: Group) -> str:
    first = group.members[0]
    if _slides(group.members):
        same = {first.slide} if first.location.path == path else set[int]()
        slides = {each.slide for each in members} - same
        return f"{path} {'slide' if len(slides) == 1 else 'slides'} {_ranges(slides)}" if slides else ""
    return f"{path}:{', '.join(dict.fromkeys(str(each.location.line) for each in members))}"


def _ranges(numbers: Collection[int]) -> str:
    """Return numbers in order, with "2-4" for three or more in a row."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 2 else ", ".join(map(str, r)) for r in runs)
