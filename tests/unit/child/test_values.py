"""Which values of a script a slide may name, and what they become."""

from __future__ import annotations

import dataclasses
import enum
import json
import sys
from collections import OrderedDict, defaultdict, namedtuple
from types import SimpleNamespace
from typing import Any

import numpy
import pytest

from deckwright.child.values import LONGEST_TEXT_BYTES, MOST_LEAVES, top_level_values

Point = namedtuple("Point", "x y")


class Colour(enum.IntEnum):
    RED = 1


@dataclasses.dataclass(slots=True)
class Run:
    loss: float
    steps: list[int]


class Hostile:
    """Raises an exception at every access."""

    def __getattribute__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __repr__(self) -> str:
        raise RuntimeError("repr")


class Loud(list[int]):
    def __iter__(self) -> Any:
        raise RuntimeError("iter")


VALUES = [
    (1, 1),
    (True, True),
    (None, None),
    (0.5, 0.5),
    (float("inf"), float("inf")),
    ("text", "text"),
    ("\udc80", "\udc80"),
    (Colour.RED, 1),
    ([1, [2.0, "x"]], [1, [2.0, "x"]]),
    ((1, 2), [1, 2]),
    ({"a": 1, 2: "b"}, {"a": 1, "2": "b"}),
    (OrderedDict(a=1), {"a": 1}),
    (defaultdict(int, a=1), {"a": 1}),
    (Point(1, 2), {"x": 1, "y": 2}),
    (Run(0.5, [1]), {"loss": 0.5, "steps": [1]}),
    (SimpleNamespace(a=1), {"a": 1}),
    (Loud([1, 2]), [1, 2]),
    (numpy.float64(0.5), 0.5),
    (numpy.float32(0.5), 0.5),
    (numpy.int8(3), 3),
    (numpy.bool_(True), True),
    (numpy.array(2), 2),
    (numpy.array([[1, 2]]), [[1, 2]]),
    ([numpy.float32(0.5)], [0.5]),
]

NO_VALUES = [
    pytest.param(value, id=name)
    for name, value in {
        "module": sys,
        "function": len,
        "class": Run,
        "object": object(),
        "hostile": Hostile(),
        "bytes": b"x",
        "complex": 1j,
        "set": {1},
        "long text": "x" * (LONGEST_TEXT_BYTES + 1),
        "many leaves": [0] * (MOST_LEAVES + 1),
        "many in all": {str(n): [0] * 100 for n in range(3)},
        "big array": numpy.zeros(MOST_LEAVES + 1),
        "complex array": numpy.zeros(2, complex),
        "huge integer": 10**2000,
        "list with one wrong": [1, object()],
        "tuple as key": {(1, 2): 3},
    }.items()
]


@pytest.mark.parametrize(("value", "expected"), VALUES, ids=[repr(value) for value, _ in VALUES])
def test_values(value: object, expected: object) -> None:
    read = top_level_values({"x": value})["x"]
    assert (read, type(read)) == (expected, type(expected))
    json.dumps(read)


@pytest.mark.parametrize("value", NO_VALUES)
def test_what_is_no_value(value: object) -> None:
    assert top_level_values({"x": value, "good": 1}) == {"good": 1}


def test_names_with_an_underscore_are_hidden() -> None:
    assert top_level_values({"_x": 1, "__name__": "__main__", "x": 2}) == {"x": 2}


def test_a_list_that_holds_itself_is_no_value() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert top_level_values({"x": endless}) == {}
