"""A live server as its user starts it: on a terminal, in the folder of a course."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from integration.shell import COMMAND


class Server:
    """A `deckwright serve` or `present` that runs, and what it says."""

    def __init__(
        self, folder: Path, *arguments: str, before: Sequence[str] = (), command: str = "serve"
    ) -> None:
        """`before` is a command that runs ours."""
        self.folder = folder
        self._said = folder.parent / f"{folder.name}.said"
        with self._said.open("wb") as said:
            # A session of its own, as a terminal gives.
            self.process = subprocess.Popen(
                [*before, *COMMAND, command, *arguments],
                cwd=folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self.root = self.wait_for(r"http://\S+(?= )")

    @property
    def said(self) -> str:
        return self._said.read_text("utf-8")

    @property
    def builds(self) -> int:
        return self.said.count("built in ")

    def wait_for(self, pattern: str, seconds: float = 60) -> str:
        """Return the text as soon as the server has said it."""
        wait_until(lambda: re.search(pattern, self.said) or self.process.poll() is not None, seconds)
        found = re.search(pattern, self.said)
        assert found, self.said
        return found[0]

    def edit(self, path: str, old: str, new: str) -> None:
        """Save a file as most editors do: whole, then renamed."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert old in text
        fresh = file.with_name(f".{file.name}.swp")
        fresh.write_text(text.replace(old, new), "utf-8")
        fresh.replace(file)

    def interrupt(self) -> None:
        """Press Ctrl-C, and wait for the end."""
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(60)


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


@contextmanager
def serving(
    folder: Path, *arguments: str, built: bool = True, before: Sequence[str] = (), command: str = "serve"
) -> Iterator[Server]:
    """Run a server, and end it as Ctrl-C does, in good order; `built`: from its first build on."""
    server = Server(folder, *arguments, before=before, command=command)
    try:
        if built:
            server.wait_for("built in ")
        yield server
    finally:
        if server.process.poll() is None:
            server.interrupt()
    assert "Traceback" not in server.said
