"""The figures of all rounds as text: a table, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from competitors import COLD, DECK_HTML, DECK_PDF, FLOOR, IMPORT, LOOP, MARP_HTML, MARP_MORE, MARP_PDF, NOOP

Samples = Mapping[str, Sequence[float]]

_HEAD = ("", "median", "min", "max", "/ loop", "/ import")


def table(samples: Samples) -> str:
    """Return a line for each competitor: seconds, and how many times the loop's and the import's."""
    middle = {name: median(seconds) for name, seconds in samples.items()}
    rows: list[Sequence[str]] = [_HEAD]
    for name, seconds in samples.items():
        figures = (middle[name], min(seconds), max(seconds))
        ratios = (middle[name] / middle[LOOP], middle[name] / middle[IMPORT])
        rows.append((name, *(f"{value:.2f} s" for value in figures), *(f"{ratio:.2f}" for ratio in ratios)))
    return "\n".join(_line(row, _widths(rows)) for row in rows)


def conclusions(samples: Samples, copies: int) -> str:
    """Return the differences that the targets speak of; each pairs figures of the same round."""
    more = MARP_MORE.format(copies)
    rows = (
        ("cold build over one process that runs all", _spread(samples, COLD, FLOOR), "target 1.5 s"),
        ("PDF of one more deck, deckwright", _spread(samples, DECK_PDF, DECK_HTML), "target 0.6 s"),
        ("PDF of one more deck, marp-cli in parallel", _spread(samples, more, MARP_PDF, copies - 1), ""),
        ("PDF over HTML of one deck, marp-cli", _spread(samples, MARP_PDF, MARP_HTML), ""),
        ("build with nothing to do", _plain(samples[NOOP]), "target 1 s"),
    )
    return "\n".join("  ".join(map(str.ljust, row, _widths(rows))).rstrip() for row in rows)


def _spread(samples: Samples, whole: str, part: str, by: int = 1) -> str:
    return _plain([(a - b) / by for a, b in zip(samples[whole], samples[part], strict=True)])


def _plain(seconds: Sequence[float]) -> str:
    return f"{median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"


def _widths(rows: Iterable[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = row
    cells = (figure.rjust(width) for figure, width in zip(figures, widths[1:], strict=True))
    return "  ".join((name.ljust(widths[0]), *cells)).rstrip()
