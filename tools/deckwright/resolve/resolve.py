"""The jobs, figures and diagnostics of a course, from all references of its decks."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from deckwright.model import (
    Control,
    Course,
    Deck,
    Diagnostic,
    DiagramSource,
    Figure,
    FigureSource,
    Job,
    Kind,
    NamedValue,
    PictureAt,
    Reference,
    RegionOf,
    Script,
    ValueOf,
    Variant,
    states_of,
)
from deckwright.resolve.controls import control_diagnostics, own_controls, slide_controls, variations
from deckwright.resolve.figures import FigureResolver, name_of
from deckwright.resolve.files import file_diagnostics
from deckwright.resolve.flipbooks import unfollowed
from deckwright.resolve.references import NO_DIAGRAMS, NOTHING, Sources, Unquotable, reference_diagnostics
from deckwright.resolve.themes import MARP_THEMES, theme_diagnostics
from deckwright.text.flipbooks import Shown, flipbooks_of, has_statements, output_shown, stops_of
from deckwright.text.lines import Lines
from deckwright.text.paths import is_outside


def wanted_scripts(deck: Deck, exists: Callable[[str], bool]) -> Iterator[str]:
    """Yield the paths of the scripts that a deck names, those of its figures included."""
    for reference in (version for each in deck.references for version in each.versions):
        match reference.target:
            case PictureAt(source=path):
                drawing = posixpath.splitext(path)[0] + ".py"
                if not is_outside(path) and exists(drawing):
                    yield drawing
            case RegionOf(path) | ValueOf(path):
                if path.endswith(".py") and not is_outside(path):
                    yield path


def wanted_diagrams(decks: Sequence[Deck], paths: Sequence[str]) -> list[str]:
    """Return which of these files may hold what decks show as figures."""
    targets = (reference.target for deck in decks for reference in deck.references)
    names = {name_of(target.source) for target in targets if isinstance(target, PictureAt)}
    return [path for path in paths if name_of(path) in names]


def quoted_files(
    deck: Deck, exists: Callable[[str], bool], is_inside: Callable[[str], bool]
) -> Iterator[str]:
    """Yield the paths of the files in other languages that a deck shows."""
    for reference in (version for each in deck.references for version in each.versions):
        path = reference.target.path
        if reference.kind is Kind.CODE and not path.endswith(".py") and is_inside(path) and exists(path):
            yield path


def resolve(
    decks: Sequence[Deck],
    scripts: Mapping[str, Script],
    known: Sequence[str],
    exists: Callable[[str], bool],
    themes: Sequence[str] = MARP_THEMES,
    unquotable: Mapping[str, Unquotable] = NOTHING,
    diagrams: Mapping[str, DiagramSource] = NO_DIAGRAMS,
    is_inside: Callable[[str], bool] = lambda path: not is_outside(path),
) -> Course:
    """Resolve every reference.

    `scripts` are the parsed files that could be read, labelled snippets included; `known` are
    the paths of all scripts of the project, for "did you mean"; `exists` returns whether the
    project has a file; `themes` are the names of all themes; `unquotable` are the files that cannot
    be on a slide, each with the reason; `diagrams` are the files that hold one; `is_inside` returns
    whether pages may get a file.
    """
    programs = {deck.path: deck.program for deck in decks if deck.program}
    resolver = _Resolver(Sources({**scripts, **programs}, known, exists, is_inside, unquotable, diagrams))
    for deck in decks:
        lines = Lines(deck.path, deck.text)
        resolver.diagnostics += deck.diagnostics
        resolver.deck(deck, lines)
        resolver.diagnostics += file_diagnostics(deck, lines, exists, is_inside)
        resolver.diagnostics += theme_diagnostics(deck, lines, themes)
    return resolver.course(decks)


def resolve_scripts(scripts: Mapping[str, Script]) -> Course:
    """Return a course of scripts without decks."""
    jobs = {path: _job(script) for path, script in scripts.items()}
    diagnostics = tuple(d for script in scripts.values() for d in script.diagnostics)
    return Course((), scripts, jobs, {}, diagnostics)


class _Resolver:
    """The course so far, while the decks are walked."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.scripts = sources.scripts
        self.figures = FigureResolver(sources)
        self.shown: dict[str, None] = {}
        """The paths of the scripts that decks show, in the order of first mention."""
        self.jobs: dict[str, Job] = {}
        self.controls: dict[str, Mapping[int, tuple[Control, ...]]] = {}
        self.figure_sources: dict[str, FigureSource] = {}
        self.diagrams: dict[str, DiagramSource] = {}
        self.diagnostics: list[Diagnostic] = []

    def deck(self, deck: Deck, lines: Lines) -> None:
        self.varying: list[tuple[Reference, Script]] = []
        self.flipbooks = flipbooks_of(deck.references, self.scripts)
        self.results: list[Shown] = []
        for reference in deck.references:
            if isinstance(reference.target, PictureAt):
                self._figure(reference, reference.target, lines)
            elif not reference.kind.never_runs:
                for version in reference.versions:
                    self._script(version, lines)
        self.diagnostics += unfollowed(self.flipbooks, self.results, lines)
        self.diagnostics += control_diagnostics(self.varying, lines)
        controls = slide_controls(self.varying)
        self.controls[deck.path] = {slide: each for slide, each in controls.items() if variations(each)}

    def course(self, decks: Sequence[Deck]) -> Course:
        run = {job.script for job in self.jobs.values()}
        for path in self.shown:  # code alone is proved by any variant
            if self.scripts[path].units and path not in run:
                self._job(self.scripts[path], Variant())
        of_scripts = [d for path in self.shown for d in self.scripts[path].diagnostics]
        return Course(
            decks=tuple(decks),
            scripts=self.scripts,
            jobs=self.jobs,
            figures=self.figure_sources,
            diagnostics=tuple(dict.fromkeys([*self.diagnostics, *of_scripts])),
            diagrams=self.diagrams,
            controls={path: controls for path, controls in self.controls.items() if controls},
        )

    def _script(self, reference: Reference, lines: Lines) -> None:
        script = self.sources.script(reference, lines)
        if isinstance(script, Script):
            self._show(script, reference, lines)
            if reference.kind is Kind.OUTPUT and has_statements(reference, self.scripts):
                self.results.append(output_shown(reference, script))
            if reference.kind not in (Kind.CODE, Kind.EXEC):
                for job in self._jobs_of(script, reference):
                    if isinstance(reference.target, ValueOf):
                        job = _with_value(job, NamedValue(reference.target.name, lines.path))
                    self.jobs[job.id] = job
            self.diagnostics += reference_diagnostics(script, reference, lines)
        elif script:
            self.diagnostics.append(script)

    def _figure(self, reference: Reference, picture: PictureAt, lines: Lines) -> None:
        found = self.figures.find(reference, picture, lines)
        if isinstance(found, tuple):
            script, figure = found
            self._show(script, reference, lines)
            own, *others = self._jobs_of(script, reference)
            shown = Shown(reference.slide, script.path, *own.drawing(figure))
            self.results.append(shown)
            stages = [figure.before(stop) for stop in stops_of(self.flipbooks, shown) if stop > shown.first]
            for job in (own, *others):
                self.jobs[job.id] = _with_figures(job, [figure, *stages])
            is_accepted = self.sources.exists(picture.path)
            self.figure_sources[picture.path] = FigureSource(own.id, figure, is_accepted)
        elif isinstance(found, Diagnostic):
            self.diagnostics.append(found)
        elif found and (reference.variant.device or reference.vary):
            what = (
                "is drawn on no device" if reference.variant.device else "is a diagram, which does not vary"
            )
            message, hint = f"{found.path} {what}", "remove the title"
            self.diagnostics.append(lines.diagnostic("bad-attribute", message, reference.location, hint))
        elif found:
            self.diagrams[picture.path] = found

    def _show(self, script: Script, reference: Reference, lines: Lines) -> None:
        self.shown[script.path] = None
        needed, device = script.options.device, reference.variant.device
        if device and needed not in ("any", device):
            message = f"{script.path} runs on {needed} only, never on {device}"
            hint = 'set device = "any" in the script\'s [tool.deckwright] table'
            self.diagnostics.append(lines.diagnostic("bad-attribute", message, reference.location, hint))

    def _jobs_of(self, script: Script, reference: Reference) -> list[Job]:
        """Return the jobs of the states of a reference: first that of the values that the script sets."""
        self.varying += [(reference, script)] if reference.vary else []
        states = states_of(variations(own_controls(reference, script)))
        chosen = sorted((state.overrides for state in states), key=bool)
        return [self._job(script, replace(reference.variant, overrides=each)) for each in chosen]

    def _job(self, script: Script, variant: Variant) -> Job:
        own = variant.device == script.options.device  # it asks for this device anyway
        job = _job(script, replace(variant, device="") if own else variant)
        return self.jobs.setdefault(job.id, job)


def _with_figures(job: Job, figures: Iterable[Figure]) -> Job:
    """Return a job that also leaves these figures."""
    return replace(job, figures=tuple(sorted(dict.fromkeys([*job.figures, *figures]), key=str)))


def _with_value(job: Job, value: NamedValue) -> Job:
    """Return a job that also leaves this value."""
    by_name = {each.name: each for each in (value, *job.values)}
    return replace(job, values=tuple(by_name[name] for name in sorted(by_name)))


def _job(script: Script, variant: Variant = Variant()) -> Job:
    device = variant.device or script.options.device
    return Job(
        script=script.path,
        source=script.text,
        units=script.units,
        cells=script.cells,
        options=replace(script.options, device=device),
        device=device,
        imports=tuple(sorted(script.imports)),
        variant=variant,
    )
