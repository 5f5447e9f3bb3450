"""Summaries: the last lines of `build`, `check` and `adopt`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from click import style

from deckwright.model import CaseState, DeckReport, Report
from deckwright.model.reasons import NOTHING_RAN
from deckwright.report.diagnostics_text import count_text
from deckwright.report.excerpt import printable
from deckwright.report.groups import grouped
from deckwright.report.json_report import totals_of
from deckwright.report.phrases import accepted_text, duration, not_run_text, smoke_text
from deckwright.text.counts import counted

STATES = {
    CaseState.SMOKE: "run with small values",
    CaseState.ACCEPTED: "accepted",
    CaseState.NOT_RUN: "not run (with a reason)",
    CaseState.ALLOWED: "allowed",
    CaseState.KNOWN: "known to the baseline",
}
"""What a summary says of cases that are neither proved nor failed."""

_VERDICTS = {
    "runs": ("runs", "run"),
    "teaches": ("raises the error that it teaches", "raise the errors that they teach"),
    "fails": ("does not run", "do not run"),
    "apart": ("is not part of a program", "are not part of a program"),
}
"""What one fence does, and what several fences do."""


def summary_text(report: Report, folder: str = "build") -> str:
    """Return the last lines of a build: how much there is, what ran, and the files in its folder."""
    totals = totals_of(report)
    totals_text = ", ".join(counted(totals[f"{noun}s"], noun) for noun in ("deck", "slide", "reference"))
    lines = [_ran_text(report, totals), f"{totals_text} in {duration(report.seconds)}"]
    lines += [line for deck in report.decks for line in _file_lines(deck, folder)]
    lines.append(smoke_text(len(report.smoke)))
    lines.append(not_run_text(totals["not_run"]))
    lines.append(accepted_text(len(report.accepted)))
    lines.append(count_text(grouped(report.diagnostics)))
    return "\n".join(line for line in lines if line)


def _file_lines(deck: DeckReport, folder: str) -> Iterator[str]:
    """Yield a line for the file to open of each format."""
    for name, path in deck.outputs.items():
        if path:
            said = f" ({deck.summaries[name]})" if name in deck.summaries else ""
            yield f"  {folder}/{printable(path)}{said}"


def verdict_text(report: Report, folder: str = "build") -> str:
    """Return the last lines of a check: how much was proved, and the page that shows the diagnostics."""
    proved = f"{report.proved} of {counted(len(report.cases), 'case')} proved"
    others = (f", {report.count(state)} {words}" for state, words in STATES.items() if report.count(state))
    proved += "".join(others)
    rest = f"; {NOTHING_RAN}" if report.stopped else f" in {duration(report.seconds)}"
    lines = [f"{style(proved, fg='green' if report.good else 'red')}{rest}"]
    if report.known:
        lines.append(f"{counted(report.known, 'diagnostic')} known to the baseline")
    if report.fixed:
        fixed = counted(report.fixed, "diagnostic")
        lines.append(f"{fixed} of the baseline fixed: update it with --update-baseline")
    if report.diagnostics:
        lines.append(f"  {folder}/check/index.html")
    return "\n".join(lines)


def adoption_text(verdicts: Mapping[Any, int], unmeasured: str, unshown: int = 0, tried: bool = False) -> str:
    """Return the last lines of `adopt`: how many Python fences run, fail and so on.

    `unshown` fences have an output that no slide shows; `tried` says whether outputs were to be added.
    """
    counts = [f"{number} {_VERDICTS[verdict][number > 1]}" for verdict, number in verdicts.items()]
    text = f"{counted(sum(verdicts.values()), 'Python fence')}" + (f": {', '.join(counts)}" if counts else "")
    if unshown:
        what = "prints or displays" if unshown == 1 else "print or display"
        rest = (
            "else in each run: no output fence shows it"
            if tried
            else "that no slide shows: `--outputs` adds it"
        )
        text += f"\n{counted(unshown, 'fence')} {what} something {rest}"
    return text + (f"\nthe slides were not measured: {unmeasured}" if unmeasured else "")


def _ran_text(report: Report, totals: Mapping[str, int]) -> str:
    if not report.jobs:
        return ""
    parts = [f"{totals['ran']} ran", f"{totals['fresh']} fresh"]
    if totals["failed"]:
        parts.append(style(f"{totals['failed']} failed", fg="red"))
    if totals["absent"]:
        parts.append(f"{totals['absent']} not run here (its device is absent)")
    if totals["skipped"]:
        parts.append(f"{totals['skipped']} stale, but not asked for")
    return f"{counted(totals['jobs'], 'script')}: " + ", ".join(parts)
