"""What doctor hears of the tools outside Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ToolMissing
from deckwright.marp import toolchain
from deckwright.marp.browsers import Browser
from deckwright.marp.packages import Node


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with Node and nothing else."""
    monkeypatch.setattr(toolchain, "find_node", lambda: Node(Path("/bin/node"), "v22.0.0", ("npm",)))
    for name in ("find_packages", "find_browser", "find_bundled"):
        monkeypatch.setattr(toolchain, name, lambda: None)
    monkeypatch.setattr(toolchain, "bundle_runs_here", lambda: True)


@pytest.mark.usefixtures("bare")
def test_what_a_build_will_install_is_no_fault() -> None:
    found = toolchain.requirements()
    assert [finding.name for finding in found] == ["Node", "Marp", "browser", "fonts"]
    assert all(finding.ok for finding in found)
    assert all("deckwright build" in finding.hint for finding in found[1:])


@pytest.mark.usefixtures("bare")
def test_a_missing_node_is_reported_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def find() -> Node:
        raise ToolMissing("no Node.js 20 or newer was found", hint="pip install it")

    monkeypatch.setattr(toolchain, "find_node", find)
    node = toolchain.requirements()[0]
    assert (node.found, node.ok, node.hint) == ("no Node.js 20 or newer was found", False, "pip install it")


@pytest.mark.usefixtures("bare")
def test_a_machine_that_can_have_no_browser_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toolchain, "bundle_runs_here", lambda: False)
    browser = toolchain.requirements()[2]
    assert not browser.ok
    assert browser.hint == "install Chrome, Chromium, Edge or Firefox"


@pytest.mark.usefixtures("bare")
def test_lists_what_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(toolchain, "find_packages", lambda: tmp_path)
    monkeypatch.setattr(toolchain, "find_browser", lambda: Browser(Path("/bin/chromium"), "chrome"))
    _, marp, browser, fonts = toolchain.requirements()
    assert marp.found == f"marp-cli 4.5.1 ({tmp_path})"
    assert browser.found == "chrome (/bin/chromium)"
    assert not fonts.ok  # the packages' folder is empty
    assert "NotoSansSC-Regular.ttf" in fonts.found
