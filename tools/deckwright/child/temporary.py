"""Where the temporary files of a job lie: in a folder of its own, below the system's folder for such files.

Every Python process that a job starts imports this module: it imports nothing.
"""

from __future__ import annotations

PREFIX = ".deckwright-"
"""The beginning of the name of the folder, right in the system's, that has those of all jobs."""


def system_folder(folder: str) -> str:
    """Return the system's folder for temporary files, from its path or from that of a job's own one."""
    return folder.partition(f"/{PREFIX}")[0]
