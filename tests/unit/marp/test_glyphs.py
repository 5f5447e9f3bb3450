"""Letters that no font of a page has, with small fonts made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.marp.embed import data_uri
from deckwright.marp.glyphs import letters_without_font
from support.fonts import make_font

FACE = "@font-face{{font-family:x;src:{}}}"


@pytest.fixture
def fonts(tmp_path: Path) -> dict[str, str]:
    make_font(tmp_path / "inside.woff2", "த")
    make_font(tmp_path / "beside.ttf", "አ\ue000")
    (tmp_path / "strange.eot").write_bytes(b"no font")
    return {
        "inside": f"url({data_uri(tmp_path / 'inside.woff2')}) format('woff2')",
        "beside": 'url("http://page/1")',
        "strange": "url(http://page/2)",
        "several": "url(http://page/2), url(http://page/1)",
        "remote": "url(https://example.org/a.woff2)",
        "local": "local('x')",
    }


@pytest.mark.parametrize(
    ("text", "used", "expected"),
    [
        ("plain text", [], ""),
        ("中é→ e\u0301 &eacute;", [], ""),
        ("தத&#xb95; அ", [], "அகத"),
        ("த அ", ["inside"], "அ"),
        ("த አ \ue000 அ", ["inside", "beside"], "அ"),
        ("த", ["strange"], ""),
        ("த አ", ["several"], "த"),
        ("த", ["remote", "local"], "த"),
        ("\u200d\ufe0f\u00a0\u00ad\u2011\u2028\u3164\U000e0101", [], ""),
        ("<script>த</script><style>/* த */</style><!-- த -->", [], ""),
    ],
)
def test_which_letters_no_font_has(
    tmp_path: Path, fonts: dict[str, str], text: str, used: list[str], expected: str
) -> None:
    style = "".join(FACE.format(fonts[name]) for name in used)
    files = {
        "http://page/1": (str(tmp_path / "beside.ttf"), "font/ttf"),
        "http://page/2": (str(tmp_path / "strange.eot"), "application/octet-stream"),
    }
    assert letters_without_font(f"<style>{style}</style>{text}", files, lambda: frozenset("中é→")) == expected
