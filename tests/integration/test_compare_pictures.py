"""Figures beside the accepted ones, in the real browser."""

from pathlib import Path

import pytest

from deckwright.checks.drift import VISIBLE
from deckwright.marp.renderer import MarpRenderer

pytestmark = pytest.mark.integration

BOX = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="{h}">'
    '<rect width="{w}" height="{h}" fill="{c}"/></svg>'
)


def box(folder: Path, name: str, width: int = 50, height: int = 50, colour: str = "#336699") -> Path:
    path = folder / f"{name}.svg"
    path.write_text(BOX.format(w=width, h=height, c=colour))
    return path


def test_pictures_are_compared_as_they_look(renderer: MarpRenderer, tmp_path: Path) -> None:
    picture = tmp_path / "out" / "difference.png"
    accepted = box(tmp_path, "accepted")
    same = renderer.compare(accepted, box(tmp_path, "same"), picture)
    assert (same.share, same.message) == (0.0, "0 of 5000 pixels differ")
    assert picture.read_bytes().startswith(b"\x89PNG")
    hardly = renderer.compare(accepted, box(tmp_path, "hardly", colour="#3a6c9e"), picture)
    assert hardly.share == 0.0
    wider = renderer.compare(accepted, box(tmp_path, "wider", width=60), picture)
    assert (wider.share, wider.message) == (0.1, "500 of 5000 pixels differ")
    taller = renderer.compare(accepted, box(tmp_path, "taller", height=80), picture)
    assert (taller.share, taller.message) == (1.0, "it was 100 by 50 pixels, now it is 100 by 80")


def test_a_picture_that_cannot_be_read_differs(renderer: MarpRenderer, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"nothing")
    found = renderer.compare(broken, box(tmp_path, "fresh"), tmp_path / "difference.png")
    assert found.share == 1.0


LABEL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="960">'
    '<text x="{x}" y="90" font-size="14">{text}</text></svg>'
)


@pytest.mark.parametrize(("text", "x", "seen"), [("97.8%", 80, True), ("97.3%", 80.01, False)])
def test_another_digit_is_seen_and_rounding_is_not(
    renderer: MarpRenderer, tmp_path: Path, text: str, x: float, seen: bool
) -> None:
    accepted, fresh = tmp_path / "accepted.svg", tmp_path / "fresh.svg"
    accepted.write_text(LABEL.format(x=80, text="97.3%"))
    fresh.write_text(LABEL.format(x=x, text=text))
    assert (renderer.compare(accepted, fresh, tmp_path / "difference.png").share > VISIBLE) is seen
