"""Files that the browser may read: we answer its requests for them, and the network none."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from deckwright.files.digests import digest
from deckwright.marp.embed import media_type

ADDRESS = "http://deckwright.invalid/"
"""Where the browser finds the page that it shows."""


class ServedFiles:
    """Files that the browser may read while it prints, by the address under which it gets them.

    Much faster than data: URIs, each of which the browser's driver would receive as a whole.
    """

    def __init__(self, base: str = ADDRESS) -> None:
        """`base` is the address of the page."""
        self.base = base
        self.files: dict[str, tuple[str, str]] = {}

    def address(self, path: Path) -> str:
        # With the name of the file, which messages about the page show.
        address = f"{self.base}{digest(os.fsencode(path))[:16]}/{quote(path.name, errors='replace')}"
        self.files[address] = (str(path), media_type(path))
        return address

    def with_page(self, path: Path, page: str) -> Mapping[str, tuple[str, str]]:
        """Write the page that the browser shows; return it and the other files, by address."""
        path.write_text(page, "utf-8")
        return {self.base: (str(path), "text/html; charset=utf-8"), **self.files}
