"""The tool as its users start it: a command line in a folder, what it said and how it ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = (sys.executable, "-m", "deckwright")


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, Any]]:
        """What `--json` printed; raises if any line of it is no JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def names(self, kind: str) -> list[str]:
        """Return the sorted subjects of one kind of event."""
        return sorted(event["subject"] for event in self.events if event["event"] == kind)


def deckwright(folder: Path, *arguments: str, stdin: str = "", timeout: float = 250, **environ: str) -> Ran:
    """Run a command to its end; variables that are empty strings are set so."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **environ},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write dedented texts below a folder; return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).removeprefix("\n"), "utf-8")
    return folder


def report_of(folder: Path) -> dict[str, Any]:
    """Return build/report.json."""
    data: dict[str, Any] = json.loads((folder / "build/report.json").read_text("utf-8"))
    return data
