"""The build loop: build, show the result, wait for a change, build again, in one thread."""

from __future__ import annotations

import gc
import os
import posixpath
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn, Protocol

from deckwright.build.context import Context
from deckwright.build.entry import build_or_replay
from deckwright.build.ports import Emit, WarmPorts
from deckwright.build.read import read_course
from deckwright.errors import Cancelled, ConfigError, DeckwrightError
from deckwright.files.system_errors import as_ours
from deckwright.formats import SERVED, page_path
from deckwright.machine.environment import Environment
from deckwright.model import DeckReport, Diagnostic, Early, Event, Report, Request, events
from deckwright.project.project import BUILD, SETTINGS_FILES, Project, deck_name
from deckwright.project.settings import Settings, read_settings
from deckwright.report.board import Board
from deckwright.serve.event_stream import EventStream
from deckwright.serve.messages import diagnostics_message, error_message, progress_message
from deckwright.serve.pages import PageCache
from deckwright.serve.saved_files import SAVE_SECONDS, SavedFiles
from deckwright.serve.watched_paths import WatchedPaths
from deckwright.serve.watcher import Watcher

_SETTINGS = frozenset(part for path in SETTINGS_FILES for part in (path, posixpath.dirname(path)) if part)
"""The files that may hold settings, and their folders."""

LONG_SECONDS = 1.0
"""Decks are shown without the results of scripts that took this long last time, until these have run."""

OpenWarm = Callable[[Project], AbstractContextManager[WarmPorts]]
"""Opens the ports of a project for many builds."""


class Observer(Protocol):
    """The terminal, which shows builds besides the pages."""

    def serving(self, address: str, is_private: bool, opened: str = "") -> None:
        """Show the address of the pages, and whether only this machine can reach them.

        `opened` is the one for the browser that the command opens, if that is another one.
        """

    def building(self) -> AbstractContextManager[Emit]:
        """Show the events of a build that begins."""

    def built(self, report: Report) -> None:
        """Show the result of a build that changed something."""

    def found(self, errors: Sequence[Diagnostic]) -> None:
        """Show the errors that are known while a build goes on."""

    def failed(self, error: DeckwrightError) -> None:
        """Show why there was no build."""

    def polling(self, reason: str) -> None:
        """Show why changes of files are looked for. Called from another thread."""


class Loop:
    """Builds whenever something changes that builds depend on. Other threads call only `on_change` and
    `on_view`."""

    def __init__(
        self,
        project: Project,
        request: Request,
        pages: PageCache,
        stream: EventStream,
        observer: Observer,
    ) -> None:
        self._sources = SavedFiles(project.files)
        self._watched = WatchedPaths(self._sources)
        self._project = replace(project, files=self._watched)
        self._request = request
        self._pages = pages
        self._stream = stream
        self._observer = observer
        self._changed = threading.Event()
        self._unrelated: set[str] = set()
        """Changed paths that no build has read so far; the current build may still read them."""
        self._folders: frozenset[str] = frozenset()
        """The watched folders, among them those that are gone."""
        self._watch_also: Callable[[frozenset[str]], None] = lambda folders: None
        self._is_intact: Callable[[], bool] = lambda: True
        self._made: frozenset[str] = frozenset()
        """The pages of the last build."""
        self._warmed_in: Environment | None = None
        self._interrupt: Callable[[], None] = lambda: None
        self._page_changes: dict[str, Any] = {}
        """How the last build changed pages, also for those that connect again later."""
        self._running: set[str] = set()
        """The scripts that run now."""
        self._waited: frozenset[str] = frozenset()
        """The scripts that ran when a build was interrupted, since the last one that was not."""
        self._saved: dict[str, None] = {}
        """The paths that changed since the last build that was not interrupted, the last one last."""
        self._viewed = ""
        """The page that was opened last."""
        self._begins = True
        """Whether no build has ended yet."""
        self._is_frozen = False
        self._sources_good = True
        """Whether the last build found no error in what it read."""
        self._shown_versions: dict[str, str] = {}
        self._shown_diagnostics: dict[str, Any] | None = None
        """Those of the last build that ended."""
        self._on_pages = diagnostics_message(())
        """Those that pages show now."""

    def run(self, open_warm: OpenWarm, watcher: Watcher) -> NoReturn:
        """Build forever."""
        self._watch_also = watcher.watch_also
        while True:
            try:
                settings = self._settings()
                project = replace(self._project, settings=settings)
                with open_warm(project) as warm:
                    self._build_repeatedly(project, warm, watcher)
            except (DeckwrightError, OSError) as error:  # a warm process may be the cause: start new ones
                self._show_error(as_ours(error))
                self._wait_for_change(watcher)

    def on_change(self, changes: Collection[str]) -> bool:
        """Note changed paths (absolute); return whether a build follows.

        A build that goes on is interrupted.
        """
        root = self._project.root
        below = (path for path in map(Path, changes) if path.is_relative_to(root))
        paths = {path.relative_to(root).as_posix() for path in below}
        if paths and not any(map(self._concerns, paths)) and not self._are_pages_gone():
            self._unrelated |= paths
            return False
        self._watch_new_folders()
        for path in sorted(paths):
            self._saved.pop(path, None)
            self._saved[path] = None
        self._changed.set()
        self._interrupt()
        return True

    def on_view(self, page: str) -> None:
        """Note that a page was opened: its scripts come before those of other decks."""
        self._viewed = page

    def _build_repeatedly(self, project: Project, warm: WarmPorts, watcher: Watcher) -> None:
        """Build until the ports have to be opened again, or an error says that a tool failed."""
        self._interrupt, self._is_intact, self._warmed_in = warm.interrupt, warm.intact, None
        self._show_last_build(project, warm)
        while True:
            self._changed.clear()
            self._unrelated.clear()
            self._page_changes = {}
            self._sources.begin()
            self._wait_for_removals()
            try:
                settings = self._settings()
                if _port_settings(settings) != _port_settings(project.settings) or not warm.intact():
                    return
                project = replace(project, settings=settings)
                self._show_report(self._build(project, warm, watcher))
                self._waited = frozenset()
                if self._sources_good:  # otherwise an edit is under way, after which its runs may count
                    warm.end_leftovers()
                self._import_modules(project, warm)
                self._free_memory()
            except Cancelled:
                self._waited |= self._running
                continue
            except ConfigError as error:
                self._show_error(error)
            self._wait_for_change(watcher)

    def _settings(self) -> Settings:
        root = self._project.root
        if not root.is_dir():  # a build would make a new folder in its place
            raise ConfigError(f"the folder {root} is gone", "the decks are built when it is back")
        return read_settings(root)

    def _show_last_build(self, project: Project, warm: WarmPorts) -> None:
        """Show the pages of an earlier build until there are newer ones."""
        last = warm.ports().store.report()
        if last and not self._pages.decks:
            wanted = project.decks(self._request.decks)
            self._publish_pages(_page(deck) for deck in last.decks if deck.path in wanted)

    def _build(self, project: Project, warm: WarmPorts, watcher: Watcher) -> Report:
        ports, saved = warm.ports(), tuple(reversed([*self._saved]))
        self._running.clear()
        with self._observer.building() as show:
            viewed = self._viewed_deck(project)
            early = Early(LONG_SECONDS, self._waited, saved, viewed, self._begins)
            request = replace(self._request, early=early)
            try:
                report = build_or_replay(Context(project, ports, request, self._reporter(show, watcher)))
            finally:
                self._stream.publish("progress", **progress_message(Board(), 0.0))
        for path in saved:
            self._saved.pop(path, None)
        self._begins = False
        return report

    def _viewed_deck(self, project: Project) -> str:
        """Return the deck whose page was opened last; empty if there is none."""
        decks = project.decks(self._request.decks) if self._viewed else ()
        return next((deck for deck in decks if _page_of(deck) == self._viewed), "")

    def _import_modules(self, project: Project, warm: WarmPorts) -> None:
        """Import what scripts import before one is edited: once per Python."""
        if self._warmed_in != (environment := warm.ports().environment):
            self._warmed_in = environment
            warm.warm(read_course(project, self._request.decks).jobs.values())

    def _free_memory(self) -> None:
        """Free what connections and builds left in cycles.

        Python looks for cycles once there are a quarter as many new objects as old ones, and those of our
        modules are many: pages would wait there for hundreds of saves. What is there after the first build
        stays, so that the later collections take no time.
        """
        gc.collect()
        if not self._is_frozen:
            self._is_frozen = True
            gc.freeze()

    def _reporter(self, show: Emit, watcher: Watcher) -> Emit:
        board = Board()

        def emit(event: Event) -> None:
            nonlocal board
            # The sources have been read, perhaps from folders that nobody watches yet. What follows may take
            # long: it begins again with all that is new.
            if _takes_time(event) and self._folders_to_watch() - self._folders and self._watch(watcher):
                raise Cancelled
            show(event)
            now = time.monotonic()
            board = board.after(event, now)
            self._stream.publish("progress", **progress_message(board, now))
            if isinstance(event, events.Known):
                self._show_known(event.errors)
            if isinstance(event, events.Rendered):  # before the rest of the build
                self._publish_pages(dict.fromkeys([*self._pages.decks, _page_of(event.subject)]))
            if isinstance(event, events.Finished):
                self._running.discard(event.subject)
            if isinstance(event, events.Started):
                self._running.add(event.subject)
                if self._changed.is_set():
                    self._interrupt()  # the change came before there was a run to interrupt

        return emit

    def _show_known(self, errors: Sequence[Diagnostic]) -> None:
        """Show the errors that are there while scripts run, which may take long. Warnings stay."""
        diagnostics = {**self._on_pages, "errors": diagnostics_message(errors)["errors"]}
        if diagnostics != self._on_pages and not (errors and self._is_saved_again()):
            self._observer.found(errors)
            self._show_diagnostics(diagnostics)

    def _is_saved_again(self) -> bool:
        """Whether the next build follows at once: what was read may have been a file that is being saved."""
        return self._changed.wait(SAVE_SECONDS)

    def _is_momentary(self, diagnostics: dict[str, Any]) -> bool:
        """Whether errors may be gone with the next build, which follows at once."""
        return diagnostics != self._shown_diagnostics and self._is_saved_again()

    def _show_report(self, report: Report) -> None:
        diagnostics = diagnostics_message(report.diagnostics)
        if report.broken and self._is_momentary(diagnostics):
            return
        self._sources_good = not report.broken
        self._made = frozenset(filter(None, map(_page, report.decks)))
        if report.decks:
            self._publish_pages([*map(_page, report.decks), *self._last_pages(report.broken)])
        if self._pages.versions != self._shown_versions or diagnostics != self._shown_diagnostics:
            self._observer.built(report)
        self._shown_versions, self._shown_diagnostics = self._pages.versions, diagnostics
        self._show_diagnostics(diagnostics)

    def _last_pages(self, decks: Iterable[str]) -> list[str]:
        """Return the last good pages of decks that have errors."""
        paths = set(map(_page_of, decks))
        return [path for path in self._pages.decks if path in paths]

    def _publish_pages(self, decks: Iterable[str]) -> None:
        """Publish which pages there are and how they changed, if they did."""
        before = self._pages.versions
        self._page_changes |= {path: asdict(change) for path, change in self._pages.refresh(decks).items()}
        if self._pages.versions != before:
            self._stream.publish("pages", versions=self._pages.versions, changes=self._page_changes)

    def _show_error(self, error: DeckwrightError) -> None:
        diagnostics = error_message(error)
        if self._is_momentary(diagnostics):
            return
        self._sources_good = False
        if diagnostics != self._shown_diagnostics:
            self._observer.failed(error)
        self._shown_diagnostics = diagnostics
        self._show_diagnostics(diagnostics)

    def _show_diagnostics(self, diagnostics: dict[str, Any]) -> None:
        self._on_pages = diagnostics
        self._stream.publish("diagnostics", **diagnostics)

    def _wait_for_change(self, watcher: Watcher) -> None:
        """Return when something has changed since the last build began."""
        is_new = self._watch(watcher)
        if not (is_new or any(map(self._concerns, tuple(self._unrelated))) or self._are_pages_gone()):
            self._changed.wait()

    def _watch(self, watcher: Watcher) -> bool:
        """Watch the folders of what was read; return whether something may have changed there unnoticed."""
        self._folders = self._folders_to_watch()
        return watcher.watch_folders(self._folders)

    def _wait_for_removals(self) -> None:
        """Let whoever removes the build's folder finish: `rm -r` fails where new files come meanwhile."""
        build, before = self._project.build, -1
        while self._are_pages_gone() and (left := sum(1 for _ in build.rglob("*"))) != before:
            before = left
            time.sleep(SAVE_SECONDS)

    def _watch_new_folders(self) -> None:
        """Watch folders that a change brought: a build that goes on may take long."""
        if new := self._folders_to_watch() - self._folders:
            self._folders |= new
            self._watch_also(new)

    def _folders_to_watch(self) -> frozenset[str]:
        # Until settings are read, a build reads nothing else. The folder of builds may be removed.
        root = self._project.root
        always = (*_SETTINGS, BUILD)
        return self._watched.folders(root) | {
            os.path.join(root, path) for path in always if os.path.isdir(root / path)
        }

    def _are_pages_gone(self) -> bool:
        """Whether somebody removed the build's folder, or pages in it."""
        return not self._is_intact() or not all((self._project.build / page).exists() for page in self._made)

    def _concerns(self, path: str) -> bool:
        absolute = os.path.join(self._project.root, path)
        is_folder = absolute in self._folders or os.path.isdir(absolute)
        return path in _SETTINGS or self._watched.concerns(path, is_folder)


def _page(deck: DeckReport) -> str:
    return deck.outputs.get(SERVED.name, "")


def _takes_time(event: Event) -> bool:
    """Whether something begins that may take minutes."""
    return isinstance(event, events.Installing) or (isinstance(event, events.Planned) and event.stale > 0)


def _page_of(deck: str) -> str:
    return page_path(deck_name(deck))


def _port_settings(settings: Settings) -> tuple[str, int, str, float]:
    """Return the settings that ports are opened with; each build reads the others."""
    return settings.device, settings.jobs, settings.store, settings.marp.browser_timeout
