"""The pages of a build and of a check, each one HTML file that needs no network."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from deckwright.model import Case, DeckReport, Diagnostic, Kind, Report, Severity, Status, has_errors
from deckwright.report.diagnostics_text import in_order
from deckwright.report.excerpt import marked_parts
from deckwright.report.json_report import totals_of
from deckwright.report.phrases import counted, duration

if TYPE_CHECKING:
    from jinja2 import Environment

WARNED = "warned"
"""The state of a case with warnings only."""

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
    return _render(
        "index/index.html",
        decks=report.decks,
        jobs=sorted(report.jobs, key=lambda job: (job.status is not Status.FAILED, job.job)),
        diagnostics=_errors_first(report),
        totals=totals_of(report),
        versions=sorted(report.versions.items()),
        good=report.good,
        picture_of=lambda deck: _picture(deck, pictures),
        links_of=_links,
    )


def check_page(report: Report) -> str:
    """Return the page of a check, in build/check/: diagnostics, and every case by slide."""
    diagnostics = _errors_first(report)
    numbers = {each: number for number, each in enumerate(diagnostics, 1)}
    slides = {each: case.slide for case in reversed(report.cases) for each in case.diagnostics}
    marks = [_mark(case, report.stopped, numbers) for case in report.cases]
    return _render(
        "check/check.html",
        cases=len(marks),
        proved=report.proved,
        known=report.known,
        decks=[(deck, _by_slide(of_deck)) for deck, of_deck in groupby(marks, key=lambda mark: mark.deck)],
        diagnostics=[(numbers[each], slides.get(each, 0), _for_check(each)) for each in diagnostics],
        totals={**totals_of(report), "decks": len({mark.deck for mark in marks})},
        good=report.good,
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A case as the page shows it."""

    deck: str
    slide: int
    name: str
    state: str
    diagnostic: int
    """Number of its first diagnostic; 0 for none."""


def _mark(case: Case, stopped: bool, numbers: Mapping[Diagnostic, int]) -> _Mark:
    first = min((numbers[each] for each in case.diagnostics), default=0)
    return _Mark(case.deck, case.slide, case.name, _state(case, stopped), first)


def _state(case: Case, stopped: bool) -> str:
    if has_errors(case.diagnostics):
        return Status.FAILED
    if stopped:
        return Status.SKIPPED
    return WARNED if case.diagnostics else Status.OK


def _by_slide(marks: Iterable[_Mark]) -> list[tuple[int, list[_Mark]]]:
    ordered = sorted(marks, key=lambda mark: mark.slide)
    return [(slide, list(group)) for slide, group in groupby(ordered, key=lambda mark: mark.slide)]


def _for_check(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic whose picture is relative to the page of a check, which has its own folder."""
    return replace(diagnostic, picture=diagnostic.picture and f"../{diagnostic.picture}")


def _errors_first(report: Report) -> list[Diagnostic]:
    return sorted(in_order(report.diagnostics), key=lambda each: each.severity is not Severity.ERROR)


def _links(deck: DeckReport) -> list[tuple[str, str]]:
    """Return label and path of each file of a deck that can be opened."""
    formats = [(name.upper(), path) for name, path in deck.outputs.items() if path]
    return [*formats, ("Markdown", deck.markdown)] if deck.markdown else formats


def _render(template: str, **values: object) -> str:
    return _templates().get_template(template).render(**values)


@cache
def _templates() -> Environment:
    # Jinja2 takes long to import, so only a build that writes a page does it.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    page = Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page.filters.update(duration=duration, link=_link, anchor=_anchor)
    page.globals.update(counted=counted, marked_parts=marked_parts, nouns=_NOUNS)
    return page


def _part(name: str) -> str:
    """Return a template, a style or a script."""
    from importlib.resources import files

    return files("deckwright.report").joinpath(name).read_text("utf-8")


def _anchor(job: str) -> str:
    """Return the id of a script's row, without spaces."""
    return "job-" + _link(job)


def _link(path: str) -> str:
    """Return a path as an address, also one that is not UTF-8."""
    return quote(path, errors="surrogateescape")


def _picture(deck: DeckReport, pictures: Mapping[str, bytes]) -> str:
    """Return a deck's picture as a data: URI; empty if it has none."""
    if not deck.picture:
        return ""
    return f"data:image/png;base64,{base64.b64encode(pictures[deck.picture]).decode()}"
