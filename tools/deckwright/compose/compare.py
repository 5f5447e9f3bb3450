"""Comparison of accepted text with the text of a fresh run."""

from __future__ import annotations

import re
from decimal import Decimal

from deckwright.model import Kind, Reference
from deckwright.text.ignored_lines import compared_rows, without_ignored

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])[-+]?(?:(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?!\.?[0-9])(?:[eE][-+]?[0-9]{1,4})?|(?:inf|nan)\b)"
)
"""A number. Two dots make a text: a version, a date or an address."""

_CARETS = re.compile(r"^ *~*\^[~^]*[ \t\r]*$\n?", re.MULTILINE)
"""A row of carets with which Python marks a part of the code above."""

_LONGEST = 60
"""Most characters of a line that a message shows."""


def is_accepted(reference: Reference, fresh: str, is_error: bool = False) -> bool:
    """Whether a fresh text agrees with the accepted one of a reference, which must not be empty."""
    how = comparison(reference)
    ignore = reference.display.ignore
    accepted, fresh = (without_ignored(text, ignore) for text in (reference.body, fresh))
    return bool(reference.body.strip()) and agrees(accepted, fresh, how, is_error)


def comparison(reference: Reference) -> str:
    """Return how to compare a reference's texts; code is always compared exactly."""
    return "exact" if reference.kind is Kind.CODE else reference.display.compare


def agrees(accepted: str, fresh: str, how: str, is_error: bool = False) -> bool:
    """Compare two texts.

    - `exact`: they are equal.
    - `numbers`: the text between the numbers is equal, and each fresh number is at most one unit of
      the last digit written away from the accepted one: 0.97 agrees with 0.9731 and 0.98, not with
      0.99. Without a fraction there is no such digit: 1e-05 agrees with what rounds to it, and a
      plain 3 is a count or an index, which agrees with 3.0 alone.
    - `shape`: the text between the numbers is equal.
    - `none`: always.

    White space at the ends of lines, blank lines around the text, and (except for `exact`) the
    padding that aligns numbers are ignored. So are, except for `exact`, the carets of an error
    (`is_error`), which differ between versions of Python.
    """
    left, right = (_lines(_without_carets(text, how, is_error)) for text in (accepted, fresh))
    if how == "none" or left == right:
        return True
    if how == "exact" or _between(left) != _between(right):
        return False
    pairs = zip(_NUMBER.findall(left), _NUMBER.findall(right), strict=True)
    return how == "shape" or all(_numbers_agree(a, b) for a, b in pairs)


def difference(accepted: str, fresh: str, how: str, is_error: bool = False, ignore: str = "") -> str:
    """Return where a fresh text first differs: "in line 2: y = 3", or "which ends after line 1"."""
    texts = (_lines(_without_carets(text, how, is_error)) for text in (accepted, fresh))
    left, right = (compared_rows(text, ignore) for text in texts)
    last = 0
    for (_, old), (number, new) in zip(left, right, strict=False):
        if not agrees(old, new, how):
            return f"in line {number}: {new[:_LONGEST].strip()}"
        last = number
    does = "goes on" if len(right) > len(left) else "ends"
    return f"which {does} after line {last}"


def _without_carets(text: str, how: str, is_error: bool) -> str:
    return _CARETS.sub("", text) if is_error and how != "exact" else text


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in re.split(r"\r\n|\r|\n", text)).strip("\n")


def _between(text: str) -> list[str]:
    """Return a text's parts between its numbers, without the padding next to these."""
    return [re.sub(r"[ \t]+", " ", part).strip(" ") for part in _NUMBER.split(text)]


def _numbers_agree(accepted: str, fresh: str) -> bool:
    left, right = Decimal(accepted), Decimal(fresh)
    if not (left.is_finite() and right.is_finite()):
        return str(left) == str(right)
    exponent = int(left.as_tuple().exponent)
    if exponent == 0 and "e" not in accepted.lower():
        return left == right
    tenths = 10 if "." in accepted else 5
    return abs(left - right) <= Decimal(tenths).scaleb(exponent - 1)
