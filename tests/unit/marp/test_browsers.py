"""Which browser is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ToolMissing
from deckwright.marp import browsers


def program(path: Path, content: bytes = b"\x7fELF") -> Path:
    path.write_bytes(content)
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("google-chrome", "chrome"),
        ("chromium", "chrome"),
        ("microsoft-edge", "chrome"),
        ("firefox", "firefox"),
    ],
)
def test_finds_the_systems_browser(tmp_path: Path, name: str, kind: str) -> None:
    path = program(tmp_path / name)
    found = browsers.find_browser({"PATH": str(tmp_path)})
    assert found is not None
    assert (found.path, found.kind, found.env) == (path, kind, {})


def test_prefers_chrome_to_firefox(tmp_path: Path) -> None:
    program(tmp_path / "firefox")
    chrome = program(tmp_path / "chromium")
    found = browsers.find_browser({"PATH": str(tmp_path)})
    assert found is not None
    assert found.path == chrome


def test_the_environment_decides(tmp_path: Path) -> None:
    program(tmp_path / "chromium")
    mine = program(tmp_path / "mine")
    found = browsers.find_browser({"PATH": str(tmp_path), "DECKWRIGHT_BROWSER": str(mine)})
    assert found is not None
    assert found.path == mine


def test_a_wrong_name_in_the_environment_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="CHROME_PATH"):
        browsers.find_browser({"PATH": str(tmp_path), "CHROME_PATH": str(tmp_path / "nothing")})


def test_a_script_that_only_names_a_snap_is_no_browser(tmp_path: Path) -> None:
    program(tmp_path / "chromium-browser", b"#!/bin/sh\necho 'please snap install chromium'\n")
    assert browsers.find_browser({"PATH": str(tmp_path)}) is None


def test_chrome_uses_no_network(tmp_path: Path) -> None:
    assert "--host-resolver-rules=MAP * ~NOTFOUND" in browsers.Browser(tmp_path, "chrome").args
    assert browsers.Browser(tmp_path, "firefox").args == ()


def test_root_needs_a_chrome_without_sandbox(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for user, without in ((0, True), (1000, False)):
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        assert ("--no-sandbox" in browsers.Browser(tmp_path, "chrome").args) is without


def test_a_machine_without_any_browser(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="no Chrome, Chromium, Edge or Firefox"):
        browsers.provide_browser(tmp_path, environ={"PATH": str(tmp_path)}, machine="linux riscv64")
