"""Comparison of a figure's accepted picture and its fresh one: the page that shows it, and the result."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

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


def picture_difference(answer: Mapping[str, Any]) -> PictureDifference:
    """Return the answer of the Node side: sizes in pixels, and how many pixels of the larger one differ."""
    before, after = answer["accepted"], answer["fresh"]
    if before != after:
        return PictureDifference(1.0, f"it was {_size(before)} pixels, now it is {_size(after)}")
    share = answer["different"] / answer["pixels"]
    return PictureDifference(share, f"{answer['different']} of {answer['pixels']} pixels differ")


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} by {size[1]}"
