"""Pictures that the browser cannot show, or only in part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from deckwright.frozen import dataclass
from deckwright.marp.picture_files import trouble_with
from deckwright.marp.served_files import ServedFiles
from deckwright.marp.warm_node import WarmNode
from deckwright.model import PageDiagnostic

_ADDRESS = "http://localhost/"
"""Of the page that looks at them: what decodes pictures runs only where pages count as safe."""


@dataclass(frozen=True, slots=True)
class BrokenPicture:
    """One of them: the answer of the Node process."""

    address: str
    is_partial: bool


def broken_pictures(node: WarmNode, pictures: Mapping[Path, str]) -> Iterator[PageDiagnostic]:
    """Yield what is wrong with pictures, which are given with their addresses as written."""
    served = ServedFiles(_ADDRESS)
    files = {served.address(path): path for path in pictures}
    if not files:
        return
    with node.temporary_folder() as name:
        broken = node.browse(
            tuple[BrokenPicture, ...],
            "brokenPictures",
            address=_ADDRESS,
            files=served.with_page(Path(name, "pictures.html"), "<!DOCTYPE html>"),
            pictures=list(files),
        )
    in_browser = {files[each.address]: each.is_partial for each in broken}
    for path, address in pictures.items():
        if trouble := trouble_with(path) or _seen(in_browser.get(path)):
            yield PageDiagnostic("broken-picture", f"this picture {trouble}: {address}", address)


def _seen(is_partial: bool | None) -> str:
    if is_partial is None:
        return ""
    return "is cut off: its file ends too early" if is_partial else "cannot be shown by browsers"
