"""Comments that divide a script into regions and cells."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Sequence
from contextlib import suppress
from operator import itemgetter

from deckwright.frozen import dataclass
from deckwright.model import Acceptance, Diagnostic, Solution
from deckwright.parse.acceptances import COMMENT, script_acceptances
from deckwright.parse.solutions import find_solutions
from deckwright.text.lines import Lines
from deckwright.text.solutions import MARK

_MARKER = re.compile(r"#\s*(?P<kind>region\b|endregion\b|%%(?!%))[ \t]*(?P<name>.*?)\s*$|#\|")
_TEXT_MARKER = re.compile(
    r"[ \t]*#?(?P<kind>region|endregion)(?:[ \t]+(?P<name>\S.*?))??[ \t]*(?:-->|\*/)?[ \t]*$"
)
_ANY = re.compile(r"#\s*(region|endregion|%%|deckwright:)|#\||# ///|#+\s*(?:BEGIN|END) SOLUTION\b")

_Mark = tuple[int, str | None, str]
"""Line, kind and name of a marker; an option has no kind."""


@dataclass(frozen=True, slots=True)
class Markers:
    """The markers of a script."""

    folds: tuple[tuple[str, int, int], ...] = ()
    """Name, first line and last line of what is between `# region` and `# endregion`."""
    cells: tuple[tuple[int, str], ...] = ()
    """Line and title of each `# %%`."""
    options: tuple[int, ...] = ()
    """Lines of `#|` options that are not indented."""
    hidden: frozenset[int] = frozenset()
    """Lines that no slide shows: markers, also of solutions, `#|` options, acceptances, the PEP 723 block."""
    solutions: tuple[Solution, ...] = ()
    acceptances: tuple[Acceptance, ...] = ()
    unclosed: frozenset[str] = frozenset()
    """Names of regions whose end is missing or in the wrong place."""
    diagnostics: tuple[Diagnostic, ...] = ()


def find_markers(lines: Lines, tree: ast.Module | None = None) -> Markers:
    """Find the markers of a script, and with its syntax tree also its solutions."""
    if not _ANY.search(lines.text):
        return Markers()
    comments = _comments(lines)
    matches = ((number, _MARKER.match(comment)) for number, comment in comments)
    marks = [(number, match["kind"], match["name"]) for number, match in matches if match]
    cells = tuple((n, title) for n, kind, title in marks if kind == "%%" and lines[n].startswith("#"))
    options = tuple(number for number, _, _ in marks if lines[number].startswith("#|"))
    hidden = _metadata(comments).union(number for number, _, _ in marks)
    hidden |= {number for number, comment in comments if COMMENT.match(comment)}
    found = list(script_acceptances(comments, lines))
    accepted = tuple(each for each in found if isinstance(each, Acceptance))
    folds, unclosed, diagnostics = _folds(lines, marks)
    solutions, of_solutions = find_solutions(lines, comments, tree) if tree else ((), ())
    hidden |= {number for number, comment in comments if MARK.match(comment)}
    wrong = (*diagnostics, *(each for each in found if isinstance(each, Diagnostic)), *of_solutions)
    return Markers(folds, cells, options, frozenset(hidden), solutions, accepted, unclosed, wrong)


def text_markers(lines: Lines, comment: re.Pattern[str]) -> Markers:
    """Find the regions of a file in another language, given how its comments begin."""
    marks: list[_Mark] = []
    for number in range(1, len(lines) + 1):
        begin = comment.match(lines[number])
        match = begin and _TEXT_MARKER.match(lines[number], begin.end())
        if match:
            marks.append((number, match["kind"], match["name"] or ""))
    folds, unclosed, diagnostics = _folds(lines, marks)
    return Markers(
        folds, hidden=frozenset(n for n, _, _ in marks), unclosed=unclosed, diagnostics=diagnostics
    )


def _comments(lines: Lines) -> list[tuple[int, str]]:
    """Return line and text of each comment that is alone on its line."""
    text = "\n".join(lines[number] for number in range(1, len(lines) + 1)) + "\n"
    comments: list[tuple[int, str]] = []
    # `tokenize` refuses some ends that Python reads, such as a lone backslash; no comment follows them.
    with suppress(tokenize.TokenError, SyntaxError):
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
                comments.append((token.start[0], token.string))
    return comments


def _folds(
    lines: Lines, marks: Sequence[_Mark]
) -> tuple[tuple[tuple[str, int, int], ...], frozenset[str], tuple[Diagnostic, ...]]:
    """Return the regions, the names of those without a proper end, and diagnostics."""
    opened: list[tuple[int, str]] = []
    unclosed: set[str] = set()
    folds: list[tuple[str, int, int]] = []
    diagnostics: list[Diagnostic] = []

    def report(number: int, message: str, hint: str) -> None:
        diagnostics.append(lines.diagnostic("unclosed-region", message, lines.whole(number), hint))

    for number, kind, name in marks:
        if kind == "region":
            opened.append((number, name))
        elif kind == "endregion" and not opened:
            report(number, "no region is open", "remove it, or add '# region NAME' above")
        elif kind == "endregion":
            marker, begun = opened.pop()
            if name and begun and name != begun:
                unclosed |= {name, begun}
                message = f"this ends region '{name}', but '{begun}' (line {marker}) is open"
                report(number, message, f"write '# endregion {begun}'")
            if begun:
                folds.append((begun, marker + 1, number - 1))
    for number, name in opened:
        unclosed.add(name)
        report(number, f"region '{name}' is never closed", f"add '# endregion {name}' where it ends")
    return tuple(sorted(folds, key=itemgetter(1))), frozenset(unclosed), tuple(diagnostics)


def _metadata(comments: list[tuple[int, str]]) -> set[int]:
    """Return the lines of PEP 723 blocks."""
    hidden: set[int] = set()
    block: list[int] = []
    for number, comment in comments:
        if block and number != block[-1] + 1:
            block = []
        if re.match(r"# /// \w+$", comment):
            block = [number]
        elif block:
            block.append(number)
            if comment == "# ///":
                hidden.update(block)
                block = []
    return hidden
