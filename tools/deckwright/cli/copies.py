"""Copies of what a build made, where `build --output` wants them."""

from __future__ import annotations

import html
import os
import posixpath
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from deckwright.cli.changes import write_output
from deckwright.errors import ConfigError

if TYPE_CHECKING:
    from deckwright.model import Report
    from deckwright.project.project import Project

STDOUT = "-"
_FORMATS = {".htm": "html", ".html": "html", ".pdf": "pdf", ".png": "png", ".pptx": "pptx"}
_ALIKE = ("handout", "notes")
"""Formats whose files would have the names of the slides, or of the deck."""
_UNKNOWN = (".jpeg", ".jpg", ".odp", ".ppt", ".txt")
_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"#?]+)', re.I)


def format_of(output: str) -> str:
    """Return the format that the name of a file says; empty for a folder. Raises ConfigError for others."""
    suffix = PurePosixPath(output).suffix.lower()
    if os.path.isdir(output):
        return ""
    if suffix in _UNKNOWN:
        raise ConfigError(f"Deckwright makes no {suffix} files", "it makes .html, .pdf, .png and .pptx")
    if os.path.isfile(output) and suffix not in _FORMATS:
        raise ConfigError(f"{output} is another file", "name a folder, or a .html, .pdf, .png or .pptx file")
    return "html" if output == STDOUT else _FORMATS.get(suffix, "")


def copy_pages(
    project: Project, report: Report, formats: Sequence[str], output: str, base: str
) -> Sequence[Path]:
    """Copy the pages of decks to a file, to stdout, or into a folder; return the files that were written.

    In a folder, decks lie as they lie below `base`.
    """
    made = list(_made(project, report, formats, base))
    if output == STDOUT:
        sys.stdout.buffer.write(b"".join(source.read_bytes() for source, _ in made[:1]))
        sys.stdout.buffer.flush()
        return ()
    if format_of(output):
        copies = {source: Path(output) for source, _ in made[:1]}
    else:
        copies = {source: Path(output, name) for source, name in made}
    for source, target in copies.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_output(target, _moved(source, target, copies))
    return tuple(copies.values())


def _made(project: Project, report: Report, formats: Sequence[str], base: str) -> Iterator[tuple[Path, str]]:
    """Yield each file that was made, and its name in a folder."""
    from deckwright.formats import chosen_formats
    from deckwright.project.project import deck_name

    for deck in report.decks:
        stem = posixpath.splitext(posixpath.relpath(deck.path, base or "."))[0]
        name = deck_name(deck.path)
        for format in chosen_formats(formats):
            for file in deck.files.get(format.name, ()):
                # Of several files, each has what it is called below the deck's name: `a.001.png`.
                below, suffix = posixpath.splitext(file.removeprefix(f"{format.name}/"))
                rest = below.removeprefix(name).replace("/", ".")
                # A hand-out is another PDF than the slides, and notes are not the deck.
                kind = f".{format.name}" if format.name in _ALIKE else ""
                yield project.build / file, f"{stem}{rest}{kind}{suffix}"


def _moved(source: Path, target: Path, copies: Mapping[Path, Path]) -> bytes:
    """Return a page for another folder: its links lead to copies of pages, and else to where they led."""
    if source.suffix != ".html":
        return source.read_bytes()

    def moved(match: re.Match[str]) -> str:
        led = Path(os.path.normpath(source.parent / unquote(html.unescape(match[2]))))
        if not (led in copies or led.is_file()):
            return match[0]
        to = copies.get(led, led).absolute()
        return match[1] + html.escape(quote(os.path.relpath(to, target.absolute().parent)))

    return _LINK.sub(moved, source.read_bytes().decode()).encode()
