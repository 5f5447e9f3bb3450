"""What a result or a rendering depends on, as short digests.

A job's key has named parts, so that a plan can say which of them changed. What only moves a
script's lines (a comment, a blank line, a region marker) is in no part.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

from deckwright.model import Cell, Figure, Job, Options

DIGITS = 32
"""Length of every digest, in hexadecimal digits: 128 bits."""

ABSENT = ""
"""Digest of a file that is not there: a run may depend on that, too."""

SYNTAX = "ast:"
"""Begins the digest of a module's code, which stands for the file where it was only imported."""

CHANGED_MEANWHILE = "?"
"""In place of the digest of a file that changed while a run read it: no file ever has it."""

MADE = "made:"
"""Begins the digest of what a run made where it had found nothing: if it is gone, nothing is new."""

ALL_PACKAGES = "*"
"""In place of a distribution's name: all that are installed."""


def digest(content: bytes | str) -> str:
    """Return the shortened SHA-256 of bytes, or of a text's UTF-8 (lone surrogates included)."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def digest_of(value: Any) -> str:
    """Return the digest of a JSON-like value."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), default=dict))


def job_parts(job: Job, python: str) -> Mapping[str, str]:
    """Return a digest for each thing that is known before a job runs and that its result depends on.

    `python` names the interpreter. What the job reads and imports is known only afterwards.
    """
    return {
        "code": digest_of([job.id, [unit.syntax for unit in job.units], _cells(job)]),
        "options": digest_of(_options(job.options)),
        "python": digest(python),
        # Which one of several equal GPUs it gets changes nothing.
        "device": digest(job.device.partition(":")[0]),
        "figures": digest_of(sorted(_figure(figure) for figure in job.figures)),
    }


def job_key(parts: Mapping[str, str]) -> str:
    """Return the one key that stands for all parts."""
    return digest_of(parts)


@lru_cache(maxsize=4096)
def syntax_digest(source: bytes) -> str:
    """Return a digest of Python code in which comments, blank lines and layout do not count."""
    try:
        return SYNTAX + digest(ast.dump(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return digest(source)


def same_reads(reads: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths, sorted, whose digests now differ from what the run read.

    A path that `now` does not name counts as absent.
    """
    return tuple(sorted(path for path in reads if not _is_same(reads[path], now.get(path, ABSENT))))


def _is_same(before: str, now: str) -> bool:
    if before.startswith(MADE):
        return now in (ABSENT, before.removeprefix(MADE))
    return now == before


def render_key(
    text: str,
    themes: Mapping[str, str],
    files: Mapping[str, str],
    versions: Mapping[str, str],
    flags: Mapping[str, Any],
) -> str:
    """Return the key of a rendering.

    `text` is the expanded deck, `themes` the text of each theme by name, `files` the digest of each
    file shown or shipped, `versions` those of Marp, Node and the browser, `flags` the choices.
    """
    return digest_of([text, themes, files, versions, flags])


def _cells(job: Job) -> list[list[Any]]:
    return [_cell(cell) for cell in job.cells]


def _cell(cell: Cell) -> list[Any]:
    # Its statements count, because the last of them is displayed; its name and alt text do not.
    statements = [cell.first_statement, cell.end_statement]
    return [*statements, cell.label, cell.raises, cell.fig_width, cell.fig_height]


def _options(options: Options) -> dict[str, Any]:
    # The device that a job gets is a part of its own; which one it would accept changes nothing.
    names = (field.name for field in fields(options) if field.name != "device")
    return {name: getattr(options, name) for name in names}


def _figure(figure: Figure) -> tuple[str, str, int]:
    return (figure.name, figure.suffix, -1 if figure.cell is None else figure.cell)
