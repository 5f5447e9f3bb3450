"""The read log as the Python processes of a job keep it: an audit hook turns events into entries.

Where the kernel reports what a job reads (`recorder`), events enter only what is no file (modules, variables,
looks at the text), and announce why files are opened and folders listed. Elsewhere they enter everything.

Every Python process that a script starts imports this module first, in whatever interpreter: it imports only
os and sys. Nothing here may raise, whatever a script does to itself.
"""

from __future__ import annotations

import os
import sys
from os import listdir as _listdir  # these are the originals, which raise no event of ours
from os import readlink as _readlink

from deckwright.child.recording import audit_events
from deckwright.child.recording.announce import IMPORT, OURS, SEARCH, announce
from deckwright.child.recording.read_log import (
    IMPORTED,
    INSTALLED,
    MODULE,
    PRELOADED,
    PROBED,
    READ,
    TEXT,
    VARIABLE,
    ReadLog,
    is_there,
    source_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import FrameType
    from typing import Any

SCRATCH_VARIABLE, _ROOT, _KERNEL = "DECKWRIGHT_SCRATCH", "DECKWRIGHT_ROOT", "DECKWRIGHT_KERNEL"
"""Environment variables in the processes of a job; the last one is set where the kernel reports."""

_STARTUP = os.path.join(os.path.dirname(__file__), "startup")
"""Python imports `sitecustomize` from here when it starts."""

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


def environment(folder: str, root: str, *, kernel: bool = False) -> Mapping[str, str]:
    """Return the variables with which the Python processes that a job starts write its read log."""
    paths = [_STARTUP, *filter(None, [os.environ.get("PYTHONPATH")])]
    reports = {_KERNEL: "1"} if kernel else {}
    return {SCRATCH_VARIABLE: folder, _ROOT: root, **reports, "PYTHONPATH": os.pathsep.join(paths)}


def install_in_job() -> None:
    """Log what this process reads, if it belongs to a job."""
    if SCRATCH_VARIABLE in os.environ and _ROOT in os.environ:
        install(AuditLog(os.environ[SCRATCH_VARIABLE], os.environ[_ROOT], kernel=_KERNEL in os.environ))


def install(log: AuditLog) -> None:
    """Log what this process, and each that is forked from it, reads from now on."""
    sys.addaudithook(log.on_event)
    audit_events.install(log.entries.cannot_be_input if log.kernel else None)


class AuditLog:
    """Writes an entry for each audit event that shows an input of the job, or a file that it writes."""

    def __init__(self, folder: str, root: str, script: str = "", *, kernel: bool = False) -> None:
        """`script`: the path of the script that runs, in its own process."""
        self.entries = ReadLog(folder, root)
        self._script = script
        self._imported_names: set[str] = set()
        """Top-level modules that the author's code imports, whether or not they exist."""
        self._listing: object = None
        """The instruction that last listed all environment variables, as code does to pass them on."""
        self._standard = {*getattr(sys, "stdlib_module_names", ()), "sitecustomize", "usercustomize"}
        self._handlers: Mapping[str, Any] = {
            "import": self._on_import,
            "pickle.find_class": lambda module, _: self._log_module(IMPORTED, module),
            **dict.fromkeys(_PROGRAMS, self._on_program),
            "sys._getframe": self._on_frame,
            "shutil.rmtree": self._on_remove_folder,
            audit_events.TEXT: self._on_text,
            audit_events.FIND: self._on_find_module,
            audit_events.VARIABLE: self._on_variable,
            audit_events.VARIABLES: self._on_list_variables,
        }
        self.kernel = False
        """Whether the kernel reports what is read: then files are not logged here."""
        self._of_files = self._logging_files()
        if kernel:
            self.leave_files_to_kernel()

    def move_to(self, folder: str) -> None:
        """Write into the log of another scratch folder, here and in processes that are started later."""
        self.entries.move_to(folder)
        os.environ[SCRATCH_VARIABLE] = folder

    def leave_files_to_kernel(self) -> None:
        self.kernel, self._of_files = True, self._announcing()

    def _announcing(self) -> Mapping[str, Any]:
        return {
            "open": self._announce_import,
            "os.listdir": self._announce_search,
            "os.scandir": self._announce_search,
        }

    def _logging_files(self) -> Mapping[str, Any]:
        return {
            "open": self._on_open,
            audit_events.OPEN: self._on_open_below,
            "os.listdir": self._on_list_folder,
            "os.scandir": self._on_scan_folder,
            "sqlite3.connect": self._on_database,
            audit_events.STAT: self._on_stat,
            audit_events.LINK: self._on_link_read,
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
        for name in list(sys.modules):
            self._log_module(PRELOADED, name)

    def log_shadows_of(self, modules: Iterable[str]) -> None:
        """Log the absent files that would shadow the modules (full names) that a script imports."""
        for name in modules:
            self._log_shadows(name.partition(".")[0], sys.path)

    def log_declared(self, paths: Iterable[str]) -> None:
        """Log files and folders (with a slash) that the script's options name, whether or not they exist."""
        self.entries.log_declared(paths)

    def log_imports(self, modules: Iterable[tuple[str, object]]) -> None:
        """Log what was imported, which raised no event for some, and where a missing one may be installed."""
        for name, module in modules:
            self._log_module(IMPORTED, name)
            self._log_file_of(module)
        if self._imported_names - sys.modules.keys():
            folders = (os.path.join(self._absolute(folder), "") for folder in sys.path)
            self.log_declared(folder for folder in folders if folder.endswith(INSTALLED))

    def on_event(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Log what an event shows. This is an audit hook."""
        handler = self._handlers.get(event) or self._of_files.get(event)
        if handler is None or (arguments and arguments[0] is self.entries.file):
            return
        try:  # noqa: SIM105
            handler(*arguments)
        except Exception:
            pass  # what we cannot log must not stop a script

    def _announce_import(self, file: Any, *_: object) -> None:
        """Announce a file that is opened for the code in it, or log the installed module that has it."""
        if isinstance(file, int):
            return
        path = self._absolute(file)
        if not self.entries.can_be_input(path):
            self._log_package(path)
        elif _module_of(sys._getframe(2)) in _FILE_LOADERS:
            announce(IMPORT)

    def _announce_search(self, folder: Any = None, *_: object) -> None:
        if not self._is_for_author(sys._getframe(2)):
            announce(SEARCH)

    def _on_remove_folder(self, folder: Any, below: int | None = None) -> None:
        self.entries.remove_folder(self._absolute(folder, below))

    def _on_open(self, file: Any, mode: object, flags: int) -> None:
        if isinstance(file, int):
            return
        path, frame = self._absolute(file), sys._getframe(2)
        kind = MODULE if _module_of(frame) in _FILE_LOADERS else READ
        # A path that `os.open` gets may be relative to another folder than ours.
        self.entries.open(path, flags, kind, lambda: mode is not None and self._is_for_author(frame))
        self._log_package(path)

    def _on_text(self) -> None:
        frame: FrameType | None = sys._getframe(2)
        while frame:
            if _module_of(frame) in _SHOWS_NO_TEXT:
                return
            frame = frame.f_back
        self.entries.log(TEXT, "")

    def _on_frame(self, frame: FrameType) -> None:
        """Log that a library has the author's frame and uses its line, as loggers do that print it.

        That of Python does so for each message, whether or not it prints the line: `execute.own_text` knows.
        """
        if self._is_authors(frame):
            code, module = sys._getframe(2).f_code, _module_of(sys._getframe(2))
            if module.partition(".")[0] != "logging" and any("lineno" in name for name in code.co_names):
                self.entries.log(TEXT, "")

    def _on_program(self, *arguments: Any) -> None:
        """Log the script as read where its name is given to another program."""
        name = os.path.basename(self._script)
        if name and any(name in text for text in _texts(arguments)):
            self.entries.read(self._script)

    def _on_open_below(self, file: Any, flags: int, folder: int) -> None:
        if not os.path.isabs(os.fsdecode(file)):
            self._on_open(os.path.join(_path_of(folder), os.fsdecode(file)), None, flags)

    def _on_list_folder(self, folder: Any = None, *_: object) -> None:
        if self._is_for_author(sys._getframe(2)):
            frame = sys._getframe(2)
            self.entries.read(
                os.path.join(self._listed(folder), ""), absence_counts=lambda: self._is_for_author(frame)
            )

    def _on_scan_folder(self, folder: Any = None, *_: object) -> None:
        """Log a folder, and each file in it if the author's code may ask its entries for size and age."""
        self._on_list_folder(folder)
        if self._is_authors(sys._getframe(2)):
            path = self._listed(folder)
            for name in _listdir(path):
                self.entries.read(os.path.join(path, name), PROBED, lambda: False)

    def _listed(self, folder: Any) -> str:
        """Return the path of a folder that is listed: given as a path, a descriptor, or not at all."""
        return self._absolute(_path_of(folder) if isinstance(folder, int) else folder or ".")

    def _on_stat(self, file: Any, folder: int | None = None) -> None:
        path, frame = self._absolute(file, folder), sys._getframe(2)
        if self.entries.is_logged(PROBED, path) or not self.entries.can_be_input(path):
            return
        if not self._is_for_author(frame, _SOURCE_READERS):
            return
        if path == self._script and _asks_for_size(frame):
            self.entries.read(path)
        self.entries.look(path, lambda: self._is_for_author(frame))

    def _on_link_read(self, file: Any, folder: int | None = None) -> None:
        path = self._absolute(file, folder)
        caller = sys._getframe(2)
        if not self.entries.can_be_input(path) or not self._is_for_author(caller, _SOURCE_READERS):
            return
        self.entries.look_at_link(path)
        if not is_there(path) or _module_of(caller.f_back or caller) not in _PATH_FUNCTIONS:
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
            self.entries.log(VARIABLE, name)

    def _on_list_variables(self) -> None:
        self._listing = _instruction(self._asks_for_variable(sys._getframe(2)))

    def _on_import(self, name: str, file: str | None = None, *_: object) -> None:
        self._log_module(IMPORTED, name)
        if file and not self.kernel:  # an extension: all other modules are opened
            self.entries.read(self._absolute(file), absence_counts=lambda: False)

    def _on_database(self, file: Any, *_: object) -> None:
        """Log a database as read, and as changed where it may be: no event shows whether it is written."""
        name = os.fsdecode(file)
        if name in ("", ":memory:"):
            return
        path, options = _of_address(name) if name.startswith("file:") else (name, "")
        if "mode=memory" in options:
            return
        frame = sys._getframe(2)
        self.entries.read(self._absolute(path), absence_counts=lambda: self._is_for_author(frame))
        # The latest changes may be here.
        self.entries.read(self._absolute(path + "-wal"), absence_counts=lambda: False)
        if not any(part in options for part in ("mode=ro", "immutable=1")):
            self._on_change(path)

    def _on_change(self, path: Any, folder: int | None = None, *_: object) -> None:
        if not isinstance(path, int):
            self.entries.change(self._absolute(path, folder))

    def _on_truncate(self, path: Any, _: int) -> None:
        self._on_change(path)

    def _on_rename(self, source: Any, target: Any, source_folder: int = -1, folder: int = -1) -> None:
        self._on_change(source, source_folder)
        self._on_link(source, target, folder)

    def _on_link(self, source: Any, target: Any, *folders: int) -> None:
        self.entries.put(self._absolute(target, folders[-1] if folders else None))

    def _on_make_folder(self, path: Any, mode: object = None, folder: int = -1) -> None:
        self.entries.make_folder(self._absolute(path, folder))

    def _log_shadows(self, name: str, folders: Iterable[str]) -> None:
        """Log the absent files that would be found before the module (without its package) that is there."""
        if name in sys.builtin_module_names:
            return
        for folder in map(self._absolute, folders):
            for path in (os.path.join(folder, name, "__init__.py"), os.path.join(folder, name + ".py")):
                if not (path.startswith(self.entries.root) and self.entries.can_be_input(path)):
                    break
                if self._is_there(path):
                    return
                self.entries.log(PROBED, path)

    def _is_there(self, path: str) -> bool:
        """Whether something is at a path, without a look at it that would be logged."""
        if self.kernel:
            announce(OURS)
        return is_there(path)

    def _is_authors(self, frame: FrameType | None) -> bool:
        """Whether the code of a frame is the author's."""
        file = frame.f_code.co_filename if frame else ""
        return os.path.isabs(file) and self.entries.can_be_input(file)

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
            path = self._absolute(file)
            self.entries.read(path, MODULE, lambda: False)
            self._log_package(path)

    def _log_module(self, kind: str, name: str) -> None:
        top = name.partition(".")[0]
        if top not in self._standard and not top.startswith("__"):
            self.entries.log(kind, top)

    def _log_package(self, path: str) -> None:
        """Log the installed module that a file belongs to: not every import raises an event with its name."""
        for folder in INSTALLED if not path.endswith(os.sep) else ():
            top = source_of(path).partition(folder)[2].partition(os.sep)[0].partition(".")[0]
            if top.isidentifier():
                self._log_module(IMPORTED, top)

    def _absolute(self, path: Any, folder: int | None = None) -> str:
        """Return an absolute path; `folder` is the descriptor of a folder below which it is."""
        below = _path_of(folder) if folder is not None and folder >= 0 else ""
        return self.entries.absolute(os.path.join(below, os.fsdecode(path)))


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
