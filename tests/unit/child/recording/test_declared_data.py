from __future__ import annotations

from pathlib import Path

from deckwright.child.recording.declared_data import declared_paths


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    (tmp_path / "a[1].csv").touch()
    assert list(declared_paths(["a[1].csv"], str(tmp_path))) == [str(tmp_path / "a[1].csv")]
