"""Errors that a slide shows on purpose, told from those that the deck has by mistake."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Sequence

from deckwright.adopt.analysis.fences import is_output, is_plain_text, is_python
from deckwright.frozen import dataclass
from deckwright.model import Deck, Fence, Raised
from deckwright.text.lines import Lines
from deckwright.text.syntax import statements_of

_SAYS_SO = re.compile(
    r"\b(raises?|throws?|(?:will|must|should) fail|fails|will not work|won't work|does not work|doesn't work"
    r"|Traceback)\b|报错|出错|抛出|异常|❌",
    re.IGNORECASE,
)
"""What a text beside code says of an error."""

_SAYS_SO_OF_A_ROW = re.compile(
    rf"{_SAYS_SO.pattern}|\b(error|wrong|broken|invalid|illegal|fail|not allowed|forbidden|crash(?:es)?)\b"
    r"|错误|不允许|✗|✘|🚫|💥",
    re.IGNORECASE,
)
"""What a comment says of its own line."""

_OTHER_FAULTS = frozenset(
    {"LookupError", "URLError", "HTTPError", "gaierror", "Timeout", "SSLError", "TclError"}
)
_LACKING = (NameError, ImportError, SyntaxError, EOFError, OSError)
"""Errors of a deck or a machine that lacks something, which no word such as "wrong" explains."""

_LACKING_MESSAGE = re.compile(
    r"(partially initialized )?module '.*' has no attribute|.*\b(CUDA|NVIDIA|GPU)\b"
)
_BROADER = {
    "ModuleNotFoundError": "ImportError",
    "IndentationError": "SyntaxError",
    "TabError": "SyntaxError",
}
"""Names by which texts call an error, too."""

_ERROR_NAME = re.compile(r"\b[A-Z][A-Za-z]*(?:Error|Exception|Warning)\b")
_SHOWN_ERROR = re.compile(rf"^(?:\w+\.)*{_ERROR_NAME.pattern}(:|$)", re.MULTILINE)
_QUOTED = re.compile(r"['\"`‘’“”]([^'\"`‘’“”]+)['\"`‘’“”]")
_OWN_WORDS = re.compile(r'no-exec="[^"]*"|^#\| raises: .*$', re.MULTILINE)
_FENCED = re.compile(r"^[ \t>]*(`{3,}|~{3,}).*?^[ \t>]*\1", re.MULTILINE | re.DOTALL)


def is_taught(deck: Deck, fence: Fence, raised: Raised) -> bool:
    """Whether the slide of some code shows the very error that the code raises.

    An error by which something is lacking (a name, a module, a file, the network, another language's
    compiler) is named beside the code. For another one, it is enough that the text says that it fails.
    """
    beside, code = _beside(deck, fence), fence.code.split("\n")
    rows = _failing_rows(deck, fence, raised)
    remarks = "\n".join(_remarks(code, rows))
    name = raised.type.rpartition(".")[2]
    if _names(remarks, name) or any(_shows(output, raised) for output in beside.outputs):
        return True
    if any(map(_SHOWN_ERROR.search, beside.outputs)):
        return False
    if _is_lacking(raised, [code[row] for row in rows]):
        return _is_the_error_named(beside.prose, raised)
    if _names(beside.slide, name) or name in _always_raised(fence.code):
        return True
    is_explained = hasattr(builtins, name) and _says_so(_SAYS_SO, beside.prose)
    return is_explained or _says_so(_SAYS_SO_OF_A_ROW, remarks)


@dataclass(frozen=True, slots=True)
class _Beside:
    prose: str
    """Title and text between the Python fences above and below on the same slide."""
    outputs: tuple[str, ...]
    """Bodies of the fences there that may show an output."""
    slide: str
    """All text of the slide that is no code."""


def _beside(deck: Deck, fence: Fence) -> _Beside:
    lines = Lines(deck.path, deck.text)
    same = [other for other in deck.fences if other.slide == fence.slide]
    code = [other for other in same if is_python(other) and other.code.strip()]
    start = max((lines.start(o.end + 1) for o in code if o.line < fence.line), default=fence.slide.start)
    end = min((lines.start(o.line) for o in code if o.line > fence.line), default=fence.slide.end)
    below = (other for other in same if fence.end < other.line and lines.start(other.line) < end)
    outputs = (other.body for other in below if is_plain_text(other) or is_output(other))
    title = fence.slide.title
    around = _FENCED.sub("", _OWN_WORDS.sub("", deck.text[start:end]))
    slide = _FENCED.sub("", deck.text[fence.slide.start : fence.slide.end])
    return _Beside(f"{title}\n{around}", tuple(outputs), f"{title}\n{slide}")


def _failing_rows(deck: Deck, fence: Fence, raised: Raised) -> list[int]:
    """Return the rows of the code (from 0) that led to an error; all of them if that is not known."""
    size = len(fence.code.split("\n"))
    numbers = [frame.line - fence.first for frame in raised.frames if frame.path == deck.path]
    return [number for number in numbers if 0 <= number < size] or list(range(size))


def _remarks(code: Sequence[str], rows: Sequence[int]) -> Iterator[str]:
    """Yield the comments on rows of code: those at their ends, and those right above them."""
    for row in rows:
        if match := re.search(r"#(?!\|).*", code[row]):
            yield match[0]
        above = row - 1
        while above >= 0 and re.match(r"\s*#(?!\|)", code[above]):
            yield code[above]
            above -= 1


def _names(text: str, name: str) -> bool:
    return bool(name and re.search(rf"\b{re.escape(name)}\b", text))


def _is_lacking(raised: Raised, rows: Sequence[str]) -> bool:
    name = raised.type.rpartition(".")[2]
    kind = getattr(builtins, name, None)
    is_known = isinstance(kind, type) and issubclass(kind, _LACKING) and kind is not UnboundLocalError
    is_key = name == "KeyError" and any("environ" in row for row in rows)
    return is_known or is_key or name in _OTHER_FAULTS or bool(_LACKING_MESSAGE.match(raised.message))


def _says_so(words: re.Pattern[str], text: str) -> bool:
    """Whether a text says that something fails, and names no error, which would be another one."""
    return bool(words.search(text)) and not _ERROR_NAME.search(text)


def _is_the_error_named(prose: str, raised: Raised) -> bool:
    """Whether a text names this error and no other: a list of errors explains none of them."""
    name, names = raised.type.rpartition(".")[2], set(_ERROR_NAME.findall(prose))
    return bool(names) and names <= {name, _BROADER.get(name, name)} and not _contradicts(prose, raised)


def shows_error(output: str, name: str) -> bool:
    """Whether a text shows an error of this name, as Python prints it."""
    return bool(re.search(rf"^[\w.]*\b{re.escape(name)}\b\s*(:|$)", output, re.MULTILINE))


def _shows(output: str, raised: Raised) -> bool:
    return shows_error(output, raised.type.rpartition(".")[2]) and not _contradicts(output, raised)


def _contradicts(text: str, raised: Raised) -> bool:
    """Whether a text states the message of such an error, but of another name, module or file."""
    name, subjects = raised.type.rpartition(".")[2], set(_QUOTED.findall(raised.message))
    stated = re.findall(rf"\b{re.escape(name)}:(.+)", text)
    about = [set(_QUOTED.findall(message)) for message in stated]
    return bool(subjects) and any(about) and not any(subjects & each for each in about)


def _always_raised(code: str) -> set[str]:
    """Return the names of the errors that code raises at its top level, whatever happens."""
    raised = (re.match(r"raise (?:\w+\.)*(\w+)", row) for row in code.split("\n") if statements_of(code))
    return {match[1] for match in raised if match}
