"""The values of a script that decks name, as JSON, read without calling the author's code.

No other value leaves the process: any variable may hold a password.

JSON has no tuples, no numbers as keys and no records: such a value is an object with its kind as first key.
`compose/values.py` reads it.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from deckwright.model import value_path

LONGEST_TEXT_BYTES = 10_000
MOST_TEXT_BYTES = 100_000
"""In all of a value."""
MOST_LEAVES = 200
DEEPEST = 8
_WIDEST_INTEGER_BITS = 4096

Path = Sequence[str]
"""The parts of a value's name behind the first one."""


class _Skip(Exception):
    """A value that a slide cannot show."""


def named_values(namespace: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the JSON-like values of these names: numbers, texts, tensors and small collections.

    A name such as `scores.best` brings no other item of `scores`.
    """
    paths: dict[str, list[Path]] = {}
    for name, *path in filter(None, map(value_path, names)):
        paths.setdefault(name, []).append(path)
    values = {}
    for name in paths.keys() & namespace.keys():
        if not name.startswith("_"):
            try:
                values[name] = _kept(_Reader().read(namespace[name], 0), paths[name])
            except Exception:
                # A value that cannot be read is not there for slides.
                continue
    return values


def _kept(data: Any, paths: Sequence[Path]) -> Any:
    """Return the JSON of a value with nothing in place of each item to which no path leads."""
    if not all(paths):
        return data
    match data:
        case list():
            return _kept_items(data, paths)
        case {"tuple": items}:
            return {"tuple": _kept_items(items, paths)}
        case {"dict": items}:
            return {"dict": [[key, _kept_item(item, paths, str(key))] for key, item in items]}
        case {"record": _, "fields": fields}:
            numbered = enumerate(fields)
            kept = [[key, _kept_item(each, paths, key, *_places(at, fields))] for at, (key, each) in numbered]
            return {**data, "fields": kept}
    return None  # it has no items


def _kept_items(items: Sequence[Any], paths: Sequence[Path]) -> list[Any]:
    return [_kept_item(item, paths, *_places(at, items)) for at, item in enumerate(items)]


def _kept_item(item: Any, paths: Sequence[Path], *names: str) -> Any:
    below = [path[1:] for path in paths if path[0].strip("'\"") in names]
    return _kept(item, below) if below else None


def _places(at: int, items: Sequence[Any]) -> tuple[str, str]:
    """Return how a path may name a place in a sequence: from its beginning, and from its end."""
    return str(at), str(at - len(items))


class _Reader:
    """Turns a value into JSON, and counts its leaves and texts. What is empty counts as a leaf, too."""

    _leaves = 0
    _text_bytes = 0

    def read(self, value: Any, depth: int) -> Any:
        if depth > DEEPEST:
            raise _Skip
        if value is None or isinstance(value, (bool, int, float, str)):
            self._count(1)
            return self._scalar(value)
        if _is_array(value):
            self._count(max(1, value.numel() if hasattr(value, "numel") else value.size))
            return self._printed(value)
        if isinstance(value, list):
            return self._items(list.__iter__(value), depth)
        if isinstance(value, dict):
            return {"dict": self._pairs(dict.items(value), depth)}
        fields = _fields(value)
        if fields is not None:
            return {
                "record": _printed_name(value),
                "fields": self._pairs(fields, depth),
                "hidden": _hidden(value),
                "is_tuple": isinstance(value, tuple),
            }
        if isinstance(value, tuple):
            return {"tuple": self._items(tuple.__iter__(value), depth)}
        raise _Skip

    def _items(self, items: Iterable[Any], depth: int) -> list[Any]:
        return self._counted([self.read(item, depth + 1) for item in items])

    def _pairs(self, items: Iterable[tuple[Any, Any]], depth: int) -> list[Any]:
        return self._counted([[self._key(key), self.read(item, depth + 1)] for key, item in items])

    def _counted(self, items: list[Any]) -> list[Any]:
        self._count(0 if items else 1)
        return items

    def _count(self, leaves: int) -> None:
        self._leaves += leaves
        if self._leaves > MOST_LEAVES:
            raise _Skip

    def _scalar(self, value: Any) -> Any:
        """Return a number or text as a built-in: it may be of a subclass, such as an enum."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            if int.bit_length(value) > _WIDEST_INTEGER_BITS:
                raise _Skip
            return int.__int__(value)
        if isinstance(value, float):
            return float.__float__(value)
        self._text_bytes += _text_bytes(value)
        if self._text_bytes > MOST_TEXT_BYTES:
            raise _Skip
        return str.__str__(value)

    def _plain(self, value: Any) -> Any:
        """Check the items of an array: complex numbers and objects are not JSON."""
        if isinstance(value, list):
            return [self._plain(item) for item in value]
        if type(value) not in (bool, int, float, str):
            raise _Skip
        return self._scalar(value)

    def _printed(self, value: Any) -> Any:
        """Return the items of an array, those of a narrow float with the digits that NumPy prints."""
        plain = self._plain(value.tolist())
        is_narrow = getattr(value.dtype, "kind", "") == "f" and value.dtype.itemsize < 8
        return _with_texts(plain, value) if is_narrow else plain

    def _key(self, key: Any) -> Any:
        if type(key) not in (str, int, float, bool):
            raise _Skip
        return self._scalar(key)


def _text_bytes(text: str) -> int:
    """Return the size of a text; raises _Skip for one that is too long, without a copy of it."""
    size = str.__len__(text)
    if size <= LONGEST_TEXT_BYTES:
        size = len(str.encode(text, "utf-8", "surrogatepass"))
    if size > LONGEST_TEXT_BYTES:
        raise _Skip
    return size


def _with_texts(value: Any, narrow: Any) -> Any:
    if isinstance(value, list):
        return [_with_texts(*pair) for pair in zip(value, narrow, strict=True)]
    text = str(narrow[()])
    return value if repr(value) == text else {"float": value, "text": text}


def _is_array(value: Any) -> bool:
    """Whether a value is a tensor, or a numpy array or scalar. Imports neither library."""
    torch, numpy = sys.modules.get("torch"), sys.modules.get("numpy")
    tensors: tuple[type, ...] = (torch.Tensor, torch.nn.Parameter) if torch else ()
    if type(value) in tensors:
        return True
    return bool(numpy) and (isinstance(value, numpy.generic) or type(value) is numpy.ndarray)  # type: ignore[union-attr]


def _fields(value: Any) -> Iterable[tuple[Any, Any]] | None:
    """Return the fields of a dataclass, namedtuple or namespace; None for other values."""
    if isinstance(value, SimpleNamespace):
        return object.__getattribute__(value, "__dict__").items()  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        names = getattr(type(value), "_fields", None)
        return zip(names, tuple.__iter__(value), strict=True) if names else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return [(name, object.__getattribute__(value, name)) for name in names]
    return None


def _hidden(value: Any) -> list[str]:
    """Return the fields that a dataclass does not print."""
    if isinstance(value, tuple | SimpleNamespace):
        return []
    return [field.name for field in dataclasses.fields(value) if not field.repr]


def _printed_name(value: Any) -> str:
    """Return the name before the fields as Python prints them; empty if the class prints itself otherwise."""
    kind: Any = type(value)
    if kind.__str__ is not object.__str__ or kind.__format__ is not object.__format__:
        return ""
    if isinstance(value, SimpleNamespace):
        is_namespace = kind.__repr__ is SimpleNamespace.__repr__
        return ("namespace" if kind is SimpleNamespace else kind.__name__) if is_namespace else ""
    if isinstance(value, tuple):
        return kind.__name__ if getattr(kind.__repr__, "__module__", "") == "collections" else ""
    # The one that `dataclass` makes is compiled from a text.
    made = getattr(getattr(kind.__repr__, "__wrapped__", None), "__code__", None)
    return kind.__qualname__ if made and made.co_filename == "<string>" else ""
