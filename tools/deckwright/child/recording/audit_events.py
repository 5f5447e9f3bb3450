"""Audit events for inputs of a script for which Python itself raises none.

- `deckwright.stat` (PATH, FOLDER): the existence, size or age of a file is read;
- `deckwright.link` (PATH, FOLDER): the same of a path itself, which may be a link, and where that leads;
- `deckwright.open` (PATH, FLAGS, FOLDER): a file is opened below a folder;
- `deckwright.find` (NAME, FOLDERS): a module is searched for, in the folders of its package if it has one;
- `deckwright.variable` (NAME): an environment variable is read;
- `deckwright.variables`: all of them are listed, and each will be read;
- `deckwright.text`: the text of the script that runs is read (`own_lines` raises it).

FOLDER is the descriptor of the folder below which PATH is, or None.

Where the kernel reports the files (`recorder`), the first three are not raised.
Every Python that a script starts imports this module, as it does `audit_log`: it imports only os and sys.
"""

from __future__ import annotations

import os
import sys

from deckwright.child.recording import unreported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

STAT, LINK, OPEN, FIND = "deckwright.stat", "deckwright.link", "deckwright.open", "deckwright.find"
VARIABLE, VARIABLES = "deckwright.variable", "deckwright.variables"
TEXT = "deckwright.text"


def install(cannot_be_input: Callable[[str], bool] | None = None) -> None:
    """Raise these events from now on, here and in processes that are forked from this one.

    With a predicate of paths, the kernel reports the files, and need not report these.
    """
    if cannot_be_input:
        for name in ("stat", "lstat"):
            _replace(name, unreported.replacement(getattr(os, name), cannot_be_input))
    else:
        for name, event in (("stat", STAT), ("access", STAT), ("lstat", LINK), ("readlink", LINK)):
            _replace(name, _reporting(getattr(os, name), event))
        _replace("open", _opening(os.open))
    os.environ.__class__ = _Variables
    sys.meta_path.insert(0, _Finder())


def _reporting(original: Any, event: str) -> Any:
    """Return a function that raises an event and then calls the original, as pathlib and `os.path` do."""

    def function(path: Any, *arguments: Any, dir_fd: int | None = None, **options: Any) -> Any:
        follows = options.get("follow_symlinks", True)
        sys.audit(event if follows else LINK, path, dir_fd)
        return original(path, *arguments, dir_fd=dir_fd, **options)

    return function


def _opening(original: Any) -> Any:
    """Return `os.open` with an event for a path below a folder: that of Python does not name the folder."""

    def function(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None:
            sys.audit(OPEN, path, flags, dir_fd)
        descriptor: int = original(path, flags, mode, dir_fd=dir_fd)
        return descriptor

    return function


def _replace(name: str, function: Any) -> None:
    """Put a function in the place of that of `os`."""
    original = getattr(os, name)
    function.__doc__, function.__module__ = original.__doc__, os.__name__
    function.__name__ = function.__qualname__ = name
    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks, os.supports_effective_ids):
        if original in able:
            able.add(function)
    setattr(os, name, function)


class _Variables(type(os.environ)):  # type: ignore[misc]  # the class has no public name
    """`os.environ` that raises events. `os.getenv`, `in` and `get` all end here."""

    def __getitem__(self, name: str) -> str:
        sys.audit(VARIABLE, name)
        value: str = super().__getitem__(name)
        return value

    def __iter__(self) -> Iterator[str]:
        sys.audit(VARIABLES)
        names: Iterator[str] = super().__iter__()
        return names


# A script that asks for the type of `os.environ` sees what it is without us.
_Variables.__module__, _Variables.__name__ = type(os.environ).__module__, type(os.environ).__name__
_Variables.__qualname__ = type(os.environ).__qualname__


class _Finder:
    """A meta path finder that finds nothing."""

    def find_spec(self, name: str, path: Iterable[str] | None = None, target: object = None) -> None:
        sys.audit(FIND, name, path)
