from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.execute.inputs import Inputs, module_texts, used_modules
from deckwright.model import NO_FILE, Job, Options


def job(source: str, *imports: str) -> Job:
    return Job("x.py", source, (), (), Options(), "cpu", imports)


def inputs(*reads: str, preloaded: str = "") -> Inputs:
    none = frozenset[str]()
    return Inputs(dict.fromkeys(reads), none, none, none, frozenset(preloaded.split()))


def test_modules_that_the_authors_code_names(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("def f():\n    import torch.nn, mine, json\n")
    (tmp_path / "broken.py").write_text("import (")
    reads = inputs("mine.py", "broken.py", "gone.py", "data.csv")
    assert used_modules(job("", "numpy.linalg", "queue"), reads, module_texts(reads, tmp_path)) == {
        "numpy",
        "torch",
    }


def test_a_module_that_was_absent_names_nothing(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("import torch")
    none = frozenset[str]()
    looked = Inputs({"late.py": NO_FILE}, none, none, frozenset({"six"}), none)
    assert used_modules(job(""), looked, module_texts(looked, tmp_path)) == {"six"}


@pytest.mark.parametrize("source", ["importlib.import_module(name)", "__import__(name)", "exec(text)"])
def test_code_that_may_import_anything_uses_all_that_was_imported_ahead(source: str) -> None:
    assert used_modules(job(source), inputs(preloaded="numpy"), {}) == {"numpy"}
    assert used_modules(job("print(1)"), inputs(preloaded="numpy"), {}) == set()
