"""The info string of a fence: language, then attributes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from deckwright.model import DEVICES, Attribute, AttributeDiagnostic, Display, Info, Variant
from deckwright.parse.values import names_to_vary, one_of, some_text
from deckwright.text.ignored_lines import expression
from deckwright.text.suggest import closest, did_you_mean_key

_TOKEN = re.compile(
    r"""\{(?P<spec>[^{}]*)\}
      | (?P<key>[A-Za-z][\w-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>\S*))
      | (?P<word>\S+)""",
    re.VERBOSE,
)
_SCRIPT = re.compile(r"\.py(?:#|$)")
_RANGE = re.compile(r"([1-9][0-9]{0,6})(?:-([1-9][0-9]{0,6}))?")

PYTHON = frozenset({"python", "py", "python3"})
SOURCES = ("file", "output", "exec")
"""The attributes that make a fence a reference."""

_PLACES = (*SOURCES, "then")
"""Those that name what a fence shows."""


def parse_info(info: str) -> Info:
    """Parse an info string such as `python file=../snippets/a.py#b {1,3-5}`."""
    language = re.match(r"\s*([^\s{]*)", info)
    start = language.end() if language else 0
    attributes: dict[str, Attribute] = {}
    for match in _TOKEN.finditer(info, start):
        key, value = _key_value(match)
        attributes[key] = Attribute(key, value, *match.span())
    word = language[1] if language else ""
    fields, diagnostics = _read(attributes)
    variant = Variant(device=fields.pop("device", ""))
    vary = fields.pop("vary", ())
    return Info(word, attributes, Display(**fields), variant, vary, diagnostics)


def misspelt_sources(info: Info) -> tuple[AttributeDiagnostic, ...]:
    """Return diagnostics for `file`, `output` or `exec`, misspelt on a fence that is therefore not ours.

    Other tools have attributes of their own (`title="train.py"`), so the spelling must be very similar.
    """
    return tuple(
        _diagnostic(attribute, "unknown-attribute", f"unknown attribute '{key}'", f"did you mean '{meant}'?")
        for key, attribute in info.attributes.items()
        if (meant := closest(key, SOURCES, 0.7))
        and (meant != "exec" or (info.language in PYTHON and attribute.value is None))
        and (meant == "exec" or _SCRIPT.search(attribute.value or ""))
        and key not in SOURCES
    )


def _key_value(match: re.Match[str]) -> tuple[str, str | None]:
    value = match[match.lastgroup or 0]
    if match.lastgroup == "word":
        return value, None
    return match["key"] or "{}", value


def _read(attributes: Mapping[str, Attribute]) -> tuple[dict[str, Any], tuple[AttributeDiagnostic, ...]]:
    """Return the values of all attributes that have one, by field, and diagnostics for the others."""
    values = {key: _value(attribute) for key, attribute in attributes.items() if key not in _PLACES}
    diagnostics = tuple(value for value in values.values() if isinstance(value, AttributeDiagnostic))
    fields = {
        _FIELDS[key][0]: value for key, value in values.items() if not isinstance(value, AttributeDiagnostic)
    }
    return fields, diagnostics


def _value(attribute: Attribute) -> Any | AttributeDiagnostic:
    """Return the value of an attribute, or a diagnostic."""
    key = attribute.key
    if key not in _FIELDS:
        hint = did_you_mean_key(key, _KNOWN)
        return _diagnostic(attribute, "unknown-attribute", f"unknown attribute '{key}'", hint)
    _, convert, expected = _FIELDS[key]
    try:
        return convert(attribute.value or "")
    except ValueError as error:
        message = f"'{key}' must be {expected}"
        return _diagnostic(attribute, "bad-attribute", f"{message}: {error}" if key == "ignore" else message)


def _diagnostic(attribute: Attribute, slug: str, message: str, hint: str = "") -> AttributeDiagnostic:
    return AttributeDiagnostic(slug, message, attribute.start, attribute.end, hint)


def _steps(text: str) -> tuple[str, ...]:
    return tuple(step if step in ("*", "all", "none") else _ranges(step) for step in _trimmed(text, "|"))


def _ranges(text: str) -> str:
    for part in _trimmed(text, ","):
        match = _RANGE.fullmatch(part)
        if not match or int(match[1]) > int(match[2] or match[1]):
            raise ValueError
    return ",".join(_trimmed(text, ","))


def _trimmed(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator)]


def _count(text: str) -> int:
    if int(text) < 1:
        raise ValueError
    return int(text)


def _rank(text: str) -> int:
    if not text.isdecimal():
        raise ValueError
    return int(text)


def _flag(text: str) -> bool:
    if text:
        raise ValueError
    return True


_FIELDS: dict[str, tuple[str, Callable[[str], object], str]] = {
    "{}": ("highlight", _steps, "line numbers such as {1,3-5} or steps such as {1|3-5|all}"),
    "lines": ("lines", _ranges, "line numbers such as 1,3-5"),
    "max-lines": ("max_lines", _count, "a number of lines"),
    "compare": ("compare", one_of("exact", "numbers", "shape", "none"), "exact, numbers, shape or none"),
    "stream": ("stream", one_of("stdout", "stderr", "both"), "stdout, stderr or both"),
    "device": ("device", one_of(*DEVICES), "cpu, cuda or mps"),
    "vary": ("vary", names_to_vary, "names of the script such as lr or lr,batch"),
    "rank": ("rank", _rank, "the number of a process, from 0 on"),
    "ignore": ("ignore", expression, "a regular expression"),
    "hide": ("hide", _flag, "a word without a value"),
    "alt": ("alt", some_text, "a text"),
    "flipbook": ("flipbook", _flag, "a word without a value"),
    "no-caption": ("no_caption", _flag, "a word without a value"),
    "no-draw": ("no_draw", _flag, "a word without a value"),
    "no-exec": ("no_exec", some_text, 'a reason: no-exec="needs eight GPUs"'),
}
_KNOWN = [*_PLACES, *(key for key in _FIELDS if key not in ("{}", "no-draw")), "{lines}"]
