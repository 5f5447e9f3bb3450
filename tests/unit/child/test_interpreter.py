from __future__ import annotations

import sys
from types import ModuleType

import pytest

from deckwright.child.interpreter import last_module, modules_since


@pytest.fixture(autouse=True)
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    modules = {name: ModuleType(name) for name in ("a", "b")}
    monkeypatch.setattr(sys, "modules", modules)
    return modules


def test_modules_that_were_imported_since(modules: dict[str, ModuleType]) -> None:
    last = last_module()
    assert (last, modules_since(last)) == ("b", [])
    modules |= {"c": ModuleType("c"), "d": ModuleType("d")}
    assert modules_since(last) == [("c", modules["c"]), ("d", modules["d"])]


def test_one_that_is_imported_again_counts(modules: dict[str, ModuleType]) -> None:
    del modules["a"]
    modules["a"] = ModuleType("a")
    assert modules_since("b") == [("a", modules["a"])]


def test_all_count_where_the_last_one_is_gone(modules: dict[str, ModuleType]) -> None:
    del modules["b"]
    assert modules_since("b") == [("a", modules["a"])]
