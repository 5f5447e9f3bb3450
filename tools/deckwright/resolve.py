"""Decks + scripts -> `Course`: every reference finds its script, region, value or figure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from urllib.parse import quote

from deckwright.compose.show import shown_code
from deckwright.lines import Lines
from deckwright.model import (
    Course,
    Deck,
    Diagnostic,
    Display,
    Drawn,
    FenceOf,
    Figure,
    Job,
    Kind,
    Reference,
    Script,
    Severity,
)
from deckwright.paths import from_deck, is_outside

ANIMATED = frozenset({"gif", "apng"})
DRAWN = frozenset({"svg", "png", "jpg", "jpeg", "webp"}) | ANIMATED

MARP_THEMES = ("default", "gaia", "uncover")

_INSIDE = "copy it into the project's folder, and name it relative to the deck"

_BEFORE_ADDRESS = r"(?:\]\(\s*<?|\]:\s*<?|url\(\s*|[\"'=])"

Exists = Callable[[str], bool]


def wanted_scripts(deck: Deck, exists: Exists) -> Iterator[str]:
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


def jobs_of(course: Course, deck: Deck) -> frozenset[str]:
    """Return the jobs whose code, output, figures or values a deck shows."""
    return frozenset(filter(None, (job_of(course, reference) for reference in deck.references)))


def job_of(course: Course, reference: Reference) -> str:
    """Return the job that gives what a reference shows; empty for none."""
    drawn = course.figures.get(reference.target.path)
    job = drawn.job if drawn else reference.target.path
    return job if job in course.jobs else ""


def chosen_jobs(course: Course, pattern: str) -> frozenset[str]:
    """Return the jobs that a pattern means: scripts by path, name or wildcards, or those of a deck."""
    shown = (jobs_of(course, deck) for deck in course.decks if _is_called(deck.path, pattern))
    named = (job for job in course.jobs if _is_called(job, pattern))
    return frozenset(named).union(*shown)


def _is_called(path: str, pattern: str) -> bool:
    name = posixpath.basename(path)
    return any(fnmatchcase(each, pattern) for each in (path, name, posixpath.splitext(name)[0]))


def theme_names(style_sheets: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the themes that a deck can ask for: Marp's own, and those of style sheets."""
    return (
        *MARP_THEMES,
        *(name for css in style_sheets for name in re.findall(r"^[/*!\s]*@theme\s+([^\s*]+)", css, re.M)),
    )


def resolve(
    decks: Sequence[Deck],
    scripts: Mapping[str, Script],
    known: Sequence[str],
    exists: Exists,
    themes: Sequence[str] = MARP_THEMES,
) -> Course:
    """Bind every reference.

    `scripts` are the parsed scripts that could be read, labelled snippets included; `known` are
    the paths of all scripts of the project, for "did you mean"; `exists` tells whether the
    project has a file; `themes` are the names of all themes.
    """
    programs = {deck.path: deck.program for deck in decks if deck.program}
    resolver = _Resolver({**scripts, **programs}, known, exists, themes)
    for deck in decks:
        resolver.deck(deck)
    return resolver.course(decks)


def resolve_scripts(scripts: Mapping[str, Script]) -> Course:
    """Return a course without decks: scripts that run for their own sake."""
    jobs = {path: _job(script) for path, script in scripts.items()}
    wrong = tuple(d for script in scripts.values() for d in script.diagnostics)
    return Course((), scripts, jobs, {}, wrong)


@dataclass
class _Resolver:
    """Collects jobs, figures and diagnostics over all decks."""

    scripts: Mapping[str, Script]
    known: Sequence[str]
    exists: Exists
    themes: Sequence[str]
    jobs: dict[str, Job] = field(default_factory=dict)
    figures: dict[str, Drawn] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.labels = _labels(self.scripts.values())

    def deck(self, deck: Deck) -> None:
        self.diagnostics += deck.diagnostics
        lines = Lines(deck.path, deck.text)
        for reference in deck.references:
            source = lines[reference.location.line]
            if reference.kind is Kind.FIGURE:
                self._figure(reference, source)
            elif reference.kind is Kind.UNVERIFIED:
                pass
            elif script := self._script(reference, source):
                self._need(script)
                self._fragment(script, reference, source)
        self._files(deck, lines)
        self._theme(deck, lines)

    def course(self, decks: Sequence[Deck]) -> Course:
        wrong = [d for job in self.jobs for d in self.scripts[job].diagnostics]
        return Course(
            decks=tuple(decks),
            scripts=self.scripts,
            jobs=self.jobs,
            figures=self.figures,
            diagnostics=tuple(dict.fromkeys([*self.diagnostics, *wrong])),
        )

    def _need(self, script: Script) -> None:
        self.jobs.setdefault(script.path, _job(script))

    # --- code, outputs, values ----------------------------------------------------------------

    def _script(self, reference: Reference, source: str) -> Script | None:
        path = reference.target.path
        script = self.scripts.get(path)
        if script and (path.endswith(".py") or reference.kind is not Kind.CODE):
            return script
        if is_outside(path):
            self._wrong("missing-script", f"{path} lies outside of the project", reference, source, _INSIDE)
        elif not path.endswith(".py"):
            hint = "name a .py file" + ("" if "." in path else '; with a space in its name: file="a b.py"')
            self._wrong("missing-script", f"{path} is no Python file", reference, source, hint)
        elif not self.exists(path):
            self._wrong(
                "missing-script", f"no file {path}", reference, source, _did_you_mean(path, self.known)
            )
        return None

    def _fragment(self, script: Script, reference: Reference, source: str) -> None:
        if any(d.slug == "syntax-error" for d in script.diagnostics):
            return
        if reference.kind is Kind.VALUE:
            self._value(script, reference, source)
        elif isinstance(reference.target, FenceOf):
            if reference.kind is Kind.EXEC:
                self._lines(script, reference, source)
        elif self._region(script, reference, source):
            self._lines(script, reference, source)

    def _value(self, script: Script, reference: Reference, source: str) -> None:
        name = re.split(r"[.\[]", reference.target.name)[0]
        if script.names is None or name in script.names:
            return
        hint = _did_you_mean(name, sorted(script.names)) or "assign it at the script's top level"
        message = f"{script.path} has no top-level name '{name}'"
        self._wrong("missing-value", message, reference, source, hint)

    def _region(self, script: Script, reference: Reference, source: str) -> bool:
        name = reference.target.name
        region = script.regions.get(name)
        if region is None and name in script.unclosed:
            return False  # that it has no end is told
        if region is None:
            names = [name for name in script.regions if name]
            hint = _did_you_mean(name, names) or _known_regions(names)
            message = f"{script.path} has no region or cell '{name}'"
            self._wrong("missing-region", message, reference, source, hint)
        elif reference.kind is Kind.OUTPUT and region.first_statement == region.end_statement:
            message = f"region '{name}' of {script.path} holds no top-level statement"
            hint = "name the region whose statements print"
            self._wrong("region-without-output", message, reference, source, hint)
        return region is not None and reference.kind is Kind.CODE

    def _lines(self, script: Script, reference: Reference, source: str) -> None:
        """Check that the lines a fence chooses or highlights are there."""
        display = reference.display
        whole = shown_code(replace(reference, display=Display()), script)
        shown = shown_code(reference, script)
        wishes = (
            (display.lines, whole, r"(?<![-\w])lines=\S+"),
            ("|".join(display.highlight), shown, r"\{[^{}]*\}"),
        )
        for wish, code, pattern in wishes:
            last = max(map(int, re.findall(r"[0-9]+", wish)), default=0)
            count = code.count("\n") + 1
            if last > count:
                match = re.search(pattern, source)
                start, end = match.span() if match else (0, 1)
                place = replace(reference.location, column=start + 1, length=end - start)
                message = f"there is no line {last}: the code has {count}"
                self.diagnostics.append(Diagnostic("bad-attribute", message, place, source))

    # --- figures and files --------------------------------------------------------------------

    def _figure(self, reference: Reference, source: str) -> None:
        path = reference.target.path
        stem, suffix = posixpath.splitext(path)
        suffix = suffix.removeprefix(".").lower()
        producers = [] if is_outside(path) else self._producers(stem)
        if not producers or suffix not in DRAWN:
            self._ordinary(reference, source)
        elif len(producers) > 1:
            message = f"{path} has two producers: {' and '.join(_whence(p) for p in producers)}"
            hint = "rename one of them"
            self._wrong("two-producers", message, reference, source, hint)
        else:
            script, cell = producers[0]
            self._draw(script, path, Figure(posixpath.basename(stem), suffix, cell))

    def _producers(self, stem: str) -> list[tuple[Script, int | None]]:
        drawing = self.scripts.get(f"{stem}.py")
        whole: list[tuple[Script, int | None]] = [(drawing, None)] if drawing else []
        return [*whole, *self.labels.get(posixpath.basename(stem), [])]

    def _draw(self, script: Script, path: str, figure: Figure) -> None:
        self._need(script)
        job = self.jobs[script.path]
        if figure not in job.figures:
            figures = tuple(sorted((*job.figures, figure), key=lambda f: (f.name, f.suffix)))
            self.jobs[script.path] = replace(job, figures=figures)
        self.figures[path] = Drawn(script.path, figure)

    def _ordinary(self, reference: Reference, source: str) -> None:
        path = reference.target.path
        if is_outside(path):
            self._wrong("missing-figure", f"{path} lies outside of the project", reference, source, _INSIDE)
            return
        if self.exists(path):
            return
        stem = posixpath.splitext(path)[0]
        drawings = [posixpath.splitext(p)[0] for p in self.known if p.endswith(".py")]
        labels = [posixpath.join(posixpath.dirname(path), label) for label in self.labels]
        hint = _did_you_mean(stem, [*drawings, *labels])
        hint = hint or f"write {stem}.py, or give a cell '#| label: {posixpath.basename(stem)}'"
        self._wrong("missing-figure", f"nothing draws {path}", reference, source, hint)

    def _files(self, deck: Deck, lines: Lines) -> None:
        for path in deck.files:
            if is_outside(path) or not self.exists(path):
                self._missing_file(deck, lines, path)

    def _theme(self, deck: Deck, lines: Lines) -> None:
        """Warn of a theme that Marp does not know: it would take its default, and say nothing."""
        theme = deck.front_matter.get("theme")
        if not theme or theme in self.themes:
            return
        match = re.search(r"^theme\s*:\s*(.*\S)", deck.text, re.MULTILINE)
        start, end = match.span(1) if match else (0, 1)
        place = lines.location(*lines.at(start), end - start)
        hint = _did_you_mean(str(theme), self.themes) or f"known: {', '.join(self.themes)}"
        message = f"no theme '{theme}': Marp takes its default"
        self.diagnostics.append(lines.diagnostic("missing-theme", message, place, hint, Severity.WARNING))

    def _missing_file(self, deck: Deck, lines: Lines, path: str) -> None:
        start, end = _where_named(deck, path)
        place = lines.location(*lines.at(start), end - start)
        message, hint = f"no file {path}", ""
        if is_outside(path):
            message, hint = f"{path} lies outside of the project", _INSIDE
        self.diagnostics.append(lines.diagnostic("missing-file", message, place, hint, Severity.WARNING))

    def _wrong(self, slug: str, message: str, reference: Reference, source: str, hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(slug, message, reference.location, source, hint))


def _where_named(deck: Deck, path: str) -> tuple[int, int]:
    """Return where a deck's address of a file ends with the file's name, which prose may hold as well."""
    name = posixpath.basename(path)
    relative = from_deck(deck.path, path)
    for address, last in ((relative, name), (quote(relative), quote(name)), (name, name), (quote(name),) * 2):
        if match := re.search(rf"{_BEFORE_ADDRESS}[^\s()<>\"']*?{re.escape(address)}", deck.text):
            return match.end() - len(last), match.end()
    start = max(deck.text.find(name), 0)
    return start, start + len(name)


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


def _labels(scripts: Iterable[Script]) -> dict[str, list[tuple[Script, int | None]]]:
    labels: dict[str, list[tuple[Script, int | None]]] = {}
    for script in scripts:
        for index, cell in enumerate(script.cells):
            if cell.label:
                labels.setdefault(cell.label, []).append((script, index))
    return labels


def _whence(producer: tuple[Script, int | None]) -> str:
    script, cell = producer
    return script.path if cell is None else f"{script.path}:{script.cells[cell].first_line}"


def _known_regions(names: Sequence[str]) -> str:
    if not names:
        return "mark it with '# region NAME' … '# endregion NAME'"
    return f"it has {', '.join(names)}"


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, 1, 0.6)
    if not close:
        same_name = [k for k in known if posixpath.basename(k) == posixpath.basename(word)]
        close = same_name[:1]
    return f"did you mean {close[0]}?" if close else ""
