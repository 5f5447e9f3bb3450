"""The installed modules that a run used.

If the warm server has imported a module ahead, no event tells that a script imports it, too. So the
names that the author's code imports count as well, wherever in it they are imported.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path, PurePosixPath

from deckwright.execute.inputs import Inputs
from deckwright.files.atomic import read_if_there
from deckwright.model import NO_FILE, Job
from deckwright.text.syntax import imported_modules, statements_of

_DYNAMIC = re.compile(r"\b(__import__|importlib|exec|pkgutil|runpy)\b")
"""In code with one of these, any name may be imported: everything that the server imported counts."""


def used_modules(job: Job, inputs: Inputs, root: Path) -> frozenset[str]:
    """Return their top-level names; `root` is the project's."""
    modules = [path for path, stamp in inputs.reads.items() if stamp != NO_FILE and path.endswith(".py")]
    texts = [(read_if_there(root / path) or b"").decode("utf-8", "replace") for path in modules]
    names = imported_modules(ast.Module(statements_of(text), []) for text in texts)
    named = {name.partition(".")[0] for name in (*names, *job.imports)}
    preloaded = inputs.preloaded if any(map(_DYNAMIC.search, [job.source, *texts])) else frozenset()
    return (inputs.imported | preloaded | named) - sys.stdlib_module_names - set(map(_module, modules))


def _module(path: str) -> str:
    """Return the top-level name under which a file would be imported."""
    file = PurePosixPath(path)
    return file.parent.name if file.stem == "__init__" else file.stem
