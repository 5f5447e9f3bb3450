"""Python text -> `Script`: its statements, cells, regions, names, imports and options."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from collections.abc import Iterable, Sequence

from deckwright.model import Cell, Diagnostic, Location, Region, Script, Solution, Statement, Unit
from deckwright.parse.markers import Markers, find_markers
from deckwright.parse.notebook_syntax import (
    NotebookSyntax,
    refused_awaits,
    top_level_await,
    without_notebook_syntax,
)
from deckwright.parse.punctuation import advice, look_alikes
from deckwright.parse.script_options import (
    misplaced_options,
    read_cell_options,
    read_controls,
    read_options,
    read_smoke,
    read_table,
    refused_table,
    unused_smoke,
)
from deckwright.text.bound_names import bound_names
from deckwright.text.lines import Lines
from deckwright.text.syntax import first_line, imported_modules, last_line, top_level

_TOP_OF_FENCE = "put it right below the line that opens the fence"

_METADATA = re.compile(r"\s*(\[\w+\]|[\w.-]+=(\"[^\"]*\"|\[[^\]]*\]|\{[^}]*\}|\S+))")


def parse_script(path: str, text: str) -> Script:
    """Parse a Python file, diagnostics included."""
    lines = Lines(path, text.removeprefix("\ufeff"))
    tree, unit, diagnostics = _parse_unit(lines, 1, len(lines))
    table, table_diagnostics = read_table(lines)
    options, option_diagnostics = read_options(lines, table)
    marks = find_markers(lines, tree) if tree is not None else Markers()
    cells, cell_diagnostics = _cells(lines, marks, unit.statements)
    regions, region_diagnostics = regions_of(lines, marks, cells, unit.statements)
    smoke, smoke_diagnostics = read_smoke(lines, table, tree, cells)
    controls, control_diagnostics = read_controls(lines, table, tree)
    own = (*table_diagnostics, *option_diagnostics, *smoke_diagnostics, *control_diagnostics)
    return Script(
        path=path,
        text=lines.text,
        units=(unit,),
        cells=cells,
        regions=regions,
        names=bound_names([tree] if tree else []),
        imports=imported_modules([tree] if tree else []),
        options=options,
        smoke=smoke,
        controls=controls,
        unclosed=marks.unclosed,
        solutions=marks.solutions,
        acceptances=marks.acceptances,
        diagnostics=(*diagnostics, *own, *cell_diagnostics, *region_diagnostics),
    )


def parse_program(path: str, length: int, fences: Sequence[tuple[int, str]]) -> Script:
    """Make one script of a deck's `exec` fences, each given as first line and body.

    The script's lines are the deck's (`length` of them, blank outside of the fences), so that
    a traceback points into the deck. Each fence is a unit and a cell of its own.
    """
    text = _spread(length, fences)
    lines = Lines(path, text)
    units: list[Unit] = []
    cells: list[Cell] = []
    trees: list[ast.Module] = []
    solutions: list[Solution] = []
    diagnostics: list[Diagnostic] = []
    count = 0
    for start, body in fences:
        end = start + body.rstrip("\n").count("\n")
        options, option_diagnostics = read_cell_options(lines, start, end)
        refused = refused_table(lines, read_table(lines, start, end)[0])
        tree, unit, syntax_diagnostics = _parse_unit(lines, start, end)
        units.append(unit)
        trees += [tree] if tree else []
        if options.get("raises") == "SyntaxError":
            syntax_diagnostics = ()
        after = count + len(unit.statements)
        cells.append(Cell("", start, end, count, after, **options))
        count = after
        marks = find_markers(Lines(path, _spread(end, [(start, body)])), tree)
        solutions += marks.solutions
        of_solutions = [each for each in marks.diagnostics if each.slug in ("bad-solution", "stray-mark")]
        misplaced = misplaced_options(lines, marks.options, {start}, "its fence", _TOP_OF_FENCE)
        diagnostics += [*option_diagnostics, *syntax_diagnostics, *refused, *misplaced, *of_solutions]
    return Script(
        path=path,
        text=text,
        units=tuple(units),
        cells=tuple(cells),
        regions={},
        names=bound_names(trees),
        imports=imported_modules(trees),
        solutions=tuple(solutions),
        diagnostics=(*diagnostics, *unused_smoke(lines, cells, "the fences of a deck are in no smoke run")),
    )


def _spread(length: int, fences: Sequence[tuple[int, str]]) -> str:
    lines = [""] * length
    for start, body in fences:
        rows = body.rstrip("\n").split("\n")
        lines[start - 1 : start - 1 + len(rows)] = rows
    return "\n".join(lines) + "\n"


def _parse_unit(lines: Lines, first: int, last: int) -> tuple[ast.Module | None, Unit, Sequence[Diagnostic]]:
    """Return the tree of some lines (None if they are not Python), their unit, and diagnostics.

    Where a notebook would understand them, the rest is read as if the lines in question did nothing.
    """
    code = lines.text[lines.start(first) : lines.start(last + 1)].replace("\r\n", "\n")
    found: tuple[NotebookSyntax, ...] = ()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the run will print them
            try:
                tree = ast.parse(code)  # Python 3.11 is not of one mind about a last `\`
            except SyntaxError:
                plain, found = without_notebook_syntax(code)
                tree = ast.parse(plain)
            syntax = ast.dump(tree)  # may find the tree too deep
            problems = [*_notebook(lines, first, found), *_refused(lines, first, code, tree)]
        ast.increment_lineno(tree, first - 1)
        statements = tuple(Statement(first_line(node), last_line(node)) for node in top_level(tree))
        return tree, Unit(first, last, statements, code if found else syntax), problems
    except SyntaxError as error:
        problems = [_syntax_error(lines, first, code, error)]
    except (ValueError, RecursionError, MemoryError) as error:
        message = f"Python cannot read this: {error}"
        problems = [lines.diagnostic("syntax-error", message, lines.location(first))]
    unit = Unit(first, last, (Statement(first, last),), code)  # the error is the output of one statement
    return None, unit, [*_notebook(lines, first, found), *problems]


def _refused(lines: Lines, first: int, code: str, tree: ast.Module) -> list[Diagnostic]:
    """Return a diagnostic for what Python parses and does not compile, such as a `return` in no function."""
    try:
        compile(tree, "", "exec", dont_inherit=True)
    except SyntaxError as error:
        if awaits := refused_awaits(tree):
            return _notebook(lines, first, [top_level_await(_in_characters(each, code)) for each in awaits])
        return [_syntax_error(lines, first, code, _in_characters(error, code))]
    return []


def _in_characters(error: SyntaxError, code: str) -> SyntaxError:
    """Return an error of the compiler, which counts bytes, with columns in characters."""

    def column(line: int | None, offset: int | None) -> int:
        row = Lines("", code)[line or 1].encode()
        return len(row[: (offset or 1) - 1].decode("utf-8", "replace")) + 1

    start, end = column(error.lineno, error.offset), column(error.end_lineno, error.end_offset)
    return SyntaxError(error.msg, ("", error.lineno, start, None, error.end_lineno, end))


def _notebook(lines: Lines, first: int, found: Iterable[NotebookSyntax]) -> list[Diagnostic]:
    return [
        lines.diagnostic(
            "notebook-syntax",
            f"{each.name} works only in a notebook",
            lines.location(each.line + first - 1, each.column, each.length),
            each.hint,
        )
        for each in found
    ]


def _syntax_error(lines: Lines, first: int, code: str, error: SyntaxError) -> Diagnostic:
    line = min((error.lineno or 1) + first - 1, len(lines))
    width = (error.end_offset or 0) - (error.offset or 1)
    width = width if error.end_lineno == error.lineno else 1
    place = lines.location(line, max(error.offset or 1, 1), width)
    message = f"Python cannot read this: {error.msg}"
    return lines.diagnostic("syntax-error", message, place, _look_alike(lines, code, first, place))


def _look_alike(lines: Lines, code: str, first: int, place: Location) -> str:
    """Return advice on a full-width form or a curly quote at a syntax error or after it; else empty."""
    start, caret = lines.start(first), lines.start(place.line) + place.column - 1
    odd = list(look_alikes(code))
    if not odd:
        return ""
    nearest = next((at for at in odd if start + at >= caret), odd[0])
    line, column = lines.at(start + nearest)
    where = "" if start + nearest == caret else f"line {line}, column {column}: "
    return where + advice(code, nearest)


def _cells(
    lines: Lines, marks: Markers, statements: Sequence[Statement]
) -> tuple[tuple[Cell, ...], list[Diagnostic]]:
    cells: list[Cell] = []
    diagnostics: list[Diagnostic] = []
    ends = [*(number - 1 for number, _ in marks.cells[1:]), len(lines)]
    for (marker, title), end in zip(marks.cells, ends, strict=False):
        if re.search(r"\[(markdown|raw)\]", title):
            continue
        options, option_diagnostics = read_cell_options(lines, marker + 1, end)
        diagnostics += option_diagnostics
        start, stop = _statement_range(statements, marker + 1, end)
        name = _METADATA.sub("", title).strip()
        cells.append(Cell(name, marker + 1, end, start, stop, **options))
    tops = {marker + 1 for marker, _ in marks.cells}
    return tuple(cells), [*diagnostics, *misplaced_options(lines, marks.options, tops)]


def regions_of(
    lines: Lines, marks: Markers, cells: Sequence[Cell], statements: Sequence[Statement]
) -> tuple[dict[str, Region], list[Diagnostic]]:
    """Return the regions and cells of a file by name, the whole file as "", and diagnostics."""
    of_folds = ((name, first, last, first - 1) for name, first, last in marks.folds)
    of_cells = (
        (name, cell.first_line, cell.last_line, line)
        for cell in cells
        for name, line in _names(lines, cell).items()
    )
    regions: dict[str, Region] = {}
    diagnostics = list(marks.diagnostics)
    for name, first, last, line in (("", 1, len(lines), 0), *of_folds, *of_cells):
        if name in regions:
            message = f"there is already a region or cell '{name}' at line {regions[name].first_line - 1}"
            place = lines.whole(line)
            diagnostics.append(lines.diagnostic("duplicate-region", message, place, "give one another name"))
        else:
            rows = _shown_rows(lines, marks, first, last)
            code = textwrap.dedent("\n".join(lines[number].rstrip() for number in rows))
            inside = _statement_range(statements, first, last)
            regions[name] = Region(name, first, last, code, *inside, tuple(rows))
    return regions, diagnostics


def _shown_rows(lines: Lines, marks: Markers, first: int, last: int) -> list[int]:
    """Return the lines that a slide shows, from the first to the last that is not blank."""
    rows = [number for number in range(first, last + 1) if number not in marks.hidden]
    filled = [index for index, number in enumerate(rows) if lines[number].strip()]
    return rows[filled[0] : filled[-1] + 1] if filled else []


def _names(lines: Lines, cell: Cell) -> dict[str, int]:
    """Return the names of a cell, each with the line where it stands."""
    head = cell.first_line - 1
    rows = range(cell.first_line, cell.last_line + 1)
    of_label = next((n for n in rows if re.match(r"#\|\s*label\s*:", lines[n])), head)
    names = {cell.name: head}
    names.setdefault(cell.label, of_label)
    return {name: line for name, line in names.items() if name}


def _statement_range(statements: Sequence[Statement], first: int, last: int) -> tuple[int, int]:
    inside = [i for i, s in enumerate(statements) if first <= s.first_line <= last]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
