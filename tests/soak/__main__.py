"""Serve a small course while its author works: python -m soak SECONDS [FOLDER FOR THE RESULTS].

Prints a table, writes soak.json, soak.svg and soak.png, and exits with 1 if something grows or is not shown.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median

import psutil

from integration.tabs import Tabs, tabbed_browser
from soak.author import STEADY, Author
from soak.clients import Clients
from soak.report import table, write
from soak.samples import Sample, uses
from soak.trend import growing

SAMPLES = 60
LISTENERS = 45
TABS = 5
BAD_CLIENTS = 40
_PATIENCE_SECONDS = 120


class NotShown(Exception):
    """A page that does not show the last state."""


def main(seconds: str = "600", results: str = "build/soak") -> int:
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        author = Author(Path(name, "course"), random.Random(1))
        author.begin()
        with serving(author.folder) as (process, address), closing(Clients(address)) as clients:
            samples, problems = day(author, process, address, clients, float(seconds))
    if samples:
        write(samples, Path(results))
        print(table(samples))
    problems += growing(samples)
    print(f"{author.saves} saves; {'; '.join(problems) or 'nothing grows, and the last state was shown'}")
    return 1 if problems else 0


@contextmanager
def serving(folder: Path) -> Iterator[tuple[psutil.Process, str]]:
    said = folder.with_name("said")
    command = [sys.executable, "-m", "deckwright", "serve"]
    with said.open("wb") as file:
        server = subprocess.Popen(
            command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not (found := re.search(r"http://\S+/", said.read_text("utf-8"))):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(said.read_text("utf-8"))
            time.sleep(0.1)
        yield psutil.Process(server.pid), found[0]
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGTERM)  # in the background, interrupts may be ignored
        server.wait()


def day(
    author: Author, server: psutil.Process, address: str, clients: Clients, seconds: float
) -> tuple[list[Sample], list[str]]:
    """Let the author work; return what was used, and what went wrong."""
    samples: list[Sample] = []
    changed = threading.Event()
    for _ in range(LISTENERS):
        clients.listen(lambda data: changed.set())
    try:
        wait_for_page(author, clients, changed, STEADY)
        with tabbed_browser() as browser, Tabs(browser) as tabs:
            opened = [tabs.open(f"{address}html/{STEADY}.html") for _ in range(TABS)]
            begin = time.monotonic()
            while (now := time.monotonic()) < begin + seconds:
                clients.misbehave(BAD_CLIENTS)
                latencies = []
                while time.monotonic() < min(now + seconds / SAMPLES, begin + seconds):
                    latencies.append(wait_for_page(author, clients, changed, author.change()))
                sample = Sample(
                    time.monotonic() - begin, author.saves, uses(server), median(latencies or [0.0])
                )
                samples.append(sample)
            author.finish()
            for tab in opened:
                tab.wait(f"document.body.textContent.includes({author.shown(STEADY)!r})")
    except NotShown as error:
        return samples, [f"not shown: {error}"]
    return samples, []


def wait_for_page(author: Author, clients: Clients, changed: threading.Event, deck: str) -> float:
    """Return the seconds until the page of a deck shows its last state."""
    begin = time.monotonic()
    while author.shown(deck).encode() not in clients.page(f"html/{deck}.html"):
        if time.monotonic() > begin + _PATIENCE_SECONDS:
            raise NotShown(f"{author.shown(deck)!r} in {deck}")
        changed.wait(0.2)
        changed.clear()
    return time.monotonic() - begin


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
