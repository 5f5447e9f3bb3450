"""A job as the kernel reports it: from system calls to entries of its read log."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

from deckwright.child.recording import announce, read_log
from deckwright.child.recording.forks import Forks
from deckwright.child.recording.process_memory import ProcessMemory
from deckwright.child.recording.read_log import ReadLog
from deckwright.child.recording.seccomp import Listener, Report
from deckwright.child.recording.system_calls import AT_SYMLINK_NOFOLLOW, Effect, Use, machine

_PATHS_OF_PROCESSES = ("/cwd", "/root", "/fd/")
"""Parts of paths below /proc that lead to other files."""
_CURRENT_FOLDER = -100
_MOST_REMEMBERED = 100_000


class ObservedJob:
    """Writes the entries of a job's read log, for what its processes do with paths."""

    def __init__(
        self,
        listener: Listener,
        forks: Forks,
        scratch: str,
        root: str,
        script: str,
        memory: ProcessMemory,
    ) -> None:
        here = machine()
        assert here is not None, "its filter is installed"
        self.listener, self.forks = listener, forks
        self._calls = here.calls
        self._quick = here.quick_calls
        self._starts = here.starts
        self._forking = here.forks
        self._memory = memory
        self._script = script
        self._log = _OpenLog(scratch, root)
        self._announced: dict[int, str] = {}
        """What threads have announced of their next call."""
        self._seen: set[tuple[int, int, str]] = set()
        """Calls whose effects are logged: number, flags and path."""
        self._log.log(read_log.KERNEL, "")

    def take(self, report: Report) -> None:
        """Note what a call shows, and let it go on; one that starts a process may have to wait."""
        if report[2] in self._forking:
            self.forks.take(report)
            return
        try:
            self.note(report)
        except Exception:
            pass  # what cannot be read or written must not stop a script
        finally:
            self.listener.let_go_on(report)

    def note(self, report: Report) -> None:
        """Log what a call that is about to be done shows; raises OSError where its path cannot be read."""
        _, thread, number, arguments = report
        if number in self._quick and not self._announced:
            path, flags = self._quick[number]
            written = os.fsdecode(self._memory.path(thread, arguments[path]))
            if self._log.cannot_be_input(written):
                return
            if (number, arguments[flags] & 0xFFFFFFFF if flags is not None else 0, written) in self._seen:
                return
        try:
            for use in self._calls[number]:
                self._note(report, use)
        finally:
            if number in self._starts:  # the memory of its process will be another one
                self._memory.forget()

    def close(self) -> None:
        os.close(self.listener.descriptor)
        self._log.close()

    def _note(self, report: Report, use: Use) -> None:
        _, thread, number, arguments = report
        path = "" if use.path is None else os.fsdecode(self._memory.path(thread, arguments[use.path]))
        flags = 0 if use.flags is None else self._flags(thread, arguments[use.flags], use)
        if path.startswith(announce.PREFIX):
            self._announced[thread] = path.removeprefix(announce.PREFIX)
            return
        purpose = self._purpose(thread, use.effect, flags) if self._announced else ""
        if purpose in (announce.OURS, announce.SEARCH):
            return
        if not path.startswith("/"):
            path = _below(thread, None if use.folder is None else arguments[use.folder], path)
        seen = (number, flags, path)
        if seen in self._seen or not self.listener.is_valid(report):
            return
        self._enter(use.effect, flags, self._log.absolute(_resolved(path, thread)), purpose)
        if purpose == "" and use is self._calls[number][-1]:
            self._remember(seen)

    def _purpose(self, thread: int, effect: Effect, flags: int) -> str:
        """Return what a thread has announced of this call."""
        purpose = self._announced.get(thread, "")
        lists = effect is Effect.LIST or (effect is Effect.OPEN and flags & os.O_DIRECTORY)
        if purpose != announce.SEARCH or not lists:
            self._announced.pop(thread, None)
        return purpose if lists or purpose != announce.SEARCH else ""

    def _flags(self, thread: int, argument: int, use: Use) -> int:
        if use.effect is Effect.OPEN_AS_DESCRIBED:  # the description begins with them
            argument = self._memory.number(thread, argument)
        return argument & 0xFFFFFFFF

    def _remember(self, seen: tuple[int, int, str]) -> None:
        if len(self._seen) > _MOST_REMEMBERED:
            self._seen.clear()
        self._seen.add(seen)

    def _enter(self, effect: Effect, flags: int, path: str, purpose: str) -> None:
        log = self._log
        match effect:
            case Effect.OPEN | Effect.OPEN_AS_DESCRIBED:
                self._enter_open(flags, path, purpose)
            case Effect.LOOK if not flags & AT_SYMLINK_NOFOLLOW:
                if not self._script.startswith(path + "/"):  # a folder without which it could not run
                    log.look(path)
            case Effect.LOOK | Effect.LOOK_AT_LINK:
                log.look_at_link(path)
                if effect is Effect.LOOK and not os.path.islink(path):
                    log.look(path)
            case Effect.READ:
                log.read(path)
            case Effect.LIST:
                log.read(os.path.join(path, ""))
            case Effect.ENTER:
                log.look_at_link(path)
            case Effect.MAKE:
                log.put(path)
            case Effect.CHANGE:
                log.change(path)
            case Effect.MAKE_FOLDER:
                log.make_folder(path)

    def _enter_open(self, flags: int, path: str, purpose: str) -> None:
        if flags & os.O_TMPFILE == os.O_TMPFILE:
            return  # a file without a name
        if flags & os.O_PATH:
            self._enter(Effect.LOOK, AT_SYMLINK_NOFOLLOW if flags & os.O_NOFOLLOW else 0, path, "")
        elif flags & os.O_DIRECTORY:
            self._log.look(path)
        else:
            self._log.open(path, flags, read_log.MODULE if purpose == announce.IMPORT else read_log.READ)


class _OpenLog(ReadLog):
    """A read log whose file stays open, if it could be opened: a build may have removed its folder."""

    def __init__(self, folder: str, root: str) -> None:
        super().__init__(folder, root)
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = os.open(self.file, read_log.APPEND, 0o600)

    def append(self, data: bytes) -> None:
        if self._descriptor is not None:
            os.write(self._descriptor, data)

    def close(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


def _below(thread: int, folder: int | None, path: str) -> str:
    """Return a relative path in full: below a descriptor, or the current folder; an empty one is that."""
    descriptor = _CURRENT_FOLDER if folder is None else ctypes.c_int32(folder & 0xFFFFFFFF).value
    place = "cwd" if descriptor == _CURRENT_FOLDER else f"fd/{descriptor}"
    base = os.readlink(f"/proc/{thread}/{place}")
    return f"{base}/{path}" if path else base


def _resolved(path: str, thread: int) -> str:
    """Return a path in which no `..` and no folder of /proc leads out of a link."""
    if path.startswith("/proc/") and any(part in path for part in _PATHS_OF_PROCESSES):
        own = path.replace("/proc/self/", f"/proc/{thread}/").replace(
            "/proc/thread-self/", f"/proc/{thread}/"
        )
        return os.path.realpath(own)
    head, dots, tail = path.rpartition("/../")
    return f"{os.path.realpath(head + '/..')}/{tail}" if dots else path
