"""Comparison of a figure's accepted picture and its fresh one: the page that shows it, and the result."""

from __future__ import annotations

import html
from collections.abc import Sequence

from deckwright.marp.answers import Compared
from deckwright.model import PictureDifference

_PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
body { margin: 0; padding: 12px; font: 16px sans-serif; background: #fff; color: #000 }
body { display: flex; gap: 12px; width: max-content }
figure { margin: 0 }
figcaption { margin-bottom: 6px }
img, canvas { border: 1px solid #888; max-width: 600px; height: auto; display: block }
</style>
<figure><figcaption>accepted</figcaption><img id="accepted" src="{accepted}"></figure>
<figure><figcaption>fresh</figcaption><img id="fresh" src="{fresh}"></figure>
<figure><figcaption>difference</figcaption><canvas></canvas></figure>"""


def comparison_page(accepted: str, fresh: str) -> str:
    """Return a page that shows the pictures at two addresses and has a place for their difference."""
    return _PAGE.replace("{accepted}", html.escape(accepted)).replace("{fresh}", html.escape(fresh))


def difference_of(found: Compared) -> PictureDifference:
    """Return in words how far two pictures are apart."""
    if found.accepted != found.fresh:
        was, now = _size(found.accepted), _size(found.fresh)
        return PictureDifference(1.0, f"it was {was} pixels, now it is {now}")
    share = found.different / found.pixels
    return PictureDifference(share, f"{found.different} of {found.pixels} pixels differ")


def _size(size: Sequence[int]) -> str:
    return f"{size[0]} by {size[1]}"
