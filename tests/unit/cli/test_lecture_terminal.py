"""What `present` shows on the terminal, and what it gives to the browser."""

from __future__ import annotations

import pytest

from deckwright.cli.present import LectureTerminal


def test_the_browser_gets_an_address_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    launched: list[str] = []
    monkeypatch.setattr("click.launch", launched.append)
    LectureTerminal(True).serving("http://shown/", True, "http://once/")
    assert launched == ["http://once/"]
    said = capsys.readouterr()
    assert "http://shown/" in said.out
    assert "http://once/" not in said.out + said.err
