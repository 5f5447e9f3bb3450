"""Proposals and diagnostics for a deck's pictures: text alternatives, and local copies."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator

from deckwright.adopt.analysis.edits import Edit
from deckwright.model import Deck, Diagnostic, Picture
from deckwright.parse.html import local_file
from deckwright.parse.pictures import CLASS, KEYWORD
from deckwright.text.addresses import file_of
from deckwright.text.lines import Lines
from deckwright.text.paths import in_project, is_outside

_NO_WORD = re.compile(r"\d+(?:px|x\d+)?|svg|png|jpe?g|gif|webp|img|image|final|copy", re.IGNORECASE)


def propose_alts(deck: Deck, described: Collection[Picture] = ()) -> dict[Picture, Edit]:
    """Return an edit for each picture without a text alternative, from title and file name.

    `described` are those that what draws them describes.
    """
    edits = {}
    for picture in deck.pictures:
        if picture.alt_at is not None and picture not in described and (words := _words(deck, picture)):
            new = f' alt="{words}"' if picture.html else f"{picture.gap}{words}"
            why = "a text alternative, guessed from title and file name: describe the picture"
            edits[picture] = Edit(picture.alt_at, "", new, why)
    return edits


def picture_diagnostics(
    deck: Deck, exists: Callable[[str], bool], described: Collection[Picture] = ()
) -> Iterator[Diagnostic]:
    """Warn of pictures from the network, of missing ones, and of those without a text alternative."""
    lines = Lines(deck.path, deck.text)
    proposed = propose_alts(deck, described)
    for picture in deck.pictures:
        place = lines.span(picture.start, picture.end)
        where = picture.slide.name
        if picture.is_remote:
            message = f"{where} shows a picture from the network: {picture.address}"
            hint = "adopt --localise copies it into slides/images/"
            yield lines.warning("remote-resource", message, place, hint, picture.address)
        elif path := _missing(picture, deck.path, exists):
            message = f"{where} shows a picture that is not there: {path}"
            yield lines.warning("missing-file", message, place, "", path)
        if picture.alt_at is not None and picture not in described:
            edit = proposed.get(picture)
            hint = f"proposed: {edit.new.strip()}" if edit else "describe it"
            message = f"{where} shows a picture without a text alternative"
            yield lines.warning("missing-alt", message, place, hint)


def _missing(picture: Picture, deck: str, exists: Callable[[str], bool]) -> str:
    """Return the path of a file that the project lacks; empty if it is there, or outside, as a build says."""
    file = local_file(picture.address)
    path = in_project(deck, file) if file else ""
    return "" if not path or is_outside(path) or exists(path) else path


def _words(deck: Deck, picture: Picture) -> str:
    """Return the title of the slide and the words of the file's name, without markup."""
    stem = posixpath.splitext(posixpath.basename(file_of(picture.address)))[0]
    words = (word for word in re.split(r"[\W_]+", stem) if not _NO_WORD.fullmatch(word))
    named = " ".join(word for word in words if re.search(r"[^\W\d_]{2}", word))
    named = "" if re.search(r"\d{6}", stem) else named
    title = re.sub(r"\$[^$]*\$", " ", picture.slide.title)
    both = f"{title}: {named}" if _clean(title) and named else title or named
    instructions = CLASS.findall(deck.text)  # to the deck's style; the others are to Marp
    plain = (word for word in _clean(both).split() if word not in instructions)
    return " ".join(word for word in plain if not KEYWORD.fullmatch(word))


def _clean(text: str) -> str:
    plain = re.sub(r"[\[\]\\$*_`<>|\"&!{}#~]", " ", text)
    return re.sub(r"\s+", " ", plain).strip(" :")
