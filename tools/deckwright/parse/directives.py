"""Marp's directives in front matter and comments, parsed as loosely as Marp parses them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import yaml
from markdown_it.token import Token

from deckwright.model import Diagnostic, Dialect
from deckwright.parse.comments import COMMENT
from deckwright.text.lines import Lines

_LOOSE = (
    "headingDivider|style|theme|lang|math|size|class|color|footer|header|paginate|transition"
    "|background(?:Color|Image|Position|Repeat|Size)|title|author|description|keywords|image|url"
)
_LOOSE_LINE = re.compile(rf"(?P<key>_?(?:{_LOOSE})\s*:)(?P<space>\s*)(?P<value>\S.*)")
_KNOWN = re.compile(rf"_?(?:{_LOOSE})")
_FOR_TOOLS = re.compile(
    r"prettier-ignore(-(start|end))?|markdownlint-((disable|enable).*|capture|restore)"
    r"|lint (disable|enable|ignore).*"
)
"""What linters read, and our own words for our part of Marp."""
_HEADINGS = range(1, 7)


def read_yaml(text: str) -> Any:
    """Parse YAML as Marp does, with every scalar as text; raises `yaml.YAMLError`.

    The value of a directive may be any text, as in `backgroundColor: #fff`.
    """
    try:
        return yaml.load("\n".join(map(_strict, text.split("\n"))), _Loader)
    except RecursionError:
        raise yaml.YAMLError("it is nested too deeply") from None


class _Loader(yaml.BaseLoader):
    """Refuses a repeated key, since Marp then ignores all keys, and skips keys that are not scalars."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in mapping:
                problem = f"'{key.value}' occurs twice, so Marp ignores all of it"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping


def _strict(line: str) -> str:
    """Quote the value of a directive, unless it starts with a character that YAML gives a meaning."""
    match = _LOOSE_LINE.fullmatch(line)
    if not match or match["value"][0] in "[\"'{|>~&*`":
        return line
    value = match["value"].rstrip().replace('"', '\\"')
    return f'{match["key"]}{match["space"]}"{value}"'


def read_front_matter(tokens: Sequence[Token], lines: Lines) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Return the front matter of a deck, and its diagnostics."""
    token = tokens[0] if tokens else None
    if token is None or token.type != "front_matter":  # what Marp finds in a list is none to its author
        return {}, ()
    if not token.meta["closed"]:
        unclosed = "the front matter is never closed"
        return {}, (_diagnostic(lines, unclosed, 1, hint="add a line '---' below it"),)
    try:
        content = read_yaml(token.content)
    except yaml.MarkedYAMLError as error:
        # What ends too late is reported where it starts.
        late = error.problem_mark and error.problem_mark.index >= len(token.content)
        mark = error.context_mark if late else error.problem_mark
        line, column = (mark.line + 2, mark.column + 1) if mark else (1, 1)
        message = f"the front matter is not valid YAML: {error.problem}"
        return {}, (_diagnostic(lines, message, line, column, _hint_for(lines[line])),)
    except yaml.YAMLError as error:
        return {}, (_diagnostic(lines, f"the front matter is not valid YAML: {error}", 1),)
    if content and not isinstance(content, dict):
        return {}, (_diagnostic(lines, "the front matter must be lines of 'key: value'", 2),)
    return {str(key): value for key, value in (content or {}).items()}, ()


def _hint_for(line: str) -> str:
    """Return what may be wrong in a line that is no YAML."""
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return "indent with spaces"
    return (
        "put a text between quotes, and close what is open" if re.search(r":\s*[\[{*&!%@`\"']", line) else ""
    )


def _diagnostic(lines: Lines, message: str, line: int, column: int = 1, hint: str = "") -> Diagnostic:
    place = lines.location(line, column, len(lines[line]) - column + 1)
    return lines.diagnostic("front-matter", message, place, hint)


def directives_of(token: Token) -> Iterator[Mapping[str, Any]]:
    """Yield the directives of each comment in a token."""
    for part in (token, *(token.children or ())):
        if part.type in ("html_block", "html_inline"):
            yield from _of_comment(part.content)


@lru_cache(maxsize=10_000)
def _of_comment(html: str) -> Sequence[Mapping[str, Any]]:
    """Return the directives of a comment; each one is asked for by several who look for others."""
    match = COMMENT.match(html.lstrip())
    if not match or ":" not in match[1]:
        return ()
    try:
        content = read_yaml(match[1])
    except yaml.YAMLError:
        return ()
    return (content,) if isinstance(content, dict) else ()


def is_note(comment: str) -> bool:
    """Whether Marp takes a comment as a note: it has no directive that Marp knows, and is not for a tool."""
    match = COMMENT.fullmatch(comment)
    if match and _FOR_TOOLS.fullmatch(match[1]):
        return False
    return not any(_KNOWN.fullmatch(str(key)) for found in _of_comment(comment) for key in found)


def divider_levels(
    tokens: Sequence[Token], front_matter: Mapping[str, Any], dialect: Dialect
) -> frozenset[str]:
    """Return the tags of the headings that begin a slide: the last `headingDivider` counts."""
    levels = _levels(dialect.heading_divider) or frozenset()
    comments = (directives for token in tokens for directives in directives_of(token))
    for directives in (front_matter, *comments):
        if "headingDivider" in directives:
            own = _levels(directives["headingDivider"])
            levels = levels if own is None else own
    return levels


def _levels(setting: object) -> frozenset[str] | None:
    """Return the tags that a setting names; None for one that Marp ignores."""
    if isinstance(setting, list | tuple):
        numbers = set(map(_whole, setting))
        return frozenset(f"h{level}" for level in _HEADINGS if level in numbers)
    if setting == "false":
        return frozenset()
    level = _whole(setting)
    return frozenset(f"h{n}" for n in range(1, level + 1)) if level in _HEADINGS else None


def _whole(text: object) -> int:
    match = re.match(r"\s*[-+]?\d{1,9}", str(text))
    return int(match[0]) if match else 0
