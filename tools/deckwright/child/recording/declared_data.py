"""The data that a script's options declare, because the script reads it where Python sees nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import escape, glob, has_magic


def declared_paths(patterns: Iterable[str], folder: str) -> Iterator[str]:
    """Yield the paths that patterns name, relative to a folder: files, existing or not, and all in folders.

    The path of a folder ends with a slash, and stands for the names in it.
    """
    for pattern in patterns:
        path = os.path.join(folder, pattern)
        literal = os.path.exists(path) or not has_magic(pattern)
        paths = [path] if literal else sorted(glob(os.path.join(escape(folder), pattern), recursive=True))
        for path in paths:
            yield from _below(os.path.abspath(path))


def _below(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders.sort()
        yield os.path.join(folder, "")
        yield from (os.path.join(folder, name) for name in sorted(files))
