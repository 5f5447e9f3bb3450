"""The styles of a terminal: what the codes of `ESC [ … m` become as CSS classes."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BRIGHT = 8


class Style:
    """The style in which a terminal prints at a moment."""

    def __init__(self) -> None:
        self.classes = ""
        self._names: dict[str, str] = {}

    def change(self, parameters: str) -> None:
        """Take the codes of one sequence, such as `1;31`."""
        codes = iter([int(code[-4:] or 0) for code in re.split("[;:]", parameters)])
        for code in codes:
            self._code(code, codes)
        self.classes = " ".join(self._names.values())

    def _code(self, code: int, rest: Iterator[int]) -> None:
        if code == 0:
            self._names.clear()
        elif code in _STYLES:
            name, style = _STYLES[code]
            self._names[name] = style
        elif code in _ENDS:
            for name in _ENDS[code]:
                self._names.pop(name, None)
        elif code in _GROUNDS:
            color = _extended(rest)
            if color is not None:
                self._names[_GROUNDS[code]] = f"ansi-{_GROUNDS[code]}-{color}"


def _extended(rest: Iterator[int]) -> int | None:
    """Return the nearest of the 16 colours for `5;N` or `2;R;G;B`."""
    mode = next(rest, 0)
    if mode == 5:
        index = next(rest, 0)
        return index if index < 16 else _nearest(*_xterm(index))
    if mode == 2:
        return _nearest(next(rest, 0), next(rest, 0), next(rest, 0))
    return None


def _xterm(index: int) -> tuple[int, int, int]:
    if index >= 232:
        gray = 8 + 10 * (index - 232)
        return gray, gray, gray
    cube = index - 16
    red, green, blue = cube // 36, cube // 6 % 6, cube % 6
    return tuple(55 + 40 * part if part else 0 for part in (red, green, blue))  # type: ignore[return-value]


def _nearest(red: int, green: int, blue: int) -> int:
    bright = _BRIGHT if max(red, green, blue) > 192 else 0
    threshold = max(red, green, blue) / 2
    bits = (red > threshold) + 2 * (green > threshold) + 4 * (blue > threshold)
    return bits + bright


_ATTRIBUTES = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "inverse", 9: "strike"}
_GROUNDS = {38: "fg", 48: "bg"}
_COLORS = (("fg", 30, 0), ("fg", 90, _BRIGHT), ("bg", 40, 0), ("bg", 100, _BRIGHT))
"""What each row of 8 codes colours, the first of these codes, and the first of their colours."""

_STYLES = {
    **{code: (name, f"ansi-{name}") for code, name in _ATTRIBUTES.items()},
    **{code + n: (ground, f"ansi-{ground}-{color + n}") for ground, code, color in _COLORS for n in range(8)},
}
_ENDS = {
    22: ("bold", "dim"),
    23: ("italic",),
    24: ("underline",),
    27: ("inverse",),
    29: ("strike",),
    39: ("fg",),
    49: ("bg",),
}
