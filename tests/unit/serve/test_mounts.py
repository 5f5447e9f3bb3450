"""Which file systems may report no changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckwright.serve.mounts import find_mounts, silent_type


@pytest.mark.parametrize(
    ("folder", "silent"),
    [
        ("/home/me/course", ""),
        ("/home/nfs/course", "nfs4"),
        ("/home/nfs", "nfs4"),
        ("/home/nfs2/course", ""),
        ("/home/nfs/local/course", ""),
        ("/mnt/c/Users", "9p"),
        ("/shared", "cifs"),
        ("/workspace/deck", "fakeowner"),
        ("/host", "virtiofs"),
        ("/far/deck", "fuse.sshfs"),
        ("/Volumes/mac", "macfuse"),
        ("relative", ""),
    ],
)
def test_the_nearest_mount_counts(folder: str, silent: str) -> None:
    mounts = {
        "/": "ext4",
        "/home/nfs": "nfs4",
        "/home/nfs/local": "xfs",
        "/mnt/c": "9p",
        "/shared": "CIFS",
        "/workspace": "fakeowner",
        "/host": "virtiofs",
        "/far": "fuse.sshfs",
        "/Volumes/mac": "macfuse",
    }
    assert silent_type([folder, "/tmp"], mounts) == silent


def test_a_link_counts_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "data").symlink_to("far")
    mounts = {"/": "ext4", str(tmp_path.resolve() / "far"): "nfs"}
    assert silent_type([str(tmp_path / "data")], mounts) == "nfs"
    assert silent_type([str(tmp_path)], mounts) == ""


def test_this_machine_has_mounts() -> None:
    assert "/" in find_mounts()
    assert silent_type([], find_mounts()) == ""
