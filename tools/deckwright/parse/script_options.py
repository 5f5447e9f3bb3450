"""Options in a script: its PEP 723 block, and the `#|` lines of a cell."""

from __future__ import annotations

import ast
import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Any

import yaml

from deckwright.frozen import dataclass
from deckwright.model import DEVICES, Cell, Control, Diagnostic, Location, Options, Variant
from deckwright.parse.overrides import EXPECTED, expression_of, refusal_of
from deckwright.parse.values import one_of, some_text
from deckwright.parse.vary import control_of
from deckwright.text.lines import Lines
from deckwright.text.sizes import parse_size
from deckwright.text.suggest import did_you_mean_key

_BLOCK = re.compile(r"(?m)^# /// script[ \t]*$\s(?P<content>(?:^#(?:| .*)$\s)+)^# ///[ \t]*$")
_SMOKE = "smoke"
_VARY = "vary"


@dataclass(frozen=True, slots=True)
class ScriptTable:
    """The table `[tool.deckwright]` of a script's block of metadata."""

    content: dict[str, Any]
    lines: range
    """Those of the block."""


_NO_TABLE = ScriptTable({}, range(1, 1))


def read_table(lines: Lines, first: int = 1, last: int = 0) -> tuple[ScriptTable, list[Diagnostic]]:
    """Read the `[tool.deckwright]` table of the PEP 723 block of a script, or of some of its lines."""
    end = lines.start(last + 1) if last else None
    text = lines.text[lines.start(first) : end].replace("\r\n", "\n").replace("\r", "\n")
    match = _BLOCK.search(text)
    if not match:
        return _NO_TABLE, []
    start = text.count("\n", 0, match.start()) + first
    content = "\n".join(line[2:] for line in match["content"].splitlines())
    try:
        table = _table(_table(tomllib.loads(content), "tool"), "deckwright")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = f"the script block is not valid TOML: {error}"
        return _NO_TABLE, [lines.diagnostic("bad-option", message, lines.whole(start))]
    return ScriptTable(table, range(start, start + match["content"].count("\n") + 2)), []


def read_options(lines: Lines, table: ScriptTable) -> tuple[Options, list[Diagnostic]]:
    """Read the options of a script from its table."""
    settings = (
        (_key_location(lines, table.lines, key), partial(_script_option, key, value))
        for key, value in table.content.items()
        if key not in (_SMOKE, _VARY)
    )
    arguments, diagnostics = _arguments(lines, settings)
    return Options(**arguments), diagnostics


def read_smoke(
    lines: Lines, table: ScriptTable, tree: ast.Module | None, cells: Sequence[Cell]
) -> tuple[Variant, list[Diagnostic]]:
    """Return how a smoke run runs a script: with the small values of its table, and without some cells."""
    left_out = tuple(index for index, cell in enumerate(cells) if not cell.smoke)
    overrides, diagnostics = _values(lines, table, tree, _SMOKE, _override)
    if tree and not table.content.get(_SMOKE):
        diagnostics += unused_smoke(lines, cells, "this script has no table [tool.deckwright.smoke]")
    return Variant(overrides=tuple(overrides.items()), left_out=left_out if overrides else ()), diagnostics


def read_controls(
    lines: Lines, table: ScriptTable, tree: ast.Module | None
) -> tuple[dict[str, Control], list[Diagnostic]]:
    """Return the names of a script that readers of slides may give other values, each with these."""
    return _values(lines, table, tree, _VARY, _control)


def _values(
    lines: Lines,
    table: ScriptTable,
    tree: ast.Module | None,
    key: str,
    read: Callable[[ast.Module, str, object], tuple[str, Any]],
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Read a table within ours of names that a script sets, each with what takes the place of its value."""
    values = table.content.get(key, {})
    if not isinstance(values, dict):
        place = _key_location(lines, table.lines, key)
        message = f"'{key}' must be a table of names and values"
        return {}, [lines.diagnostic("bad-option", message, place)]
    if tree is None:  # its syntax error is reported
        return {}, []
    settings = (
        (_key_location(lines, table.lines, name, key), partial(read, tree, name, value))
        for name, value in values.items()
    )
    return _arguments(lines, settings)


def unused_smoke(lines: Lines, cells: Iterable[Cell], reason: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each cell that is left out of smoke runs, though nothing runs so."""
    for cell in cells:
        rows = range(cell.first_line, cell.last_line + 1)
        if not cell.smoke:
            number = next(n for n in rows if re.match(rf"#\|\s*{_SMOKE}\s*:", lines[n]))
            message = f"'{_SMOKE}' has no effect: {reason}"
            yield lines.diagnostic("bad-option", message, lines.whole(number))


def refused_table(lines: Lines, table: ScriptTable) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each option in the fences of a deck, which have none."""
    for key in table.content:
        message = f"'{key}' has no effect here: the fences of a deck have no options"
        place = _key_location(lines, table.lines, key)
        yield lines.diagnostic("bad-option", message, place, "move the code into a script, and show that")


def _override(tree: ast.Module, name: str, value: object) -> tuple[str, str]:
    """Return a name and the expression that a variant gives it; raises _OptionError."""
    if refusal := refusal_of(tree, name):
        raise _OptionError(refusal.message, refusal.hint)
    try:
        return name, expression_of(value)
    except ValueError:
        raise _OptionError(f"'{name}' must be {EXPECTED}, not {value!r}") from None


def _control(tree: ast.Module, name: str, values: object) -> tuple[str, Control]:
    """Return a name and its control; raises _OptionError."""
    if refusal := refusal_of(tree, name):
        raise _OptionError(refusal.message, refusal.hint)
    try:
        return name, control_of(tree, name, values)
    except ValueError as error:
        raise _OptionError(str(error), f"write {name} = [0.1, 1.0], with the values to choose from") from None


def _table(parent: dict[str, Any], name: str) -> dict[str, Any]:
    table = parent.get(name, {})
    return table if isinstance(table, dict) else {}


def read_cell_options(lines: Lines, first: int, last: int) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Read the `#| key: value` lines at the top of a cell, as arguments for `Cell`.

    A value may go on in lines below that are indented more, as in YAML.
    """
    options: list[tuple[int, list[str]]] = []
    indent = 0
    for number in takewhile(lambda number: lines[number].startswith("#|"), range(first, last + 1)):
        text = lines[number][2:]
        margin = len(text) - len(text.lstrip())
        if options and (margin > indent or not text.strip()):
            options[-1][1].append(text)
        else:
            options.append((number, [text]))
            indent = margin
    return _arguments(
        lines, ((lines.whole(n), partial(_cell_option, "\n".join(rows))) for n, rows in options)
    )


def _arguments(
    lines: Lines, options: Iterable[tuple[Location, Callable[[], tuple[str, Any]]]]
) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Return the arguments that options give, and a diagnostic for each option that cannot be used."""
    arguments: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    for place, option in options:
        try:
            arguments |= [option()]
        except _OptionError as error:
            diagnostics.append(lines.diagnostic("bad-option", str(error), place, error.hint))
    return arguments, diagnostics


def misplaced_options(
    lines: Lines,
    numbers: Iterable[int],
    tops: Collection[int],
    top: str = "a cell",
    hint: str = "put it right below a '# %%' line",
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each cell option at `numbers` that is not at one of the `tops` of cells."""
    for number in numbers:
        key = lines[number][2:].partition(":")[0].strip()
        first = number
        while first not in tops and lines[first - 1].startswith("#|"):
            first -= 1
        if key in _CELL_OPTIONS and first not in tops:
            message = f"'{key}' has no effect here: it is not at the top of {top}"
            yield lines.diagnostic("bad-option", message, lines.whole(number), hint)


class _OptionError(Exception):
    """An option that cannot be used; becomes a diagnostic."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def _cell_option(option: str) -> tuple[str, Any]:
    """Return the argument for `Cell` in what stands behind `#|`; raises _OptionError."""
    key, colon, text = option.partition(":")
    key = key.strip()
    if key not in _CELL_OPTIONS:
        hint = _INSTEAD.get(key) or did_you_mean_key(key, sorted(_CELL_OPTIONS))
        raise _OptionError(f"unknown cell option '{key}'", hint)
    name, convert, expected = _CELL_OPTIONS[key]
    if not colon:
        raise _OptionError(f"after '{key}' there must be a colon and {expected}")
    try:
        return name, convert(yaml.safe_load(text))
    except (ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError):
        hint = "put it between quotes" if convert is _sentence and text.strip() else ""
        raise _OptionError(f"'{key}' must be {expected}", hint) from None


def _script_option(key: str, value: object) -> tuple[str, Any]:
    """Return the argument for `Options` in a setting of the script block; raises _OptionError."""
    if key not in _SCRIPT_OPTIONS:
        raise _OptionError(f"unknown option '{key}'", did_you_mean_key(key, sorted(_SCRIPT_OPTIONS)))
    name, convert, expected = _SCRIPT_OPTIONS[key]
    try:
        return name, convert(value)
    except (ValueError, TypeError, OverflowError):
        raise _OptionError(f"'{key}' must be {expected}, not {value!r}") from None


def _key_location(lines: Lines, block: range, key: str, table: str = "") -> Location:
    """Return where a block sets a key of our table, or of a table within it."""
    name, inner = re.escape(key), re.escape(table or key)
    head = rf"#\s*\[\s*tool\s*\.\s*deckwright\s*\.\s*({inner})\s*\]"
    line = rf"#\s*[\"']?({name})[\"']?\s*[=.]"
    inline = rf"#\s*{inner}\b.*?[\s.{{,\"']({name})\b"  # `smoke = {{ epochs = 1 }}` or `smoke.epochs = 1`
    is_inside = not table
    for number in block:
        is_head = re.match(head, lines[number])
        is_inside = is_inside or bool(is_head)
        found = re.match(line, lines[number]) if is_inside else None
        if match := found or (re.match(inline, lines[number]) if table else is_head):
            return lines.location(number, match.start(1) + 1, len(match[1]))
    return lines.whole(block.start)


def _positive(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    if isinstance(value, bool) or not 0 < number < math.inf:
        raise ValueError
    return number


def _count(value: object) -> int:
    if _whole(value) < 1:
        raise ValueError
    return _whole(value)


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(map(some_text, value))


def _sentence(value: object) -> str:
    return " ".join(some_text(value).split())


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


_SCRIPT_OPTIONS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "device": ("device", one_of("any", *DEVICES), "any, cpu, cuda or mps"),
    "gpus": ("gpus", _count, "a positive whole number"),
    "gpu-memory": ("gpu_memory_bytes", parse_size, 'a size such as "20 GiB"'),
    "nproc": ("nproc", _count, "a positive whole number"),
    "timeout": ("timeout_seconds", _positive, "a positive number of seconds"),
    "memory": ("memory_bytes", parse_size, 'a size such as "2 GiB"'),
    "output": ("output_bytes", parse_size, 'a size such as "1 MiB"'),
    "disk": ("disk_bytes", parse_size, 'a size such as "20 GiB"'),
    "processes": ("processes", _count, "a positive whole number"),
    "seed": ("seed", _whole, "a whole number"),
    "deterministic": ("deterministic", _boolean, "true or false"),
    "isolate": ("isolate", one_of("fork", "fresh"), "fork or fresh"),
    "data": ("data", _texts, "a list of files, folders or globs"),
}
_CELL_OPTIONS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "label": ("label", some_text, "a name"),
    "raises": ("raises", some_text, "the name of an exception type"),
    "fig-alt": ("fig_alt", _sentence, "a text"),
    "fig-width": ("fig_width", _positive, "a positive number of inches"),
    "fig-height": ("fig_height", _positive, "a positive number of inches"),
    "smoke": ("smoke", _boolean, "true or false"),
}
_INSTEAD = {
    "fig-cap": "write the caption on the slide; fig-alt describes the figure for those who cannot see it",
    **dict.fromkeys(("echo", "include", "output"), "the slide says what it shows: remove this line"),
    "eval": 'code that is not to run: write no-exec="reason" behind `python` on the slide',
    "error": "write raises: and the name of the exception",
}
"""What to write in place of options of Quarto."""
