"""Scripts that keep what was edited on stage."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.errors import ConfigError
from deckwright.present.scratch import save, scratch_text
from deckwright.project.project import find_project
from unit.present.test_blocks import block_of


def test_the_script_has_what_stands_before_and_the_edit() -> None:
    text = scratch_text(block_of("second"), "print(a)\n")
    assert text == "import math\n\n# %% first\na = 1\nb = 2\n\n# %% second\nprint(a)\n"


def test_code_of_the_main_guard_stays_in_it() -> None:
    script = "if __name__ == '__main__':\n    b = 2\n    # region r\n    c = 3\n    # endregion\n"
    text = scratch_text(block_of("r", script), "for k in [b]:\n    print(k)")
    assert text.endswith("    # region r\n    for k in [b]:\n        print(k)\n")
    compile(text, "a.py", "exec")


def test_no_file_is_overwritten_and_none_is_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.deckwright]\n")
    (tmp_path / "slides").mkdir()
    (tmp_path / "snippets").mkdir()
    there = tmp_path / "snippets/there.py"
    there.write_text("mine\n")
    project, block = find_project(tmp_path), block_of("first")
    assert save(project, block, "x = 1", "第一次") == "snippets/第一次.py"
    assert save(project, block, "x = 1", "two.py") == "snippets/two.py"
    for name in (
        "there",
        "there.py",
        "two",
        "../out",
        "/tmp/out",
        "a/b",
        "",
        ".hidden",
        "numpy",
        "random",
        "a\0b",
    ):
        with pytest.raises(ConfigError):
            save(project, block, "x = 1", name)
    assert there.read_text() == "mine\n"
    assert sorted(path.name for path in (tmp_path / "snippets").iterdir()) == [
        "there.py",
        "two.py",
        "第一次.py",
    ]
