"""One warm renderer and one browser for all tests, and no test may leave a process.

Whatever a test starts carries a mark in its environment.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator

import psutil
import pytest

from deckwright.marp.node import NodeProcess
from deckwright.marp.renderer import MarpRenderer
from integration.in_process import RENDERER
from integration.tabs import Tabs, tabbed_browser
from support.processes import is_alive

MARK = "DECKWRIGHT_TEST_SESSION"


@pytest.fixture(scope="session", autouse=True)
def no_process_outlives_the_tests() -> Iterator[None]:
    os.environ[MARK] = mark = uuid.uuid4().hex
    yield
    deadline = time.monotonic() + 30
    while (left := _marked(mark)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left, [process.cmdline() for process in left]


@pytest.fixture
def no_process_is_left() -> Iterator[None]:
    """No process that a test has started runs at its end."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = set(psutil.Process().children(recursive=True)) - before
    assert not [process for process in left if is_alive(process.pid)]


def _marked(mark: str) -> list[psutil.Process]:
    return [
        process for process in psutil.process_iter() if process.pid != os.getpid() and _has(process, mark)
    ]


def _has(process: psutil.Process, mark: str) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.environ().get(MARK) == mark
    except psutil.Error:
        return False


@pytest.fixture(scope="session", autouse=True)
def renderer() -> Iterator[MarpRenderer]:
    """Marp in one Node process, with one browser as soon as a test needs it."""
    with RENDERER:
        yield RENDERER


@pytest.fixture(scope="session")
def browser() -> Iterator[NodeProcess]:
    """A browser for the tests that open pages themselves."""
    with tabbed_browser() as started:
        yield started


@pytest.fixture
def tabs(browser: NodeProcess) -> Iterator[Tabs]:
    with Tabs(browser) as tabs:
        yield tabs
