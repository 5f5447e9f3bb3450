"""Links of a deck in its pages, which are in another folder than the deck."""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from urllib.parse import quote, unquote

from deckwright.files.borders import is_file, lies_within, real_folders
from deckwright.model import RenderRequest
from deckwright.text.addresses import is_relative

_PRINTED = "http://deckwright.invalid/-/"
"""The prefix that makes relative addresses absolute for printing: browsers print no relative ones."""

_IN_PDF = re.compile(rb"\(" + re.escape(_PRINTED.encode()) + rb"([A-Za-z0-9._~%-]*)\)")


def page_link(address: str, request: RenderRequest, page: Path) -> str:
    """Return a link of a deck for its page; a link to a deck becomes one to a page.

    What it links has a copy in the build folder, unless it lies outside of the project: there, only what the
    page may have is linked.
    """
    path, hash_mark, fragment = address.partition("#")
    if not is_relative(address):
        return address
    target = Path(os.path.normpath(request.source.parent / unquote(path)))
    if target in request.decks:
        return f"{posixpath.splitext(path)[0]}{page.suffix}{hash_mark}{fragment}"
    if not target.is_relative_to(request.build):
        target = Path(os.path.normpath((request.origin or request.source.parent) / unquote(path)))
    if not (is_file(target) and lies_within(target, (*real_folders(request.build, ()), *request.folders))):
        return address
    return f"{quote(Path(os.path.relpath(target, page.parent)).as_posix())}{hash_mark}{fragment}"


def printed_link(link: str) -> str:
    """Return a link in the form in which a browser prints it."""
    return f"{_PRINTED}{quote(link, safe='')}" if is_relative(link) else link


def finish_links(pdf: bytes) -> bytes:
    """Make links in a PDF relative again, without a change of any offset in the file."""
    return _IN_PDF.sub(_relative, pdf)


def _relative(match: re.Match[bytes]) -> bytes:
    link = unquote(match[1].decode())
    # Characters that would end the string in the PDF are escaped.
    text = quote(link, safe="/#%?&=+:@,;~!$*'").encode()
    return b"(%s)" % text + b" " * (len(match[0]) - len(text) - 2)
