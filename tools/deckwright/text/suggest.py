"""Did you mean …? And what to do about a file that lies too far away."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from difflib import get_close_matches

COPY_INSIDE = "copy it into the project's folder, and name it relative to the deck"


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return a hint at what is known and alike, or is a file of the same name; empty for nothing."""
    close = get_close_matches(word, known, 1, 0.6)
    if not close:
        same_name = [each for each in known if posixpath.basename(each) == posixpath.basename(word)]
        close = same_name[:1]
    return f"did you mean {close[0]}?" if close else ""
