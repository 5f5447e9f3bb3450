"""Output that all commands share: errors, diagnostics, colours."""

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
    from deckwright.model import Diagnostic


def print_error(error: DeckwrightError) -> int:
    """Print an error to stderr; return its exit code."""
    from deckwright.report.excerpt import printable

    mark = click.style("error", fg="red", bold=True)
    echo(f"{mark} [{error.slug}] {printable(error.message)}", err=True)
    if error.hint:
        echo(f"{click.style('hint:', fg='blue')} {printable(error.hint)}", err=True)
    return error.exit_code


def print_diagnostics(diagnostics: Sequence[Diagnostic], as_json: bool = False) -> None:
    """Print diagnostics to stderr, unless they were printed as JSON events already."""
    from deckwright.report.diagnostics_text import diagnostics_text

    if diagnostics and not as_json:
        echo(diagnostics_text(diagnostics, width(sys.stderr)), err=True)


def print_above_progress(diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics to stderr while progress is shown there.

    Python's own `print` meets the stream that the display puts in place; click finds the one below it.
    """
    from deckwright.report.diagnostics_text import diagnostics_text

    if diagnostics:
        text = diagnostics_text(diagnostics, width(sys.stderr))
        print(text if _has_colours(sys.stderr) else click.unstyle(text), file=sys.stderr, flush=True)


def echo(text: str, err: bool = False) -> None:
    """Print a text, in colours if it is a terminal, unless NO_COLOR (no-color.org) is set."""
    click.echo(text, err=err, color=_has_colours(sys.stderr if err else sys.stdout))


def _has_colours(stream: TextIO) -> bool:
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


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
