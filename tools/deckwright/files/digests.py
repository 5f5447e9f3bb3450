"""What a result or a rendering depends on, as short digests.

A job's key has named parts, so that a plan can say which of them changed. What only moves a
script's lines (a comment, a blank line, a region marker) is in no part.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

DIGITS = 32
"""Length of every digest, in hexadecimal digits: 128 bits."""

ABSENT = ""
"""Digest of a file that is not there: a run may depend on that, too."""

SYNTAX = "ast:"
"""Begins the digest of a module's code, which stands for the file where it was only imported."""

CHANGED_MEANWHILE = "?"
"""In place of the digest of a file that changed while a run read it: no file ever has it."""

MADE = "made:"
"""Begins the digest of what a run made where it had found nothing: if it is gone, nothing is new."""

ALL_PACKAGES = "*"
"""In place of a distribution's name: all that are installed."""


def digest(content: bytes | str) -> str:
    """Return the shortened SHA-256 of bytes, or of a text's UTF-8 (lone surrogates included)."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def digest_of(value: Any) -> str:
    """Return the digest of a JSON-like value."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), default=dict))


@lru_cache(maxsize=4096)
def syntax_digest(source: bytes) -> str:
    """Return a digest of Python code in which comments, blank lines and layout do not count."""
    try:
        return SYNTAX + digest(ast.dump(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return digest(source)


def render_key(
    text: str,
    themes: Mapping[str, str],
    files: Mapping[str, str],
    versions: Mapping[str, str],
    flags: Mapping[str, Any],
) -> str:
    """Return the key of a rendering.

    `text` is the expanded deck, `themes` the text of each theme by name, `files` the digest of each
    file shown or shipped, `versions` those of Marp, Node and the browser, `flags` the choices.
    """
    return digest_of([text, themes, files, versions, flags])
