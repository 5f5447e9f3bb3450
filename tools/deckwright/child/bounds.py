"""What a job may leave in its scratch folder: it keeps within that, and its reader checks it again."""

from __future__ import annotations

PICTURES = 10
"""How many times as many bytes the pictures and charts that a job displays may have as what it prints."""

FIGURES = 50
"""How many times as many bytes its figures may have, those that slides show as pictures."""

JOURNAL_BYTES = 32 * 2**20

READ_LOG_BYTES = 128 * 2**20
"""That of half a million files."""

_ESCAPED = 6
"""Bytes that a byte of text may take in JSON."""

_SOME = 2**20


def display_bytes(output_bytes: int) -> int:
    """Return how many bytes the files of all displayed values may have."""
    return _SOME + _ESCAPED * (1 + PICTURES) * output_bytes


def figure_bytes(output_bytes: int) -> int:
    """Return how many bytes all figures may have."""
    return FIGURES * output_bytes
