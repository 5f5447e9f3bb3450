"""Pictures for tests."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, colour: bytes = b"\xff\xff\xff") -> bytes:
    """Return a PNG of one colour (red, green, blue)."""
    rows = (b"\0" + colour * width) * height
    parts = (
        (b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(*part) for part in parts)


def _part(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
