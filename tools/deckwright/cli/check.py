"""`deckwright check`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deckwright.cli.changes import change_file, tidy, write_output
from deckwright.cli.context import on_cluster, open_context, open_project, run_build
from deckwright.cli.options import AS_JSON, CLUSTER, DECKS, DEVICE, FORCE, JOBS, PROFILE, SMOKE
from deckwright.cli.output import echo, print_diagnostics
from deckwright.errors import BAD_DECK, GOOD, ConfigError, EditedMeanwhile

if TYPE_CHECKING:
    from deckwright.model import Report
    from deckwright.project.project import Project

_MOST_TRIES = 5
"""How often another check may write the baseline while this one adds to it."""


@click.command()
@DECKS
@DEVICE
@CLUSTER
@click.option("--standalone", is_flag=True, help="Also run every script as a student does: python FILE.")
@click.option("--allow", "allowed", multiple=True, metavar="SLUG", help="Only warn of this diagnostic.")
@click.option("--junit", type=click.Path(dir_okay=False), help="Write JUnit XML into this file.")
@click.option("--github", is_flag=True, help="Print annotations for GitHub (the default in GitHub Actions).")
@click.option("--update-baseline", is_flag=True, help="Accept the diagnostics of today, and no others.")
@SMOKE
@FORCE
@AS_JSON
@PROFILE
@JOBS
def check(
    decks: tuple[str, ...],
    device: str | None,
    cluster: str | None,
    standalone: bool,
    allowed: tuple[str, ...],
    junit: str | None,
    github: bool,
    update_baseline: bool,
    smoke: bool,
    force: str,
    as_json: bool,
    profile: str | None,
    jobs: int | None,
) -> int:
    """Build, and prove every slide: for CI.

    Fails if a slide differs from the results of its scripts, holds more than fits, cannot be read, or shows
    what no script has produced. build/check/index.html shows the diagnostics.
    """
    from deckwright.model import Check, Request

    if update_baseline and smoke:
        raise ConfigError("--update-baseline needs whole results", "leave out --smoke")
    project = on_cluster(open_project(decks), cluster)
    if update_baseline:
        tidy(project)
    how = Check(standalone, allowed, baseline=not update_baseline)
    request = Request(decks, force=force, check=how, smoke=smoke)
    context = open_context(project, device, jobs, request)
    report = run_build(context, as_json, profile)
    print_diagnostics(report.diagnostics, as_json)
    if github or os.environ.get("GITHUB_ACTIONS") == "true":
        _print_annotations(report, as_json)
    if junit:
        _write_junit(Path(junit), report)
    if update_baseline and not report.stopped:
        _update_baseline(project, report, bool(decks), as_json)
        return GOOD
    if not as_json:
        from deckwright.report.summary_text import verdict_text

        echo(verdict_text(report, context.project.target))
    return GOOD if report.good else BAD_DECK


def _print_annotations(report: Report, as_json: bool) -> None:
    from deckwright.report.github import github_annotations

    if text := github_annotations(report.diagnostics):
        click.echo(text, err=as_json)  # GitHub reads both streams


def _write_junit(path: Path, report: Report) -> None:
    from deckwright.report.junit import junit_xml

    write_output(path, junit_xml(report))


def _update_baseline(project: Project, report: Report, of_some: bool, as_json: bool) -> None:
    """Write a baseline of this check's diagnostics; keep those of decks that it was not about."""
    from deckwright.build.baseline import FILE, Baseline, baseline_file, read_baseline, renewed
    from deckwright.text.counts import counted

    path = project.root / FILE
    for _ in range(_MOST_TRIES):
        before = path.read_bytes() if path.is_file() else None
        old = Baseline() if before is None else read_baseline(before)
        new = renewed(old if of_some else Baseline(), report.looked_at, report.diagnostics)
        if change_file(path, before, baseline_file(new) if new.size else None):
            was = f" (before: {old.size})" if old.size else ""
            click.echo(f"{FILE} accepts {counted(new.size, 'diagnostic')}{was}", err=as_json)
            return
    raise EditedMeanwhile(f"{FILE} was edited meanwhile", "it is as it was saved: run check again")
