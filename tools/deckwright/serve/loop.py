"""Build, tell, wait for a change, build again: one thread for as long as the server lives."""

from __future__ import annotations

import os
import posixpath
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn, Protocol

from deckwright.build.entry import build_once
from deckwright.build.ports import Emit, WarmPorts
from deckwright.build.read import read_course
from deckwright.errors import Cancelled, ConfigError, DeckwrightError, ServeError, foreign
from deckwright.machine.environment import Environment
from deckwright.model import Event, Report, Request, events
from deckwright.project.project import SETTINGS_FILES, Project
from deckwright.project.settings import Settings, read_settings
from deckwright.report.board import Board
from deckwright.serve.event_stream import EventStream
from deckwright.serve.messages import diagnostics_news, error_news, work_news
from deckwright.serve.page_cache import PageCache
from deckwright.serve.watched_paths import WatchedPaths
from deckwright.serve.watcher import Watcher

_SETTINGS = frozenset(part for path in SETTINGS_FILES for part in (path, posixpath.dirname(path)) if part)
"""Where settings may stand, and the folders in which they may."""

LONG_SECONDS = 1.0
"""For a script that took this long, the pages do not wait."""

Keep = Callable[[Project], AbstractContextManager[WarmPorts]]
"""Opens the ports of a project for many builds."""


class BuildObserver(Protocol):
    """Who sits at the terminal."""

    def building(self) -> AbstractContextManager[Emit]:
        """Show the events of a build that begins."""

    def built(self, report: Report) -> None:
        """Tell of a build that changed something."""

    def failed(self, error: DeckwrightError) -> None:
        """Tell why there was no build."""


class Loop:
    """Builds whenever something changed that a build asked for. Only `heed` is for other threads."""

    def __init__(
        self,
        project: Project,
        request: Request,
        shelf: PageCache,
        channel: EventStream,
        audience: BuildObserver,
    ) -> None:
        self._asked = WatchedPaths(project.files)
        self._project = replace(project, files=self._asked)
        self._request = request
        self._shelf = shelf
        self._channel = channel
        self._audience = audience
        self._changed = threading.Event()
        self._missed: set[str] = set()
        """What changed, but concerned no build until now: the one that goes on may ask for it yet."""
        self._followed: frozenset[str] = frozenset()
        """The folders that are watched: one of them that went away is no file."""
        self._broken: OSError | None = None
        self._warmed_in: Environment | None = None
        self._interrupt: Callable[[], None] = _nothing
        self._changes: dict[str, Any] = {}
        """How the latest build changed pages; who has lost the connection meanwhile can still take it in."""
        self._gave_way = False
        """Whether a build was left for this one: what it ran goes on, however long that takes."""
        self._readable = True
        """Whether the last build found no error in what it read."""
        self._built: dict[str, str] = {}
        """The versions of pages of which the terminal was told; and what is wrong:"""
        self._told: dict[str, Any] | None = None

    def run(self, keep: Keep, watcher: Watcher) -> NoReturn:
        """Build for ever. Raises ServeError if the sources cannot be watched."""
        while True:
            try:
                settings = read_settings(self._project.root)
                with keep(replace(self._project, settings=settings)) as kept:
                    self._build_again(replace(self._project, settings=settings), kept, watcher)
            except ServeError:
                raise
            except DeckwrightError as error:  # what is warm may be what is broken: the next build starts anew
                self._fail(error)
                self._wait(watcher)
            except OSError as error:
                self._fail(foreign(error))
                self._wait(watcher)

    def heed(self, changes: Collection[str] | OSError) -> None:
        """Note what changed (absolute paths); a build that it makes pointless gives way."""
        if isinstance(changes, OSError):
            self._broken = changes
        else:
            root = self._project.root
            paths = {Path(path).relative_to(root).as_posix() for path in changes if _is_below(path, root)}
            if paths and not any(map(self._concerns, paths)):
                self._missed |= paths
                return
        self._changed.set()
        self._interrupt()

    def _build_again(self, project: Project, kept: WarmPorts, watcher: Watcher) -> None:
        """Build until the ports have to be opened anew, or an error says that a tool failed."""
        self._interrupt, self._warmed_in = kept.interrupt, None
        self._show_last(project, kept)
        while True:
            self._changed.clear()
            self._missed.clear()
            self._changes = {}
            try:
                settings = read_settings(project.root)
                if _of_ports(settings) != _of_ports(project.settings) or not kept.intact():
                    return
                project = replace(project, settings=settings)
                self._tell(self._build(project, kept))
                self._gave_way = False
                if self._readable:  # else somebody is in the middle of an edit: what runs may be wanted yet
                    kept.end_leftovers()
                self._warm(project, kept)
            except Cancelled:
                self._gave_way = True
                continue
            except ConfigError as error:
                self._fail(error)
            self._wait(watcher)

    def _show_last(self, project: Project, kept: WarmPorts) -> None:
        """Show what an earlier build left, until there is something newer."""
        last = kept.ports().store.report()
        if last and not self._shelf.decks:
            wanted = project.decks(self._request.decks)
            self._publish_pages(deck.html for deck in last.decks if deck.path in wanted)

    def _build(self, project: Project, kept: WarmPorts) -> Report:
        ports = kept.ports()
        with self._audience.building() as show:
            emit = self._reporter(show)
            try:
                early_seconds = 0.0 if self._gave_way else LONG_SECONDS
                return build_once(project, ports, replace(self._request, early_seconds=early_seconds), emit)
            finally:
                self._channel.publish("work", **work_news(Board(), 0.0))

    def _warm(self, project: Project, kept: WarmPorts) -> None:
        """Have imported what scripts import before one is edited: once for each Python."""
        if self._warmed_in != (environment := kept.ports().environment):
            self._warmed_in = environment
            kept.warm(read_course(project, self._request.decks).jobs.values())

    def _reporter(self, show: Emit) -> Emit:
        board = Board()

        def emit(event: Event) -> None:
            nonlocal board
            show(event)
            now = time.monotonic()
            board = board.after(event, now)
            self._channel.publish("work", **work_news(board, now))
            if isinstance(event, events.Planned) and not self._readable:
                self._channel.publish("trouble", errors=[], warnings=[])  # mended; what runs may take long
            if isinstance(event, events.Rendered) and self._shelf.decks:
                self._publish_pages(self._shelf.decks)  # what is left of the build need not be waited for
            if isinstance(event, events.Started) and self._changed.is_set():
                self._interrupt()  # the change came before there was a run that could give way

        return emit

    def _tell(self, report: Report) -> None:
        """Show the pages what is new of them, and everybody what is wrong."""
        trouble = diagnostics_news(report.diagnostics)
        self._readable = bool(report.decks)
        if self._readable:
            self._publish_pages(deck.html for deck in report.decks)
        if self._shelf.versions != self._built or trouble != self._told:
            self._audience.built(report)
        self._built, self._told = self._shelf.versions, trouble
        self._channel.publish("trouble", **trouble)

    def _publish_pages(self, decks: Iterable[str]) -> None:
        """Tell which pages there are and how they changed, if that is news."""
        before = self._shelf.versions
        self._changes |= {path: asdict(change) for path, change in self._shelf.refresh(decks).items()}
        if self._shelf.versions != before:
            self._channel.publish("pages", versions=self._shelf.versions, changes=self._changes)

    def _fail(self, error: DeckwrightError) -> None:
        trouble = error_news(error)
        self._readable = False
        if trouble != self._told:
            self._audience.failed(error)
        self._told = trouble
        self._channel.publish("trouble", **trouble)

    def _wait(self, watcher: Watcher) -> None:
        """Return when something changed since the last build began."""
        # The settings decide what a project is, and are watched before anything was asked for.
        root = self._project.root
        settings = {os.path.join(root, path) for path in _SETTINGS if os.path.isdir(root / path)}
        self._followed = self._asked.folders(root) | settings
        new = watcher.follow(self._followed)
        if not new and not any(map(self._concerns, tuple(self._missed))):
            self._changed.wait()
        if self._broken:
            reason = self._broken.strerror or self._broken
            raise ServeError(
                f"cannot watch the sources: {reason}", "sysctl fs.inotify shows how much may be watched"
            )

    def _concerns(self, path: str) -> bool:
        whole = os.path.join(self._project.root, path)
        is_folder = whole in self._followed or os.path.isdir(whole)
        return path in _SETTINGS or self._asked.concerns(path, is_folder)


def _is_below(path: str, root: Path) -> bool:
    return Path(path).is_relative_to(root)


def _of_ports(settings: Settings) -> tuple[str, int, str]:
    """Return the settings that ports are opened with; the others are read for each build."""
    return settings.device, settings.jobs, settings.store


def _nothing() -> None:
    """There is no build that could give way."""
