"""Code that runs with no frame below it, as the interpreter runs the script of `python FILE`.

`inspect.stack()`, `traceback.print_stack()` and a warning with a `stacklevel` show a script what called it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import reduce
from itertools import starmap
from types import CodeType
from typing import Any, NoReturn

Piece = tuple[CodeType, dict[str, Any]]
"""Code, and the namespace in which it runs."""

_LAST = ("last_type", "last_value", "last_traceback", "last_exc")
"""What the interpreter leaves in `sys` of an uncaught exception."""


def run_on_bare_stack(pieces: Iterable[Piece]) -> NoReturn:
    """Unwind the stack up to the interpreter itself, and run one piece after the other.

    The pieces end the process: nothing may follow the last one. Only the frames of `-c` and of what it calls
    may be on the stack, and nothing in them may catch the exception that unwinds them.
    """
    hook = sys.excepthook
    sys.excepthook = reduce  # type: ignore[assignment]
    raise _Unwound(pieces, hook)


class _Unwound(BaseException):
    """Is not caught, so the interpreter calls `sys.excepthook` with its class, itself and its traceback.

    Set to `reduce`, that goes through the exception, and calls the class with what each piece gives: nothing.
    `reduce`, `starmap` and `exec` are written in C and have no frames; that of the generator is on the stack
    only while it looks for the next piece.
    """

    def __iter__(self) -> Iterator[None]:
        return starmap(exec, _pieces(*self.args))


def _pieces(pieces: Iterable[Piece], hook: Any) -> Iterator[Piece]:
    sys.excepthook = hook
    for name in _LAST:
        with suppress(AttributeError):
            delattr(sys, name)
    yield from pieces
