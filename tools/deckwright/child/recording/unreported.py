"""Looks at paths that the kernel need not report: they show no input, or one that is reported already.

A report costs as much as twenty such looks, and `inspect` alone, which libraries call, looks ten times at the
path of each imported module. So where the kernel reports, `os.stat` and `os.lstat` mark these looks by a
descriptor that is none: with a path in full it has no meaning, and the filter lets it pass.

Every Python process that a job starts imports this module: it imports only os.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

MARK = -0x4457
"""Neither a descriptor nor AT_FDCWD."""
_MOST_REPORTED = 100_000


def replacement(original: Any, cannot_be_input: Callable[[str], bool]) -> Any:
    """Return a function that does what the original does, and marks the looks that need no report."""
    reported: set[str] = set()

    def function(path: Any, *, dir_fd: int | None = None, **options: Any) -> Any:
        if dir_fd is None and type(path) is str and path.startswith("/"):
            if cannot_be_input(path) or path in reported:
                return original(path, dir_fd=MARK, **options)
            if len(reported) < _MOST_REPORTED:
                reported.add(path)
        return original(path, dir_fd=dir_fd, **options)

    return function
