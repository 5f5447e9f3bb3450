"""Exceptions of the author's program as data: type, message and the lines in the author's files."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from importlib.machinery import PathFinder
from itertools import islice, pairwise
from pathlib import Path
from types import ModuleType

from deckwright.model import Earlier, ErrorKind, Frame, Raised
from deckwright.text.suggest import closest

_OURS = os.path.join(Path(__file__).parents[1], "")
"""Our own code. It is below the project's root if that is a checkout of Deckwright."""

_MOST_EARLIER = 10
"""A slide cannot show more."""

_MOST_KINDS = 20
"""Of all exceptions that led to one: a chain may have no end."""

_LONGEST_MESSAGE = 500
"""Characters of a message that are enough to tell what its cause may be."""

_LONGEST = 10_000
"""Characters of a message; a slide shows fewer."""

_MOST_NOTES = 100
_LONGEST_NAME = 200
_LONGEST_LINE = 2_000
_MOST_FRAMES = 2_000
"""Twice as many as Python has calls in each other, unless a script asks for more."""

_INLINED = ("<listcomp>", "<dictcomp>", "<setcomp>")
"""Frames that only Python 3.11 has."""

closest("", ())  # imports difflib, before the folder of a script is searched for modules


def describe(error: BaseException, root: Path, script: Path) -> Raised:
    """Return an exception as data, without the frames of code that is not the author's."""
    frames, earlier = _frames(error, root, script), _earlier(error, root, script)
    return Raised(_name(type(error)), _message(error), frames, earlier)


def kinds_of(error: BaseException, root: Path) -> tuple[ErrorKind, ...]:
    """Return what an exception is, and what all are that led to it or are in its group."""
    kinds, waiting, seen = list[ErrorKind](), [error], set[int]()
    while waiting and len(kinds) < _MOST_KINDS:
        each = waiting.pop(0)
        if id(each) not in seen:
            seen.add(id(each))
            kinds.append(_kind(each, root))
            members = each.exceptions if isinstance(each, BaseExceptionGroup) else ()
            waiting += [*members, *filter(None, (each.__cause__, each.__context__))]
    return tuple(kinds)


def _kind(error: BaseException, root: Path) -> ErrorKind:
    names = tuple(_name(kind) for kind in type(error).__mro__ if kind is not object)
    raisers = [frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(error.__traceback__)]
    module = str(raisers[-1]) if raisers else ""
    message = _message(error)[:_LONGEST_MESSAGE]
    if not isinstance(error, OSError) or type(error.errno) is not int:
        return ErrorKind(names, message, module=module)
    return ErrorKind(names, message, error.errno, _file(error, root), module)


def _file(error: OSError, root: Path) -> str:
    """Return the file of an error, from the project's root if it is there; empty if there is none."""
    if not isinstance(error.filename, str | bytes):
        return ""
    with suppress(OSError):  # the current folder may be gone
        path = Path(os.path.abspath(os.fsdecode(error.filename)))
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    return ""


def _earlier(error: BaseException, root: Path, script: Path) -> tuple[Earlier, ...]:
    """Return the exceptions that led to another one and were raised in the author's files."""
    found: list[Earlier] = []
    seen = {id(error)}
    while (led := _led_to(error)) and id(led) not in seen and len(seen) < _MOST_EARLIER:
        seen.add(id(led))
        if frames := _frames(led, root, script):
            found.append(Earlier(_name(type(led)), _message(led), frames, led is error.__cause__))
        error = led
    return tuple(reversed(found))


def _led_to(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException, root: Path, script: Path) -> tuple[Frame, ...]:
    own = _own(error, root, script)
    half = _MOST_FRAMES // 2
    frames = [_frame(f, root) for f in (own if len(own) <= _MOST_FRAMES else own[:half] + own[-half:])]
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename, root, script):
        where = "<module>" if error.filename == str(script) else Path(error.filename).name
        frames.append(_syntax_frame(error, root, where))
    return tuple(frames)


def is_named(error: BaseException, name: str) -> bool:
    """Whether the exception is of the type so named, directly or by inheritance.

    Only the last part of a dotted name counts: `torch.cuda.OutOfMemoryError` is an alias of a
    class whose own module has another name.
    """
    wanted = name.rpartition(".")[2]
    return any(kind.__name__ == wanted for kind in type(error).__mro__)


def suggestion(error: BaseException) -> str:
    """Return the suggestion that Python adds to an uncaught error: ". Did you mean: 'x'?"."""
    try:
        wanted, names = _candidates(error)
        close = closest(wanted, names, 0.7) if len(wanted) <= _LONGEST_NAME else ""
    except Exception:  # `dir` calls the author's code
        return ""
    return f". Did you mean: '{close}'?" if close else ""


def hidden_module(error: BaseException, root: Path) -> str:
    """Return a note on the file of the project that hides a module, if the error comes of that."""
    # A library may raise an error of its own when what it imports is another module.
    chain = [error, error.__cause__, error.__context__]
    lacking = (_module_without(each) for each in chain if isinstance(each, (AttributeError, ImportError)))
    modules = [*map(_file_of, lacking), *_imported_instead(error, root)]
    return next(filter(None, (_hiding(name, file, root) for name, file in modules)), "")


def _module_without(error: AttributeError | ImportError) -> str:
    """Return the top-level name of the module that lacks what was to be taken from it."""
    missing = error.obj if isinstance(error, AttributeError) else error.name
    name = missing.__name__ if isinstance(missing, ModuleType) else missing
    return name.partition(".")[0] if isinstance(name, str) else ""


def _file_of(name: str) -> tuple[str, str]:
    # If its import failed, it is a script that imports itself.
    return name, getattr(sys.modules.get(name) or sys.modules["__main__"], "__file__", None) or ""


def _imported_instead(error: BaseException, root: Path) -> Iterator[tuple[str, str]]:
    """Yield name and file of each module of the project that a library, or the file itself, was importing."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    imports = [frame for frame in frames if not frame.f_code.co_filename.startswith("<frozen importlib")]
    for caller, frame in pairwise(imports):
        importer, file = caller.f_code.co_filename, frame.f_code.co_filename
        if frame.f_code.co_name == "<module>" and (importer == file or not is_own(importer, root, root)):
            yield str(frame.f_globals.get("__name__")), file


def _hiding(name: str, file: str, root: Path) -> str:
    if not _is_named(file, name) or not Path(file).is_relative_to(root):
        return ""
    others = [folder for folder in sys.path if not Path(file).is_relative_to(folder or os.curdir)]
    if PathFinder.find_spec(name, others) is None:
        return ""
    kind = "Python's own module" if name in sys.stdlib_module_names else "the installed package"
    return f" ({_relative(file, root)} hides {kind} '{name}': rename it)"


def _is_named(file: str, module: str) -> bool:
    path = Path(file)
    return module == (path.parent.name if path.stem == "__init__" else path.stem)


def _candidates(error: BaseException) -> tuple[str, list[str]]:
    """Return the name that does not exist, and those that do."""
    if isinstance(error, AttributeError) and error.name:
        return error.name, dir(error.obj)
    if isinstance(error, NameError) and error.name and error.__traceback__:
        *_, (frame, _line) = traceback.walk_tb(error.__traceback__)
        return error.name, [*frame.f_locals, *frame.f_globals]
    return "", []


def _own(error: BaseException, root: Path, script: Path) -> list[traceback.FrameSummary]:
    # StackSummary takes each frame's column range, which `walk_tb` alone does not.
    stack = traceback.TracebackException(type(error), error, error.__traceback__).stack
    frames: list[traceback.FrameSummary] = []
    for frame in stack:
        if frame.name in _INLINED and frames:
            frame.name = frames.pop().name
        frames.append(frame)
    return [f for f in frames if is_own(f.filename, root, script)]


def is_own(filename: str, root: Path, script: Path) -> bool:
    if filename == str(script):
        return True
    project = os.path.join(root, "")
    if not filename.startswith(project) or filename.startswith((os.path.join(sys.prefix, ""), _OURS)):
        return False
    return not any(part.startswith(".") for part in filename.removeprefix(project).split(os.sep))


def _frame(frame: traceback.FrameSummary, root: Path) -> Frame:
    """Split what Python prints of a frame into code and carets."""
    text = traceback.StackSummary.from_list([frame]).format_frame_summary(frame)
    rows = [row[4:] for row in text.splitlines()[1:]]
    code = rows[0][:_LONGEST_LINE] if rows else ""
    caret = rows[1][:_LONGEST_LINE].rstrip() if len(rows) > 1 and not set(rows[1]) - set(" ^~") else ""
    return Frame(_relative(frame.filename, root), frame.lineno or 0, frame.name, code, caret)


def _syntax_frame(error: SyntaxError, root: Path, where: str) -> Frame:
    text = (error.text or "").rstrip("\n")
    code = text.lstrip()[:_LONGEST_LINE]
    start = (error.offset or 1) - 1 - (len(text) - len(code))
    width = (error.end_offset or 0) - (error.offset or 1)
    same_line = error.end_lineno in (None, error.lineno)
    caret = (" " * max(0, start) + "^" * max(1, width if same_line else len(code) - start))[:_LONGEST_LINE]
    return Frame(_relative(str(error.filename), root), error.lineno or 0, where, code, caret)


def _relative(filename: str, root: Path) -> str:
    return Path(filename).relative_to(root).as_posix()


def _name(kind: type) -> str:
    module = getattr(kind, "__module__", "builtins")  # made in a namespace without a name, it has none
    if module in ("builtins", "__main__"):
        return kind.__qualname__[:_LONGEST_NAME]
    return f"{module}.{kind.__qualname__}"[:_LONGEST_NAME]


def _message(error: BaseException) -> str:
    notes = [str(note) for note in islice(getattr(error, "__notes__", None) or (), _MOST_NOTES)]
    try:
        text = error.msg if isinstance(error, SyntaxError) else str(error)
    except Exception:
        text = "<exception str() failed>"
    return _shortened("\n".join([text or "", *notes]))


def _shortened(text: str) -> str:
    left_out = len(text) - _LONGEST
    return f"{text[:_LONGEST]}… ({left_out:,} more characters)" if left_out > 0 else text
