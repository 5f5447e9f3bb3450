"""Libraries that scripts import, each changed as soon as it is imported: seeds, threads, audit events."""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial, wraps
from glob import glob, has_magic
from types import ModuleType
from typing import Any, NoReturn

from deckwright.child.import_hooks import after_import

THREAD_VARIABLES = tuple(
    f"{library}_THREADS"
    for library in ("OMP_NUM", "MKL_NUM", "OPENBLAS_NUM", "NUMEXPR_NUM", "VECLIB_MAXIMUM")
)
"""Variables from which numeric libraries read their number of threads when they are loaded."""

_READERS = {
    "PIL.ImageFont": ("font", "truetype"),
    "torch.export": ("f", "load"),
    "torch.jit": ("f", "load"),
    "torchvision.io": ("path", "read_file"),
    "torchvision.io.image": ("path", "read_file"),
    "polars": ("source", r"(read|scan)_\w+"),
    "cv2": ("filename", r"imread\w*"),
}
"""Modules, and the first argument of their functions (a regular expression) that open what it names."""

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def limit_threads() -> None:
    """Limit the threads that do not follow the variables, here and in processes that a job forks."""
    # By default, torch's pool for operators that run at the same time uses all cores.
    after_import("torch", lambda torch: torch.set_num_interop_threads(int(os.environ[THREAD_VARIABLES[0]])))
    after_import("multiprocessing.util", lambda module: module.register_after_fork(_use_one, _use_one))


def _use_one(_: object) -> None:
    """Use one thread in a process that multiprocessing has forked: its siblings use the others.

    `startup` does the same for processes that it starts in other ways.
    """
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


def refuse_to_import_deck() -> None:
    """Let `multiprocessing` fail at once where a new interpreter would have to import a deck.

    It cannot, and a pool would start one after the other without end.
    """
    after_import("multiprocessing.spawn", lambda spawn: setattr(spawn, "get_preparation_data", _refuse))


def _refuse(name: str) -> NoReturn:
    raise RuntimeError(
        "with 'spawn' and 'forkserver', multiprocessing imports the script, and a deck is none: "
        "move the code into a script, or use multiprocessing.get_context('fork')"
    )


def seed_generators(seed: int) -> None:
    """Seed the random generators of Python, numpy and torch."""
    random.seed(seed)
    after_import("numpy.random", lambda module: module.seed(seed % 2**32))
    after_import("torch", lambda module: module.manual_seed(seed))


def use_deterministic_algorithms() -> None:
    """Let torch refuse what may give other numbers in another run."""
    after_import("torch", _make_deterministic)


def _make_deterministic(torch: ModuleType) -> None:
    torch.use_deterministic_algorithms(True)
    torch.backends.cudnn.benchmark = False


def card_in_use() -> dict[str, str]:
    """Return what torch says of the GPU that this process has used; empty if it has used none."""
    torch: Any = sys.modules.get("torch")
    try:
        if torch is None or not torch.cuda.is_initialized():
            return {}
        major, minor = torch.cuda.get_device_capability()
        cudnn = {"cuDNN": str(torch.backends.cudnn.version())} if torch.backends.cudnn.is_available() else {}
        return {"GPU": torch.cuda.get_device_name(), "capability": f"{major}.{minor}", **cudnn}
    except Exception:  # what a library says must not fail a script
        return {}


def audit_cpp_files() -> None:
    """Let functions that open files in C or C++ raise the audit event `open`: nothing else would show it."""
    after_import("torch.serialization", _wrap_writer)
    for module, (argument, names) in _READERS.items():
        after_import(module, partial(_wrap_readers, argument, names))


def _wrap_readers(argument: str, names: str, module: ModuleType) -> None:
    for name, original in list(vars(module).items()):
        if re.fullmatch(names, name) and callable(original):
            setattr(module, name, _reader(original, argument))


def _reader(original: Callable[..., Any], argument: str) -> Callable[..., Any]:
    @wraps(original)
    def function(*arguments: Any, **options: Any) -> Any:
        for path in _paths(arguments[0] if arguments else options.get(argument)):
            sys.audit("open", path, "r", os.O_RDONLY)
        return original(*arguments, **options)

    return function


def _paths(given: Any) -> Iterator[str]:
    """Yield the files that an argument names: a path, a pattern, or several of them."""
    for each in given if isinstance(given, list | tuple) else [given]:
        if isinstance(each, (str, os.PathLike)):
            path = os.fspath(each)
            is_pattern = has_magic(path) and not os.path.exists(path)
            yield from glob(path, recursive=True) if is_pattern else [path]


def _wrap_writer(serialization: ModuleType) -> None:
    writer: Any = getattr(serialization, "_open_zipfile_writer_file", None)
    if writer is None:  # this torch may save in another way
        return
    original = writer.__init__

    def init(self: Any, name: Any) -> None:
        sys.audit("open", name, "w", _WRITE)
        original(self, name)

    writer.__init__ = init
