"""The last commit of the author's project, as Git has it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_PATIENCE_SECONDS = 10.0
_DAY = ("git", "-c", "log.showSignature=false", "log", "-1", "--format=%cs", "--", ".")


def last_commit_day(root: Path) -> str:
    """Return the day of the last commit that changed something below a folder, such as 2026-03-01.

    It is empty where there is none: no repository, no commit, or no Git.
    """
    try:
        ended = subprocess.run(
            _DAY,
            cwd=root,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ended.stdout.decode("ascii", "replace").strip()


def commit_log(root: Path) -> str:
    """Return the path, from a folder, of the file to which Git adds a line at each commit of its repository.

    Without a repository, there is no such file.
    """
    folders = (each / ".git" for each in (root, *root.parents))
    folder = next(filter(Path.exists, folders), root / ".git")
    if folder.is_file():  # of a work tree that was added, or a submodule
        folder = folder.parent / folder.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    return Path(os.path.relpath(folder / "logs/HEAD", root)).as_posix()
