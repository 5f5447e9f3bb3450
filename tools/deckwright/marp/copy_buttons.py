"""The buttons that copy code, in the HTML pages of decks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SCRIPT = Path(__file__).parent / "js/copy_code.mjs"

_CODE = re.compile(r"<pre\b[^>]*><code\b")


def has_code(page: str) -> bool:
    """Whether a page has a block of code."""
    return bool(_CODE.search(page))


@cache
def copy_part() -> str:
    """Return what a page needs to give its code buttons that copy it."""
    return (
        f'<script type="module" data-deckwright-buttons>{_SCRIPT.read_text("utf-8")}addCopyButtons()</script>'
    )
