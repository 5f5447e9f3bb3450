"""The pages of a build and of a check, each one HTML file that needs no network."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from deckwright.frozen import dataclass
from deckwright.model import (
    Accepted,
    Case,
    CaseState,
    DeckReport,
    Group,
    Kind,
    Report,
    Severity,
    Status,
)
from deckwright.report.excerpt import marked_parts
from deckwright.report.groups import elsewhere, grouped
from deckwright.report.json_report import totals_of
from deckwright.report.phrases import accepted_text, duration, smoke_text
from deckwright.report.summary_text import STATES
from deckwright.text.counts import counted
from deckwright.text.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Template

_NOUNS = {
    Kind.CODE: ("code block", "code blocks"),
    Kind.OUTPUT: ("output", "outputs"),
    Kind.FIGURE: ("figure", "figures"),
    Kind.VALUE: ("value", "values"),
    Kind.EXEC: ("run block", "run blocks"),
    Kind.UNVERIFIED: ("unverified block", "unverified blocks"),
    Kind.NOT_RUN: ("block not run", "blocks not run"),
}


def page_style() -> str:
    """Return the style that all our pages have in common."""
    return _template("page.css").render()


def index_page(report: Report, pictures: Mapping[str, bytes]) -> str:
    """Return the index: decks with their pictures, diagnostics, and the run of every script.

    Links are relative to build/. `pictures` has the PNG of each deck's picture, by the path in the report.
    The page depends on the report and on nothing else, such as the time of the build.
    """
    return _template("index/index.html").render(
        title=report.title,
        decks=report.decks,
        jobs=sorted(report.jobs, key=lambda job: (job.status is not Status.FAILED, job.job)),
        build="",
        groups=_errors_first(report),
        accepted=len(report.accepted),
        smoke=len(report.smoke),
        totals=totals_of(report),
        versions=sorted(report.versions.items()),
        good=report.good,
        picture_of=lambda deck: _picture(deck, pictures),
        links_of=_links,
    )


@dataclass(frozen=True, slots=True)
class _CheckedDeck:
    """One deck on the page of a check, or a file that is on no slide."""

    path: str
    groups: Sequence[tuple[int, int, Group]]
    """Each with its number on the page, and its slide (0 where it is on none)."""
    accepted: Sequence[Accepted]
    cases: Sequence[Case]

    @property
    def proved(self) -> int:
        return sum(case.state is CaseState.PROVED for case in self.cases)


def check_page(report: Report) -> str:
    """Return the page of a check, in build/check/: what is wrong and accepted, and cases, by deck.

    Pictures of what is wrong lie below build/, too, so their paths begin above the page's folder.
    """
    decks = list(_checked_decks(report))
    numbers = {each: number for deck in decks for number, _, group in deck.groups for each in group.members}
    return _template("check/check.html").render(
        cases=len(report.cases),
        proved=report.proved,
        others=[(report.count(state), words) for state, words in STATES.items() if report.count(state)],
        known=report.known,
        smoke=len(report.smoke),
        decks=decks,
        build="../",
        kinds=_kinds(report),
        totals={**totals_of(report), "decks": len({case.deck for case in report.cases})},
        good=report.good,
        state_of=lambda case: "warned" if case.state is CaseState.PROVED and case.diagnostics else case.state,
        number_of=lambda case: min((numbers[each] for each in case.diagnostics), default=0),
    )


def _checked_decks(report: Report) -> Iterator[_CheckedDeck]:
    """Yield the decks in their order; what several share is on the first one."""
    homes = {each: (case.deck, case.slide) for case in reversed(report.cases) for each in case.diagnostics}
    numbered: dict[str, list[tuple[int, int, Group]]] = {case.deck: [] for case in report.cases}
    for number, group in enumerate(_errors_first(report), 1):
        first = group.members[0]
        path, slide = homes.get(first, (first.location.path, first.slide))
        numbered.setdefault(path, []).append((number, slide, group))
    accepted: dict[str, list[Accepted]] = {}
    for each in report.accepted:
        accepted.setdefault(each.diagnostic.location.path, []).append(each)
    for path in dict.fromkeys([*numbered, *sorted(accepted)]):
        cases = [case for case in report.cases if case.deck == path]
        yield _CheckedDeck(path, numbered.get(path, []), accepted.get(path, []), cases)


def _kinds(report: Report) -> list[tuple[str, int, str]]:
    """Return the slugs of what is wrong, how often, and whether it is an error; then what is accepted."""
    slugs = [(group.diagnostic.severity, group.diagnostic.slug) for group in _errors_first(report)]
    kinds = [(slug, number, str(severity)) for (severity, slug), number in Counter(slugs).items()]
    return [*kinds, *([("accepted", len(report.accepted), "")] if report.accepted else [])]


def _errors_first(report: Report) -> list[Group]:
    groups = grouped(report.diagnostics)
    return sorted(groups, key=lambda each: each.diagnostic.severity is not Severity.ERROR)


def _links(deck: DeckReport) -> list[tuple[str, str]]:
    """Return label and path of each file of a deck that can be opened."""
    formats = [(name.upper(), path) for name, path in deck.outputs.items() if path]
    return [*formats, ("Markdown", deck.markdown)] if deck.markdown else formats


@cache
def _template(name: str) -> Template:
    templates = templates_of("deckwright.report")
    templates.filters["duration"] = duration
    templates.globals.update(
        accepted_text=accepted_text,
        smoke_text=smoke_text,
        counted=counted,
        elsewhere=elsewhere,
        marked_parts=marked_parts,
        nouns=_NOUNS,
    )
    return templates.get_template(name)


def _picture(deck: DeckReport, pictures: Mapping[str, bytes]) -> str:
    """Return a deck's picture as a data: URI; empty if it has none."""
    if not deck.picture:
        return ""
    return f"data:image/png;base64,{base64.b64encode(pictures[deck.picture]).decode()}"
