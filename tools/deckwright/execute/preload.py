"""The modules that the warm server imports before it forks a job."""

from __future__ import annotations

import textwrap

from deckwright.model import Cell, Job
from deckwright.text.syntax import shows_value

PRELOADED = frozenset(
    {
        *("IPython", "PIL", "einops", "matplotlib", "networkx", "numpy", "pandas", "scipy"),
        *("seaborn", "sklearn", "sympy", "torch", "torchaudio", "torchvision", "tqdm"),
    }
)
"""Packages worth importing ahead: slow to import, and known to start no thread and no device."""

_DISPLAY = "IPython.core.formatters"
"""What a cell needs to display a value."""


def preloads(job: Job) -> list[str]:
    """Return the modules that the server should import before it forks this job."""
    named = [name for name in job.imports if name.partition(".")[0] in PRELOADED]
    return [*named, _DISPLAY] if any(_displays(job, cell) for cell in job.cells) else named


def _displays(job: Job, cell: Cell) -> bool:
    """Whether a cell is likely to display a value."""
    if cell.first_statement == cell.end_statement:
        return False
    statements = [statement for unit in job.units for statement in unit.statements]
    last = statements[cell.end_statement - 1]
    lines = job.source.split("\n")[last.first_line - 1 : last.last_line]
    return shows_value(textwrap.dedent("\n".join(lines)))
