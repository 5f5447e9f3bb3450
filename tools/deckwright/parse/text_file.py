"""Text files in any language, which slides quote and nothing runs -> `Script` without units."""

from __future__ import annotations

import posixpath
import re

from deckwright.model import Script
from deckwright.parse.markers import Markers, text_markers
from deckwright.parse.script import regions_of
from deckwright.text.lines import Lines

_COMMENTS = {
    "#": "sh bash zsh fish yaml yml toml r jl rb pl mk cmake conf cfg ini tf dockerfile makefile pyi pyx",
    "//": "c h cc cpp cxx hpp cu cuh java js mjs jsx ts tsx go rs swift kt scala cs php dart json5 jsonc",
    "--": "sql lua hs elm vhd",
    "%": "tex m erl",
    ";": "lisp clj scm el asm",
    "<!--": "html htm xml svg vue",
    "/*": "css",
}
_COMMENT_OF = {name: sign for sign, names in _COMMENTS.items() for name in names.split()}


def parse_text_file(path: str, text: str) -> Script:
    """Parse a text file: its regions, where its language has comments that can mark them."""
    lines = Lines(path, text.removeprefix("\ufeff"))
    comment = _COMMENT_OF.get(_language(path))
    marks = text_markers(lines, re.compile(rf"\s*{re.escape(comment)}")) if comment else Markers()
    regions, diagnostics = regions_of(lines, marks, (), ())
    return Script(
        path=path,
        text=lines.text,
        units=(),
        cells=(),
        regions=regions,
        names=frozenset(),
        imports=frozenset(),
        unclosed=marks.unclosed,
        diagnostics=tuple(diagnostics),
    )


def _language(path: str) -> str:
    """Return a file's suffix, or its name if it has none, in lower case."""
    return posixpath.basename(path).rpartition(".")[2].lower()
