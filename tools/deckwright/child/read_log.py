"""What a run reads, noted as it happens: an audit hook for every Python process of a job.

Each note is one record, appended to a file in the job's scratch folder in a single write. So what
a killed run had read is known, and what processes that the script forked or started read counts.
A record is `KIND SIZE MODIFIED CHANGED INODE NAME`, ended by NUL, which no path can contain:

- `read`: a file (`PATH`) or the names in a folder (`PATH/`) were about to be read; with the stamp
  of that moment, or zeros where nothing was there;
- `module`: the same, of a file that is imported: of what is in it, only the code matters;
- `looked`: the same, of a file that the run only looked for, or at: whether it is there, how large it is;
- `declared`: the same, of data that the script's options name;
- `changed`: the run wrote to a path, made, moved or removed it;
- `made`: it made a file or (with a slash) a folder where nothing was;
- `replaced`: it wrote a file that was there anew, so that what was in it before does not matter;
- `variable`: it asked for an environment variable of this name;
- `import`: it imported an installed module (top-level name); `ahead`: the server had, before it.

A process that a script starts runs this before anything of its own: it imports os, stat and sys alone,
which every interpreter has. Nothing here may raise, whatever a script does to itself.
"""

from __future__ import annotations

import os
import stat
import sys
from os import stat as _status  # the one that tells nobody

from deckwright.child import audit_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import FrameType
    from typing import Any

NOTES = "reads"
"""Name of the file in a job's scratch folder."""

READ, MODULE, LOOKED, DECLARED = "read", "module", "looked", "declared"
CHANGED, MADE, REPLACED = "changed", "made", "replaced"
VARIABLE, IMPORTED, AHEAD = "variable", "import", "ahead"

NOTHING = (0, 0, 0, 0)
"""In place of a stamp."""

_FOLDER, _ROOT = "DECKWRIGHT_SCRATCH", "DECKWRIGHT_ROOT"
"""Environment variables that tell a process that it belongs to a job."""

_STARTUP = os.path.join(os.path.dirname(__file__), "startup")
"""Python imports `sitecustomize` from here when it starts."""

_TOOL = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
"""Our own package: tracebacks of a script may read its text."""

_SYSTEM = (
    *("/usr/", "/lib/", "/lib64/", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/bin/", "/sbin/"),
    *("/var/cache/", "/var/folders/", "/var/lock/", "/var/log/", "/var/run/", "/var/tmp/"),
    *("/nix/", "/gnu/", "/snap/", "/System/", "/Library/", "/private/etc/", "/private/var/"),
)
"""Not /opt, /srv and the rest of /var: servers keep data there."""
_DISKS = "/run/media/"
"""Where a desktop mounts what is plugged in."""
_NO_FILES = ("\0", "/<")
"""In paths of no file: Python may look for the source of code whose place is called `<unknown>`."""
_INSTALLED = ("/site-packages/", "/dist-packages/")
_MACHINERY = ("importlib", "_frozen_importlib", "_frozen_importlib_external", "pkgutil", "pkg_resources")
"""Modules that find modules: which folders they search is nothing to us, which modules they find is."""
_HANDING_ON = ("os", "collections")
"""Modules that ask for an environment variable in the name of who calls them."""
_QUOTING = ("linecache", "inspect")
"""Modules that look whether source code is as they know it, before they quote it."""

_WRITES = os.O_WRONLY | os.O_RDWR


def environment(folder: str, root: str) -> Mapping[str, str]:
    """Return what lets the Python processes that a job starts note what they read."""
    paths = [_STARTUP, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {_FOLDER: folder, _ROOT: root, "PYTHONPATH": os.pathsep.join(paths)}


def join() -> None:
    """Note what this process reads, if it belongs to a job."""
    if _FOLDER in os.environ and _ROOT in os.environ:
        listen(ReadLog(os.environ[_FOLDER], os.environ[_ROOT]))


def listen(reads: ReadLog) -> None:
    """Let this process, and those forked from it, tell what it reads."""
    sys.addaudithook(reads.hear)
    audit_events.announce()


class ReadLog:
    """Notes what this process, and every process forked from it, reads: whatever `hear` hears of."""

    def __init__(self, folder: str, root: str) -> None:
        self._file = os.path.join(folder, NOTES)
        self._root = os.path.join(root, "")
        self._real_root = os.path.join(os.path.realpath(root), "")
        self._noted: set[str] = set()
        self._wanted: set[str] = set()
        """Top-level modules that the author's code imports, there or not."""
        self._listing: object = None
        """The instruction that lists all environment variables, as one does to hand them on."""
        self._before = frozenset(sys.modules)
        self._standard = {*getattr(sys, "stdlib_module_names", ()), "sitecustomize", "usercustomize"}
        python = {os.path.join(prefix, "") for prefix in (sys.prefix, sys.base_prefix)}
        # A project may lie below the interpreter's prefix (/usr/local), or hold it (.venv).
        within = (prefix for prefix in python if prefix.startswith(self._root))
        self._foreign = (_TOOL, os.path.join(folder, ""), *within)
        temporary = os.path.join(os.environ.get("TMPDIR") or "/tmp", "")
        self._system = (*_SYSTEM, *python, temporary)
        self._listeners: Mapping[str, Any] = {
            "open": self._opened,
            "os.listdir": self._listed,
            "os.scandir": self._listed,
            "import": self._imported,
            "pickle.find_class": self._found,
            "sqlite3.connect": self._used,
            audit_events.STAT: self._looked,
            audit_events.FIND: self._sought,
            audit_events.VARIABLE: self._asked,
            audit_events.VARIABLES: self._listed_variables,
            "os.mkdir": self._made_folder,
            "os.remove": self._changed,
            "os.rmdir": self._changed,
            "os.truncate": self._changed,
            "os.rename": self._moved,
            "os.link": self._made,
            "os.symlink": self._made,
        }

    def tell_imported(self) -> None:
        """Note the installed modules that were imported before the script began."""
        for name in self._before:
            self._note_module(AHEAD, name)

    def expect(self, modules: Iterable[str]) -> None:
        """Note where modules (full names) would be found first that a script imports and that are there."""
        for name in modules:
            self._note_shadows(name.partition(".")[0], sys.path)

    def declare(self, paths: Iterable[str]) -> None:
        """Note files and folders (with a slash) that the script's options name, there or not."""
        for path in paths:
            self._note(DECLARED, path, _stamp(path) or NOTHING)

    def sweep(self) -> None:
        """Note the modules that were imported in ways that no event told of, and those that lack."""
        for name, module in list(sys.modules.items()):
            if name not in self._before:
                self._note_module(IMPORTED, name)
                self._note_file_of(module)
        if self._wanted - sys.modules.keys():
            self.declare(self._installed())

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take an event: an audit hook."""
        listener = self._listeners.get(event)
        if listener is None or (arguments and arguments[0] is self._file):
            return
        try:  # noqa: SIM105
            listener(*arguments)
        except Exception:
            pass  # what we cannot note must not stop a script

    # --- events -------------------------------------------------------------------------------

    def _opened(self, file: Any, mode: object, flags: int) -> None:
        if isinstance(file, int):
            return
        path = self._whole(file)
        if not flags & (_WRITES | os.O_CREAT):
            # What `os.open` opens may be relative to another folder than ours.
            kind = MODULE if _loads(sys._getframe(2)) else READ
            self._note_read(path, maybe=mode is not None, kind=kind)
        elif flags & os.O_TRUNC:
            self._note_write(REPLACED if _is_there(path) else MADE, path)
        else:
            if flags & os.O_RDWR and not flags & (os.O_TRUNC | os.O_EXCL):
                self._note_read(path, maybe=False)
            self._note_write(CHANGED, path)

    def _listed(self, folder: Any = None, *_: object) -> None:
        if not isinstance(folder, int) and self._is_asked(sys._getframe(2)):
            self._note_read(os.path.join(self._whole(folder or "."), ""), maybe=True)

    def _looked(self, file: Any) -> None:
        """Note a file whose state is asked for, or that there is none; of a folder, only the latter."""
        path = self._whole(file)
        if LOOKED + path in self._noted:
            return
        if self._counts(path) and self._is_asked(sys._getframe(2), _QUOTING):
            folder = os.path.join(path, "")
            if not _stamp(folder):
                self._note_read(path, maybe=True, kind=LOOKED)
                if not _stamp(path):
                    self._note_read(folder, maybe=True, kind=LOOKED)

    def _sought(self, name: str, folders: Iterable[str] | None) -> None:
        """Note where a module would be found first: one of the author's, or one that his code imports."""
        parent, _, tail = name.rpartition(".")
        if not parent and not self._is_own(_calling(sys._getframe(2), _MACHINERY)):
            return
        if not parent:
            self._wanted.add(name)
        self._note_shadows(tail, folders or sys.path)

    def _asked(self, name: Any) -> None:
        """Note a variable that the author's code asks for by its name."""
        asking = _calling(sys._getframe(2), _HANDING_ON)
        if isinstance(name, str) and self._is_own(asking) and _instruction(asking) != self._listing:
            self._note(VARIABLE, name)

    def _listed_variables(self) -> None:
        self._listing = _instruction(_calling(sys._getframe(2), _HANDING_ON))

    def _imported(self, name: str, file: str | None = None, *_: object) -> None:
        self._note_module(IMPORTED, name)
        if file:  # an extension: all other modules are opened
            self._note_read(self._whole(file), maybe=False)

    def _found(self, module: str, name: str) -> None:
        self._note_module(IMPORTED, module)

    def _used(self, file: Any, *_: object) -> None:
        """Note a data base: whether it is changed, nobody tells."""
        self._note_read(self._whole(file), maybe=False)
        self._changed(file)

    def _changed(self, path: Any, *_: object) -> None:
        if not isinstance(path, int):
            self._note_write(CHANGED, self._whole(path))

    def _moved(self, source: Any, target: Any, *_: object) -> None:
        self._changed(source)
        self._made(source, target)

    def _made(self, source: Any, target: Any, *_: object) -> None:
        path = self._whole(target)
        self._note_write(REPLACED if _is_there(path) else MADE, path)

    def _made_folder(self, path: Any, *_: object) -> None:
        whole = self._whole(path)
        if not _is_there(whole):
            self._note_write(MADE, os.path.join(whole, ""))

    def _installed(self) -> Iterator[str]:
        """Yield where installers put modules: one that lacks may come there."""
        for folder in map(self._whole, sys.path):
            if os.path.join(folder, "").endswith(_INSTALLED):
                yield os.path.join(folder, "")

    # --- notes --------------------------------------------------------------------------------

    def _note_read(self, path: str, *, maybe: bool, kind: str = READ) -> None:
        """Note a path if it may be an input; one where nothing is only if `maybe`, and in the project."""
        path = _source(path)
        if kind + path in self._noted:
            return
        if not self._counts(path):
            self._note_package(path)
            return
        stamp = _stamp(path)
        if stamp or (maybe and self._is_missed(path)):
            self._note(kind, path, stamp or NOTHING)

    def _is_missed(self, path: str) -> bool:
        """Whether it is a file of the project that somebody wants and that is not there."""
        here = path.startswith(self._root) and not _is_there(path)
        return here and self._is_asked(sys._getframe(3))

    def _note_shadows(self, name: str, folders: Iterable[str]) -> None:
        """Note the files that are not there and would be a module (no full name) before the one that is."""
        if name in sys.builtin_module_names:
            return
        for folder in map(self._whole, folders):
            for path in (os.path.join(folder, name, "__init__.py"), os.path.join(folder, name + ".py")):
                if not (path.startswith(self._root) and self._counts(path)):
                    break
                if _is_there(path):
                    return
                self._note(LOOKED, path)

    def _is_own(self, frame: FrameType | None) -> bool:
        """Whether the author wrote the code of a frame."""
        file = frame.f_code.co_filename if frame else ""
        return os.path.isabs(file) and self._counts(file)

    def _is_asked(self, frame: FrameType | None, but: tuple[str, ...] = ()) -> bool:
        """Whether the author's code wants what this frame does, not the import of somebody's module.

        Nor one of the modules `but`.
        """
        while frame:
            if self._is_own(frame):
                return True
            if _module_of(frame).startswith((*_MACHINERY, *but)):
                return False
            frame = frame.f_back
        return True

    def _note_file_of(self, module: object) -> None:
        try:
            file = getattr(module, "__file__", None)
        except Exception:  # lazy ones may fail at whatever they are asked
            return
        if isinstance(file, str):
            self._note_read(self._whole(file), maybe=False, kind=MODULE)

    def _note_write(self, kind: str, path: str) -> None:
        if self._counts(path):
            self._note(kind, path)

    def _note_module(self, kind: str, name: str) -> None:
        top = name.partition(".")[0]
        if top not in self._standard and not top.startswith("__"):
            self._note(kind, top)

    def _note_package(self, path: str) -> None:
        """Note the installed module that a file is of: not every way to import it tells its name."""
        for folder in _INSTALLED if not path.endswith(os.sep) else ():
            top = path.partition(folder)[2].partition(os.sep)[0].partition(".")[0]
            if top.isidentifier():
                self._note_module(IMPORTED, top)

    def _note(self, kind: str, name: str, stamp: tuple[int, int, int, int] = NOTHING) -> None:
        """Append a note, once. The file is opened each time: a script may close what it does not know."""
        if kind + name in self._noted:
            return
        head = " ".join(map(str, (kind, *stamp, "")))
        try:
            _append(self._file, head.encode("ascii") + os.fsencode(name) + b"\0")
        except OSError:  # the scratch folder is gone: nobody wants to know any more
            return
        self._noted.add(kind + name)

    def _counts(self, path: str) -> bool:
        """Whether a path is the author's, as far as its first folders tell."""
        if path.startswith(self._foreign) or any(part in path for part in (*_INSTALLED, *_NO_FILES)):
            return False
        return path.startswith((self._root, _DISKS)) or not path.startswith(self._system)

    def _whole(self, path: Any) -> str:
        """Return a path as absolute; below the project's root, however that is written."""
        whole = os.path.abspath(os.fsdecode(path))
        if whole.startswith(self._real_root):
            return self._root + whole[len(self._real_root) :]
        return whole


def _append(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def _loads(frame: FrameType) -> bool:
    """Whether a frame reads a file to import it."""
    return _module_of(frame) in ("importlib._bootstrap_external", "_frozen_importlib_external")


def _calling(frame: FrameType | None, between: tuple[str, ...]) -> FrameType | None:
    """Return the first frame, from this one up, that is in none of these modules and packages."""
    while frame:
        module = _module_of(frame)
        if module != audit_events.__name__ and module.partition(".")[0] not in between:
            break
        frame = frame.f_back
    return frame


def _instruction(frame: FrameType | None) -> object:
    """Return what tells one instruction of a program from all others."""
    return (frame.f_code, frame.f_lasti) if frame else None


def _module_of(frame: FrameType) -> str:
    return frame.f_globals.get("__name__") or ""


def _is_there(path: str) -> bool:
    try:
        _status(path)
    except (OSError, ValueError):
        return False
    return True


def _source(path: str) -> str:
    """Return the source of what may be byte code."""
    folder, name = os.path.split(path)
    if not name.endswith(".pyc") or os.path.basename(folder) != "__pycache__":
        return path
    return os.path.join(os.path.dirname(folder), name.partition(".")[0] + ".py")


def _stamp(path: str) -> tuple[int, int, int, int] | None:
    """Return the stamp of a file or (with a slash) a folder; None for everything else."""
    try:
        status = _status(path)
    except (OSError, ValueError):
        return None
    if not (stat.S_ISDIR if path.endswith(os.sep) else stat.S_ISREG)(status.st_mode):
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
