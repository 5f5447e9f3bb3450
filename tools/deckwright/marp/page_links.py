"""Links of a deck in its pages, which are in another folder than the deck."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote

from deckwright.files.borders import is_file, lies_within, real_folders
from deckwright.model import DeckContents, RenderRequest, SlideContents, SlideLink
from deckwright.text.addresses import is_relative, split_address

_PRINTED = "http://deckwright.invalid/-/"
"""The prefix that makes relative addresses absolute for printing: browsers print no relative ones."""

_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
"""Of addresses to which other programs let a link lead."""

_SAFE = "/#%?&=+:@,;~!$*'"
"""Characters that an address has as they are; parentheses would end the string in a PDF."""

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


def with_page_addresses(contents: DeckContents) -> DeckContents:
    """Return contents whose links have the addresses that a page has, without those that lead nowhere."""
    return replace(contents, slides=tuple(map(_with_page_addresses, contents.slides)))


def _with_page_addresses(slide: SlideContents) -> SlideContents:
    return replace(slide, links=tuple(filter(None, map(with_page_address, slide.links))))


def with_page_address(link: SlideLink) -> SlideLink | None:
    """Return a link with the address that a page has; None if it leads nowhere."""
    link = replace(link, address=_page_address(link.address))
    return link if link.address or link.slide else None


def _page_address(address: str) -> str:
    """Return an address of the browser's page as ours has it; empty if it leads nowhere."""
    if address.startswith(_PRINTED):
        return quote(unquote(address.removeprefix(_PRINTED)), safe=_SAFE)
    is_own = split_address(address).netloc == split_address(_PRINTED).netloc
    return "" if is_own or split_address(address).scheme not in _SCHEMES else address


def _relative(match: re.Match[bytes]) -> bytes:
    link = unquote(match[1].decode())
    # Characters that would end the string in the PDF are escaped.
    text = quote(link, safe=_SAFE).encode()
    return b"(%s)" % text + b" " * (len(match[0]) - len(text) - 2)
