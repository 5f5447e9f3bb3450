"""The key of a result: a digest of everything that is known before a job runs and that shapes its result.

It has named parts, so that a plan can say which of them changed. Edits that only move a script's lines (a
comment, a blank line, a region marker) change no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from deckwright.files.digests import digest, digest_of
from deckwright.model import Cell, Job, Options

_OPTIONS = tuple(each.name for each in fields(Options) if each.name != "device")


def job_parts(job: Job, python: str) -> Mapping[str, str]:
    """Return a digest of each thing that is known before a job runs and that its result depends on.

    `python` names the interpreter. What the job reads and imports is known only afterwards.
    """
    return {
        "code": digest_of([job.script, [unit.syntax for unit in job.units], [*map(_cell, job.cells)]]),
        "variant": digest(" without ".join([str(job.variant), *map(str, job.variant.left_out)])),
        "options": _options(job.options),
        "python": digest(python),
        "pythonpath": digest_of(job.pythonpath),
        # Not its number: several GPUs count as equal.
        "device": digest(job.device.partition(":")[0]),
        "figures": digest_of(
            sorted(
                (
                    each.name,
                    each.suffix,
                    -1 if each.cell is None else each.cell,
                    each.path,
                    -1 if each.after is None else each.after,
                )
                for each in job.figures
            )
        ),
    }


def job_key(parts: Mapping[str, str]) -> str:
    """Return the key of all parts together."""
    return digest_of(parts)


def _options(options: Options) -> str:
    # The device on which a job runs is a part of its own; the device that it asks for is in none.
    return digest_of({name: getattr(options, name) for name in _OPTIONS})


def _cell(cell: Cell) -> list[Any]:
    # Its statements count, as the last of them is displayed; its name and alt text do not.
    statements = [cell.first_statement, cell.end_statement]
    return [*statements, cell.label, cell.raises, cell.fig_width, cell.fig_height]
