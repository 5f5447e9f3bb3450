"""Pictures for a report: measured slides, and a figure's accepted and fresh picture, compared."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from deckwright.files.atomic import write_atomic
from deckwright.frozen import dataclass
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


@dataclass(frozen=True, slots=True)
class CompareAnswer:
    """Two pictures, compared pixel by pixel: the answer of the Node process."""

    different: int
    pixels: int
    """Of the larger picture."""
    accepted: tuple[int, ...]
    """Width and height."""
    fresh: tuple[int, ...]


def keep_pictures(source: Path, folder: Path, name: str) -> Iterator[tuple[int, Path]]:
    """Copy pictures `3.png` to `name`-3.png in `folder`, and remove older ones; yield slide and path."""
    pictures = {int(path.stem): path for path in source.glob("*.png")}
    targets = {folder / f"{name}-{slide}.png": slide for slide in sorted(pictures)}
    for path in set(folder.glob("*.png")) - targets.keys():
        if re.fullmatch(rf"{re.escape(name)}-\d+\.png", path.name):
            path.unlink()
    for path, slide in targets.items():
        write_atomic(path, pictures[slide].read_bytes())
        yield slide, path


def comparison_page(accepted: str, fresh: str) -> str:
    """Return a page that shows the pictures at two addresses and has a place for their difference."""
    return _PAGE.replace("{accepted}", html.escape(accepted)).replace("{fresh}", html.escape(fresh))


def difference_of(compared: CompareAnswer) -> PictureDifference:
    """Return in words how far two pictures are apart."""
    if compared.accepted != compared.fresh:
        was, now = (f"{width} by {height}" for width, height in (compared.accepted, compared.fresh))
        return PictureDifference(1.0, f"it was {was} pixels, now it is {now}")
    share = compared.different / compared.pixels
    return PictureDifference(share, f"{compared.different} of {compared.pixels} pixels differ")
