"""Options that stand in a script: the PEP 723 block and the `#|` lines of a cell."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

import yaml

from deckwright.model import Diagnostic, Location, Options
from deckwright.text.lines import Lines
from deckwright.text.sizes import parse_size
from deckwright.text.suggest import did_you_mean_key

_BLOCK = re.compile(r"(?m)^# /// script[ \t]*$\s(?P<content>(?:^#(?:| .*)$\s)+)^# ///[ \t]*$")
_RESERVED = ("nproc", "smoke")


def read_options(lines: Lines) -> tuple[Options, list[Diagnostic]]:
    """Read the `[tool.deckwright]` table of a script's PEP 723 block."""
    text = lines.text.replace("\r\n", "\n").replace("\r", "\n")
    match = _BLOCK.search(text)
    if not match:
        return Options(), []
    start = text.count("\n", 0, match.start()) + 1
    content = "\n".join(line[2:] for line in match["content"].splitlines())
    try:
        table = _table(_table(tomllib.loads(content), "tool"), "deckwright")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = lines.location(start, 1, len(lines[start]))
        return Options(), [
            lines.diagnostic("bad-option", f"the script block is not valid TOML: {error}", place)
        ]
    end = start + match["content"].count("\n") + 1
    return _options(lines, range(start, end + 1), table)


def _table(parent: dict[str, Any], name: str) -> dict[str, Any]:
    table = parent.get(name, {})
    return table if isinstance(table, dict) else {}


def read_cell_options(lines: Lines, first: int, last: int) -> tuple[dict[str, Any], list[Diagnostic]]:
    """Read the `#| key: value` lines at the top of a cell, as arguments for `Cell`."""
    options: dict[str, Any] = {}
    wrong: list[Diagnostic] = []
    for number in range(first, last + 1):
        line = lines[number]
        if not line.startswith("#|"):
            break
        key, problem = _cell_option(line, options)
        if problem:
            place = lines.location(number, 1, len(line))
            hint = "" if key in _CELL_OPTIONS else did_you_mean_key(key, sorted(_CELL_OPTIONS))
            wrong.append(lines.diagnostic("bad-option", problem, place, hint))
    return options, wrong


def misplaced_options(
    lines: Lines,
    numbers: Iterable[int],
    tops: Collection[int],
    top: str = "a cell",
    hint: str = "put it right below a '# %%' line",
) -> Iterator[Diagnostic]:
    """Yield each cell option, of those at `numbers`, that stands elsewhere than at the `tops` of cells."""
    for number in numbers:
        key = lines[number][2:].partition(":")[0].strip()
        first = number
        while first not in tops and lines[first - 1].startswith("#|"):
            first -= 1
        if key in _CELL_OPTIONS and first not in tops:
            place = lines.location(number, 1, len(lines[number]))
            message = f"'{key}' does not stand at the top of {top}: nothing reads it here"
            yield lines.diagnostic("bad-option", message, place, hint)


def _cell_option(line: str, options: dict[str, Any]) -> tuple[str, str]:
    """Put what a line says into the options; return its key and what is wrong with it, or nothing twice."""
    key, colon, text = line[2:].partition(":")
    key = key.strip()
    if key not in _CELL_OPTIONS:
        return key, f"unknown cell option '{key}'"
    name, kind, wanted = _CELL_OPTIONS[key]
    if not colon:
        return key, f"after '{key}' there must be a colon and {wanted}"
    try:
        options[name] = kind(yaml.safe_load(text))
    except (ValueError, TypeError, OverflowError, RecursionError, yaml.YAMLError):
        return key, f"'{key}' must be {wanted}"
    return "", ""


def _options(lines: Lines, block: range, table: dict[str, Any]) -> tuple[Options, list[Diagnostic]]:
    values: dict[str, Any] = {}
    wrong: list[Diagnostic] = []
    for key, value in table.items():
        problem, hint = _take_option(key, value, values)
        if problem:
            place = _key_location(lines, block, key)
            wrong.append(lines.diagnostic("bad-option", problem, place, hint))
    return Options(**values), wrong


def _take_option(key: str, value: object, values: dict[str, Any]) -> tuple[str, str]:
    if key in _RESERVED:
        return f"'{key}' is not supported yet", "remove it"
    if key not in _SCRIPT_OPTIONS:
        return f"unknown option '{key}'", did_you_mean_key(key, sorted(_SCRIPT_OPTIONS))
    name, kind, wanted = _SCRIPT_OPTIONS[key]
    try:
        values[name] = kind(value)
    except (ValueError, TypeError, OverflowError):
        return f"'{key}' must be {wanted}, not {value!r}", ""
    return "", ""


def _key_location(lines: Lines, block: range, key: str) -> Location:
    for number in block:
        if re.match(rf"#\s*{re.escape(key)}\s*=", lines[number]):
            return lines.location(number, lines[number].index(key) + 1, len(key))
    return lines.location(block.start, 1, len(lines[block.start]))


def _one_of(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise ValueError
        return str(value)

    return check


def _positive(value: object) -> float:
    number = float(value)  # type: ignore[arg-type]
    if isinstance(value, bool) or not 0 < number < math.inf:
        raise ValueError
    return number


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(map(_text, value))


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


_SCRIPT_OPTIONS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "device": ("device", _one_of("any", "cpu", "cuda", "mps"), "any, cpu, cuda or mps"),
    "timeout": ("timeout_seconds", _positive, "a positive number of seconds"),
    "memory": ("memory_bytes", parse_size, 'a size such as "2 GiB"'),
    "output": ("output_bytes", parse_size, 'a size such as "1 MiB"'),
    "seed": ("seed", _whole, "a whole number"),
    "isolate": ("isolate", _one_of("fork", "fresh"), "fork or fresh"),
    "data": ("data", _texts, "a list of files, folders or globs"),
}
_CELL_OPTIONS: dict[str, tuple[str, Callable[[Any], Any], str]] = {
    "label": ("label", _text, "a name"),
    "raises": ("raises", _text, "the name of an exception type"),
    "fig-alt": ("fig_alt", _text, "a text"),
    "fig-width": ("fig_width", _positive, "a positive number of inches"),
    "fig-height": ("fig_height", _positive, "a positive number of inches"),
}
