"""Start a live server, save a file again and again, and print the seconds until a browser had repainted.

The one argument is JSON: the fields of `Visit`. It prints a list of seconds, one for each save.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from deckwright.marp import fonts
from deckwright.marp.browsers import provide_browser
from deckwright.marp.packages import cache_folder, find_node, install_packages, node_environment

_DRIVER = Path(__file__).with_name("live.mjs")
_ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+/[^\s\x1b]*")
_START_SECONDS = 60
_LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
"""Takes the place of the rule by which our browser reaches nobody: the last one counts."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is served, and what is saved while a browser looks on."""

    server: tuple[str, ...]
    """The command; `{port}` stands for a free port, which is PORT in its environment too."""
    page: str
    """What comes after the address that the server tells."""
    file: str
    pattern: str
    """A regular expression of what a save changes; its group is a number, which goes up."""
    shown: str
    """What the slide says then, with `{}` for the number, without spaces."""


def main() -> None:
    """Print the seconds of every save."""
    visit = Visit(**json.loads(sys.argv[1]))
    with _serving(visit) as address:
        print(_watched(visit, address + visit.page))


@contextmanager
def _serving(visit: Visit) -> Iterator[str]:
    port = str(_free_port())
    command = [part.replace("{port}", port) for part in visit.server]
    with tempfile.TemporaryFile("w+") as said:
        server = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, "PORT": port, "NO_COLOR": "1"}
        )
        try:
            yield _address(server, said.fileno())
        finally:
            server.terminate()
            server.wait()


def _address(server: subprocess.Popen[bytes], said: int) -> str:
    """Return the address that a server tells; exits with what it said if it tells none."""
    deadline, ended = time.monotonic() + _START_SECONDS, False
    while not ended and time.monotonic() < deadline:
        ended = server.poll() is not None
        text = os.pread(said, 1_000_000, 0).decode("utf-8", "replace")
        if found := _ADDRESS.search(text):
            return found[0]
        time.sleep(0.05)
    sys.exit(f"no address from the live server:\n{text}")


def _watched(visit: Visit, address: str) -> str:
    packages, browser = install_packages(), provide_browser()
    question = {
        "packages": str(packages),
        "executable": str(browser.path),
        "args": [*browser.args, _LOOPBACK_ONLY],
        "address": address,
        **asdict(visit),
    }
    drawn = fonts.browser_environment(packages, cache_folder())
    env = {**os.environ, **node_environment(), **browser.env, **drawn}
    command = [str(find_node().path), str(_DRIVER), json.dumps(question)]
    return subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
