"""What a build depends on outside of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright import wiring
from deckwright.files.disk import Disk
from deckwright.project.project import Project


def test_another_browser_of_the_same_name_is_another_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    browser = tmp_path / "chrome"
    monkeypatch.setenv("DECKWRIGHT_BROWSER", str(browser))

    def depends_on() -> tuple[str, dict[str, str]]:
        ports = wiring.open_ports(Project(tmp_path, Disk(tmp_path)), "cpu", 1)
        return ports.conditions(), dict(ports.render_versions())

    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    before = depends_on()
    assert depends_on() == before
    browser.write_text("#!/bin/sh\n# upgraded\n")
    conditions, versions = depends_on()
    assert conditions != before[0]
    assert versions["code"] != before[1]["code"]
    assert versions["browser"] == before[1]["browser"] == "chrome"
