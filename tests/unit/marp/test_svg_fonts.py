"""Fonts of the text in authors' SVG pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from deckwright.marp.svg_fonts import with_fonts

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9"{root}>{body}</svg>'
FACES = '@font-face{font-family:"Deckwright Sans";src:url(data:font/woff2;base64,AAAA) format("woff2")}'


def fonted(folder: Path, data: bytes, name: str = "a.svg") -> tuple[Path, Path, list[str]]:
    """Return the file before and after, and the texts for which fonts were wanted."""
    path, wanted = folder / name, list[str]()
    path.write_bytes(data)

    def faces(text: str) -> str:
        wanted.append(text)
        return FACES

    return path, with_fonts(path, faces, folder / "scratch"), wanted


@pytest.mark.parametrize(
    ("root", "body", "families"),
    [
        (
            "",
            '<text font-family="Helvetica, Arial">한국어</text>',
            ["Deckwright Serif,Deckwright Sans", "Deckwright Sans,Helvetica, Arial"],
        ),
        ("", "<text>שלום &amp; &lt;b&gt;</text>", ["Deckwright Serif,Deckwright Sans"]),
        (' font-family="monospace"', "<text>a</text>", ["JetBrains Mono,Deckwright Sans,monospace"]),
        (
            "",
            "<g font-family='&quot;Times New Roman&quot;'><text>a</text></g>",
            ["Deckwright Serif,Deckwright Sans", 'Deckwright Serif,Deckwright Sans,"Times New Roman"'],
        ),
    ],
)
def test_text_names_our_fonts_which_come_inside(
    tmp_path: Path, root: str, body: str, families: list[str]
) -> None:
    path, fresh, wanted = fonted(tmp_path, SVG.format(root=root, body=body).encode())
    picture = ElementTree.parse(fresh).getroot()
    assert fresh.name == path.name
    assert [each.get("font-family") for each in picture.iter() if each.get("font-family")] == families
    assert picture[0].text == FACES
    assert "".join(picture.itertext()).removeprefix(FACES) in "".join(
        ElementTree.fromstring(wanted[0]).itertext()
    )


def test_styles_of_a_picture_name_our_fonts(tmp_path: Path) -> None:
    body = '<style>text{font-family:Arial}</style><text style="font-family:Georgia">a</text>'
    _, fresh, _ = fonted(tmp_path, SVG.format(root="", body=body).encode())
    picture = fresh.read_text("utf-8")
    assert "text{font-family:Deckwright Sans,Arial}" in picture
    assert 'style="font-family:Deckwright Serif,Deckwright Sans,Georgia"' in picture


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SVG.format(root="", body="<path d='M0 0'/>").encode(), "a.svg"),
        (SVG.format(root="", body="<style>@font-face{}</style><text>a</text>").encode(), "a.svg"),
        (SVG.format(root="", body="<text>ü</text>").encode("latin-1"), "a.svg"),
        (b"<text>", "a.png"),
    ],
)
def test_other_pictures_stay_as_they_are(tmp_path: Path, data: bytes, name: str) -> None:
    path, fresh, wanted = fonted(tmp_path, data, name)
    assert (fresh, wanted) == (path, [])
