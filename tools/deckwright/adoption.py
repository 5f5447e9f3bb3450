"""The pipeline of `adopt`: read a plain deck, try it, mark it, render it; say what would change."""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckwright.adopt.edits import Edit, applied, offset_before
from deckwright.adopt.extract import extract, movable
from deckwright.adopt.fences import Verdict, read_fences
from deckwright.adopt.mark import marks
from deckwright.adopt.outputs import (
    commented_outputs,
    figure_labels,
    shown_outputs,
    slug,
    unlike_outputs,
    unshown_figures,
)
from deckwright.adopt.overlooked import overlooked
from deckwright.adopt.pictures import judge_pictures, localised, propose_alts
from deckwright.adopt.study import Study
from deckwright.build import Change, build
from deckwright.doors import Doors, Emit
from deckwright.download import download
from deckwright.environment import Environment
from deckwright.errors import ConfigError, DownloadError, RenderError, ToolMissing
from deckwright.files import Files
from deckwright.fingerprint import digest
from deckwright.lines import Lines
from deckwright.model import Deck, Diagnostic, Request, Severity, Stamp
from deckwright.parse import parse_deck
from deckwright.parse.pictures import Picture, read_pictures
from deckwright.project import SLIDES, SNIPPETS, Project
from deckwright.trial import Trial, printed_by

_PICTURES = frozenset({"missing-file", "remote-resource"})
"""What is told of pictures here, and again by a build."""

_BY_HAND = "copy it into slides/images/ yourself, and name it there"
_ONLY_NOW = "it fits without the lines that are added: put the import on another slide"
_ONLY_BEFORE = "as it would be adopted, it fits"


@dataclass(frozen=True, slots=True)
class Wish:
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


@dataclass(frozen=True, slots=True)
class _Copied:
    """Pictures that were fetched: the edits that show them, their files, and what could not be had."""

    edits: tuple[Edit, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: tuple[Diagnostic, ...] = ()


def adopt_deck(project: Project, doors: Doors, named: str, wish: Wish, emit: Emit) -> Adoption:
    """Find out what of a deck runs, and return the edits that say so. Writes below build/ only."""
    (path,) = project.decks((named,))
    texts, undecodable = project.texts([path])
    if undecodable:
        return Adoption(diagnostics=tuple(undecodable))
    deck = parse_deck(path, texts[path])
    fences = read_fences(deck)
    with doors.runner() as runner:
        trial = Trial(project, doors, runner, deck, fences, emit)
        study, program, result = trial.settle()
        found = [
            *study.diagnostics,
            *_not_told(trial.faulty(study), study.diagnostics),
            *trial.look_up(study),
        ]
    printed = printed_by(deck, study, program, result) if program and result else {}
    shown, labels = dict(shown_outputs(deck, fences, study, printed)), figure_labels(deck, study)
    pictures = read_pictures(deck)
    copied = _copy(project, deck, pictures) if wish.localise else _Copied()
    here = [*(edit for edit, _ in propose_alts(deck, pictures)), *copied.edits]
    edits = [*marks(deck, study, shown, labels), *here]
    found += [
        *unshown_figures(deck, study, labels),
        *commented_outputs(deck, study, shown, printed),
        *overlooked(deck, tuple(shown.values())),
        *unlike_outputs(deck, fences, study, shown, printed),
        *judge_pictures(deck, pictures, project.files.exists),
        *copied.refused,
    ]
    files = dict(copied.files)
    told, unmeasured = _render(project, doors, named, deck, edits, files, emit)
    found = [wrong for wrong in found if not _is_copied(wrong, copied)]
    if wish.localise:
        found = [_tried(wrong) for wrong in found]
    found += _not_told(told, found)
    if wish.extract and movable(study):
        script = _script_path(project, doors.environment, deck)
        moved = extract(deck, study, shown, labels, script)
        edits, files[script] = [*moved.edits, *here], moved.script.encode()
    return Adoption(
        changes=_changes(project, deck, edits, files),
        notes=_notes(deck, edits),
        diagnostics=tuple(dict.fromkeys(found)),
        verdicts=_verdicts(study),
        unmeasured=unmeasured,
    )


def _verdicts(study: Study) -> dict[Verdict, int]:
    verdicts = [one.verdict for one in study.judged]
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


@dataclass(frozen=True, slots=True)
class _Overlay:
    """`Files` as they would be: some with another content."""

    files: Files
    contents: Mapping[str, bytes]

    def exists(self, path: str) -> bool:
        return path in self.contents or self.files.exists(path)

    def read(self, path: str) -> bytes:
        return self.contents[path] if path in self.contents else self.files.read(path)

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        added = (path for path in self.contents if path.startswith(f"{folder}/") and path.endswith(suffix))
        return sorted({*self.files.find(folder, suffix), *added})

    def stamp(self, path: str) -> Stamp | None:
        # No file on a disk has this stamp: nobody will take the disk's content for this one.
        return Stamp(-1, 0, 0, 0) if path in self.contents else self.files.stamp(path)

    def digest(self, path: str) -> str:
        return digest(self.contents[path]) if path in self.contents else self.files.digest(path)


def _render(
    project: Project,
    doors: Doors,
    named: str,
    deck: Deck,
    edits: Sequence[Edit],
    files: Mapping[str, bytes],
    emit: Emit,
) -> tuple[tuple[Diagnostic, ...], str]:
    """Build the deck as it would be; return what that tells, and why it could not be measured."""
    contents = {**files, deck.path: applied(deck.text, edits).encode()}
    imagined = replace(project, files=_Overlay(project.files, contents))
    try:
        before = build(project, doors, Request((named,)), emit).diagnostics if edits else ()
        report = build(imagined, doors, Request((named,)), emit)
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


# --- pictures from the network ----------------------------------------------------------------


def _copy(project: Project, deck: Deck, pictures: Sequence[Picture]) -> _Copied:
    lines = Lines(deck.path, deck.text)
    edits: list[Edit] = []
    files: dict[str, bytes] = {}
    refused: list[Diagnostic] = []
    paths: dict[str, str] = {}
    for picture in pictures:
        if not picture.is_remote:
            continue
        try:
            if picture.address not in paths:
                got = download(picture.address)
                paths[picture.address] = _picture_path(project, picture, got.suffix, got.data, files)
                files[paths[picture.address]] = got.data
            edits.append(localised(deck, picture, paths[picture.address]))
        except DownloadError as error:
            place = lines.location(*lines.at(picture.start), picture.end - picture.start)
            refused.append(lines.diagnostic("download", error.message, place, "", Severity.WARNING))
    return _Copied(tuple(edits), files, tuple(refused))


def _picture_path(
    project: Project, picture: Picture, suffix: str, data: bytes, files: Mapping[str, bytes]
) -> str:
    """Return where in slides/images/ a picture goes: a name that is free, or has the same content."""
    stem = slug(posixpath.splitext(posixpath.basename(picture.address.partition("?")[0]))[0]) or "picture"
    number = 1
    while True:
        path = f"{SLIDES}/images/{stem}{f'-{number}' if number > 1 else ''}.{suffix}"
        taken = files.get(path) or (project.files.read(path) if project.files.exists(path) else None)
        if taken in (None, data):
            return path
        number += 1


def _tried(wrong: Diagnostic) -> Diagnostic:
    """Return what is wrong, without the hint to copy what could not be copied."""
    return replace(wrong, hint=_BY_HAND) if wrong.slug == "remote-resource" else wrong


def _is_copied(wrong: Diagnostic, copied: _Copied) -> bool:
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
