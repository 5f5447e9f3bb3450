"""Replacing files of the author's, who may be editing them: one that has changed is left as it is.

A file is the old or the new one at every moment, also if we are killed. Nothing that an editor saves
meanwhile is lost: the new file and the old one change names, and only then what the old one holds is
compared, when nobody can open it by its name any longer (decision 31).
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import secrets
import signal
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from deckwright.files.atomic import read_if_there
from deckwright.files.digests import digest
from deckwright.files.exchange import exchange, rename_new
from deckwright.files.locks import locked

_TEMPORARY = re.compile(r"\.deckwright-[0-9a-f]{16}(?:-([0-9a-f]{16})-([0-9a-f]{16}))?\.tmp")
"""A new file that is not whole; or a whole one, with digests of the old content and of the new one."""

_LOCK_SECONDS = 10.0
_WRITER_SECONDS = 1.0
"""How long an editor may take that was saving the old file when we came: it writes milliseconds."""
_MOST_SAVES = 10
"""How often an editor may save while we put back what it saved."""
_TICK_SECONDS = 0.01

_DEFERRED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def replace_file(path: Path, before: bytes | None, after: bytes) -> bool:
    """Replace what a file holds, if it still holds `before`; return whether it did.

    None stands for a file that is not there. Where a link leads, the file is replaced, and the link stays.
    Permissions, owner and extended attributes stay; other names of the same file (hard links) keep the old
    content. Raises OSError, and then leaves the old file and nothing beside it.
    """
    target = Path(os.path.realpath(path))
    with _alone_in(target.parent):
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        now = read_if_there(target)
        if now == after or now != before:
            return now == after
        fresh = _written(target, before, after)
        try:
            return _put(fresh, target, before, after)
        finally:
            if read_if_there(fresh) in (before, after):
                fresh.unlink(missing_ok=True)
            _sync_folder(target.parent)


def remove_file(path: Path, before: bytes) -> bool:
    """Remove a file, if it still holds `before`; return whether it did. Raises OSError."""
    target = Path(os.path.realpath(path))
    with _alone_in(target.parent):
        aside = _temporary(target, before, before)
        target.rename(aside)
        if is_same := _content(aside) == before:
            aside.unlink()
        else:
            with suppress(FileExistsError):  # a newer one
                rename_new(aside, target)
        _sync_folder(target.parent)
        return is_same


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back signals that end the command until this is done; in other threads they end nothing.

    To block them in this thread is not enough: the system gives them to another one, and Python calls the
    handlers in the main thread all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before: dict[int, Any] = {}
    try:
        for number in _DEFERRED:
            before[number] = signal.signal(number, lambda number, frame: came.append(number))
        yield
    finally:
        for held, handler in before.items():
            signal.signal(held, handler)
        for each in came:
            signal.raise_signal(each)


def remove_leftovers(folder: Path) -> tuple[Path, ...]:
    """Remove what killed commands left in a folder.

    Return files that hold what someone saved at the very moment of the kill: only the author knows what
    to do with them.
    """
    with suppress(OSError), locked(folder, 0) as is_locked:
        if is_locked:
            return tuple(_remove_leftovers(folder))
    return ()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Work in a folder without other commands, to the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, _LOCK_SECONDS) as is_locked, uninterrupted():
        if is_locked:
            _remove_leftovers(folder)
        yield


def _remove_leftovers(folder: Path) -> list[Path]:
    left = []
    for name in sorted(os.listdir(folder)):
        if found := _TEMPORARY.fullmatch(name):
            path = folder / name
            known, data = found.groups(), read_if_there(path)
            if data is None or (known[0] and digest(data)[:16] not in known):
                left.append(path)
            else:
                path.unlink()
    return left


def _put(fresh: Path, target: Path, before: bytes | None, after: bytes) -> bool:
    """Give a new file the name of the old one, unless that has changed; return whether it has not."""
    try:
        if before is None:
            rename_new(fresh, target)
            return True
        if not exchange(fresh, target):
            if target.read_bytes() != before:
                return False
            os.replace(fresh, target)  # what an editor has saved since the line above is lost
            return True
    except (FileExistsError, FileNotFoundError):  # an editor creates or removes files while it saves
        return False
    if _content(fresh) == before:
        return True
    _put_back(fresh, target, after)
    return False


def _put_back(aside: Path, target: Path, ours: bytes) -> None:
    """Give the file that was edited its name back, or a newer one that was saved meanwhile."""
    placed: bytes | None = ours
    for _ in range(_MOST_SAVES):
        previous, placed = placed, _content(aside)
        try:
            exchange(aside, target)
        except FileNotFoundError:
            with suppress(FileExistsError):
                rename_new(aside, target)
                return
        if previous is not None and _content(aside) == previous:
            aside.unlink()
            return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(target))


def _content(path: Path) -> bytes | None:
    """Return what a file holds when nobody writes to it; None if someone goes on writing."""
    deadline = time.monotonic() + _WRITER_SECONDS
    with path.open("rb") as file:
        while _has_writer(file):
            if time.monotonic() > deadline:
                return None
            time.sleep(_TICK_SECONDS)
        return file.read()


def _has_writer(file: IO[bytes]) -> bool:
    """Whether a process has a file open for writing: then Linux grants no lease of it."""
    try:
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)  # it is ignored; others end a process
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except (OSError, AttributeError):  # another owner's file, a network's disk, macOS: one cannot know
        return False
    return False


def _written(target: Path, before: bytes | None, after: bytes) -> Path:
    """Write a new file beside the old one, with the same permissions, and safe from a power cut."""
    begun = target.with_name(f".deckwright-{secrets.token_hex(8)}.tmp")
    whole = _temporary(target, before or b"", after)
    try:
        with begun.open("xb", buffering=0) as file:
            if file.write(after) != len(after):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))
            if before is not None:
                _copy_attributes(target, file.fileno())
            os.fsync(file.fileno())
        begun.rename(whole)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
    return whole


def _temporary(target: Path, before: bytes, after: bytes) -> Path:
    """Return a free name beside a file for one that holds either of two contents, or what someone saved."""
    digests = f"{digest(before)[:16]}-{digest(after)[:16]}"
    return target.with_name(f".deckwright-{secrets.token_hex(8)}-{digests}.tmp")


def _copy_attributes(source: Path, file: int) -> None:
    status = source.stat()
    mine = os.fstat(file)
    if (status.st_uid, status.st_gid) != (mine.st_uid, mine.st_gid):
        with suppress(OSError):  # only root gives files away
            os.fchown(file, status.st_uid, status.st_gid)
    os.fchmod(file, stat.S_IMODE(status.st_mode))
    with suppress(OSError, AttributeError):  # file systems without them, and macOS
        for name in os.listxattr(source):
            with suppress(OSError):
                os.setxattr(file, name, os.getxattr(source, name))


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
