"""Solutions of exercises in a script: between `# BEGIN SOLUTION` and `# END SOLUTION`."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Iterator, Sequence

from deckwright.model import Diagnostic, Solution
from deckwright.text.lines import Lines
from deckwright.text.solutions import MARK, MENTION, without_lines


def find_solutions(
    lines: Lines, comments: Sequence[tuple[int, str]], tree: ast.Module
) -> tuple[tuple[Solution, ...], tuple[Diagnostic, ...]]:
    """Return the solutions of a script, and what is wrong with their marks.

    `comments` has line and text of each comment that is alone on its line.
    """
    if not MENTION.search(lines.text):
        return (), ()
    marks = [(number, match["kind"]) for number, comment in comments if (match := MARK.match(comment))]
    spans, diagnostics = _spans(lines, marks)
    solutions = tuple(Solution(first, last, _name(lines.path, tree, first)) for first, last in spans)
    elsewhere = _mentions(lines, {number for number, _ in marks})
    unreadable = () if diagnostics else _unreadable(lines, solutions)
    return solutions, (*diagnostics, *elsewhere, *unreadable)


def without_solutions(path: str, text: str, solutions: Sequence[Solution]) -> str:
    """Return the text of a script as students receive it: each solution is one line that raises."""
    spans = [(each.first_line, each.last_line, each.exercise) for each in solutions]
    return without_lines(Lines(path, text), spans)


def _spans(
    lines: Lines, marks: Sequence[tuple[int, str]]
) -> tuple[list[tuple[int, int]], tuple[Diagnostic, ...]]:
    """Return the lines of the marks of each solution, and diagnostics."""
    spans: list[tuple[int, int]] = []
    diagnostics: list[Diagnostic] = []
    begun = 0

    def report(number: int, message: str, hint: str) -> None:
        diagnostics.append(lines.diagnostic("bad-solution", message, lines.whole(number), hint))

    for number, kind in marks:
        if kind == "BEGIN" and begun:
            report(number, f"a solution begins in that of line {begun}", "end that one above: # END SOLUTION")
        elif kind == "BEGIN":
            begun = number
        elif begun:
            spans.append((begun, number))
            begun = 0
        else:
            report(number, "no solution has begun", "remove it, or write '# BEGIN SOLUTION' above")
    if begun:
        report(begun, "this solution has no end", "write '# END SOLUTION' where it ends")
    return spans, tuple(diagnostics)


def _mentions(lines: Lines, marked: set[int]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each mark that is no comment on a line of its own: it would hide nothing."""
    for number in range(1, len(lines) + 1):
        match = MENTION.search(lines[number]) if number not in marked else None
        if match:
            place = lines.location(number, match.start() + 1, len(match[0]))
            message = "this marks no solution: it is in a text, or behind code"
            yield lines.warning("stray-mark", message, place, "make it a comment on a line of its own")


def _unreadable(lines: Lines, solutions: Sequence[Solution]) -> Iterator[Diagnostic]:
    """Yield a diagnostic if Python cannot read what students receive, at the solution in question."""
    for each in solutions:
        try:
            compile(without_solutions(lines.path, lines.text, [each]), "", "exec", dont_inherit=True)
        except SyntaxError as error:
            message = f"Python cannot read the script without this solution: {error.msg}"
            hint = "put the marks around whole statements, with nothing else of them left"
            yield lines.diagnostic("bad-solution", message, lines.whole(each.first_line), hint)


def _name(path: str, tree: ast.Module, line: int) -> str:
    """Return what an exercise is called: the function or class around its solution, or else its file."""
    names = [node.name for node in _around(tree, line)]
    return ".".join(names) or posixpath.splitext(posixpath.basename(path))[0]


def _around(node: ast.AST, line: int) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for child in ast.iter_child_nodes(node):
        if getattr(child, "lineno", line) <= line <= (getattr(child, "end_lineno", line) or line):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield child
            yield from _around(child, line)
