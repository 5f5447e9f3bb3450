"""Does what an author accepted still agree with what a fresh run gave?"""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])")


def agrees(accepted: str, fresh: str, how: str) -> bool:
    """Compare two texts: `exact`, `numbers` (to the precision written), `shape` or `none`.

    White space at line ends and around the text never counts.
    """
    left, right = _lines(accepted), _lines(fresh)
    if how == "none" or left == right:
        return True
    if how == "exact" or _skeleton(left) != _skeleton(right):
        return False
    pairs = zip(_NUMBER.findall(left), _NUMBER.findall(right), strict=True)
    return how == "shape" or all(_same(a, b) for a, b in pairs)


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _skeleton(text: str) -> list[str]:
    """Return a text without its numbers and without the padding that aligns them."""
    return [re.sub(r"\s+", " ", part) for part in _NUMBER.split(text)]


def _same(accepted: str, fresh: str) -> bool:
    """Compare two numbers to the precision with which the accepted one is written."""
    left, right = Decimal(accepted), Decimal(fresh)
    exponent = left.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    if unit >= 1 and "." not in accepted and "e" not in accepted.lower():
        return left == right
    return abs(left - right) <= unit / 2 or (abs(left - right) <= unit and "." in accepted)
