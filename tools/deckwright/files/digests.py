"""Short digests of files, texts, code and values, and what stands for a digest where there is none."""

from __future__ import annotations

import ast
import hashlib
import json
from functools import lru_cache
from typing import Any

DIGITS = 32
"""The length of a digest, in hexadecimal digits: 128 bits."""

ABSENT = ""
"""The digest of a file that is absent: a run may depend on that, too."""

SYNTAX = "ast:"
"""The prefix of a digest of a module's code, which replaces that of its file if it was only imported."""

CHANGED_MEANWHILE = "?"
"""The digest of a file that changed while a run read it: no file ever has this one."""

MADE = "made:"
"""The prefix of a digest of a file that was absent until the run made it: it may be absent again."""

ALL_PACKAGES = "*"
"""The name that stands for all installed distributions."""


def digest(content: bytes | str) -> str:
    """Return the shortened SHA-256 of bytes, or of a text's UTF-8 (lone surrogates included)."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest()[:DIGITS]


def digest_of(value: Any) -> str:
    """Return the digest of a JSON-like value."""
    return digest(json.dumps(value, sort_keys=True, separators=(",", ":"), default=dict))


@lru_cache(maxsize=1024)
def syntax_digest(source: bytes) -> str:
    """Return a digest of Python code that does not depend on comments, blank lines and layout."""
    try:
        return SYNTAX + digest(ast.dump(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return digest(source)
