"""A real browser with tabs, as somebody sits before it while decks are served."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from deckwright.marp import fonts
from deckwright.marp.browsers import provide_browser
from deckwright.marp.node import NodeProcess
from deckwright.marp.packages import cache_folder, find_node, install_packages, node_environment

_DRIVER = Path(__file__).with_name("tabs.mjs")
_LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
"""Takes the place of the rule by which our browser reaches nobody: the last one counts."""

_DRAWN = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() =>
  document.fonts.ready.then(() => done(true)))))"""

_SECONDS = 60.0


class Tab:
    def __init__(self, browser: NodeProcess, address: str, before: str) -> None:
        self._browser = browser
        self._tab = browser.call("open", _SECONDS, address=address, before=before)

    def go(self, address: str) -> None:
        """Load another page."""
        self._call("go", address=address)

    def ask(self, expression: str) -> Any:
        """Return what an expression is in the page."""
        return self._call("ask", expression=expression)

    def wait(self, expression: str, seconds: float = 50) -> Any:
        """Return what an expression is as soon as that is true."""
        return self._call("wait", expression=expression, milliseconds=seconds * 1000)

    def steady(self, expression: str) -> Any:
        """Return what an expression is once the page has drawn, with its fonts, and it stays the same."""
        self.wait(_DRAWN)
        value, before = self.ask(expression), None
        while value != before:
            time.sleep(0.3)
            value, before = self.ask(expression), value
        return value

    def prefer(self, feature: str, value: str) -> None:
        """Let the page see that its reader prefers something, such as reduced motion."""
        self._call("media", name=feature, value=value)

    def press(self, key: str) -> None:
        self._call("press", key=key)

    def drag(self, *points: tuple[float, float]) -> None:
        """Press the pointer at a point, move it along others, and release it; one point is a click."""
        self._call("drag", points=points)

    def move(self, x: float, y: float) -> None:
        """Move the pointer."""
        self._call("move", x=x, y=y)

    def offline(self, is_offline: bool) -> None:
        """Take the network from the page, or give it back."""
        self._call("offline", isOffline=is_offline)

    def size(self, width: int, height: int) -> None:
        """Make the window as large, in CSS pixels."""
        self._call("size", width=width, height=height)

    def type(self, text: str) -> None:
        self._call("type", text=text)

    def picture(self, path: Path) -> None:
        self._call("picture", path=str(path))

    def close(self) -> None:
        self._call("close")

    def _call(self, method: str, **params: Any) -> Any:
        return self._browser.call(method, _SECONDS, tab=self._tab, **params)


class Tabs:
    """The tabs of one test, which are closed with it."""

    def __init__(self, browser: NodeProcess) -> None:
        self._browser = browser
        self._opened: list[Tab] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for tab in self._opened:
            tab.close()

    def open(self, address: str, before: str = "") -> Tab:
        """Open a page; a script may run before those of the page."""
        self._opened.append(Tab(self._browser, address, before))
        return self._opened[-1]


@contextmanager
def tabbed_browser() -> Iterator[NodeProcess]:
    """Start a browser that reaches this machine and nothing else."""
    packages, browser = install_packages(), provide_browser(cache_folder())
    question = {
        "packages": str(packages),
        "executable": str(browser.path),
        "args": [*browser.args, _LOOPBACK_ONLY],
    }
    drawn = fonts.browser_environment(packages, cache_folder())
    env = {**os.environ, **node_environment(), **browser.env, **drawn}
    process = NodeProcess([str(find_node().path), str(_DRIVER), json.dumps(question)], env, cwd=packages)
    try:
        yield process
    finally:
        process.close()
