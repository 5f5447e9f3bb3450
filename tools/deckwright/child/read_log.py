"""The read log of a job: what its Python processes read and wrote, entered as it happens by an audit hook.

Each entry is appended in one write, so the log is also complete if the run is killed. An entry is
`KIND SIZE MODIFIED CHANGED INODE NAME`, ended by NUL, which no path can contain. Kinds:

- `read`: a file (`PATH`) or the names in a folder (`PATH/`) were about to be read; with the stamp at
  that moment, or zeros if there was nothing;
- `module`: the same for a file that is imported: only the code in it matters;
- `probed`: the same for a file of which only the existence, size or age was read; or (`PATH/.`) for what
  kind of thing a path is, and where it leads if it is a link;
- `declared`: the same for data that the script's options name;
- `changed`: the run wrote to a path, or moved or removed it;
- `created`: it created a file, or (with a slash) a folder;
- `replaced`: it wrote a file without using what was in it before;
- `text`: it looked at its own text as it runs, or at a line number in the author's code (no name);
- `variable`: it read the environment variable of this name;
- `import`: it imported an installed module (top-level name); `preloaded`: the server had done so before.

Every Python process that a script starts imports this module first, in whatever interpreter: it imports
only os, stat and sys. Nothing here may raise, whatever a script does to itself.
"""

from __future__ import annotations

import os
import stat
import sys
from os import lstat as _lstat  # these are the originals, which raise no event of ours
from os import readlink as _readlink
from os import stat as _stat

from deckwright.child import audit_events

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import FrameType
    from typing import Any

READ_LOG = "reads"
"""Name of the file in a job's scratch folder."""

READ, MODULE, PROBED, DECLARED = "read", "module", "probed", "declared"
CHANGED, CREATED, REPLACED = "changed", "created", "replaced"
VARIABLE, IMPORTED, PRELOADED, TEXT = "variable", "import", "preloaded", "text"

KIND = "."
"""The last part of a path that stands for the kind of thing that is there: no other path ends with it."""

NO_STAMP = (0, 0, 0, 0)
"""The stamp of what is not there."""

_FOLDER, _ROOT = "DECKWRIGHT_SCRATCH", "DECKWRIGHT_ROOT"
"""Environment variables in the processes of a job."""

_STARTUP = os.path.join(os.path.dirname(__file__), "startup")
"""Python imports `sitecustomize` from here when it starts."""

_TOOL = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
"""Our own package. It is no input, although tracebacks may read its text."""

_SYSTEM = (
    *("/usr/", "/lib/", "/lib64/", "/etc/", "/proc/", "/sys/", "/dev/", "/run/", "/bin/", "/sbin/"),
    *("/var/cache/", "/var/folders/", "/var/lock/", "/var/log/", "/var/run/", "/var/tmp/"),
    *("/nix/", "/gnu/", "/snap/", "/System/", "/Library/", "/private/etc/", "/private/var/"),
)
"""Folders without data of an author. /opt, /srv and the rest of /var may have some."""
_DISKS = "/run/media/"
"""Mounted disks: below a folder of the system, but with data."""
_NO_FILES = ("\0", "/<")
"""Parts of paths that are no files: Python may look for the source of code from `<unknown>`."""
_INSTALLED = ("/site-packages/", "/dist-packages/")
_IMPORT_SYSTEM = ("importlib", "_frozen_importlib", "_frozen_importlib_external", "pkgutil", "pkg_resources")
"""Modules that import modules. What they import is an input; the folders that they search are not."""
_FILE_LOADERS = (
    *("importlib._bootstrap_external", "_frozen_importlib_external", "runpy", "zipimport"),
    "deckwright.child.program",
)
"""Modules that read a file for the code in it."""
_OWN_VARIABLES = (*_IMPORT_SYSTEM, "tempfile")
"""Standard modules that read environment variables for themselves; the others do for their caller."""
_REMOVERS = ("rmtree", "_rmtree")
"""Beginnings of the names of functions in `shutil`: what they remove is no input."""
_PATH_FUNCTIONS = ("posixpath", "ntpath", "genericpath", "glob")
"""Modules that look at a path itself, but not at the size or age of what is there."""
_SOURCE_READERS = ("linecache", "inspect")
"""Modules that probe source files before they quote them."""
_EXISTENCE = ("resolve", "exists", "is_file", "is_dir", "isfile", "isdir")
"""Functions that ask only whether a file is there."""
_SHOWS_NO_TEXT = ("deckwright.child.exceptions", "torch.cuda", "torch.xpu", "torch.mtia")
"""Modules that look at the script's text without need: we move what we quote where it failed, and
`torch.manual_seed` notes from where it was called in case there is no device."""
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
"""Audit events of programs that are started. What else than Python may read then raises no event."""

_WRITES = os.O_WRONLY | os.O_RDWR


def environment(folder: str, root: str) -> Mapping[str, str]:
    """Return the variables with which the Python processes that a job starts write its read log."""
    paths = [_STARTUP, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {_FOLDER: folder, _ROOT: root, "PYTHONPATH": os.pathsep.join(paths)}


def install_in_job() -> None:
    """Log what this process reads, if it belongs to a job."""
    if _FOLDER in os.environ and _ROOT in os.environ:
        install(ReadLog(os.environ[_FOLDER], os.environ[_ROOT]))


def install(log: ReadLog) -> None:
    """Log what this process, and each that is forked from it, reads from now on."""
    sys.addaudithook(log.on_event)
    audit_events.install()


class ReadLog:
    """Writes an entry for each audit event that shows an input of the job, or a file that it writes."""

    def __init__(self, folder: str, root: str, script: str = "") -> None:
        """`script`: the path of the script that runs, in its own process."""
        self._script = script
        self._file = os.path.join(folder, READ_LOG)
        self._root = os.path.join(root, "")
        self._real_root = os.path.join(os.path.realpath(root), "")
        self._logged: set[str] = set()
        self._imported_names: set[str] = set()
        """Top-level modules that the author's code imports, whether or not they exist."""
        self._listing: object = None
        """The instruction that last listed all environment variables, as code does to pass them on."""
        self._before = frozenset(sys.modules)
        self._standard = {*getattr(sys, "stdlib_module_names", ()), "sitecustomize", "usercustomize"}
        python = {os.path.join(prefix, "") for prefix in (sys.prefix, sys.base_prefix)}
        # A project may lie below the interpreter's prefix (/usr/local), or hold it (.venv).
        within = (prefix for prefix in python if prefix.startswith(self._root))
        self._foreign = (_TOOL, os.path.join(folder, ""), *within)
        temporary = os.path.join(os.environ.get("TMPDIR") or "/tmp", "")
        self._system = (*_SYSTEM, *python, temporary)
        self._handlers: Mapping[str, Any] = {
            "open": self._on_open,
            audit_events.OPEN: self._on_open_below,
            "os.listdir": self._on_list_folder,
            "os.scandir": self._on_scan_folder,
            "import": self._on_import,
            "pickle.find_class": lambda module, _: self._log_module(IMPORTED, module),
            "sqlite3.connect": self._on_database,
            **dict.fromkeys(_PROGRAMS, self._on_program),
            "sys._getframe": self._on_frame,
            audit_events.TEXT: self._on_text,
            audit_events.STAT: self._on_stat,
            audit_events.LINK: self._on_link_read,
            audit_events.FIND: self._on_find_module,
            audit_events.VARIABLE: self._on_variable,
            audit_events.VARIABLES: self._on_list_variables,
            "os.mkdir": self._on_make_folder,
            "os.remove": self._on_change,
            "os.rmdir": self._on_change,
            "os.truncate": self._on_truncate,
            "os.rename": self._on_rename,
            "os.link": self._on_link,
            "os.symlink": self._on_link,
        }

    def log_preloaded(self) -> None:
        """Log the installed modules that were imported before the script began."""
        for name in self._before:
            self._log_module(PRELOADED, name)

    def log_shadows_of(self, modules: Iterable[str]) -> None:
        """Log the absent files that would shadow the modules (full names) that a script imports."""
        for name in modules:
            self._log_shadows(name.partition(".")[0], sys.path)

    def log_declared(self, paths: Iterable[str]) -> None:
        """Log files and folders (with a slash) that the script's options name, whether or not they exist."""
        for path in paths:
            self._log(DECLARED, path, _stamp(path) or NO_STAMP)

    def log_unreported_imports(self) -> None:
        """Log the modules whose import raised no event, and where a missing one may be installed."""
        for name, module in list(sys.modules.items()):
            if name not in self._before:
                self._log_module(IMPORTED, name)
                self._log_file_of(module)
        if self._imported_names - sys.modules.keys():
            folders = (os.path.join(self._absolute(folder), "") for folder in sys.path)
            self.log_declared(folder for folder in folders if folder.endswith(_INSTALLED))

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Log what an event shows. This is an audit hook."""
        handler = self._handlers.get(event)
        if handler is None or (arguments and arguments[0] is self._file):
            return
        try:  # noqa: SIM105
            handler(*arguments)
        except Exception:
            pass  # what we cannot log must not stop a script

    def _on_open(self, file: Any, mode: object, flags: int) -> None:
        if isinstance(file, int):
            return
        path = self._absolute(file)
        if not flags & (_WRITES | os.O_CREAT):
            # A path that `os.open` gets may be relative to another folder than ours.
            kind = MODULE if _module_of(sys._getframe(2)) in _FILE_LOADERS else READ
            self._log_read(path, maybe=mode is not None, kind=kind)
        elif flags & os.O_TRUNC:
            self._log_write(REPLACED if _status(path) else CREATED, path)
        else:
            if flags & os.O_RDWR and not flags & os.O_EXCL:
                self._log_read(path, maybe=False)
            self._log_write(CHANGED, path)

    def _on_text(self) -> None:
        frame: FrameType | None = sys._getframe(2)
        while frame:
            if _module_of(frame) in _SHOWS_NO_TEXT:
                return
            frame = frame.f_back
        self._log(TEXT, "")

    def _on_frame(self, frame: FrameType) -> None:
        """Log that a library has the author's frame and uses its line, as loggers do that print it.

        That of Python does so for each message, whether or not it prints the line: `execute.own_text` knows.
        """
        if self._is_authors(frame):
            code, module = sys._getframe(2).f_code, _module_of(sys._getframe(2))
            if module.partition(".")[0] != "logging" and any("lineno" in name for name in code.co_names):
                self._log(TEXT, "")

    def _on_program(self, *arguments: Any) -> None:
        """Log the script as read where its name is given to another program."""
        name = os.path.basename(self._script)
        if name and any(name in text for text in _texts(arguments)):
            self._log_read(self._script, maybe=False)

    def _on_open_below(self, file: Any, flags: int, folder: int) -> None:
        if not os.path.isabs(os.fsdecode(file)):
            self._on_open(os.path.join(_path_of(folder), os.fsdecode(file)), None, flags)

    def _on_list_folder(self, folder: Any = None, *_: object) -> None:
        if self._is_for_author(sys._getframe(2)):
            self._log_read(os.path.join(self._listed(folder), ""), maybe=True)

    def _on_scan_folder(self, folder: Any = None, *_: object) -> None:
        """Log a folder, and each file in it if the author's code may ask its entries for size and age."""
        self._on_list_folder(folder)
        if self._is_authors(sys._getframe(2)):
            path = self._listed(folder)
            for name in os.listdir(path):
                self._log_read(os.path.join(path, name), maybe=False, kind=PROBED)

    def _listed(self, folder: Any) -> str:
        """Return the path of a folder that is listed: given as a path, a descriptor, or not at all."""
        return self._absolute(_path_of(folder) if isinstance(folder, int) else folder or ".")

    def _on_stat(self, file: Any, folder: int | None = None) -> None:
        """Log a file, or that there is none; of a folder, only that it is one."""
        path = self._absolute(file, folder)
        if PROBED + path in self._logged or not self._can_be_input(path):
            return
        if not self._is_for_author(sys._getframe(2), _SOURCE_READERS):
            return
        if path == self._script and _asks_for_size(sys._getframe(2)):
            self._log_read(path, maybe=False)
        inside = os.path.join(path, "")
        if _stamp(inside):
            self._log_kind(path)
            return
        self._log_read(path, maybe=True, kind=PROBED)
        if not _stamp(path):
            self._log_read(inside, maybe=True, kind=PROBED)

    def _on_link_read(self, file: Any, folder: int | None = None) -> None:
        """Log what kind of thing a path is, and where it leads if it is a link."""
        path = self._absolute(file, folder)
        caller = sys._getframe(2)
        if not self._can_be_input(path) or not self._is_for_author(caller, _SOURCE_READERS):
            return
        self._log_kind(path)
        if not _status(path) or _module_of(caller.f_back or caller) not in _PATH_FUNCTIONS:
            self._on_stat(path)

    def _on_find_module(self, name: str, folders: Iterable[str] | None) -> None:
        """Log what would shadow a module that the author's code imports, or that is part of a package."""
        parent, _, tail = name.rpartition(".")
        if not parent and not self._is_authors(_caller(sys._getframe(2), _IMPORT_SYSTEM)):
            return
        if not parent:
            self._imported_names.add(name)
        self._log_shadows(tail, folders or sys.path)

    def _on_variable(self, name: Any) -> None:
        """Log a variable that the author's code reads by its name."""
        caller = self._asks_for_variable(sys._getframe(2))
        if isinstance(name, str) and self._is_authors(caller) and _instruction(caller) != self._listing:
            self._log(VARIABLE, name)

    def _on_list_variables(self) -> None:
        self._listing = _instruction(self._asks_for_variable(sys._getframe(2)))

    def _on_import(self, name: str, file: str | None = None, *_: object) -> None:
        self._log_module(IMPORTED, name)
        if file:  # an extension: all other modules are opened
            self._log_read(self._absolute(file), maybe=False)

    def _on_database(self, file: Any, *_: object) -> None:
        """Log a database as read, and as changed where it may be: no event shows whether it is written."""
        name = os.fsdecode(file)
        if name in ("", ":memory:"):
            return
        path, options = _of_address(name) if name.startswith("file:") else (name, "")
        if "mode=memory" in options:
            return
        self._log_read(self._absolute(path), maybe=True)
        self._log_read(self._absolute(path + "-wal"), maybe=False)  # the latest changes may be here
        if not any(part in options for part in ("mode=ro", "immutable=1")):
            self._on_change(path)

    def _on_change(self, path: Any, folder: int | None = None, *_: object) -> None:
        if not isinstance(path, int):
            self._log_write(CHANGED, self._absolute(path, folder))

    def _on_truncate(self, path: Any, _: int) -> None:
        self._on_change(path)

    def _on_rename(self, source: Any, target: Any, source_folder: int = -1, folder: int = -1) -> None:
        self._on_change(source, source_folder)
        self._on_link(source, target, folder)

    def _on_link(self, source: Any, target: Any, *folders: int) -> None:
        path = self._absolute(target, folders[-1] if folders else None)
        self._log_write(REPLACED if _status(path) else CREATED, path)

    def _on_make_folder(self, path: Any, mode: object = None, folder: int = -1) -> None:
        whole = self._absolute(path, folder)
        if not _status(whole):
            self._log_write(CREATED, os.path.join(whole, ""))
        else:  # it would make it if it were not there
            self._log_write(REPLACED, os.path.join(whole, KIND))

    def _log_read(self, path: str, *, maybe: bool, kind: str = READ) -> None:
        """Log a path that may be an input.

        Log an absent one only if `maybe`, and if the author's code looks for it in the project.
        """
        path = _source_of(path)
        if kind + path in self._logged:
            return
        if not self._can_be_input(path):
            self._log_package(path)
            return
        stamp = _stamp(path)
        is_absent = not stamp and maybe and path.startswith(self._root) and not _status(path)
        if stamp or (is_absent and self._is_for_author(sys._getframe(2))):
            self._log(kind, path, stamp or NO_STAMP)

    def _log_kind(self, path: str) -> None:
        """Log what kind of thing a path is. Outside of the project only links count."""
        stamp = kind_stamp(path)
        if path.startswith(self._root) or (stamp and stamp[1]):
            self._log(PROBED, os.path.join(path, KIND), stamp or NO_STAMP)

    def _log_shadows(self, name: str, folders: Iterable[str]) -> None:
        """Log the absent files that would be found before the module (without its package) that is there."""
        if name in sys.builtin_module_names:
            return
        for folder in map(self._absolute, folders):
            for path in (os.path.join(folder, name, "__init__.py"), os.path.join(folder, name + ".py")):
                if not (path.startswith(self._root) and self._can_be_input(path)):
                    break
                if _status(path):
                    return
                self._log(PROBED, path)

    def _is_authors(self, frame: FrameType | None) -> bool:
        """Whether the code of a frame is the author's."""
        file = frame.f_code.co_filename if frame else ""
        return os.path.isabs(file) and self._can_be_input(file)

    def _asks_for_variable(self, frame: FrameType | None) -> FrameType | None:
        """Return the frame for which one of the standard library reads a variable."""
        while frame and not self._is_authors(frame):
            module = _module_of(frame)
            own = module.startswith(_OWN_VARIABLES) or module.partition(".")[0] not in self._standard
            if module != audit_events.__name__ and own:
                break
            frame = frame.f_back
        return frame

    def _is_for_author(self, frame: FrameType | None, but: tuple[str, ...] = ()) -> bool:
        """Whether a frame works for the author's code, not for an import or for one of the modules `but`."""
        while frame:
            if self._is_authors(frame):
                return True
            module = _module_of(frame)
            if module.startswith((*_IMPORT_SYSTEM, *but)):
                return False
            if module == "shutil" and frame.f_code.co_name.startswith(_REMOVERS):
                return False
            frame = frame.f_back
        return True

    def _log_file_of(self, module: object) -> None:
        try:
            file = getattr(module, "__file__", None)
        except Exception:  # a lazy module may fail at any access
            return
        if isinstance(file, str):
            self._log_read(self._absolute(file), maybe=False, kind=MODULE)

    def _log_write(self, kind: str, path: str) -> None:
        if self._can_be_input(path):
            self._log(kind, path)

    def _log_module(self, kind: str, name: str) -> None:
        top = name.partition(".")[0]
        if top not in self._standard and not top.startswith("__"):
            self._log(kind, top)

    def _log_package(self, path: str) -> None:
        """Log the installed module that a file belongs to: not every import raises an event with its name."""
        for folder in _INSTALLED if not path.endswith(os.sep) else ():
            top = path.partition(folder)[2].partition(os.sep)[0].partition(".")[0]
            if top.isidentifier():
                self._log_module(IMPORTED, top)

    def _log(self, kind: str, name: str, stamp: tuple[int, int, int, int] = NO_STAMP) -> None:
        """Append an entry, once. Opens the file each time, because a script may close any descriptor."""
        if kind + name in self._logged:
            return
        head = " ".join(map(str, (kind, *stamp, "")))
        try:
            _append(self._file, head.encode("ascii") + os.fsencode(name) + b"\0")
        except OSError:  # the scratch folder is gone, as after the end of the build
            return
        self._logged.add(kind + name)

    def _can_be_input(self, path: str) -> bool:
        """Whether a path may be data or code of the author, by the folders that it is in."""
        if path.startswith(self._foreign) or any(part in path for part in (*_INSTALLED, *_NO_FILES)):
            return False
        return path.startswith((self._root, _DISKS)) or not path.startswith(self._system)

    def _absolute(self, path: Any, folder: int | None = None) -> str:
        """Return an absolute path; one in the project begins with its root as we write it.

        `folder` is the descriptor of the folder below which it is, if that is not the current one.
        """
        below = _path_of(folder) if folder is not None and folder >= 0 else ""
        whole = os.path.abspath(os.path.join(below, os.fsdecode(path)))
        if whole.startswith(self._real_root):
            return self._root + whole[len(self._real_root) :]
        return whole


def _append(path: str, data: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def _texts(arguments: Iterable[Any]) -> Iterator[str]:
    """Yield the texts and paths in arguments, and in lists of these."""
    for each in arguments:
        if isinstance(each, (list, tuple)):
            yield from _texts(each)
        elif isinstance(each, (str, bytes, os.PathLike)):
            yield os.fsdecode(each)


def _asks_for_size(frame: FrameType | None) -> bool:
    """Whether a file is looked at for more than to learn that it is there, as `Path.resolve` does."""
    while frame and _module_of(frame) in (audit_events.__name__, "genericpath", "pathlib", "pathlib._local"):
        if frame.f_code.co_name in _EXISTENCE:
            return False
        frame = frame.f_back
    return True


def _caller(frame: FrameType | None, between: tuple[str, ...]) -> FrameType | None:
    """Return the first frame, from this one up, that is in none of these modules and packages."""
    while frame:
        module = _module_of(frame)
        if module != audit_events.__name__ and module.partition(".")[0] not in between:
            break
        frame = frame.f_back
    return frame


def _instruction(frame: FrameType | None) -> object:
    """Return what identifies an instruction of a program."""
    return (frame.f_code, frame.f_lasti) if frame else None


def _module_of(frame: FrameType) -> str:
    return frame.f_globals.get("__name__") or ""


def _path_of(descriptor: int) -> str:
    """Return the path of an open folder."""
    if sys.platform == "darwin":
        import fcntl

        return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).partition(b"\0")[0])
    return _readlink(f"/proc/self/fd/{descriptor}")


def _of_address(address: str) -> tuple[str, str]:
    """Return the path and the options in an address as SQLite reads it."""
    from urllib.parse import unquote

    path, _, options = address.removeprefix("file:").partition("#")[0].partition("?")
    if path.startswith("//"):  # an authority: empty, or `localhost`
        path = "/" + path[2:].partition("/")[2]
    return unquote(path), options


def _status(path: str) -> os.stat_result | None:
    try:
        return _stat(path)
    except (OSError, ValueError):
        return None


def _source_of(path: str) -> str:
    """Return the source file of a byte code file; any other file as it is."""
    folder, name = os.path.split(path)
    if not name.endswith(".pyc") or os.path.basename(folder) != "__pycache__":
        return path
    return os.path.join(os.path.dirname(folder), name.partition(".")[0] + ".py")


def _stamp(path: str) -> tuple[int, int, int, int] | None:
    """Return the stamp of a file or (with a slash) a folder; None for everything else."""
    status = _status(path)
    if not status or not (stat.S_ISDIR if path.endswith(os.sep) else stat.S_ISREG)(status.st_mode):
        return None
    return stamp_of(status)


def stamp_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what tells whether a file is written between two looks at it."""
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def kind_stamp(path: str) -> tuple[int, int, int, int] | None:
    """Return what tells a link, a folder and a file apart; a change inside of the last two does not show."""
    try:
        status = _lstat(path)
    except (OSError, ValueError):
        return None
    if stat.S_ISLNK(status.st_mode):
        return stamp_of(status)
    return (stat.S_IFMT(status.st_mode), 0, 0, 0)
