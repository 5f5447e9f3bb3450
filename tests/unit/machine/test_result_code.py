"""Which of our own code is in the key of a result."""

from __future__ import annotations

import os
from pathlib import Path

from deckwright.machine.result_code import FONTS, SHAPING, result_code_digest

CANNOT_SHAPE = {
    "deckwright.frozen": "makes classes as the standard library does, whatever their values are",
    "deckwright.errors": "exceptions end a build; they give no result",
    "deckwright.plan.keys": "decides whether a running job is still the right one, not what it gives",
}


def test_every_module_that_can_shape_a_result_is_in_the_digest() -> None:
    import grimp

    graph = grimp.build_graph("deckwright", cache_dir=None)
    starts = graph.find_descendants("deckwright.child") | {
        "deckwright.execute.results",
        "deckwright.execute.workers",
        "deckwright.parse.script",
    }
    reached = starts.union(*map(graph.find_upstream_modules, starts))
    assert {name for name in reached if name.split(".")[1] not in SHAPING} == CANNOT_SHAPE.keys()


def test_the_digest_is_of_what_is_in_the_files(tmp_path: Path) -> None:
    for package in SHAPING:
        (tmp_path / package / "part").mkdir(parents=True)
        (tmp_path / package / "part/module.py").write_text("x = 1\n")
    (tmp_path / "marp").mkdir()
    for module in FONTS:
        (tmp_path / module).write_text("x = 1\n")
    before = result_code_digest(tmp_path)
    os.utime(tmp_path / SHAPING[0] / "part/module.py", (1, 1))
    (tmp_path / SHAPING[0] / "__pycache__").mkdir()
    (tmp_path / SHAPING[0] / "__pycache__/module.py").write_text("x = 2\n")
    (tmp_path / "other.py").write_text("x = 2\n")
    assert result_code_digest(tmp_path) == before
    for module in (*(f"{package}/part/module.py" for package in SHAPING), *FONTS):
        (tmp_path / module).write_text("x = 2\n")
        assert result_code_digest(tmp_path) != before
        before = result_code_digest(tmp_path)
