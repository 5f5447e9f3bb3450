"""Comparison of a figure's accepted picture and its fresh one: the page that shows it, and the result."""

from __future__ import annotations

import html
from collections.abc import Sequence

from deckwright.marp.answers import CompareAnswer
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


def difference_of(compared: CompareAnswer) -> PictureDifference:
    """Return in words how far two pictures are apart."""
    if compared.accepted != compared.fresh:
        was, now = _size(compared.accepted), _size(compared.fresh)
        return PictureDifference(1.0, f"it was {was} pixels, now it is {now}")
    share = compared.different / compared.pixels
    return PictureDifference(share, f"{compared.different} of {compared.pixels} pixels differ")


def _size(size: Sequence[int]) -> str:
    return f"{size[0]} by {size[1]}"
