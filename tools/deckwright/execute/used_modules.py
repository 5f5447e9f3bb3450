"""Which installed modules a run used.

What the warm server imported ahead is there already when a script imports it, and no event tells
of that. So the names that the author's own code imports count as well, wherever they stand in it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from deckwright.child.inputs import read_imports
from deckwright.model import Job
from deckwright.text.syntax import imported_modules

_DYNAMIC = re.compile(r"\b(__import__|importlib|exec|pkgutil|runpy)\b")
"""Where one of these stands, no reader can tell what is imported: everything that was there counts."""


def used_modules(job: Job, folder: Path, root: Path, reads: Iterable[str]) -> frozenset[str]:
    """Return their top-level names; `reads` are the files that the run opened, the root's relative."""
    modules = [path for path in reads if path.endswith(".py")]
    texts = [job.source, *_texts(root / path for path in modules)]
    named = {name.partition(".")[0] for text in texts[1:] for name in _names(text)}
    named |= {name.partition(".")[0] for name in job.imports}
    imported = read_imports(folder)
    ahead = imported.ahead if any(map(_DYNAMIC.search, texts)) else frozenset()
    return (imported.by_script | ahead | named) - sys.stdlib_module_names - set(map(_module, modules))


def _texts(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        try:
            yield file.read_text("utf-8", "replace")
        except OSError:
            continue


def _names(text: str) -> frozenset[str]:
    try:
        return imported_modules([ast.parse(text)])
    except (SyntaxError, ValueError, RecursionError):
        return frozenset()


def _module(path: str) -> str:
    """Return the top-level name under which a file would be imported."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem == "__init__" else file.stem
