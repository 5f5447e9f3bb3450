"""The steps of `adopt`: read a plain deck, try it, mark what runs, preview it, and collect the changes."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckwright.adopt.analysis.edits import Edit, applied, notes_on
from deckwright.adopt.analysis.extract import extract, movable
from deckwright.adopt.analysis.fences import Verdict
from deckwright.adopt.analysis.figures import figure_labels, unshown_figures
from deckwright.adopt.analysis.mark import marks
from deckwright.adopt.analysis.outputs import (
    commented_outputs,
    corrected_errors,
    other_outputs,
    shown_outputs,
)
from deckwright.adopt.analysis.pictures import picture_diagnostics, propose_alts
from deckwright.adopt.analysis.unmarked import unmarked_diagnostics
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from deckwright.adopt.localise import LocalCopies, copy_pictures
from deckwright.adopt.preview import preview
from deckwright.adopt.trial import FENCE_SECONDS, new_diagnostics, try_deck
from deckwright.build.context import Context
from deckwright.build.read import read_course
from deckwright.compose.description import described_by_cells
from deckwright.errors import ConfigError
from deckwright.machine.environment import Environment
from deckwright.model import Change, Course, Deck, Diagnostic, Fence
from deckwright.parse import parse_deck
from deckwright.project.project import SNIPPETS, Project

_COPY_BY_HAND = "copy it into slides/images/ yourself, and use that path"


@dataclass(frozen=True, slots=True)
class Adoption:
    """The changes that adopt a deck, and diagnostics for its author."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    """What to look at in the changed deck, by the line's text."""
    diagnostics: tuple[Diagnostic, ...] = ()
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """Number of fences per verdict."""
    unmeasured: str = ""
    """Why it is not known whether the slides fit; empty if they were measured."""


def adopt_deck(
    context: Context,
    into_script: bool = False,
    localise: bool = False,
    fence_seconds: float = FENCE_SECONDS,
) -> Adoption:
    """Return the changes that make the requested deck executable. Writes below build/ only.

    `into_script` moves the program into snippets/; `localise` copies pictures from the network into
    slides/images/; a fence may run for `fence_seconds`.
    """
    project = context.project
    path, *more = project.decks(context.request.decks)
    if more:
        raise ConfigError(f"there are {len(more) + 1} decks", f"adopt one after the other, as {path}")
    texts, undecodable = project.texts([path])
    if undecodable:
        return Adoption(diagnostics=tuple(undecodable))
    deck = parse_deck(path, texts[path], project.settings.marp.dialect)
    analysis = try_deck(context, deck, fence_seconds)
    outputs, labels = shown_outputs(analysis), figure_labels(analysis)
    copies = copy_pictures(project, deck) if localise else None
    course = read_course(project, context.request.decks)
    alts = propose_alts(deck, described_by_cells(course, deck))
    others = [*alts.values(), *(copies.edits if copies else ()), *corrected_errors(analysis, outputs)]
    edits, files = [*marks(analysis, outputs, labels), *others], dict(copies.files if copies else {})
    previewed, unmeasured = preview(context, deck, edits, files)
    diagnostics = list(_deck_diagnostics(analysis, outputs, labels))
    diagnostics += _picture_diagnostics(project, course, deck, copies)
    if into_script and movable(analysis):
        path = _script_path(project, context.ports.environment, deck)
        edits, script = extract(analysis, outputs, labels, path)
        edits, files[path] = [*edits, *others], script.encode()
    return Adoption(
        changes=_changes(project, deck, edits, files),
        notes=notes_on(deck.text, edits),
        diagnostics=tuple(dict.fromkeys([*diagnostics, *new_diagnostics(previewed, diagnostics)])),
        verdicts=_verdicts(analysis),
        unmeasured=unmeasured,
    )


def _deck_diagnostics(
    analysis: DeckAnalysis, outputs: Mapping[int, Fence], labels: Mapping[int, str]
) -> Iterator[Diagnostic]:
    yield from analysis.diagnostics
    yield from unshown_figures(analysis, labels)
    yield from commented_outputs(analysis, outputs)
    yield from unmarked_diagnostics(analysis.deck, tuple(outputs.values()))
    yield from other_outputs(analysis, outputs)


def _picture_diagnostics(
    project: Project, course: Course, deck: Deck, copies: LocalCopies | None
) -> Iterator[Diagnostic]:
    def exists(path: str) -> bool:
        return path in course.figures or path in course.diagrams or project.files.exists(path)

    copied = {edit.old for edit in copies.edits} if copies else ()
    for diagnostic in picture_diagnostics(deck, exists, described_by_cells(course, deck)):
        if copies is None or diagnostic.slug != "remote-resource":
            yield diagnostic
        elif diagnostic.subject not in copied:
            yield replace(diagnostic, hint=_COPY_BY_HAND)
    yield from copies.failures if copies else ()


def _verdicts(analysis: DeckAnalysis) -> dict[Verdict, int]:
    verdicts = [judged.verdict for judged in analysis.fences]
    return {verdict: verdicts.count(verdict) for verdict in Verdict if verdict in verdicts}


def _changes(
    project: Project, deck: Deck, edits: Sequence[Edit], files: Mapping[str, bytes]
) -> dict[str, Change]:
    changes = {deck.path: Change(deck.text.encode(), applied(deck.text, edits).encode())}
    for path, data in files.items():
        before = project.files.read(path) if project.files.exists(path) else None
        changes[path] = Change(before, data)
    return {path: change for path, change in changes.items() if change.before != change.after}


def _script_path(project: Project, environment: Environment, deck: Deck) -> str:
    """Return the path for the program; raises ConfigError if it is in use."""
    stem = re.sub(r"[^\w-]+", "_", posixpath.splitext(posixpath.basename(deck.path))[0])
    # All scripts beside a `random.py` would import that one instead of Python's.
    imported = re.search(rf"^[ \t>]*(?:import|from)[ \t]+{re.escape(stem)}\b", deck.text, re.MULTILINE)
    is_module = imported or stem in sys.stdlib_module_names or environment.provides(stem)
    path = f"{SNIPPETS}/{stem}{'_code' if is_module else ''}.py"
    if project.files.exists(path):
        raise ConfigError(f"{path} already exists", "rename it, or adopt without --extract")
    return path
