"""The theme set: the style sheets that an entry means, which is a file, a folder or a pattern."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence

from deckwright.files.disk import Files
from deckwright.text.patterns import folder_of, is_pattern, pattern_regex

_SUFFIX = ".css"


def style_sheets(files: Files, entry: str) -> Sequence[str]:
    """Return the style sheets that an entry means, which is a path below the root."""
    if files.exists(entry):
        return [entry]
    sheets = filter(files.exists, files.find(folder_of(entry) if is_pattern(entry) else entry, _SUFFIX))
    found = map(posixpath.normpath, sheets)
    return list(filter(pattern_regex(entry).match, found)) if is_pattern(entry) else list(found)
