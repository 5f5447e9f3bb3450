"""What a script asks without an audit event of Python's own: we raise one.

- `deckwright.stat` (PATH): it looks whether a file is there, how large or how old it is;
- `deckwright.find` (NAME, FOLDERS): a module is looked for; in the folders of its package, if it is in one;
- `deckwright.variable` (NAME): it asks for an environment variable;
- `deckwright.variables`: it lists them all, and will ask for each.

As `reads`, it is imported by every Python that a script starts: only os and sys.
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


def announce() -> None:
    """Let this process, and those forked from it, tell. `os.path.exists` and pathlib call `os.stat`."""
    _announce_stat()
    os.environ.__class__ = _Variables
    sys.meta_path.insert(0, _Finder())


def _announce_stat() -> None:
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
    """`os.environ`, which all that asks for a variable asks in the end: `os.getenv`, `in`, `get`."""

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
