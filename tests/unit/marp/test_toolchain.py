"""The tools outside Python, as doctor lists them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from deckwright.errors import ToolMissing
from deckwright.marp import fonts, toolchain
from deckwright.marp.browsers import Browser
from deckwright.marp.families import FETCHED
from deckwright.marp.packages import Node

requirements = partial(
    toolchain.requirements,
    node=lambda: Node(Path("/bin/node"), "v22.0.0", ("npm",)),
    packages=lambda: None,
    browser=lambda: None,
    machine="linux x86_64",
    charts=lambda: None,
    family=lambda _: None,
)
"""Those of a machine that has Node and nothing else."""


def test_what_a_build_installs_is_fulfilled() -> None:
    requirements_here = requirements()
    assert [each.name for each in requirements_here] == ["Node", "Marp", "browser", "fonts", "charts"]
    assert all(each.ok for each in requirements_here)
    assert all("deckwright build" in each.hint for each in requirements_here[1:])


def test_a_missing_node_has_a_hint() -> None:
    def find() -> Node:
        raise ToolMissing("no Node.js 20 or newer was found", hint="pip install it")

    node = requirements(node=find)[0]
    assert (node.state, node.ok, node.hint) == ("no Node.js 20 or newer was found", False, "pip install it")


def test_a_machine_for_which_there_is_no_bundle() -> None:
    browser = requirements(machine="linux riscv64")[2]
    assert not browser.ok
    assert browser.hint == "install Chrome, Chromium, Edge or Firefox"


def test_lists_what_is_there(tmp_path: Path) -> None:
    _, marp, browser, faces, charts = requirements(
        packages=lambda: tmp_path,
        browser=lambda: Browser(Path("/bin/chromium"), "chrome"),
        charts=lambda: tmp_path / "charts",
    )
    assert marp.state == f"marp-cli 4.5.1 ({tmp_path})"
    assert charts.state == f"Plotly 4.1.1, Vega-Lite 6.5.0 ({tmp_path / 'charts'})"
    assert browser.state == "chrome (/bin/chromium)"
    assert not faces.ok  # the packages' folder is empty
    assert "NotoSansSC-Regular.ttf" in faces.state


def test_names_the_families_that_were_fetched(tmp_path: Path) -> None:
    for file in fonts.FILES:
        path = tmp_path / file.source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    here = requirements(
        packages=lambda: tmp_path, family=lambda each: tmp_path if "Hebrew" in each.name else None
    )[3]
    assert here.ok
    assert here.state == (
        "DejaVu Sans, JetBrains Mono, Noto Sans SC, Noto Sans Hebrew, Noto Serif Hebrew; "
        f"{len(FETCHED) - 2} more are fetched when a deck needs them"
    )


@pytest.mark.parametrize(
    ("browser", "packages", "found", "machine", "words"),
    [
        (True, None, None, "linux x86_64", "Marp and fonts (95 MB) and Chromium (70 MB)"),
        (False, None, None, "linux x86_64", "Marp and fonts (95 MB)"),
        (True, Path("p"), None, "linux x86_64", "Chromium (70 MB)"),
        (True, Path("p"), None, "linux riscv64", ""),
        (True, Path("p"), Browser(Path("/bin/chrome"), "chrome"), "linux x86_64", ""),
    ],
)
def test_what_the_first_build_downloads(
    browser: bool, packages: Path | None, found: Browser | None, machine: str, words: str
) -> None:
    assert toolchain.missing_tools(browser, lambda: packages, lambda: found, machine) == words
