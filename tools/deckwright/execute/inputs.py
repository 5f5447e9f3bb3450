"""What a run depends on, read from its read log."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path, PurePosixPath

from deckwright.child.bounds import READ_LOG_BYTES
from deckwright.child.recording import read_log as log
from deckwright.files.bounded import read_bounded, read_bounded_if_there
from deckwright.frozen import dataclass
from deckwright.model import KIND_MARK, MADE_FILE, NO_FILE, VARIABLE_MARK, Job, Stamp
from deckwright.text.syntax import imported_modules, statements_of

_FOREIGN = {"node_modules", "__pycache__"}
_BUILD = "build"
_DYNAMIC = re.compile(r"\b(__import__|importlib|exec|pkgutil|runpy)\b")
"""In code with one of these, any name may be imported: everything that the server imported counts."""
_TIME_ZONE = re.compile(
    r"\b(?:localtime|mktime|strftime|ctime|asctime|tzname|tzset|timezone|astimezone|tzlocal|fromtimestamp|timestamp)\b"
    r"|\.(?:now|today)\b"
)
_LOCALE = re.compile(r"\b(?:locale|gettext)\b")
_LOCALE_VARIABLES = (
    *("LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_MONETARY", "LC_NUMERIC"),
    "LC_TIME",
)
_REGIONAL = (
    (_TIME_ZONE, (f"{VARIABLE_MARK}TZ", "/etc/localtime")),
    (_LOCALE, tuple(f"{VARIABLE_MARK}{name}" for name in _LOCALE_VARIABLES)),
)
"""Words in code, and on what their meaning depends."""

_MODULE_BYTES = 16 * 2**20

Entry = tuple[str, str, Stamp]
"""The kind, name and stamp of an entry of the read log."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files, variables and modules that a run used. Paths are as in `Result.reads`."""

    reads: Mapping[str, Stamp | None]
    """As `Result.reads`, in the order of names; the script itself only if more than its code was read."""
    modules: frozenset[str]
    writes: frozenset[str]
    imported: frozenset[str]
    """Top-level names of the installed modules of which the script's import was seen."""
    preloaded: frozenset[str]
    """Those that the server imported before the script began: its own import of them is not seen."""
    looked_at_text: bool = False
    """Whether an event showed that the run looked at its own text or at a line number."""
    by_kernel: bool = False
    """Whether the kernel reported what the run read, in all of its processes."""
    looked_at_script: bool = False
    """Whether the kernel reported a look at the script's file, which may have shown its size or age."""
    is_whole: bool = False
    """Whether the log has its beginning; if not, it was removed while the job ran."""


def read_inputs(folder: Path, root: Path, script: str) -> Inputs:
    """Return the inputs of a job, which may still run; raises OSError for a read log that no job writes."""
    entries = list(_entries(folder))
    names: dict[str, set[str]] = defaultdict(set)
    for kind, name, _ in entries:
        names[kind].add(name)
    reads = dict(sorted(_reads(entries, names, str(root)).items()))
    whole = names[log.READ] | names[log.DECLARED]
    only_imported = names[log.MODULE] - whole
    if os.path.join(root, script) not in whole:
        reads.pop(script, None)  # its code is in the job
    changed = names[log.CHANGED] | names[log.CREATED] | names[log.REPLACED]
    written = {path for path in changed if not path.endswith(KIND_MARK)}
    return Inputs(
        reads,
        frozenset(_name(path, str(root)) for path in only_imported) & reads.keys(),
        frozenset(_name(path, str(root)) for path in _data({*written, *map(_parent, written)}, str(root))),
        frozenset(names[log.IMPORTED] - sys.stdlib_module_names),
        frozenset(names[log.PRELOADED] - sys.stdlib_module_names),
        bool(names[log.TEXT]),
        bool(names[log.KERNEL]),
        bool(names[log.KERNEL]) and os.path.join(root, script) in names[log.PROBED],
        [kind for kind, _, _ in entries[:1]] == [log.BEGAN],
    )


def used_modules(job: Job, inputs: Inputs, modules: Mapping[str, str]) -> frozenset[str]:
    """Return the top-level names of the installed modules that a run used; `modules` are the project's.

    No event shows that a script imports what the server has imported ahead. So the names that the author's
    code imports count as well, wherever in it they are imported.
    """
    texts = list(modules.values())
    names = imported_modules(ast.Module(statements_of(text), []) for text in texts)
    named = {name.partition(".")[0] for name in (*names, *job.imports)}
    preloaded = inputs.preloaded if any(map(_DYNAMIC.search, [job.source, *texts])) else frozenset()
    return (inputs.imported | preloaded | named) - sys.stdlib_module_names - set(map(_module, modules))


def module_texts(inputs: Inputs, root: Path) -> Mapping[str, str]:
    """Return the texts of the project's modules that a run used, by path."""
    modules = [path for path, stamp in inputs.reads.items() if stamp != NO_FILE and path.endswith(".py")]
    texts = {path: read_bounded_if_there((root / path).resolve(), _MODULE_BYTES) or b"" for path in modules}
    return {path: text.decode("utf-8", "replace") for path, text in texts.items()}


def regional_inputs(job: Job, modules: Mapping[str, str]) -> dict[str, Stamp | None]:
    """Return what decides the time zone and locale of a run whose code may use them, as in `Result.reads`.

    The C library reads them, often once, when the server starts: no event shows for which script.
    """
    texts = [job.source, *modules.values()]
    used = [names for words, names in _REGIONAL if any(map(words.search, texts))]
    return dict.fromkeys(chain.from_iterable(used))


def _module(path: str) -> str:
    """Return the top-level name under which a file would be imported."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem == "__init__" else file.stem


def _reads(entries: Iterable[Entry], names: Mapping[str, set[str]], root: str) -> dict[str, Stamp | None]:
    """Return what a run read, each with its first stamp.

    What the run created or replaced before it read or probed it is no input.
    """
    first: dict[str, Stamp] = {}
    changed: set[str] = set()
    replaced: set[str] = set()
    for kind, path, stamp in entries:
        if kind in (log.READ, log.MODULE, log.PROBED, log.DECLARED) and path not in replaced:
            first.setdefault(path, stamp)
        elif kind == log.CHANGED:
            changed |= {path, _parent(path), path + KIND_MARK}
        elif kind in (log.CREATED, log.REPLACED):
            changed |= {_parent(path)} if kind == log.CREATED else set()
            for each in {path, path.rstrip(os.sep), path.rstrip(os.sep) + KIND_MARK}:
                (changed if each in first or each in changed else replaced).add(each)
    paths = [*names[log.DECLARED], *_data(first.keys() - names[log.DECLARED], root)]
    files = {_name(path, root): _then(first[path], path in changed) for path in paths}
    return {**files, **{VARIABLE_MARK + name: None for name in names[log.VARIABLE]}}


def _parent(path: str) -> str:
    return os.path.join(os.path.dirname(path.rstrip(os.sep)), "")


def _then(stamp: Stamp, changed: bool) -> Stamp | None:
    if not changed:
        return stamp
    return MADE_FILE if stamp == NO_FILE else None


def _entries(folder: Path) -> Iterator[Entry]:
    """Yield the whole entries of the read log, oldest first."""
    for record in _read_log(folder).split(b"\0")[:-1]:
        with suppress(ValueError):  # a full disk may have cut it off
            kind, *numbers, name = record.split(b" ", 5)
            size, modified, changed, inode = map(int, numbers)
            yield kind.decode(), os.fsdecode(name), Stamp(size, modified, changed, inode)


def _read_log(folder: Path) -> bytes:
    try:
        return read_bounded(folder / log.READ_LOG, READ_LOG_BYTES)
    except FileNotFoundError:
        return b""


def _data(paths: Iterable[str], root: str) -> list[str]:
    """Leave out caches, settings, what builds write and virtual environments."""
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
    path = Path(folder)
    inside = (each for each in (path, *path.parents) if each.is_relative_to(root))
    return any(os.path.exists(each / "pyvenv.cfg") for each in inside)


def _name(path: str, root: str) -> str:
    """Return a path in the project as relative to its root, with slashes."""
    return path.removeprefix(os.path.join(root, "")).replace(os.sep, "/") or "./"
