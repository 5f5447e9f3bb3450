"""PDF files as Chromium writes them: their one table of objects is read, and one object written anew.

A library would parse all objects first, which takes longer than the browser takes to print them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from deckwright.frozen import dataclass

_END = re.compile(
    rb"trailer\s*<<\s*/Size (\d+)\s*/Root (\d+) 0 R\s*/Info (\d+) 0 R\s*>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z"
)
_LONGEST_END = 256
_ENTRY = 20
"""How many bytes an entry of a table has, by definition."""


@dataclass(frozen=True, slots=True)
class PlainPdf:
    """A PDF with one plain table of its objects."""

    data: bytes
    table: int
    """Where it begins."""
    size: int
    root: int
    info: int
    """The numbers of the objects of the catalogue, and of the properties."""

    @classmethod
    def of(cls, data: bytes) -> PlainPdf | None:
        """Return a PDF to be read; None for one that is written in another way."""
        end = _END.search(data, max(0, len(data) - _LONGEST_END))
        if end is None:
            return None
        size, root, info, table = map(int, end.groups())
        pdf = cls(data, table, size, root, info)
        return pdf if data.startswith(b"xref\n0 %d\n" % size, table) else None

    @property
    def pages(self) -> int | None:
        """How many pages it has; None if it does not say so in the usual place."""
        tree = re.search(rb"/Pages (\d+) 0 R", self._object(self.root))
        count = tree and re.search(rb"/Count (\d+)\b(?! \d+ R)", self._object(int(tree[1])))
        return int(count[1]) if count else None

    def with_properties(self, properties: Mapping[str, str]) -> bytes | None:
        """Return the file with more properties, appended to it; None if it has one of them."""
        known = self._object(self.info)
        if any(f"/{name} ".encode() in known for name in properties):
            return None
        more = b"".join(b"/%s %s\n" % (name.encode(), _string(text)) for name, text in properties.items())
        entries = known.rpartition(b">>")[0].rstrip()
        fresh = b"%s\n%s>>\nendobj\n" % (entries, more)
        table = b"xref\n%d 1\n%010d 00000 n \n" % (self.info, len(self.data))
        facts = (self.size, self.root, self.info, self.table)
        trailer = b"trailer\n<</Size %d\n/Root %d 0 R\n/Info %d 0 R\n/Prev %d>>\n" % facts
        start = b"startxref\n%d\n%%%%EOF\n" % (len(self.data) + len(fresh))
        return self.data + fresh + table + trailer + start

    def _object(self, number: int) -> bytes:
        """Return an object that is no stream, with its number."""
        entry = self.table + len(b"xref\n0 %d\n" % self.size) + _ENTRY * number
        at = int(self.data[entry : entry + 10])
        # In the strings of an object, characters that end lines are escaped.
        return self.data[at : self.data.index(b"\nendobj", at)]


def _string(text: str) -> bytes:
    """Return a text as a PDF has it."""
    return b"<%s>" % (b"\xfe\xff" + text.encode("utf-16-be")).hex().upper().encode()
