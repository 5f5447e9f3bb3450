"""A project with one script, run so that it is recorded what the script reads."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path

from deckwright.child.recording.audit_log import environment
from deckwright.execute.inputs import Inputs, read_inputs
from deckwright.files.disk import Disk

SCRIPT = "snippets/a.py"


class Course:
    """A project with one script, and what its last run read."""

    def __init__(self, folder: Path, code: str) -> None:
        self.root, self.scratch = folder / "course", folder / "scratch"
        for path in ("course/snippets", "course/data/v1", "course/data/v2", "scratch"):
            (folder / path).mkdir(parents=True)
        for path in ("data/a.csv", "data/v1/a.csv", "data/v2/a.csv"):
            (self.root / path).write_text("1\n")
        (self.root / "data/current").symlink_to("v1")
        (self.root / "data/link.csv").symlink_to("a.csv")
        self.code = textwrap.dedent(code)
        (self.root / SCRIPT).write_text(self.code)

    def run(self, recorder: str = "hooks") -> Inputs:
        environ = {**os.environ, **environment(str(self.scratch), str(self.root))}
        script = self.root / SCRIPT
        command = [sys.executable, script]
        if recorder == "kernel":
            environ |= environment(str(self.scratch), str(self.root), kernel=True)
            command = [sys.executable, "-c", OBSERVED, self.scratch, self.root, script]
        subprocess.run(command, cwd=script.parent, env=environ, check=True)
        return read_inputs(self.scratch, self.root, SCRIPT)

    def digests(self, inputs: Inputs) -> Mapping[str, str]:
        return {path: Disk(self.root).digest(path) for path in inputs.reads}

    def change(self, command: str) -> None:
        subprocess.run(["sh", "-c", command], cwd=self.root / "data", check=True)


OBSERVED = """
import os, socket, sys
from deckwright.child.recording.recorder import report_to, start_recorder
scratch, root, script = sys.argv[1:]
ours, pulse = socket.socketpair()
recorder = start_recorder(pulse.detach())
if os.fork() == 0:
    assert report_to(recorder, scratch, root, script, processes=100, threads=1000)
    os.execv(sys.executable, [sys.executable, script])
assert os.wait()[1] == 0
"""
"""A program that runs a script while the kernel reports what it reads."""
