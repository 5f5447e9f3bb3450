"""The pages of a build and of a check, each one HTML file that needs no network."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from deckwright.model import Case, DeckReport, Diagnostic, Group, Kind, Report, Severity, Status, has_errors
from deckwright.report.excerpt import marked_parts
from deckwright.report.groups import elsewhere, grouped
from deckwright.report.json_report import totals_of
from deckwright.report.phrases import counted, duration

if TYPE_CHECKING:
    from jinja2 import Template

_NOUNS = {
    Kind.CODE: "code block",
    Kind.OUTPUT: "output",
    Kind.FIGURE: "figure",
    Kind.VALUE: "value",
    Kind.EXEC: "run block",
    Kind.UNVERIFIED: "unverified block",
}


def index_page(report: Report, pictures: Mapping[str, bytes]) -> str:
    """Return the index: decks with their pictures, diagnostics, and the run of every script.

    Links are relative to build/. `pictures` has the PNG of each deck's picture, by the path in the report.
    The page depends on the report and on nothing else, such as the time of the build.
    """
    return _template("index/index.html").render(
        decks=report.decks,
        jobs=sorted(report.jobs, key=lambda job: (job.status is not Status.FAILED, job.job)),
        groups=_errors_first(report),
        totals=totals_of(report),
        versions=sorted(report.versions.items()),
        good=report.good,
        picture_of=lambda deck: _picture(deck, pictures),
        links_of=_links,
    )


def check_page(report: Report) -> str:
    """Return the page of a check, in build/check/: diagnostics, and every case by slide."""
    groups = _errors_first(report)
    numbers = {each: number for number, group in enumerate(groups, 1) for each in group.members}
    slides = {each: case.slide for case in reversed(report.cases) for each in case.diagnostics}
    return _template("check/check.html").render(
        cases=len(report.cases),
        proved=report.proved,
        known=report.known,
        decks=[(deck, [*cases]) for deck, cases in groupby(report.cases, key=lambda case: case.deck)],
        groups=[
            (numbers[group.members[0]], slides.get(group.members[0], 0), _for_check(group))
            for group in groups
        ],
        totals={**totals_of(report), "decks": len({case.deck for case in report.cases})},
        good=report.good,
        state_of=_state,
        number_of=lambda case: min((numbers[each] for each in case.diagnostics), default=0),
    )


def _state(case: Case) -> str:
    if has_errors(case.diagnostics):
        return Status.FAILED
    if case.stopped:
        return Status.SKIPPED
    return "warned" if case.diagnostics else Status.OK


def _for_check(group: Group) -> Group:
    """Return a group whose pictures are relative to the page of a check, which has its own folder."""

    def moved(diagnostic: Diagnostic) -> Diagnostic:
        return replace(diagnostic, picture=diagnostic.picture and f"../{diagnostic.picture}")

    return Group(moved(group.diagnostic), tuple(map(moved, group.members)))


def _errors_first(report: Report) -> list[Group]:
    groups = grouped(report.diagnostics)
    return sorted(groups, key=lambda each: each.diagnostic.severity is not Severity.ERROR)


def _links(deck: DeckReport) -> list[tuple[str, str]]:
    """Return label and path of each file of a deck that can be opened."""
    formats = [(name.upper(), path) for name, path in deck.outputs.items() if path]
    return [*formats, ("Markdown", deck.markdown)] if deck.markdown else formats


@cache
def _template(name: str) -> Template:
    # Jinja2 takes long to import, so only a build that writes a page does it.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    page = Environment(
        loader=PackageLoader("deckwright.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page.filters.update(duration=duration, link=partial(quote, errors="surrogateescape"))
    page.globals.update(counted=counted, elsewhere=elsewhere, marked_parts=marked_parts, nouns=_NOUNS)
    return page.get_template(name)


def _picture(deck: DeckReport, pictures: Mapping[str, bytes]) -> str:
    """Return a deck's picture as a data: URI; empty if it has none."""
    if not deck.picture:
        return ""
    return f"data:image/png;base64,{base64.b64encode(pictures[deck.picture]).decode()}"
