"""The author's folder -> `Course`: decks and the files that they name, parsed and resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import filterfalse

from deckwright.build.parsed import ParsedSources
from deckwright.files.disk import Files
from deckwright.model import Course, Job, Severity
from deckwright.parse import parse_deck, parse_diagram
from deckwright.project.diagnostics import outside, settings_diagnostics
from deckwright.project.project import Project
from deckwright.project.settings import Settings
from deckwright.resolve import quoted_files, resolve, theme_names, wanted_diagrams, wanted_scripts


def with_settings(course: Course, settings: Settings) -> Course:
    """Return a course whose jobs find modules where the settings say, and run as long as these let them."""
    jobs = {id: _with_settings(job, settings) for id, job in course.jobs.items()}
    return replace(course, jobs=jobs)


def _with_settings(job: Job, settings: Settings) -> Job:
    options = job.options
    if not job.script.endswith(".py"):  # the fences of a deck have no options of their own
        options = replace(options, timeout_seconds=settings.timeout)
    return replace(job, options=options, pythonpath=settings.pythonpath)


def read_course(project: Project, named: Sequence[str], parsed: ParsedSources | None = None) -> Course:
    """Read and resolve decks, as an author names them, and the files that they name."""
    return read_decks(project, project.decks(named), parsed or ParsedSources())


def read_decks(project: Project, paths: Sequence[str], parsed: ParsedSources) -> Course:
    """Read and resolve the decks at these paths, and the files that they name.

    What was parsed before is not parsed again.
    """
    files = project.files
    texts, wrong = project.texts(filter(files.is_inside, paths))
    wrong += map(outside, filterfalse(files.is_inside, paths))
    decks = [parsed.deck(path, text, project.settings.marp.dialect) for path, text in texts.items()]
    wanted = {path for deck in decks for path in wanted_scripts(deck, files.exists)}
    labelled = (path for path in project.scripts() if _has_label(files, path))
    readable = (path for path in sorted({*wanted, *labelled}) if files.exists(path))
    sources, wrong_scripts = project.texts(readable)
    scripts = {path: parsed.script(path, text) for path, text in sources.items()}
    themes = theme_names(project.themes().values())
    quoted = {path for deck in decks for path in quoted_files(deck, files.exists, files.is_inside)}
    quotes, unquotable = project.quotes(sorted(quoted))
    scripts |= {path: parsed.text_file(path, text) for path, text in quotes.items()}
    drawn, wrong_diagrams = project.texts(wanted_diagrams(decks, project.diagrams()))
    diagrams = {path: parse_diagram(path, text) for path, text in drawn.items()}
    known = (project.scripts(), files.exists)
    course = resolve(decks, scripts, *known, themes, unquotable, diagrams, files.is_inside)
    course = with_settings(course, project.settings)
    settings = settings_diagnostics(files, project.settings, themes)
    lost = (replace(outside(path), severity=Severity.WARNING) for path in project.themes_outside())
    undecodable = (*wrong, *wrong_scripts, *wrong_diagrams)
    unread = tuple(parse_deck(path, "") for path in paths if path not in texts)
    return replace(course, diagnostics=(*settings, *lost, *undecodable, *course.diagnostics), broken=unread)


def _has_label(files: Files, path: str) -> bool:
    try:
        return b"label:" in files.read(path)
    except OSError:  # reported if a deck shows it
        return False
