"""Pictures from the network, copied into the project."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from itertools import count

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.download import Downloaded, download
from deckwright.errors import DownloadError
from deckwright.frozen import dataclass
from deckwright.model import Deck, Diagnostic
from deckwright.project.project import IMAGES, Project
from deckwright.text.addresses import split_address
from deckwright.text.lines import Lines
from deckwright.text.paths import from_deck, slug


@dataclass(frozen=True, slots=True)
class LocalCopies:
    """Downloaded pictures: the edits that show them, their files, and diagnostics for the others."""

    edits: tuple[Edit, ...]
    files: Mapping[str, bytes]
    failures: tuple[Diagnostic, ...]


def copy_pictures(project: Project, deck: Deck) -> LocalCopies:
    """Download the pictures from the network that a deck shows. Writes nothing."""
    lines = Lines(deck.path, deck.text)
    edits: list[Edit] = []
    files: dict[str, bytes] = {}
    failures: list[Diagnostic] = []
    paths: dict[str, str] = {}
    for picture in deck.pictures:
        address = picture.address
        try:
            if picture.is_remote and address not in paths:
                downloaded = download(address)
                paths[address] = _free_path(project, address, downloaded, files)
                files[paths[address]] = downloaded.data
        except DownloadError as error:
            place = lines.span(picture.start, picture.end)
            failures.append(lines.warning("download", error.message, place))
        if address in paths:
            edits.append(Edit(picture.start, address, from_deck(deck.path, paths[address])))
    return LocalCopies(tuple(edits), files, tuple(failures))


def _free_path(project: Project, address: str, picture: Downloaded, files: Mapping[str, bytes]) -> str:
    """Return a path in slides/images/ that is free, or has the same content."""
    stem = slug(posixpath.splitext(posixpath.basename(split_address(address).path))[0]) or "picture"
    paths = (f"{IMAGES}/{stem}{f'-{n}' if n > 1 else ''}.{picture.suffix}" for n in count(1))
    return next(path for path in paths if _content(project, path, files) in (None, picture.data))


def _content(project: Project, path: str, files: Mapping[str, bytes]) -> bytes | None:
    return files.get(path) or (project.files.read(path) if project.files.exists(path) else None)
