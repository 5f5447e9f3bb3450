"""Run a block of a script again and again, edited each time, and print the seconds until its output is there.

The arguments are what runs it (`present`, `ipykernel` or `marimo`) and a folder that it may write to. What
stands before the block has run by then. It prints a list of seconds, one for each edit.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import SimpleQueue
from typing import Any

BEFORE = "import torch\n\nx = torch.linspace(0, 1, 1000, dtype=torch.float64)\n"
BLOCK = 'take = {number}\nprint("take", take, "gives", round((x * take).sum().item(), 1))\n'
_GIVEN = "take {number} gives {result}"

_EDITS = 20
_PAUSE_SECONDS = 0.2
"""Between an edit and the next: a run must not wait for what the one before it leaves to be done."""
_START_SECONDS = 60
_RUN_SECONDS = 20

Run = Callable[[str, str], None]
"""Runs code, and returns when its output contains a text."""


def main() -> None:
    """Print the seconds of every edit but the first."""
    with _RUNNERS[sys.argv[1]](Path(sys.argv[2])) as run:
        print(json.dumps([_timed(run, number) for number in range(1, _EDITS + 2)][1:]))


def _timed(run: Run, number: int) -> float:
    time.sleep(_PAUSE_SECONDS)
    code, given = BLOCK.format(number=number), _GIVEN.format(number=number, result=500.0 * number)
    started = time.perf_counter()
    run(code, given)
    return time.perf_counter() - started


# --- deckwright present -------------------------------------------------------------------------


@contextmanager
def _present(folder: Path) -> Iterator[Run]:
    _write(folder / "pyproject.toml", "[tool.deckwright]\n")
    _write(folder / "snippets/stage.py", f"{BEFORE}\n# %% block\n{BLOCK.format(number=0)}")
    _write(folder / "slides/stage.md", "# Stage\n\n```python file=../snippets/stage.py#block\n```\n")
    command = [str(Path(sys.executable).with_name("deckwright")), "present", "--no-open", "--port"]
    with _serving(
        [*command, str(port := _free_port())], folder, r"http://\S+?(/\.present/enter/\S+)"
    ) as path:
        entry = _get(port, path)
        cookie = entry.headers["set-cookie"].partition(";")[0]
        page = _page(port, cookie)
        key = re.search(r'data-key="([^"]+)"', page)
        assert key, page[-500:]
        messages: SimpleQueue[dict[str, Any]] = SimpleQueue()
        threading.Thread(target=_listen, args=(port, cookie, messages.put), daemon=True).start()
        blocks = _until(messages, lambda message: message["topic"] == "blocks" and message["codes"])
        (block,) = blocks["codes"]

        def run(code: str, given: str) -> None:
            _post(port, cookie, key[1], {"block": block, "code": code})
            _until(messages, lambda message: message.get("block") == block and given in json.dumps(message))

        yield run


def _page(port: int, cookie: str) -> str:
    """Return the page of the deck, as soon as there is one."""
    deadline = time.monotonic() + _START_SECONDS
    while (answer := _get(port, "/html/stage.html", cookie)).status != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    return answer.read().decode()


def _listen(port: int, cookie: str, put: Callable[[dict[str, Any]], None]) -> None:
    for line in _get(port, "/.live/events", cookie):
        if line.startswith(b"data: "):
            put(json.loads(line[6:]))


def _get(port: int, path: str, cookie: str = "") -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    connection.request("GET", path, headers={"cookie": cookie} if cookie else {})
    return connection.getresponse()


def _post(port: int, cookie: str, key: str, content: dict[str, str]) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=_RUN_SECONDS)
    headers = {"cookie": cookie, "origin": f"http://127.0.0.1:{port}", "x-deckwright-key": key}
    connection.request("POST", "/.present/stage/run", json.dumps(content), headers)
    answer = connection.getresponse()
    assert answer.status == 204, answer.read()


def _until(
    messages: SimpleQueue[dict[str, Any]], is_it: Callable[[dict[str, Any]], object]
) -> dict[str, Any]:
    while not is_it(message := messages.get(timeout=_START_SECONDS)):
        pass
    return message


# --- a kernel of Jupyter ------------------------------------------------------------------------


@contextmanager
def _ipykernel(folder: Path) -> Iterator[Run]:
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(cwd=str(folder), startup_timeout=_START_SECONDS)

    def run(code: str, given: str) -> None:
        client.execute(code)
        while given not in client.get_iopub_msg(timeout=_RUN_SECONDS)["content"].get("text", ""):
            pass

    try:
        client.execute_interactive(BEFORE, timeout=_START_SECONDS)
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


# --- marimo -------------------------------------------------------------------------------------

_NOTEBOOK = """\
import marimo

app = marimo.App()


@app.cell
def before():
{before}    return (x,)


@app.cell
def block(x):
{block}    return
"""


@contextmanager
def _marimo(folder: Path) -> Iterator[Run]:
    from websockets.sync.client import connect

    cells = {"before": _indented(BEFORE), "block": _indented(BLOCK.format(number=0))}
    _write(folder / "notebook.py", _NOTEBOOK.format(**cells))
    command = [sys.executable, "-m", "marimo", "edit", "notebook.py", "--headless", "--no-token"]
    port = _free_port()
    with _serving([*command, "--skip-update-check", "--port", str(port)], folder, r"http://(\S+)"):
        token = _token(port)
        with connect(f"ws://127.0.0.1:{port}/ws?session_id=s_bench", max_size=None) as page:
            (_, block) = json.loads(page.recv(timeout=_START_SECONDS))["data"]["cell_ids"]

            def ask(name: str, content: dict[str, Any]) -> None:
                connection = HTTPConnection("127.0.0.1", port, timeout=_RUN_SECONDS)
                headers = {
                    "content-type": "application/json",
                    "marimo-session-id": "s_bench",
                    "marimo-server-token": token,
                }
                connection.request("POST", f"/api/kernel/{name}", json.dumps(content), headers)
                assert connection.getresponse().status == 200, name

            def wait(given: str) -> None:
                while given not in page.recv(timeout=_START_SECONDS):
                    pass

            def run(code: str, given: str) -> None:
                ask("run", {"cellIds": [block], "codes": [code]})
                wait(given)

            ask("instantiate", {"objectIds": [], "values": [], "autoRun": True})
            wait(_GIVEN.format(number=0, result=0.0))
            yield run


def _token(port: int) -> str:
    """Return what requests must hold; the server says its address before it listens."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            page = _get(port, "/").read().decode()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            match = re.search(r'"serverToken":\s*"([^"]+)"', page)
            assert match, page[-500:]
            return match[1]


def _indented(code: str) -> str:
    return "".join(f"    {line}" if line.strip() else line for line in code.splitlines(keepends=True))


# --- servers ------------------------------------------------------------------------------------


@contextmanager
def _serving(command: list[str], folder: Path, address: str) -> Iterator[str]:
    """Run a server; the context is what the group of its printed address holds."""
    server = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    found: SimpleQueue[str] = SimpleQueue()
    threading.Thread(target=_read, args=(server, address, found.put), daemon=True).start()
    try:
        yield found.get(timeout=_START_SECONDS)
    finally:
        server.terminate()
        server.wait()


def _read(server: subprocess.Popen[bytes], address: str, put: Callable[[str], None]) -> None:
    assert server.stdout
    for line in server.stdout:
        if match := re.search(address, line.decode("utf-8", "replace")):
            put(match[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


_RUNNERS = {"present": _present, "ipykernel": _ipykernel, "marimo": _marimo}

if __name__ == "__main__":
    main()
