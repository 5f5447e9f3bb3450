from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from deckwright.child.display.matplotlib_setup import add_fonts


def test_fonts_in_a_matplotlib_that_finds_them_in_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    class Manager:
        ttflist: ClassVar[list[Any]] = []

        def addfont(self, path: str) -> None:
            self.ttflist.append(SimpleNamespace(name=path))

    parameters = {"font.family": ["serif"]}
    monkeypatch.setitem(sys.modules, "matplotlib", SimpleNamespace(rcParams=parameters))
    manager = SimpleNamespace(fontManager=Manager(), FontProperties=object)
    add_fonts(manager, ("Noto Sans SC", "JetBrains Mono"))
    assert parameters["font.family"] == ["serif", "Noto Sans SC"]
