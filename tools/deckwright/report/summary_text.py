"""The last lines that a command prints: what a build did, what a check proved, what `adopt` found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deckwright.model import Report
from deckwright.report.diagnostics_text import count_text
from deckwright.report.excerpt import printable
from deckwright.report.json_report import totals_of
from deckwright.report.phrases import counted, duration, paint

NOTHING_RAN = "nothing ran: what was read has errors"

_VERDICTS = {
    "runs": ("runs", "run"),
    "teaches": ("raises the error that it teaches", "raise the errors that they teach"),
    "fails": ("does not run", "do not run"),
    "apart": ("is not part of a program", "are not part of a program"),
}
"""What one fence does, and what several do."""


def summary_text(report: Report, color: bool = False, folder: str = "build") -> str:
    """Return the last lines of a build: what there is, what ran, and where in `folder` it lies."""
    totals = totals_of(report)
    made = ", ".join(counted(totals[f"{noun}s"], noun) for noun in ("deck", "slide", "reference"))
    lines = [_ran_text(report, totals, color), f"{made} in {duration(report.seconds)}"]
    lines += [f"  {folder}/{printable(path)}" for path in _made(report)]
    lines.append(count_text(set(report.diagnostics), color))
    return "\n".join(line for line in lines if line)


def verdict_text(report: Report, color: bool = False, folder: str = "build") -> str:
    """Return the last lines of a check: how much was proved, and where the faults can be seen."""
    proved = f"{report.proved} of {counted(len(report.cases), 'case')} proved"
    rest = f"; {NOTHING_RAN}" if report.stopped else f" in {duration(report.seconds)}"
    lines = [f"{paint(proved, 'green' if report.good else 'red', color)}{rest}"]
    if report.known:
        lines.append(f"{counted(report.known, 'known fault')} let pass by the baseline")
    if report.fixed:
        lines.append(
            f"{counted(report.fixed, 'fault')} of the baseline fixed: --update-baseline forgets that"
        )
    if report.diagnostics:
        lines.append(f"  {folder}/check/index.html")
    return "\n".join(lines)


def adoption_text(verdicts: Mapping[Any, int], unmeasured: str) -> str:
    """Say how many Python fences of a deck do what, and what nobody knows."""
    counts = [f"{number} {_VERDICTS[verdict][number > 1]}" for verdict, number in verdicts.items()]
    text = f"{counted(sum(verdicts.values()), 'Python fence')}" + (f": {', '.join(counts)}" if counts else "")
    return text + (f"\nthe slides were not measured: {unmeasured}" if unmeasured else "")


def _ran_text(report: Report, totals: Mapping[str, int], color: bool) -> str:
    if not report.jobs:
        return ""
    parts = [f"{totals['ran']} ran", f"{totals['fresh']} fresh"]
    if totals["failed"]:
        parts.append(paint(f"{totals['failed']} failed", "red", color))
    if totals["absent"]:
        parts.append(f"{totals['absent']} not run here (its device is absent)")
    if totals["skipped"]:
        parts.append(f"{totals['skipped']} stale, but not asked for")
    return f"{counted(totals['jobs'], 'script')}: " + ", ".join(parts)


def _made(report: Report) -> list[str]:
    return [path for deck in report.decks for path in deck.outputs.values() if path]
