"""Whether a run looked at the text of the author's code, or at line numbers in it.

Results are addressed by statement, so comments may move lines; but not in the result of such a run. No event
shows every look at a line number. So three things count: events of the read log (the text was read, by a
traceback, a warning or `inspect`), code of the author's that names what has line numbers, and outputs in
which the name of one of the author's files is followed by a number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import PurePosixPath

from deckwright.child.task import STDERR, STDOUT
from deckwright.execute.inputs import Inputs
from deckwright.model import Job, Raised, Result, Rich

_PLACES = re.compile(
    r"lineno|\bco_(lines|positions|linetable|lnotab)\b|\bwalk_(tb|stack)\b|\bgetframeinfo\b"
    r"|\b(file|dict)Config\b|\b(import|from)\s+dis\b",
    re.IGNORECASE,
)
"""What has line numbers in Python. The settings of a logger may print them."""

_SIZES = re.compile(r"\bst_\w+|\bget[acm]time\b|\bgetsize\b|\bl?stat\(")
"""What shows the size or age of a file in Python."""

_LINE = re.compile(r"\bline \d")
"""Messages of syntax errors name other lines: `'(' was never closed on line 3`."""


def looks_at_text(job: Job, inputs: Inputs, result: Result, modules: Mapping[str, str]) -> bool:
    """Whether the result of a run may contain its text or line numbers; `modules` are the project's."""
    sources = [job.source, *modules.values()]
    if inputs.looked_at_text or any(map(_PLACES.search, sources)):
        return True
    if inputs.looked_at_script and any(map(_SIZES.search, sources)):
        return True
    texts = list(_texts(result))
    names = {PurePosixPath(path).name for path in [job.script, *modules]}
    raised = [error.message for error in _raised(result)]
    return any(_names_line(text, names) for text in texts) or any(map(_LINE.search, raised))


def _names_line(text: str, names: Iterable[str]) -> bool:
    """Whether a file's name is followed by a number on its line."""
    # Compiled only for a name that is there: thousands of scripts have thousands of names.
    return any(name in text and re.search(re.escape(name) + r"[^\n]*\d", text) for name in names)


def _texts(result: Result) -> Iterator[str]:
    for output in chain(result.outputs, *result.of_ranks):
        yield from (output.printed(stream) for stream in (STDOUT, STDERR))
        yield from (text for shown in output.parts if isinstance(shown, Rich) for text in shown.data.values())
    for error in _raised(result):
        yield error.message
        yield from (earlier.message for earlier in error.earlier)
    yield json.dumps(result.values, ensure_ascii=False, default=str)


def _raised(result: Result) -> Iterator[Raised]:
    yield from (output.raised for output in result.outputs if output.raised)
    if result.failure and result.failure.raised:
        yield result.failure.raised
