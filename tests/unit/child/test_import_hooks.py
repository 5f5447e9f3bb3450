from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from deckwright.child.import_hooks import after_import


def test_after_import_waits_for_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "waited_for.py").write_text("x = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    seen: list[ModuleType] = []
    after_import("waited_for", seen.append)
    assert seen == []
    import waited_for  # type: ignore[import-not-found]

    assert seen == [waited_for]
    assert waited_for.x == 1


def test_after_import_of_what_is_there() -> None:
    seen: list[ModuleType] = []
    after_import("json", seen.append)
    assert seen == [json]
