"""LibreOffice as a program that may be missing, fail, or never end."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import RenderError, ToolMissing
from deckwright.formats.pptx import PPTX, libreoffice
from deckwright.model import FormatOptions


def test_a_missing_program_is_named_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_MAC", Path("/no/such/program"))
    with pytest.raises(ToolMissing, match="LibreOffice, which was not found") as raised:
        PPTX.require(FormatOptions(editable=True))
    assert "libreoffice" in raised.value.hint
    PPTX.require(FormatOptions())


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo starting; echo 'Error: no memory'", "could not open the slides: Error: no memory"),
        ("true", "could not open the slides: it said nothing"),
        ("sleep 60", "did not draw the slides in"),
    ],
)
def test_a_program_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_libreoffice", lambda: program)
    monkeypatch.setattr(libreoffice, "_PATIENCE_SECONDS", 1.0)
    with pytest.raises(RenderError, match=message):
        libreoffice.pdf_of(b"", tmp_path / "fonts.conf")
