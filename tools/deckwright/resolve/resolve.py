"""The walk over all references of all decks: collects jobs, figures, and what is wrong."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.model import Course, Deck, Diagnostic, FigureSource, Job, Kind, Reference, Script
from deckwright.resolve.figures import FigureResolver
from deckwright.resolve.files import file_diagnostics
from deckwright.resolve.references import ReferenceResolver, reference_diagnostics
from deckwright.resolve.themes import MARP_THEMES, theme_diagnostics
from deckwright.text.lines import Lines
from deckwright.text.paths import is_outside


def wanted_scripts(deck: Deck, exists: Callable[[str], bool]) -> Iterator[str]:
    """Yield the paths of the scripts that a deck names, those of its figures included."""
    for reference in deck.references:
        path = reference.target.path
        if reference.kind in (Kind.CODE, Kind.OUTPUT, Kind.VALUE):
            if path.endswith(".py") and not is_outside(path):
                yield path
        elif reference.kind is Kind.FIGURE:
            drawing = posixpath.splitext(path)[0] + ".py"
            if not is_outside(path) and exists(drawing):
                yield drawing


def resolve(
    decks: Sequence[Deck],
    scripts: Mapping[str, Script],
    known: Sequence[str],
    exists: Callable[[str], bool],
    themes: Sequence[str] = MARP_THEMES,
) -> Course:
    """Bind every reference.

    `scripts` are the parsed scripts that could be read, labelled snippets included; `known` are
    the paths of all scripts of the project, for "did you mean"; `exists` tells whether the
    project has a file; `themes` are the names of all themes.
    """
    programs = {deck.path: deck.program for deck in decks if deck.program}
    resolver = _Resolver({**scripts, **programs}, known, exists)
    for deck in decks:
        lines = Lines(deck.path, deck.text)
        resolver.diagnostics += deck.diagnostics
        resolver.deck(deck, lines)
        resolver.diagnostics += file_diagnostics(deck, lines, exists)
        resolver.diagnostics += theme_diagnostics(deck, lines, themes)
    return resolver.course(decks)


def resolve_scripts(scripts: Mapping[str, Script]) -> Course:
    """Return a course without decks: scripts that run for their own sake."""
    jobs = {path: _job(script) for path, script in scripts.items()}
    wrong = tuple(d for script in scripts.values() for d in script.diagnostics)
    return Course((), scripts, jobs, {}, wrong)


class _Resolver:
    """Collects over all decks."""

    def __init__(
        self, scripts: Mapping[str, Script], known: Sequence[str], exists: Callable[[str], bool]
    ) -> None:
        self.scripts = scripts
        self.references = ReferenceResolver(scripts, known, exists)
        self.figures = FigureResolver(scripts, known, exists)
        self.jobs: dict[str, Job] = {}
        self.drawn: dict[str, FigureSource] = {}
        self.diagnostics: list[Diagnostic] = []

    def deck(self, deck: Deck, lines: Lines) -> None:
        for reference in deck.references:
            source = lines[reference.location.line]
            if reference.kind is Kind.FIGURE:
                self._figure(reference, source)
            elif reference.kind is not Kind.UNVERIFIED:
                self._script(reference, source)

    def course(self, decks: Sequence[Deck]) -> Course:
        wrong = [d for job in self.jobs for d in self.scripts[job].diagnostics]
        return Course(
            decks=tuple(decks),
            scripts=self.scripts,
            jobs=self.jobs,
            figures=self.drawn,
            diagnostics=tuple(dict.fromkeys([*self.diagnostics, *wrong])),
        )

    def _script(self, reference: Reference, source: str) -> None:
        found = self.references.script(reference, source)
        if isinstance(found, Script):
            self._need(found.path)
            self.diagnostics += reference_diagnostics(found, reference, source)
        elif found:
            self.diagnostics.append(found)

    def _figure(self, reference: Reference, source: str) -> None:
        found = self.figures.find(reference, source)
        if isinstance(found, FigureSource):
            job = self._need(found.job)
            figures = dict.fromkeys([*job.figures, found.figure])
            in_order = sorted(figures, key=lambda figure: (figure.name, figure.suffix))
            self.jobs[found.job] = replace(job, figures=tuple(in_order))
            self.drawn[reference.target.path] = found
        elif found:
            self.diagnostics.append(found)

    def _need(self, path: str) -> Job:
        return self.jobs.setdefault(path, _job(self.scripts[path]))


def _job(script: Script) -> Job:
    return Job(
        id=script.path,
        source=script.text,
        units=script.units,
        cells=script.cells,
        options=script.options,
        device=script.options.device,
        imports=tuple(sorted(script.imports)),
    )
