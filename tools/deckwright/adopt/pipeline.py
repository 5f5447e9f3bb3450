"""The pipeline of `adopt`: read a plain deck, try it, mark it, render it; say what would change."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckwright.adopt.analysis.edits import Edit, applied, offset_before
from deckwright.adopt.analysis.extract import extract, movable
from deckwright.adopt.analysis.fences import Verdict
from deckwright.adopt.analysis.mark import marks
from deckwright.adopt.analysis.outputs import (
    commented_outputs,
    figure_labels,
    shown_outputs,
    unlike_outputs,
    unshown_figures,
)
from deckwright.adopt.analysis.pictures import picture_diagnostics, propose_alts
from deckwright.adopt.analysis.unmarked import overlooked
from deckwright.adopt.analysis.verdicts import DeckAnalysis
from deckwright.adopt.localise import Copied, copy_pictures
from deckwright.adopt.overlay import Overlay
from deckwright.adopt.trial import Trial, printed_by
from deckwright.build.context import Context
from deckwright.build.pipeline import build
from deckwright.errors import ConfigError, RenderError, ToolMissing
from deckwright.machine.environment import Environment
from deckwright.model import Change, Deck, Diagnostic, Fence
from deckwright.parse import parse_deck
from deckwright.project.project import SNIPPETS, Project
from deckwright.text.lines import Lines

_PICTURES = frozenset({"missing-file", "remote-resource"})
"""What is told of pictures here, and again by a build."""

_BY_HAND = "copy it into slides/images/ yourself, and name it there"
_ONLY_NOW = "it fits without the lines that are added: put the import on another slide"
_ONLY_BEFORE = "as it would be adopted, it fits"


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked for besides marking what runs."""

    extract: bool = False
    """Move the program into snippets/."""
    localise: bool = False
    """Copy pictures from the network into slides/images/."""


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting a deck would change, and what its author has to know."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    """What to look at in the changed deck, by the line's text."""
    diagnostics: tuple[Diagnostic, ...] = ()
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    """How many fences run, teach an error, fail, or are no program."""
    unmeasured: str = ""
    """Why nobody knows whether the slides fit; empty if it was measured."""


def adopt_deck(context: Context, extras: Extras) -> Adoption:
    """Find out what of the deck named runs, and return the edits that say so. Writes below build/ only."""
    project = context.project
    (path,) = project.decks(context.request.decks)
    texts, undecodable = project.texts([path])
    if undecodable:
        return Adoption(diagnostics=tuple(undecodable))
    deck = parse_deck(path, texts[path], project.settings.marp.dialect)
    tried = _try(context, deck)
    shown, labels = (
        dict(shown_outputs(deck, tried.analysis, tried.printed)),
        figure_labels(deck, tried.analysis),
    )
    copied = copy_pictures(project, deck) if extras.localise else Copied()
    here = [*(edit for edit, _ in propose_alts(deck)), *copied.edits]
    edits = [*marks(deck, tried.analysis, shown, labels), *here]
    files = dict(copied.files)
    told, unmeasured = _render(context, deck, edits, files)
    found = [*tried.diagnostics, *_findings(project, deck, tried, shown, labels), *copied.refused]
    found = [wrong for wrong in found if not _is_copied(wrong, copied)]
    if extras.localise:
        found = [_tried(wrong) for wrong in found]
    found += _not_told(told, found)
    if extras.extract and movable(tried.analysis):
        script = _script_path(project, context.ports.environment, deck)
        moved = extract(deck, tried.analysis, shown, labels, script)
        edits, files[script] = [*moved.edits, *here], moved.script.encode()
    return Adoption(
        changes=_changes(project, deck, edits, files),
        notes=_notes(deck, edits),
        diagnostics=tuple(dict.fromkeys(found)),
        verdicts=_verdicts(tried.analysis),
        unmeasured=unmeasured,
    )


@dataclass(frozen=True, slots=True)
class _Tried:
    """What running a deck has shown: what becomes of its fences, and what each printed, by its line."""

    analysis: DeckAnalysis
    printed: Mapping[int, str]
    diagnostics: tuple[Diagnostic, ...]


def _try(context: Context, deck: Deck) -> _Tried:
    with context.ports.runner() as runner:
        trial = Trial(context, runner, deck)
        analysis, program, result = trial.run()
        found = [
            *analysis.diagnostics,
            *_not_told(trial.faulty(analysis), analysis.diagnostics),
            *trial.look_up(analysis),
        ]
    printed = printed_by(deck, analysis, program, result) if program and result else {}
    return _Tried(analysis, printed, tuple(found))


def _findings(
    project: Project, deck: Deck, tried: _Tried, shown: Mapping[int, Fence], labels: Mapping[int, str]
) -> Iterator[Diagnostic]:
    """Yield what its author has to know of the deck as it is."""
    yield from unshown_figures(deck, tried.analysis, labels)
    yield from commented_outputs(deck, tried.analysis, shown, tried.printed)
    yield from overlooked(deck, tuple(shown.values()))
    yield from unlike_outputs(deck, tried.analysis, shown, tried.printed)
    yield from picture_diagnostics(deck, project.files.exists)


def _verdicts(analysis: DeckAnalysis) -> dict[Verdict, int]:
    verdicts = [one.verdict for one in analysis.fences]
    return {verdict: verdicts.count(verdict) for verdict in Verdict if verdict in verdicts}


def _changes(
    project: Project, deck: Deck, edits: Sequence[Edit], files: Mapping[str, bytes]
) -> dict[str, Change]:
    changes = {deck.path: Change(deck.text.encode(), applied(deck.text, edits).encode())}
    for path, data in files.items():
        before = project.files.read(path) if project.files.exists(path) else None
        changes[path] = Change(before, data)
    return {path: change for path, change in changes.items() if change.before != change.after}


def _notes(deck: Deck, edits: Sequence[Edit]) -> dict[str, str]:
    """Return what to look at, by the text of the changed line."""
    rows = applied(deck.text, edits).splitlines()
    notes: dict[str, str] = {}
    for edit in edits:
        before = applied(deck.text[: edit.start], [e for e in edits if e.start < edit.start])
        line = len(before.splitlines()) - (0 if before.endswith(("\n", "\r")) or not before else 1)
        if edit.why and line < len(rows):
            notes[rows[line]] = edit.why
    return notes


# --- rendering --------------------------------------------------------------------------------


def _render(
    context: Context, deck: Deck, edits: Sequence[Edit], files: Mapping[str, bytes]
) -> tuple[tuple[Diagnostic, ...], str]:
    """Build the deck as it would be; return what that tells, and why it could not be measured."""
    contents = {**files, deck.path: applied(deck.text, edits).encode()}
    adopted = context.reading(Overlay(context.project.files, contents))
    try:
        before = build(context).diagnostics if edits else ()
        report = build(adopted)
    except (ToolMissing, RenderError) as error:
        return (), error.message
    told = [_placed(deck, edits, wrong) for wrong in report.diagnostics]
    return tuple(_fullness(before, told)), "" if report.decks else "the deck has errors"


def _fullness(before: Sequence[Diagnostic], now: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what is told now, and say which slides are too full only now, or were only before."""
    was, full = _full(before), _full(now)
    for wrong in now:
        only_now = before and wrong.slug == "overflow" and wrong.location.line not in was
        yield replace(wrong, hint=_ONLY_NOW) if only_now else wrong
    for wrong in before:
        if wrong.slug == "overflow" and wrong.location.line not in full:
            yield replace(wrong, hint=_ONLY_BEFORE)


def _full(told: Sequence[Diagnostic]) -> frozenset[int]:
    return frozenset(wrong.location.line for wrong in told if wrong.slug == "overflow")


def _placed(deck: Deck, edits: Sequence[Edit], wrong: Diagnostic) -> Diagnostic:
    """Return what is wrong at its place in the deck as it is."""
    if wrong.location.path != deck.path:
        return wrong
    lines, changed = Lines(deck.path, deck.text), Lines(deck.path, applied(deck.text, edits))
    there = changed.start(wrong.location.line) + wrong.location.column - 1
    line, column = lines.at(offset_before(edits, there))
    length = min(wrong.location.length, len(lines[line]) - column + 1)
    place = lines.location(line, column, length)
    return replace(wrong, location=place, source=lines[line] or wrong.source)


def _not_told(told: Iterable[Diagnostic], found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield what a run or a build tells beyond what is known."""
    known = {(wrong.slug, wrong.location) for wrong in found}
    known |= {("snippet-failed", place) for slug, place in known if slug == "undefined-name"}
    pictures = {(wrong.slug, wrong.subject) for wrong in found if wrong.slug in _PICTURES}
    for wrong in told:
        if (wrong.slug, wrong.subject) not in pictures and (wrong.slug, wrong.location) not in known:
            yield wrong


def _tried(wrong: Diagnostic) -> Diagnostic:
    """Return what is wrong, without the hint to copy what could not be copied."""
    return replace(wrong, hint=_BY_HAND) if wrong.slug == "remote-resource" else wrong


def _is_copied(wrong: Diagnostic, copied: Copied) -> bool:
    gone = {edit.old for edit in copied.edits}
    return wrong.slug == "remote-resource" and wrong.subject in gone


def _script_path(project: Project, environment: Environment, deck: Deck) -> str:
    """Return where the program goes; raises ConfigError if something else is there."""
    stem = re.sub(r"[^\w-]+", "_", posixpath.splitext(posixpath.basename(deck.path))[0])
    # All scripts beside a `random.py` would import that one, and not Python's.
    imported = re.search(rf"^[ \t>]*(?:import|from)[ \t]+{re.escape(stem)}\b", deck.text, re.MULTILINE)
    is_module = imported or stem in sys.stdlib_module_names or environment.provides(stem)
    path = f"{SNIPPETS}/{stem}{'_code' if is_module else ''}.py"
    if project.files.exists(path):
        raise ConfigError(f"{path} is there already", "rename it, or adopt without --extract")
    return path
