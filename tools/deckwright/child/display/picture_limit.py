"""How large pictures may be: in pixels before they are drawn, in bytes while they are made."""

from __future__ import annotations

import io
from typing import Any

from deckwright.text.sizes import size_text

MOST_PIXELS = 100_000_000
"""Those of a figure of 50 x 50 inches. A browser would take four times as many bytes to show it."""


class TooLarge(Exception):
    """A picture that is over a limit; how large it is, in words."""


class BoundedText(io.StringIO):
    """A text that is written until it is longer than a limit; then writing raises TooLarge."""

    def __init__(self, most_characters: int) -> None:
        super().__init__()
        self._left = most_characters

    def write(self, text: str, /) -> int:
        written = super().write(text[: self._left + 1])
        self._left -= written
        if self._left < 0:
            raise TooLarge("it is too long")
        return written


def check_pixels(width: float, height: float, frames: int = 1) -> None:
    """Raise TooLarge for a picture of more pixels than any slide shows."""
    if width * height * frames > MOST_PIXELS:
        many = f" in {frames:,} frames" if frames > 1 else ""
        raise TooLarge(f"{width:,.0f} x {height:,.0f} pixels{many}, more than {MOST_PIXELS:,}")


def check_figure(figure: Any, dpi: float) -> None:
    """Raise TooLarge for a matplotlib figure of more pixels than any slide shows."""
    width, height = figure.get_size_inches()
    check_pixels(width * dpi, height * dpi)


class PictureLimit:
    """Counts the bytes of the pictures that a job saves."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self.left = most_bytes

    def take(self, count: int) -> None:
        """Count a picture; raises TooLarge if they would be over the limit."""
        self.check(count)
        self.left -= count

    def check(self, count: int) -> None:
        """Raise TooLarge if pictures would be over the limit with this one."""
        if count > self.left:
            alone = "" if count > self._most else " with the others"
            limit = f"more than {size_text(self._most)}, its limit 'output'"
            raise TooLarge(f"{size_text(count)}{alone}, {limit}")
