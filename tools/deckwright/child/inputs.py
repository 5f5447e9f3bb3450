"""What the notes of a job's processes say so far: which files and modules it depends on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deckwright.child.read_log import (
    AHEAD,
    CHANGED,
    DECLARED,
    IMPORTED,
    LOOKED,
    MADE,
    MODULE,
    NOTES,
    READ,
    REPLACED,
    VARIABLE,
)
from deckwright.model import MADE_FILE, NO_FILE, VARIABLE_MARK, Stamp

_FOREIGN = {"node_modules", "__pycache__"}
_BUILD = "build"


@dataclass(frozen=True, slots=True)
class Imported:
    """Top-level names of installed modules."""

    by_script: frozenset[str]
    """As far as events told: nothing tells that a script imports what is there already."""
    ahead: frozenset[str]
    """What was there before the script."""


def read_reads(folder: Path, root: Path) -> dict[str, Stamp | None]:
    """Return the inputs of a job, which may still run, as `Result.reads` has them.

    A folder whose names were listed ends with a slash. A file that was not there has `NO_FILE`, or
    `MADE_FILE` if the run then made it. What it made or wrote anew without having looked is no input.
    An environment variable that it asked for is named as a shell does.
    """
    first: dict[str, Stamp | None] = {}
    declared: set[str] = set()
    variables: set[str] = set()
    changed: set[str] = set()
    replaced: set[str] = set()
    for kind, path, stamp in _notes(folder):
        if kind in (READ, MODULE, LOOKED, DECLARED) and path not in replaced:
            first.setdefault(path, stamp)
        if kind == DECLARED:
            declared.add(path)
        elif kind == VARIABLE:
            variables.add(VARIABLE_MARK + path)
        if kind in (CHANGED, MADE):
            changed.add(os.path.join(os.path.dirname(path.rstrip(os.sep)), ""))
        if kind == CHANGED:
            changed.add(path)
        elif kind in (MADE, REPLACED):
            for each in {path, path.rstrip(os.sep)}:
                (changed if each in first or each in changed else replaced).add(each)
    inputs = [*declared, *_inputs(first.keys() - declared, str(root))]
    reads = {_name(path, str(root)): _then(first[path], path in changed) for path in inputs}
    return dict(sorted({**reads, **dict.fromkeys(variables)}.items()))


def read_modules(folder: Path, root: Path) -> frozenset[str]:
    """Return the files that a job imported and did not read, named as `read_reads` does."""
    notes = [(kind, path) for kind, path, _ in _notes(folder)]
    opened = {path for kind, path in notes if kind in (READ, DECLARED)}
    return frozenset(_name(path, str(root)) for kind, path in notes if kind == MODULE and path not in opened)


def read_writes(folder: Path, root: Path) -> frozenset[str]:
    """Return the files that a job wrote, and the folders in which it did, named as `read_reads` does."""
    paths = set()
    for kind, path, _ in _notes(folder):
        if kind in (CHANGED, MADE, REPLACED):
            paths |= {path, os.path.join(os.path.dirname(path.rstrip(os.sep)), "")}
    return frozenset(_name(path, str(root)) for path in _inputs(paths, str(root)))


def read_imports(folder: Path) -> Imported:
    """Return the modules that a job, which may still run, imported."""
    names: dict[str, set[str]] = {IMPORTED: set(), AHEAD: set()}
    for kind, name, _ in _notes(folder):
        if kind in names and name not in sys.stdlib_module_names:
            names[kind].add(name)
    return Imported(frozenset(names[IMPORTED]), frozenset(names[AHEAD]))


def _then(stamp: Stamp | None, changed: bool) -> Stamp | None:
    if not changed:
        return stamp
    return MADE_FILE if stamp == NO_FILE else None


def _notes(folder: Path) -> Iterator[tuple[str, str, Stamp]]:
    """Yield the whole notes, oldest first."""
    try:
        records = (folder / NOTES).read_bytes().split(b"\0")[:-1]
    except OSError:
        return
    for record in records:
        with suppress(ValueError):  # a full disk may have cut one off
            kind, *numbers, name = record.split(b" ", 5)
            size, modified, changed, inode = map(int, numbers)
            yield kind.decode(), os.fsdecode(name), Stamp(size, modified, changed, inode)


def _inputs(paths: Iterable[str], root: str) -> list[str]:
    """Leave out what is nobody's data: caches, settings, what builds made, virtual environments."""
    wanted = [path for path in paths if not _is_hidden(path, root)]
    folders = {os.path.dirname(path) for path in wanted}
    python = {folder for folder in folders if _in_environment(folder, root)}
    return [path for path in wanted if os.path.dirname(path) not in python]


def _is_hidden(path: str, root: str) -> bool:
    parts = [part for part in os.path.relpath(path, root).split(os.sep) if part != "."]
    outside = parts[:1] == [".."]
    folders = parts if outside or path.endswith(os.sep) else parts[:-1]
    hidden = any((part.startswith(".") and part != "..") or part in _FOREIGN for part in folders)
    return hidden or folders[:1] == [_BUILD]


def _in_environment(folder: str, root: str) -> bool:
    """Whether a folder belongs to a virtual environment inside the project."""
    while folder.startswith(root):
        if os.path.exists(os.path.join(folder, "pyvenv.cfg")):
            return True
        if folder == root:
            break
        folder = os.path.dirname(folder)
    return False


def _name(path: str, root: str) -> str:
    """Return a path in the project as relative to its root, with slashes."""
    if not path.startswith(os.path.join(root, "")):
        return path.replace(os.sep, "/")
    name = path[len(root) :].lstrip(os.sep).replace(os.sep, "/")
    return name or "./"
