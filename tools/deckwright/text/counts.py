"""Numbers of things in words."""

from __future__ import annotations

from collections.abc import Sequence


def counted(number: int, noun: str, several: str = "") -> str:
    """Return "1 slide", "2 slides"."""
    return f"{number} {noun}" if number == 1 else f"{number} {several or f'{noun}s'}"


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def ranks_in_words(ranks: Sequence[int]) -> str:
    """Return "rank 1", "ranks 0 and 2", "ranks 0, 2 to 7 and 9"."""
    runs: list[list[int]] = []
    for rank in ranks:
        if runs and rank == runs[-1][-1] + 1:
            runs[-1].append(rank)
        else:
            runs.append([rank])
    words = [word for run in runs for word in _run_in_words(run)]
    return f"rank{'s' if len(ranks) > 1 else ''} {listed(words)}"


def _run_in_words(run: Sequence[int]) -> list[str]:
    return [f"{run[0]} to {run[-1]}"] if len(run) > 2 else list(map(str, run))
