"""The modules that the warm server imports before it forks a job: those that the job will import itself.

They follow from the job and the files beside it alone, so that a job starts with the same modules whatever
else runs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from deckwright.model import Cell, Job
from deckwright.text.paths import FIGURES, SNIPPETS
from deckwright.text.syntax import ModulesUsed, modules_used, shows_value

PRELOADED = frozenset(
    {
        *("IPython", "PIL", "einops", "matplotlib", "networkx", "numpy", "pandas", "scipy"),
        *("seaborn", "sklearn", "sympy", "torch", "torchaudio", "torchvision", "tqdm"),
    }
)
"""Packages worth importing ahead: slow to import, and known to start no thread and no device."""

_FIRST = ("torch", "torchvision", "sklearn", "pandas", "matplotlib.pyplot")
"""The slowest, with all that is below them; most other modules of the package come with them."""

_DISPLAY = "IPython.core.formatters"
"""What a cell needs to display a value."""

_ON_USE = dict.fromkeys(("torch.optim", "torch.func", "torchvision"), "torch._dynamo")
"""Slow modules, by what imports them when it is used for the first time."""


def preloads(job: Job, root: Path) -> list[str]:
    """Return the modules that the server should import before it forks this job, the slowest first.

    Jobs whose lists begin alike share the imports. `root` is the project's.
    """
    found: set[str] = set()
    for used in _used(job, root):
        found.update(name for name in used.modules if name.partition(".")[0] in PRELOADED)
        found.update(_ON_USE[name] for name in used.names if name in _ON_USE)
    if any(_displays(job, cell) for cell in job.cells):
        found.add(_DISPLAY)
    return sorted(found, key=_rank)


def _rank(module: str) -> tuple[int, str]:
    ranks = (rank for rank, first in enumerate(_FIRST) if f"{module}.".startswith(f"{first}."))
    return next(ranks, len(_FIRST)), module


def _used(job: Job, root: Path) -> Iterator[ModulesUsed]:
    """Yield what the script uses, and what each file beside it uses that it imports."""
    code = _code(job)
    if "import" not in code:  # thousands of scripts may be as short as that
        return
    beside = (root / job.script).parent
    folders = [beside, *(root / each for each in job.pythonpath)]
    own, seen = modules_used(code), set[str]()
    if "sys.path" in own.names:  # it may add any folder of the project, such as that of its lecture
        folders += sorted(_folders(root), key=lambda folder: (folder.name != beside.name, folder))
    waiting = [own]
    while waiting:
        used = waiting.pop()
        yield used
        for name in used.modules - seen:
            seen.add(name)
            if source := _source_of(name, folders):
                waiting.append(modules_used(source))


def _folders(root: Path) -> Iterator[Path]:
    """Yield the folders of the project, and those in its folders of scripts."""
    for parent in (root, root / SNIPPETS, root / FIGURES):
        with suppress(OSError):
            yield from (each for each in parent.iterdir() if each.is_dir())


def _code(job: Job) -> str:
    lines = job.source.split("\n")
    return "\n".join("\n".join(lines[unit.first_line - 1 : unit.last_line]) for unit in job.units)


def _source_of(module: str, folders: Iterable[Path]) -> str:
    """Return the text of a module of the project; "" if there is none."""
    for folder in folders:
        with suppress(OSError, ValueError):
            return folder.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8")
    return ""


def _displays(job: Job, cell: Cell) -> bool:
    """Whether a cell is likely to display a value."""
    if cell.first_statement == cell.end_statement:
        return False
    statements = [statement for unit in job.units for statement in unit.statements]
    last = statements[cell.end_statement - 1]
    lines = job.source.split("\n")[last.first_line - 1 : last.last_line]
    return shows_value(textwrap.dedent("\n".join(lines)))
