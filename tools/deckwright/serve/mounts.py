"""File systems that do not report what changes in them, or not all of it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import psutil

_NETWORKS = ("afpfs", "afs", "beegfs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "nfs")
_MORE_NETWORKS = ("nfs4", "ocfs2", "smb2", "smb3", "smbfs", "webdav")
_HOSTS = ("9p", "drvfs", "fakeowner", "osxfs", "prl_fs", "vboxsf", "virtiofs", "vmhgfs")
"""How Docker, WSL and virtual machines show folders of the system that they run on."""

_SILENT = frozenset((*_NETWORKS, *_MORE_NETWORKS, *_HOSTS))
"""Types of file systems that others write to, who report it to nobody here."""

_SILENT_FAMILY = "fuse"
"""File systems of programs (`fuse.sshfs`, `fuse.grpcfuse`, `macfuse`): it depends on the program."""


def find_mounts() -> dict[str, str]:
    """Return the types of the mounted file systems by their folders."""
    return {mount.mountpoint: mount.fstype for mount in psutil.disk_partitions(all=True)}


def silent_type(folders: Iterable[str], mounts: Mapping[str, str]) -> str:
    """Return the type of a file system, of these folders, that may report no changes; empty without one."""
    types = {_type_of(os.path.realpath(folder), mounts) for folder in folders}
    return min((kind for kind in types if kind in _SILENT or _SILENT_FAMILY in kind), default="")


def _type_of(path: str, mounts: Mapping[str, str]) -> str:
    while path not in mounts and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return mounts.get(path, "").lower()
