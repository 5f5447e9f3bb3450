"""Notebooks, run as Jupyter runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_EXECUTE = """
import sys, warnings
warnings.simplefilter("ignore")
import nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], as_version=4)
folder, goes_on = sys.argv[2], sys.argv[3] == "True"
NotebookClient(book, timeout=None, allow_errors=goes_on, resources={"metadata": {"path": folder}}).execute()
print(nbformat.writes(book))
"""


def executed(
    notebook: Path,
    folder: Path,
    *,
    python: str = sys.executable,
    environ: Mapping[str, str] | None = None,
    goes_on: bool = False,
    timeout: float = 280,
) -> dict[str, Any]:
    """Return a notebook as Jupyter left it that ran it in a folder.

    Raises AssertionError if a cell fails, unless it `goes_on` below that.
    """
    ran = subprocess.run(
        [python, "-c", _EXECUTE, notebook, folder, str(goes_on)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environ,
        timeout=timeout,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))
