"""The tool called in the process of the tests, with Marp and the browser warm from one command to the next.

For tests of what a command makes and says. How it starts, is interrupted and ends is for `integration.shell`,
as are the setting `browser_timeout` and variables that decide which Node, browser or Python runs.
"""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from deckwright import wiring
from deckwright.build.ports import Ports
from deckwright.cli import main
from deckwright.marp.renderer import MarpRenderer
from deckwright.project.project import Project
from integration.shell import Ran

RENDERER = MarpRenderer()
"""Starts Node, and the browser, as soon as a test needs them; the fixture `renderer` ends them."""

_OPEN_PORTS = wiring.open_ports


def deckwright(folder: Path, *arguments: str, stdin: str = "", **environ: str) -> Ran:
    """Run a command to its end; variables that are empty strings are set so."""
    streams = {"stdin": _stream(stdin), "stdout": _stream(), "stderr": _stream()}
    with (
        chdir(folder),
        patch.dict(os.environ, environ),
        patch.multiple(sys, **streams, unraisablehook=sys.unraisablehook),
        patch.object(wiring, "open_ports", _warm_ports),
        _process_as_before(),
    ):
        code = _code(arguments)
    return Ran(code, _text(streams["stdout"]), _text(streams["stderr"]))


def _warm_ports(project: Project, device: str, jobs: int) -> Ports:
    return _OPEN_PORTS(project, device, jobs).rendering_by(RENDERER)


def _code(arguments: tuple[str, ...]) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert isinstance(end.value.code, int)
    return end.value.code


@contextmanager
def _process_as_before() -> Iterator[None]:
    """Put back what a command changes of its process."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    thresholds = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
