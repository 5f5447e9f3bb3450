"""The place of what does not exist yet has its size, and shows nothing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from deckwright.compose.blank import blank_picture, with_places
from deckwright.compose.show import Panel, PanelKind
from deckwright.compose.terminal import StyledText


def text(shown: str, kind: PanelKind = PanelKind.TEXT) -> Panel:
    return Panel(kind, StyledText(shown))


def shown(panels: list[Panel]) -> list[str]:
    return [panel.styled.text for panel in panels]


@given(st.text("a一é\u0301 \n"), st.text("a一é\u0301 \n"))
def test_a_text_keeps_the_rows_of_a_later_one(before: str, more: str) -> None:
    (panel,) = with_places([text(before)], [text(before + more)])
    rest = panel.styled.text.removeprefix(before)
    assert panel.styled.text.startswith(before)
    assert rest.split() == []
    assert rest.count("\n") == more.count("\n")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [text("a"), text("一b", PanelKind.ERROR)], [" ", "\u3000 "]),
        ([text("1/2")], [text("2/2\ndone")], ["1/2\n    "]),
        ([text("a\nb")], [text("a")], ["a\nb"]),
        ([text("a")], [], ["a"]),
    ],
)
def test_panels(before: list[Panel], after: list[Panel], expected: list[str]) -> None:
    assert shown(list(with_places(before, after))) == expected


def test_a_blank_error_does_not_look_like_one() -> None:
    (panel,) = with_places([], [text("ValueError", PanelKind.ERROR)])
    assert panel.kind is PanelKind.TEXT


@pytest.mark.parametrize("suffix", ["png", "jpeg", "gif", "webp"])
def test_a_bitmap(suffix: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(buffer, suffix)
    size = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>'
    assert blank_picture(buffer.getvalue(), suffix) == size


@pytest.mark.parametrize(
    ("svg", "attributes"),
    [
        (
            '<?xml?><svg width="3pt" onload="x()" viewBox=\'0 0 3 2\'><svg height="9"/></svg>',
            ' width="3pt" viewBox="0 0 3 2"',
        ),
        ("<svg><text width='2'/></svg>", " "),
        ("no picture", " "),
    ],
)
def test_a_drawing(svg: str, attributes: str) -> None:
    expected = f'<svg xmlns="http://www.w3.org/2000/svg"{attributes}/>'
    assert blank_picture(svg.encode(), "svg").decode() == expected


def test_what_is_no_picture_has_no_size() -> None:
    assert blank_picture(b"\x89PNG\r\n\x1a\n", "png") == b'<svg xmlns="http://www.w3.org/2000/svg" />'
