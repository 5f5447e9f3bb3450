"""Audit events for inputs of a script for which Python itself raises none.

- `deckwright.stat` (PATH): the existence, size or age of a file is read;
- `deckwright.find` (NAME, FOLDERS): a module is searched for, in the folders of its package if it has one;
- `deckwright.variable` (NAME): an environment variable is read;
- `deckwright.variables`: all of them are listed, and each will be read;
- `deckwright.text`: the text of the script that runs is read (`own_lines` raises it).

Every Python that a script starts imports this module, as it does `read_log`: it imports only os and sys.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

STAT, FIND = "deckwright.stat", "deckwright.find"
VARIABLE, VARIABLES = "deckwright.variable", "deckwright.variables"
TEXT = "deckwright.text"


def install() -> None:
    """Raise these events from now on, here and in processes that are forked from this one."""
    _replace_stat()
    os.environ.__class__ = _Variables
    sys.meta_path.insert(0, _Finder())


def _replace_stat() -> None:
    """Let `os.stat` raise an event: `os.path.exists` and pathlib call it."""
    original: Any = os.stat

    def stat(path: Any, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        if dir_fd is None:
            sys.audit(STAT, path)
        result: os.stat_result = original(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
        return result

    stat.__doc__, stat.__module__, stat.__qualname__ = original.__doc__, os.__name__, "stat"
    for able in (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks):
        if original in able:
            able.add(stat)
    os.stat = stat


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


class _Finder:
    """A meta path finder that finds nothing."""

    def find_spec(self, name: str, path: Iterable[str] | None = None, target: object = None) -> None:
        sys.audit(FIND, name, path)
