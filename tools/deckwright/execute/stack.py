"""Where a process was when it was interrupted, from the stack that it wrote (deckwright.child.stack)."""

from __future__ import annotations

import re
from pathlib import Path

from deckwright.files.bounded import read_bounded_if_there
from deckwright.model import Frame

STACK_BYTES = 100_000
"""More than the hundred calls that are written."""

_MODULE_BYTES = 1_000_000
_THREAD = "(most recent call first):\n"
_CALL = re.compile(r'^  File "(.*)", line (\d+) in (.*)$', re.M)
_ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")


def stack_frames(stack: bytes, root: Path, script: Path, source: str) -> tuple[Frame, ...]:
    """Return the lines of the author's files in a stack, the outermost call first.

    None where there are several: a script may send the signal, too.
    """
    written = stack.decode("ascii", "replace")
    if written.count(_THREAD) != 1:
        return ()
    from deckwright.child.exceptions import is_own  # only few runs write a stack

    calls = [(_unescaped(path), int(line), _unescaped(name)) for path, line, name in _CALL.findall(written)]
    own = [call for call in reversed(calls) if is_own(call[0], root, script)]
    texts = {path: source if path == str(script) else _text(path) for path, *_ in own}
    return tuple(
        Frame(Path(path).relative_to(root).as_posix(), line, name, _code(texts[path], line))
        for path, line, name in own
    )


def _text(path: str) -> str:
    return (read_bounded_if_there(Path(path), _MODULE_BYTES) or b"").decode("utf-8", "replace")


def _code(text: str, line: int) -> str:
    return "".join(text.split("\n")[line - 1 : line]).strip()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)
