"""The read log of a job: what it read and wrote, entered as it happens.

Two recorders write it: that of the kernel's reports (`recorder`) sees every process of a job, that of audit
hooks (`audit_log`) its Python processes. Each entry is appended in one write, so the log is also complete if
the run is killed. An entry is `KIND SIZE MODIFIED CHANGED INODE NAME`, ended by NUL, which no path can
contain. Kinds:

- `began`: the log begins (no name);
- `kernel`: the kernel reports everything from here on (no name);
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

Every Python process that a script starts imports this module, in whatever interpreter: it imports only os,
stat and sys.
"""

from __future__ import annotations

import os
import stat
import sys
from os import lstat as _lstat  # these are the originals, which raise no event of ours
from os import stat as _stat

from deckwright.child.recording.announce import PREFIX
from deckwright.child.temporary import system_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

READ_LOG = "reads"
"""Name of the file in a job's scratch folder."""

BEGAN, KERNEL = "began", "kernel"
READ, MODULE, PROBED, DECLARED = "read", "module", "probed", "declared"
CHANGED, CREATED, REPLACED = "changed", "created", "replaced"
VARIABLE, IMPORTED, PRELOADED, TEXT = "variable", "import", "preloaded", "text"

KIND = "."
"""The last part of a path that stands for the kind of thing that is there: no other path ends with it."""

NO_STAMP = (0, 0, 0, 0)
"""The stamp of what is not there."""

_TOOL = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(__file__))), "")
"""Our own package. It is no input, although tracebacks may read its text."""
_ABOVE_TOOL = os.path.join(os.path.dirname(os.path.dirname(_TOOL)), "")
"""Where Python processes of a job find it."""

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
INSTALLED = ("/site-packages/", "/dist-packages/")
"""Parts of the paths of installed packages."""

APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
_WRITES = os.O_WRONLY | os.O_RDWR


def begin_log(folder: str) -> None:
    """Begin the read log in a job's scratch folder: one that begins otherwise has lost entries."""
    with open(os.path.join(folder, READ_LOG), "xb") as file:
        file.write(f"{BEGAN} 0 0 0 0 \0".encode("ascii"))


def always() -> bool:
    return True


class ReadLog:
    """Decides what is an input of a job, and writes the entries. All paths are as `absolute` returns them."""

    def __init__(self, folder: str, root: str) -> None:
        """`folder` is the job's scratch folder, `root` the project's."""
        self.file = os.path.join(folder, READ_LOG)
        self.root = os.path.join(root, "")
        self._real_root = os.path.join(os.path.realpath(root), "")
        self._logged: set[str] = set()
        python = {os.path.join(prefix, "") for prefix in (sys.prefix, sys.base_prefix)}
        # A project may lie below the interpreter's prefix (/usr/local), or hold it (.venv).
        within = (prefix for prefix in python if prefix.startswith(self.root))
        self._foreign = (_TOOL, os.path.join(folder, ""), *within)
        temporary = os.path.join(system_folder(os.environ.get("TMPDIR") or "/tmp"), "")
        self._system = (*_SYSTEM, *python, temporary)
        self._outside = tuple(
            folder for folder in self._system if folder != "/proc/"
        )  # it has links to others
        self._inside = (self.root, self._real_root, _DISKS, PREFIX)

    def move_to(self, folder: str) -> None:
        """Write further entries into the log of another scratch folder."""
        self.file = os.path.join(folder, READ_LOG)

    def can_be_input(self, path: str) -> bool:
        """Whether a path may be data or code of the author, by the folders that it is in."""
        if (
            path == _ABOVE_TOOL
            or path.startswith(self._foreign)
            or any(part in path for part in (*INSTALLED, *_NO_FILES))
        ):
            return False
        return path.startswith((self.root, _DISKS)) or not os.path.join(path, "").startswith(self._system)

    def cannot_be_input(self, path: str) -> bool:
        """Whether it is clear at once that a path, in full but as it was written, is no input."""
        if path.startswith(self._inside) or "/.." in path:
            return False
        return path.startswith(self._outside) or INSTALLED[0] in path or INSTALLED[1] in path

    def absolute(self, path: str) -> str:
        """Return an absolute path; one in the project begins with its root as we write it."""
        whole = os.path.abspath(path)
        if whole.startswith(self._real_root):
            return self.root + whole[len(self._real_root) :]
        return whole

    def is_logged(self, kind: str, name: str) -> bool:
        return kind + name in self._logged

    def open(
        self, path: str, flags: int, kind: str = READ, absence_counts: Callable[[], bool] = always
    ) -> None:
        """Log a file that is opened: as read, as written or as both."""
        if not flags & (_WRITES | os.O_CREAT):
            self.read(path, kind, absence_counts)
        elif flags & os.O_TRUNC:
            self.put(path)
        else:
            if flags & os.O_RDWR and not flags & os.O_EXCL:
                self.read(path, absence_counts=absence_counts)
            self.change(path)

    def read(self, path: str, kind: str = READ, absence_counts: Callable[[], bool] = always) -> None:
        """Log a file, or with a slash a folder, that is read; an absent one only in the project."""
        path = source_of(path)
        if kind + path in self._logged or not self.can_be_input(path):
            return
        stamp = _stamp(path)
        if stamp:
            self.log(kind, path, stamp)
        elif path.startswith(self.root) and not is_there(path) and absence_counts():
            self.log(kind, path)

    def look(self, path: str, absence_counts: Callable[[], bool] = always) -> None:
        """Log a file that is looked at, or that there is none; of a folder, only that it is one."""
        if PROBED + path in self._logged or not self.can_be_input(path):
            return
        inside = os.path.join(path, "")
        if _stamp(inside):
            self.look_at_link(path)
            return
        self.read(path, PROBED, absence_counts)
        if not _stamp(path):
            self.read(inside, PROBED, absence_counts)

    def look_at_link(self, path: str) -> None:
        """Log what kind of thing a path is, and where it leads. Outside of the project only links count."""
        if not self.can_be_input(path):
            return
        stamp = kind_stamp(path)
        if path.startswith(self.root) or (stamp and stamp[1]):
            self.log(PROBED, os.path.join(path, KIND), stamp or NO_STAMP)

    def change(self, path: str) -> None:
        """Log that something is written to a path, or that it is moved or removed."""
        self._log_write(CHANGED, path)

    def put(self, path: str) -> None:
        """Log a file that is made, or written anew."""
        self._log_write(REPLACED if is_there(path) else CREATED, path)

    def make_folder(self, path: str) -> None:
        if not is_there(path):
            self._log_write(CREATED, os.path.join(path, ""))
        else:  # it would make it if it were not there
            self._log_write(REPLACED, os.path.join(path, KIND))

    def remove_folder(self, path: str) -> None:
        """Log a folder that is removed with all that is in it: what was in it is not read."""
        self._log_write(REPLACED, os.path.join(path, ""))

    def log_declared(self, paths: Iterable[str]) -> None:
        """Log files and folders (with a slash) that the script's options name, whether or not they exist."""
        for path in paths:
            self.log(DECLARED, path, _stamp(path) or NO_STAMP)

    def log(self, kind: str, name: str, stamp: tuple[int, int, int, int] = NO_STAMP) -> None:
        """Append an entry, once."""
        if kind + name in self._logged:
            return
        head = " ".join(map(str, (kind, *stamp, "")))
        try:
            self.append(head.encode("ascii") + os.fsencode(name) + b"\0")
        except OSError:  # the scratch folder is gone, as after the end of the build
            return
        self._logged.add(kind + name)

    def append(self, data: bytes) -> None:
        """Append to the file. Opens it each time, because a script may close any descriptor."""
        file = os.open(self.file, APPEND, 0o600)
        try:
            os.write(file, data)
        finally:
            os.close(file)

    def _log_write(self, kind: str, path: str) -> None:
        if self.can_be_input(path):
            self.log(kind, path)


def is_there(path: str) -> bool:
    return _status(path) is not None


def _status(path: str) -> os.stat_result | None:
    try:
        return _stat(path)
    except (OSError, ValueError):
        return None


def source_of(path: str) -> str:
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
