"""The jobs, figures and diagnostics of a course, from all references of its decks."""

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
    """Resolve every reference.

    `scripts` are the parsed scripts that could be read, labelled snippets included; `known` are
    the paths of all scripts of the project, for "did you mean"; `exists` returns whether the
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
    """Return a course of scripts without decks."""
    jobs = {path: _job(script) for path, script in scripts.items()}
    diagnostics = tuple(d for script in scripts.values() for d in script.diagnostics)
    return Course((), scripts, jobs, {}, diagnostics)


class _Resolver:
    """The course so far, while the decks are walked."""

    def __init__(
        self, scripts: Mapping[str, Script], known: Sequence[str], exists: Callable[[str], bool]
    ) -> None:
        self.scripts = scripts
        self.references = ReferenceResolver(scripts, known, exists)
        self.figures = FigureResolver(scripts, known, exists)
        self.jobs: dict[str, Job] = {}
        self.sources: dict[str, FigureSource] = {}
        self.diagnostics: list[Diagnostic] = []

    def deck(self, deck: Deck, lines: Lines) -> None:
        for reference in deck.references:
            if reference.kind is Kind.FIGURE:
                self._figure(reference, lines)
            elif reference.kind is not Kind.UNVERIFIED:
                self._script(reference, lines)

    def course(self, decks: Sequence[Deck]) -> Course:
        of_scripts = [d for job in self.jobs for d in self.scripts[job].diagnostics]
        return Course(
            decks=tuple(decks),
            scripts=self.scripts,
            jobs=self.jobs,
            figures=self.sources,
            diagnostics=tuple(dict.fromkeys([*self.diagnostics, *of_scripts])),
        )

    def _script(self, reference: Reference, lines: Lines) -> None:
        script = self.references.script(reference, lines)
        if isinstance(script, Script):
            self._job(script.path)
            self.diagnostics += reference_diagnostics(script, reference, lines)
        elif script:
            self.diagnostics.append(script)

    def _figure(self, reference: Reference, lines: Lines) -> None:
        source = self.figures.find(reference, lines)
        if isinstance(source, FigureSource):
            job = self._job(source.job)
            figures = dict.fromkeys([*job.figures, source.figure])
            in_order = sorted(figures, key=lambda figure: (figure.name, figure.suffix))
            self.jobs[source.job] = replace(job, figures=tuple(in_order))
            self.sources[reference.target.path] = source
        elif source:
            self.diagnostics.append(source)

    def _job(self, path: str) -> Job:
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
