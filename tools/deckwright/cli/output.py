"""Output that all commands share: errors, diagnostics, reports, colours."""

from __future__ import annotations

import codecs
import io
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from deckwright.errors import DeckwrightError
    from deckwright.model import Diagnostic, Report


def print_error(error: DeckwrightError) -> int:
    """Print an error to stderr; return its exit code."""
    from deckwright.report.excerpt import printable

    color = has_color(sys.stderr)
    mark = click.style("error", fg="red", bold=True)
    click.echo(f"{mark} [{error.slug}] {printable(error.message)}", err=True, color=color)
    if error.hint:
        click.echo(f"{click.style('hint:', fg='blue')} {printable(error.hint)}", err=True, color=color)
    return error.exit_code


def print_diagnostics(diagnostics: Sequence[Diagnostic], as_json: bool = False) -> None:
    """Print diagnostics to stderr, unless they were printed as JSON events already."""
    from deckwright.report.diagnostics_text import diagnostics_text

    if diagnostics and not as_json:
        text = diagnostics_text(diagnostics, has_color(sys.stderr), width(sys.stderr))
        click.echo(text, err=True)


def print_report(report: Report, as_json: bool) -> None:
    """Print the diagnostics and the summary of a build."""
    from deckwright.report.summary_text import summary_text

    print_diagnostics(report.diagnostics, as_json)
    if not as_json and report.decks:
        click.echo(summary_text(report, color=has_color(sys.stdout)))


def has_color(stream: TextIO) -> bool:
    """Whether colours are wanted: on a terminal, unless NO_COLOR (no-color.org) is set."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int | None:
    """Return a terminal's width; None for a pipe or a file, where lines are never cut."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def writer(stream: TextIO) -> Callable[[bytes], None]:
    """Return a function that writes a script's bytes at once, unchanged if the stream is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def write(piece: bytes) -> None:
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name == "utf-8":
            stream.buffer.write(piece)
        else:
            stream.write(decoder.decode(piece))
        stream.flush()

    return write
