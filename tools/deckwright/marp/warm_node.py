"""Marp and the browser, both warm: what turns decks into pages runs there.

Marp runs in one Node process, which starts in the background. Another one drives the browser, so that both
start and work side by side; it starts only when it is needed.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, Protocol, TypeVar

from deckwright.errors import RenderError, ToolMissing
from deckwright.files.codec import Malformed, decode
from deckwright.files.digests import digest_of
from deckwright.files.scratch import Scratch
from deckwright.marp import fonts
from deckwright.marp.browsers import provide_browser
from deckwright.marp.charts import PACKAGES, ChartDrawing
from deckwright.marp.families import Family
from deckwright.marp.family_files import FetchedOnce, fetch
from deckwright.marp.node import DOCTOR, NodeProcess
from deckwright.marp.packages import SOURCES, cache_folder, find_node, install_packages, node_environment
from deckwright.marp.page_fonts import font_faces, own_letters, picture_fonts
from deckwright.marp.served_files import ADDRESS
from deckwright.marp.svg_fonts import with_fonts

T = TypeVar("T")

_MOST_DRAWINGS = 64
"""Charts of earlier renderings that are not drawn again."""

HASTE_SECONDS = 0.2
"""How long Node may take to end after Ctrl-C."""


class NodePort(Protocol):
    """A process that answers requests: see `node.NodeProcess`."""

    def ask(self, method: str, /, **params: Any) -> Future[Any]: ...

    def call(self, method: str, /, timeout_seconds: float | None, **params: Any) -> Any: ...

    def close(self, grace_seconds: float) -> None: ...


class Tools:
    """What is installed once; `stopped` returns whether they are no longer needed."""

    def packages(self, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of the JavaScript packages."""
        return install_packages(folder=cache, stopped=stopped)

    def libraries(self, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of what draws charts."""
        return install_packages(PACKAGES, cache, stopped)

    def family(self, family: Family, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of a family of fonts. Raises ToolMissing."""
        return fetch(family, cache, stopped)

    def node(self, packages: Path, scratch: Path) -> NodePort:
        """Start the process that runs Marp."""
        process = _start("server.mjs", packages, scratch)
        process.ask("warm")
        return process

    def browser(self, cache: Path, packages: Callable[[], Path], stopped: Callable[[], bool]) -> NodePort:
        """Start the process that drives the browser, and this; `packages` waits until they are installed."""
        command = self.browser_command(cache, packages, stopped)
        process = _start("browser_server.mjs", packages())
        process.ask("open", **command)
        return process

    def browser_command(
        self, cache: Path, packages: Callable[[], Path], stopped: Callable[[], bool]
    ) -> Mapping[str, Any]:
        """Return how the browser is started."""
        browser = provide_browser(cache, stopped)
        env = {**browser.env, **fonts.browser_environment(packages(), cache)}
        return {"executable": str(browser.path), "kind": browser.kind, "args": list(browser.args), "env": env}


def _start(script: str, packages: Path, *arguments: Path) -> NodeProcess:
    """Start a script of ours in Node, which from version 22 on keeps the packages compiled beside them."""
    command = [str(find_node().path), str(SOURCES / script), str(packages), *map(str, arguments)]
    env = {"NODE_COMPILE_CACHE": str(packages.parent / "compiled"), **node_environment()}
    return NodeProcess(command, env, cwd=packages)


class WarmNode:
    """The warm processes of Marp and the browser, with the packages and fonts that pages need."""

    def __init__(
        self,
        cache: Path | None,
        scratch: Path | None,
        tools: Tools,
        patience_seconds: float | None,
    ) -> None:
        """`scratch` is a folder for temporary files; `patience_seconds` are for one step."""
        self.cache = cache or cache_folder()
        self._scratch_parent = scratch or self.cache / "scratch"
        self._tools = tools
        self._patience_seconds = patience_seconds
        self._scratch: Scratch | None = None
        self._background = ThreadPoolExecutor(max_workers=3, thread_name_prefix="deckwright-marp")
        self._node: Future[NodePort] | None = None
        self._browser: Future[NodePort] | None = None
        self._closing = threading.Event()
        self._drawings: dict[str, ChartDrawing] = {}
        self._families = FetchedOnce(
            lambda family: self._tools.family(family, self.cache, self._closing.is_set)
        )

    def start(self, browser: bool = False) -> None:
        """Start Marp in the background, and with `browser` also the browser."""
        self._scratch = self._scratch or Scratch(self._scratch_parent)
        if self._node is None:
            self._node = self._background.submit(self._start_node)
        if browser and self._browser is None:
            self._browser = self._background.submit(self._start_browser)

    def is_intact(self) -> bool:
        """Whether its temporary files were not removed by somebody else."""
        return self._scratch is None or self._scratch.path.is_dir()

    def close(self, grace_seconds: float) -> None:
        """End the processes, the browser, and installations. May be called twice."""
        self._closing.set()
        starting = [*filter(None, (self._node, self._browser))]
        self._node = self._browser = None
        started = [each.result() for each in starting if each.exception() is None]
        with ThreadPoolExecutor() as closing:
            list(closing.map(lambda process: process.close(grace_seconds), started))
        self._background.shutdown(wait=True)  # what still waits for an answer gets none
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None

    @property
    def packages(self) -> Path:
        return self._tools.packages(self.cache, self._closing.is_set)

    @property
    def libraries(self) -> Path:
        """Return the folder of what draws charts, which is installed for the first deck that has one."""
        return self._tools.libraries(self.cache, self._closing.is_set)

    def draw_charts(self, tasks: Sequence[Mapping[str, Any]]) -> list[ChartDrawing]:
        """Return what the browser draws of charts; the same task gives the same drawing."""
        packages = str(self.libraries)
        keys = [digest_of([packages, task]) for task in tasks]
        missing = {key: task for key, task in zip(keys, tasks) if key not in self._drawings}
        for key, task in missing.items():
            self._drawings[key] = self.browse(
                ChartDrawing, "chart", address=ADDRESS, packages=packages, task=task
            )
        if missing:
            self.browse(NoneType, "closeStudio")
        drawings = [self._drawings[key] for key in keys]
        self._drawings = {key: each for key, each in self._drawings.items() if not each.passing}
        self._drawings = dict([*self._drawings.items()][-_MOST_DRAWINGS:])
        return drawings

    def fonts(self, page: str) -> str:
        """Return CSS with the fonts that a page names."""
        return self.fonts_and_missing(page)[0]

    def picture(self, path: Path) -> Path:
        """Return a picture with the fonts of its text inside; the same file if it needs none."""
        assert self._scratch is not None
        return with_fonts(path, self.fonts, self._scratch.path)

    def own_letters(self) -> frozenset[str]:
        """Return the letters of the fonts that come with Marp."""
        return own_letters(self.packages, self.cache)

    def fonts_and_missing(self, page: str) -> tuple[str, Mapping[str, str]]:
        """Return CSS with the fonts that a page names; and why families that it needs cannot be had."""
        missing = dict[str, str]()
        return font_faces(page, self.packages, self.cache, partial(self._family, missing=missing)), missing

    def picture_fonts(self, characters: frozenset[str], weights: frozenset[int]) -> str:
        """Return CSS with the fonts of a picture's text, reduced to these characters and weights."""
        find = partial(self._family, missing={})
        return picture_fonts(characters, weights, self.packages, self.cache, find)

    def _family(self, family: Family, missing: dict[str, str]) -> Path | None:
        """Return the folder of a family's files; None, with the reason in `missing`, if it cannot be had."""
        try:
            return self._families(family)
        except ToolMissing as error:
            missing[family.name] = error.message.splitlines()[0]
            return None

    def temporary_folder(self) -> tempfile.TemporaryDirectory[str]:
        assert self._scratch is not None
        return tempfile.TemporaryDirectory(dir=self._scratch.path)

    def call(self, kind: type[T], method: str, **params: Any) -> T:
        """Send a request to Marp, and return the answer as a value of `kind`."""
        assert self._node is not None
        return self._answer(kind, self._node, method, params)

    def hide(self) -> None:
        """Close what the browser shows, if it still runs; nothing waits for that."""
        if self._browser is not None and self._browser.exception() is None:
            self._browser.result().ask("hide")

    def browse(self, kind: type[T], method: str, **params: Any) -> T:
        """Send a request to the browser, whose start has no limit of its own."""
        self.start(browser=True)
        return self._browse(kind, method, params)

    def browse_meanwhile(self, kind: type[T], method: str, **params: Any) -> Future[T]:
        """Do as `browse` does, in the background."""
        self.start(browser=True)
        return self._background.submit(self._browse, kind, method, params)

    def _browse(self, kind: type[T], method: str, params: Any) -> T:
        browser = self._browser
        if browser is None:
            raise RenderError("the browser has ended", DOCTOR)
        return self._answer(kind, browser, method, params)

    def _answer(self, kind: type[T], starting: Future[NodePort], method: str, params: Any) -> T:
        process = starting.result()
        try:
            answer = process.call(method, timeout_seconds=self._patience_seconds, **params)
        except RenderError:
            # It may have ended, or never end what it does: the next request gets another.
            self._node = None if self._node is starting else self._node
            self._browser = None if self._browser is starting else self._browser
            process.close(HASTE_SECONDS)
            raise
        try:
            return decode(kind, answer)
        except Malformed as error:
            raise RenderError(f"Node answered '{method}' with something else: {error}", DOCTOR) from error

    def _start_node(self) -> NodePort:
        assert self._scratch is not None
        return self._tools.node(self.packages, self._scratch.path)

    def _start_browser(self) -> NodePort:
        return self._tools.browser(self.cache, lambda: self.packages, self._closing.is_set)
