"""Characters that look like Python's punctuation: full-width forms, curly quotes, dashes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_MEANT = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if not chr(code).isalnum()},
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("–—−‐‑", "-"),
    "、": ",",
    "。": ".",
    "【": "[",
    "】": "]",
    "《": "<",
    "》": ">",
    "×": "*",
    "÷": "/",
    "·": ".",
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u3000\u200b\ufeff", " "),
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "←": "=",
    "…": "...",
}
"""The character to write instead of each of them."""

_PIECES = re.compile(
    r"#[^\n]*|('''|\"\"\")(?:\\.|.)*?\1|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|(?P<odd>["
    + re.escape("".join(_MEANT))
    + "])",
    re.DOTALL,
)
"""Comments and texts, where they are allowed, or one of them elsewhere."""


def look_alikes(code: str) -> Iterator[int]:
    """Yield the offset of each such character in code outside of texts and comments."""
    return (match.start() for match in _PIECES.finditer(code) if match["odd"])


def advice(code: str, offset: int) -> str:
    """Say what to write instead of the look-alike at an offset, and how many more there are."""
    char = code[offset]
    more = sum(1 for _ in look_alikes(code)) - 1
    name = unicodedata.name(char, "character").lower().replace("fullwidth", "full-width")
    wanted = "a plain space" if _MEANT[char] == " " else f"`{_MEANT[char]}`"
    others = f"; there {'is one more' if more == 1 else f'are {more} more'} in this code" if more else ""
    return f"U+{ord(char):04X} is a {name}: write {wanted}{others}"
