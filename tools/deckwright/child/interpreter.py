"""The interpreter as a script finds it, and how it ends: both as with `python FILE`."""

from __future__ import annotations

import gc
import os
import sys
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

_TOOL = __name__.partition(".")[0]

_FROM_THE_START = frozenset(
    {
        *("abc", "builtins", "codecs", "encodings", "genericpath", "io", "marshal", "os", "posix"),
        *("posixpath", "site", "stat", "sys", "time", "zipimport"),
    }
)
"""Modules that every interpreter imports before it runs a script: no file can take their place."""


def enter_script(script: Path, pythonpath: Iterable[str]) -> None:
    """Go into a script's folder, and find modules there and in further folders, before all others."""
    os.chdir(script.parent)
    folders = [_folder_of_modules(script), *pythonpath]
    sys.path[:0] = folders
    for each in filter(os.path.isdir, folders):
        _unshadow(each)
    # In a fork, Python 3.11 keeps the number that it has in the warm process.
    threading.main_thread()._set_native_id()  # type: ignore[attr-defined]
    sys.argv = [script.name]
    sys.orig_argv = [sys.executable, script.name]


def _folder_of_modules(script: Path) -> str:
    """Return the folder in which a script finds modules first: for a link, where it leads."""
    file = os.readlink(script) if script.is_symlink() else script
    return os.path.dirname(os.path.normpath(script.parent / file))


def _unshadow(folder: str) -> None:
    """Unload modules that a file in a folder of modules, such as the script's own, has the name of.

    `python FILE` would find `queue.py` beside the script, so `import queue` must here too. The modules are
    looked for in the folder, not its files among the modules: a folder may have thousands of scripts.
    """
    tops = {name.partition(".")[0] for name in sys.modules} - _FROM_THE_START
    hidden = {top for top in tops if not top.startswith("_") and _has_module(folder, top)}
    if hidden:
        for name in [name for name in sys.modules if name.partition(".")[0] in hidden]:
            del sys.modules[name]


def _has_module(folder: str, name: str) -> bool:
    file = f"{folder}/{name}"
    return os.access(f"{file}.py", os.F_OK) or os.access(f"{file}/__init__.py", os.F_OK)


def new_main_module(script: Path) -> ModuleType:
    """Put a new `__main__` in the place of ours, with what that of `python FILE` has, in the same order."""
    ours = vars(sys.modules["__main__"])
    main = ModuleType("__main__")
    vars(main).clear()
    for name in filter(_is_special, ours):
        setattr(main, name, {} if name == "__annotations__" else ours[name])
    main.__loader__ = SourceFileLoader("__main__", str(script))
    main.__file__ = str(script)
    if sys.version_info < (3, 15):
        main.__cached__ = None  # type: ignore[attr-defined]
    sys.modules["__main__"] = main
    return main


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def hide_our_modules() -> dict[str, ModuleType]:
    """Let a script find none of our modules among those that are imported. They work as before.

    Returns them by name.
    """
    return {name: sys.modules.pop(name) for name in _names_below(_TOOL)}


@contextmanager
def shown_modules(hidden: dict[str, ModuleType]) -> Iterator[None]:
    """Let modules that were hidden be found while the context lasts: to read our values, say."""
    sys.modules.update(hidden)
    try:
        yield
    finally:
        hidden.update(hide_our_modules())


def _names_below(package: str) -> list[str]:
    return [name for name in sys.modules if name.partition(".")[0] == package]


def last_module() -> str:
    """Return the name of the module that was imported last."""
    return next(reversed(sys.modules))


def modules_since(last: str) -> list[tuple[str, ModuleType]]:
    """Return what was imported since this was the last module, by name; all if that is not there any more.

    To look at those before would copy the memory of a server that has imported many.
    """
    # Without a step in Python, in which a thread might import another one.
    names = list(iter(reversed(sys.modules).__next__, last))
    return [(name, sys.modules[name]) for name in reversed(names) if name in sys.modules]


def exit_status(error: BaseException) -> int:
    """Return the exit status of a script that an exception ends."""
    if not isinstance(error, SystemExit):
        return 1
    is_number = isinstance(error.code, int | None)
    return int(error.code or 0) & 0xFF if is_number else 1


def report(error: BaseException) -> int:
    """Print what the interpreter prints of an exception that ends a script; return the exit status."""
    if isinstance(error, SystemExit):
        if not isinstance(error.code, int | None):
            print(error.code, file=sys.stderr)
    else:
        try:
            sys.excepthook(type(error), error, error.__traceback__)
        except SystemExit as instead:
            return report(instead)
        except BaseException as second:
            print("Error in sys.excepthook:", file=sys.stderr)
            _print(second.with_traceback(second.__traceback__ and second.__traceback__.tb_next))
            print("\nOriginal exception was:", file=sys.stderr)
            _print(error)
    return exit_status(error)


def _print(error: BaseException) -> None:
    sys.__excepthook__(type(error), error, error.__traceback__)


def drop_modules(names: Iterable[str]) -> None:
    """Drop modules as the interpreter does at its end: their objects are finalized, open files are written.

    Those of libraries stay: to drop PyTorch takes longer than most scripts.
    """
    gc.collect()  # it also puts a file before its buffers, so that the next one writes these first
    dropped = [(name, sys.modules.pop(name, None)) for name in names]
    alive = [weakref.ref(module) for _, module in dropped if module is not None]
    dropped.clear()
    gc.collect()
    for module in _living(alive):
        _clear(module)
    gc.collect()


def _living(references: Iterable[weakref.ref[ModuleType]]) -> Iterator[ModuleType]:
    return (module for each in references if (module := each()) is not None)


def _clear(module: ModuleType) -> None:
    """Remove the names of a module that something else still holds: private ones first."""
    names = vars(module)
    for name in sorted(names, key=lambda name: not (name.startswith("_") and not _is_special(name))):
        if name != "__builtins__":
            names[name] = None
