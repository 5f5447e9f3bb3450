"""Lines of JSON that carry their own digest: what is damaged, cut short or of another version is absent."""

from __future__ import annotations

import json
from typing import Any

from deckwright.files import codec
from deckwright.files.digests import digest

FORMAT = "3"
"""Version of what is written; other versions read as absent."""


def seal(data: Any) -> bytes:
    """Return JSON-like data as a line."""
    body = json.dumps(data, separators=(",", ":"))
    return f"{digest(FORMAT + body)} {body}\n".encode("ascii")


def unseal(line: bytes | None) -> Any:
    """Return what was sealed, or None if this is not exactly it."""
    known, _, body = (line or b"").removesuffix(b"\n").partition(b" ")
    if digest(FORMAT.encode() + body).encode() != known:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None  # No damage, but forged: what others share is not trusted.


def decoded(kind: type[codec.T], data: Any) -> codec.T | None:
    """Return the value that data stands for; None for none, or for one of another version of the model."""
    try:
        return None if data is None else codec.decode(kind, data)
    except (codec.Malformed, RecursionError):
        return None
