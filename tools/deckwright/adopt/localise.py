"""Pictures from the network, copied into the project."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.outputs import slug
from deckwright.adopt.analysis.pictures import localised
from deckwright.adopt.download import download
from deckwright.errors import DownloadError
from deckwright.model import Deck, Diagnostic, Picture, Severity
from deckwright.project.project import SLIDES, Project
from deckwright.text.lines import Lines


@dataclass(frozen=True, slots=True)
class Copied:
    """Pictures that were fetched: the edits that show them, their files, and what could not be had."""

    edits: tuple[Edit, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    refused: tuple[Diagnostic, ...] = ()


def copy_pictures(project: Project, deck: Deck) -> Copied:
    """Fetch what a deck shows from elsewhere. Writes nothing."""
    lines = Lines(deck.path, deck.text)
    edits: list[Edit] = []
    files: dict[str, bytes] = {}
    refused: list[Diagnostic] = []
    paths: dict[str, str] = {}
    for picture in deck.pictures:
        if not picture.is_remote:
            continue
        try:
            if picture.address not in paths:
                got = download(picture.address)
                paths[picture.address] = _picture_path(project, picture, got.suffix, got.data, files)
                files[paths[picture.address]] = got.data
            edits.append(localised(deck, picture, paths[picture.address]))
        except DownloadError as error:
            place = lines.span(picture.start, picture.end)
            refused.append(lines.diagnostic("download", error.message, place, "", Severity.WARNING))
    return Copied(tuple(edits), files, tuple(refused))


def _picture_path(
    project: Project, picture: Picture, suffix: str, data: bytes, files: Mapping[str, bytes]
) -> str:
    """Return where in slides/images/ a picture goes: a name that is free, or has the same content."""
    stem = slug(posixpath.splitext(posixpath.basename(picture.address.partition("?")[0]))[0]) or "picture"
    number = 1
    while True:
        path = f"{SLIDES}/images/{stem}{f'-{number}' if number > 1 else ''}.{suffix}"
        taken = files.get(path) or (project.files.read(path) if project.files.exists(path) else None)
        if taken in (None, data):
            return path
        number += 1
