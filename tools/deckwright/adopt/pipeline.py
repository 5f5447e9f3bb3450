"""The steps of `adopt`: read a plain deck, try it, mark what runs, preview it, and collect the changes."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from deckwright.adopt.analysis.added_outputs import added_edits
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
    unshown_outputs,
)
from deckwright.adopt.analysis.pictures import picture_diagnostics, propose_alts
from deckwright.adopt.analysis.revision import Revision
from deckwright.adopt.analysis.unmarked import unmarked_diagnostics
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from deckwright.adopt.draft import with_outputs
from deckwright.adopt.localise import LocalCopies, copy_pictures
from deckwright.adopt.trial import FENCE_SECONDS, new_diagnostics
from deckwright.adopt.unfold import Unfolded, unfold
from deckwright.build.context import Context
from deckwright.build.read import read_course
from deckwright.compose.description import described_by_cells
from deckwright.errors import ConfigError
from deckwright.frozen import dataclass
from deckwright.machine.environment import Environment
from deckwright.model import Change, Course, Deck, Diagnostic, Fence
from deckwright.parse import parse_deck
from deckwright.project.project import Project
from deckwright.text.paths import SNIPPETS

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
    unshown: int = 0
    """Number of fences whose output no slide shows."""
    unmeasured: str = ""
    """Why it is not known whether the slides fit; empty if they were measured."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an author wants to adopt."""

    into_script: bool = False
    """Move the program into snippets/."""
    localise: bool = False
    """Copy pictures from the network into slides/images/."""
    outputs: bool = False
    """Add fences for outputs that no slide shows."""
    fence_seconds: float = FENCE_SECONDS
    """How long a fence may run."""


def adopt_deck(context: Context, wanted: Wanted) -> Adoption:
    """Return the changes that make the requested deck executable. Writes below build/ only."""
    project = context.project
    path, *more = project.decks(context.request.decks)
    if more:
        raise ConfigError(f"there are {len(more) + 1} decks", f"adopt one after the other, as {path}")
    texts, undecodable = project.texts([path])
    if undecodable:
        return Adoption(diagnostics=tuple(undecodable))
    deck = parse_deck(path, texts[path], project.settings.marp.dialect)
    with context.kept_warm() as warm:
        unfolded = unfold(warm, deck, wanted.fence_seconds)
        adoption, full = _adopt(warm, wanted, unfolded)
        crowding = {session.line for session in unfolded.sessions if session.slide.number in full}
        if crowding and not wanted.outputs:
            unfolded = unfold(warm, deck, wanted.fence_seconds, crowding)
            adoption, _ = _adopt(warm, wanted, unfolded)
    return adoption


def _adopt(context: Context, wanted: Wanted, unfolded: Unfolded) -> tuple[Adoption, frozenset[int]]:
    """Return the changes of a deck, and the slides that hold more than fits only because of them."""
    project, analysis, deck = context.project, unfolded.analysis, unfolded.analysis.deck
    outputs, labels = shown_outputs(analysis), figure_labels(analysis)
    copies = copy_pictures(project, deck) if wanted.localise else None
    course = read_course(project, context.request.decks)
    alts = propose_alts(deck, described_by_cells(course, deck))
    others = [*alts.values(), *(copies.edits if copies else ()), *unfolded.corrections]
    others += corrected_errors(analysis, outputs)
    files = dict(copies.files if copies else {})
    unshown = [judged.fence for judged in unshown_outputs(analysis, outputs)]
    edits = [*marks(analysis, outputs, labels), *others]
    previewed = with_outputs(context, unfolded, edits, files, unshown if wanted.outputs else ())
    diagnostics = list(_deck_diagnostics(analysis, outputs, previewed.added, labels))
    diagnostics += _picture_diagnostics(project, course, deck, copies)
    diagnostics = [*map(unfolded.revision.in_old_text, diagnostics), *unfolded.diagnostics]
    edits += added_edits(analysis, previewed.added)
    if wanted.into_script and movable(analysis):
        path = _script_path(context.ports.environment, deck)
        edits, script = extract(analysis, outputs, labels, path, previewed.added)
        edits, files[path] = [*edits, *others], script.encode()
        # One of the same content was written by an adoption that was stopped before it wrote the deck.
        if project.files.exists(path) and project.files.read(path) != files[path]:
            raise ConfigError(f"{path} already exists", "rename it, or adopt without --extract")
    new = new_diagnostics(previewed.diagnostics, diagnostics)
    adoption = Adoption(
        changes=_changes(project, unfolded.revision, edits, files),
        notes=notes_on(deck.text, edits),
        diagnostics=tuple(dict.fromkeys([*diagnostics, *new])),
        verdicts=_verdicts(analysis),
        unshown=len(unshown) - len(previewed.added),
        unmeasured=previewed.unmeasured,
    )
    return adoption, previewed.full


def _deck_diagnostics(
    analysis: DeckAnalysis,
    outputs: Mapping[int, Fence],
    added: Collection[int],
    labels: Mapping[int, str],
) -> Iterator[Diagnostic]:
    yield from analysis.diagnostics
    yield from unshown_figures(analysis, {line: labels[line] for line in labels if line not in added})
    yield from commented_outputs(analysis, {*outputs, *added})
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
    project: Project, unfolding: Revision, edits: Sequence[Edit], files: Mapping[str, bytes]
) -> dict[str, Change]:
    deck = unfolding.deck
    changes = {deck.path: Change(deck.text.encode(), applied(unfolding.text, edits).encode())}
    for path, data in files.items():
        before = project.files.read(path) if project.files.exists(path) else None
        changes[path] = Change(before, data)
    return {path: change for path, change in changes.items() if change.before != change.after}


def _script_path(environment: Environment, deck: Deck) -> str:
    """Return the path for the program."""
    stem = re.sub(r"[^\w-]+", "_", posixpath.splitext(posixpath.basename(deck.path))[0])
    # All scripts beside a `random.py` would import that one instead of Python's.
    imported = re.search(rf"^[ \t>]*(?:import|from)[ \t]+{re.escape(stem)}\b", deck.text, re.MULTILINE)
    is_module = imported or stem in sys.stdlib_module_names or environment.provides(stem)
    return f"{SNIPPETS}/{stem}{'_code' if is_module else ''}.py"
