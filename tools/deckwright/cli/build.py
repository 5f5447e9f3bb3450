"""`deckwright build`."""

from __future__ import annotations

import os
import posixpath
import stat
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from deckwright.cli.context import on_cluster, open_context, open_project, run_build
from deckwright.cli.copies import STDOUT, copy_pages, format_of
from deckwright.cli.marp_options import formats_in, marp_options, with_options
from deckwright.cli.options import AS_JSON, CLUSTER, DECKS, DEVICE, FORCE, JOBS, ONLY, PROFILE, SMOKE
from deckwright.cli.output import echo, print_diagnostics
from deckwright.errors import BAD_DECK, GOOD, ConfigError

if TYPE_CHECKING:
    from deckwright.project.project import Project

_STDIN = "-"
_GIVEN = "stdin.md"
"""The name of a deck that comes from standard input, in the current folder."""


def _names(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",")) if value else ()


@click.command()
@DECKS
@DEVICE
@CLUSTER
@click.option(
    "--to",
    "formats",
    callback=_names,
    metavar="FORMAT,...",
    help="Write these formats: html, pdf, png, pptx, notes, handout, notebook (default: html,pdf).",
)
@click.option(
    "--output", "-o", metavar="PATH", help="Also copy what is made to this file or folder; - for stdout."
)
@click.option("--notes", "--pdf-notes", is_flag=True, help="Put speaker notes into the PDF as annotations.")
@click.option(
    "--steps",
    type=click.Choice(["all", "last"]),
    default=None,
    help="Which pages of a slide with steps PDF and PPTX have (default: all).",
)
@click.option(
    "--states",
    type=click.Choice(["accepted", "strip"]),
    default=None,
    help="What a PDF has of a slide with controls: one state, or also a page with all (default: accepted).",
)
@click.option(
    "--layout",
    type=click.Choice(["notes", "lines", "2up", "4up", "6up"]),
    default=None,
    help="What a page of a hand-out shows (default: a slide and its notes).",
)
@click.option(
    "--paper",
    type=click.Choice(["A4", "Letter"], case_sensitive=False),
    default=None,
    help="Paper of hand-outs (default: A4).",
)
@click.option(
    "--editable",
    "--pptx-editable",
    is_flag=True,
    help="Make texts and pictures of a PPTX shapes where they look like the slide; needs LibreOffice.",
)
@click.option(
    "--scale",
    "--image-scale",
    type=click.FloatRange(0.1, 8),
    default=None,
    help="Size of pictures of slides (default: 1).",
)
@marp_options
@SMOKE
@FORCE
@ONLY
@AS_JSON
@PROFILE
@JOBS
def build(
    decks: tuple[str, ...],
    device: str | None,
    cluster: str | None,
    formats: tuple[str, ...],
    output: str | None,
    notes: bool,
    steps: str | None,
    states: str | None,
    layout: str | None,
    paper: str | None,
    editable: bool,
    scale: float | None,
    smoke: bool,
    force: str,
    only: tuple[str, ...],
    as_json: bool,
    profile: str | None,
    jobs: int | None,
    **marp: Any,
) -> int:
    """Run what is stale, and write HTML and PDF.

    Builds the decks named, those in the folders named, or all decks in slides/; - reads one from standard
    input. Everything is written into build/.
    """
    from deckwright.model import FormatOptions, Request

    decks, project = _opened(_chosen(decks, marp["input_dir"], output), marp)
    formats = (*formats, *formats_in(marp))
    if output:
        formats = _for_output(project, decks, formats, output)
    options = FormatOptions(
        notes, scale or 0.0, steps or "", states or "", layout or "", paper or "", editable
    )
    request = Request(decks, formats, options, force, only, smoke=smoke)
    context = open_context(on_cluster(project, cluster), device, jobs, request)
    report = run_build(context, as_json, profile)
    print_diagnostics(report.diagnostics, as_json)
    if report.decks and not as_json:
        from deckwright.report.summary_text import summary_text

        echo(summary_text(report, context.project.target), err=output == STDOUT)
    if output:
        base = project.lecture_folder if marp["input_dir"] or not decks else _common(project, decks)
        for path in copy_pages(context.project, report, context.how.formats, output, base):
            click.echo(f"wrote {path}", err=as_json)
    return GOOD if report.good else BAD_DECK


def _chosen(decks: tuple[str, ...], input_dir: str | None, output: str | None) -> tuple[str, ...]:
    """Return the decks that are named, in one way or another."""
    if input_dir and decks:
        raise ConfigError("decks and --input-dir are named", "name one of them")
    if input_dir:
        return (input_dir,)
    return (_STDIN,) if output and not decks and _is_piped() and not _has_lectures() else decks


def _is_piped() -> bool:
    """Whether a program or a file stands before us in a pipe."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _has_lectures() -> bool:
    try:
        return bool(open_project(()).lectures())
    except ConfigError:
        return False


def _opened(decks: tuple[str, ...], marp: dict[str, Any]) -> tuple[tuple[str, ...], Project]:
    """Return the decks as they are named, and the project, with what standard input holds."""
    from deckwright.files.overlay import Overlay

    names = tuple(_GIVEN if name == _STDIN else name for name in decks)
    project = with_options(open_project(names), marp)
    if _STDIN in decks:
        given = {project.path_of(Path(_GIVEN)): sys.stdin.buffer.read()}
        project = replace(project, files=Overlay(project.files, given))
    return names, project


def _for_output(
    project: Project, decks: Sequence[str], formats: tuple[str, ...], output: str
) -> tuple[str, ...]:
    """Return the formats that are made for an output; raises ConfigError if it has no room for them."""
    format = format_of(output)
    if not format:
        return formats
    count = len(project.decks(decks))
    if count > 1:
        raise ConfigError(f"{output} is one file, but {count} decks are built", "name one deck, or a folder")
    if output == STDOUT and formats:
        return formats[:1]
    if len(formats) == 1 and format in _kinds(formats):
        return formats
    if set(formats) - {format}:
        raise ConfigError(f"{output} is one {format} file", "leave out the other formats, or name a folder")
    return (format,)


def _kinds(formats: Sequence[str]) -> set[str]:
    """Return the kinds of files that these formats are made of, such as pdf."""
    from deckwright.formats import chosen_formats

    return {each.suffix or each.name for each in chosen_formats(formats)}


def _common(project: Project, decks: Sequence[str]) -> str:
    """Return the folder that all decks have in common."""
    return posixpath.commonpath([posixpath.dirname(path) for path in project.decks(decks)] or [""])
