"""Lines of JSON that carry their own digest; one that is damaged or of another version reads as absent."""

from __future__ import annotations

import json
from typing import Any

from deckwright.files import codec
from deckwright.files.digests import digest

FORMAT = "4"
"""The version of all that is stored; other versions read as absent."""


def seal(data: Any) -> bytes:
    """Return JSON-like data as a line with its digest."""
    body = json.dumps(data, separators=(",", ":"))
    return f"{digest(FORMAT + body)} {body}\n".encode("ascii")


def unseal(line: bytes | None) -> Any:
    """Return the data of a line; None if it is damaged or of another version."""
    known, _, body = (line or b"").removesuffix(b"\n").partition(b" ")
    if digest(FORMAT.encode() + body).encode() != known:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None  # not damaged, but forged: what other machines share is not trusted


def decoded(kind: type[codec.T], data: Any) -> codec.T | None:
    """Return the value that data encodes; None for no data, or for data of another version of the model."""
    try:
        return None if data is None else codec.decode(kind, data)
    except (codec.Malformed, RecursionError):
        return None
