"""Proposed changes, as they are printed."""

import pytest

from deckwright.cli.difference import print_difference
from deckwright.model.change import Change


def test_a_difference_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_difference("slides/a.md", Change(b"old \x1b]0;title\x07\n", b"new\n"))
    assert "-old \N{SYMBOL FOR ESCAPE}]0;title\N{SYMBOL FOR BELL}\n+new\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(None, b"12"), "new, 2 bytes"),
        (Change(b"1", b"12"), "changed: it was 1 byte, now it is 2 bytes"),
        (Change(b"1", b"2", "3 of 9 pixels differ"), "changed: 3 of 9 pixels differ"),
    ],
)
def test_a_picture_differs_in_pixels_or_bytes(
    capsys: pytest.CaptureFixture[str], change: Change, text: str
) -> None:
    print_difference("figures/a.svg", change)
    assert capsys.readouterr().out == f"figures/a.svg: {text}\n"
