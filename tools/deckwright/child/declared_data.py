"""The data that a script's options declare, as paths: for readers that Python does not see."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from glob import escape, glob, has_magic


def declared(patterns: Iterable[str], folder: str) -> Iterator[str]:
    """Yield what patterns name, relative to a folder: files, there or not, and all below folders.

    A folder itself ends with a slash: it stands for the names in it.
    """
    for pattern in patterns:
        path = os.path.join(folder, pattern)
        literal = os.path.exists(path) or not has_magic(pattern)
        found = [path] if literal else sorted(glob(os.path.join(escape(folder), pattern), recursive=True))
        for path in found:
            yield from _below(os.path.abspath(path))


def _below(path: str) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return
    for folder, folders, files in os.walk(path):
        folders.sort()
        yield os.path.join(folder, "")
        yield from (os.path.join(folder, name) for name in sorted(files))
