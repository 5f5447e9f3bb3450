"""Which values of a script a slide may name, and what they become."""

from __future__ import annotations

import dataclasses
import enum
import json
import sys
from collections import OrderedDict, defaultdict, namedtuple
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy
import pytest

from deckwright.child.values import LONGEST_TEXT_BYTES, MOST_LEAVES, MOST_TEXT_BYTES, named_values
from deckwright.compose.values import OwnText, item_of, python_value

Point = namedtuple("Point", "x y")


class Colour(enum.IntEnum):
    RED = 1


@dataclasses.dataclass(slots=True)
class Run:
    loss: float
    steps: list[int]


class Typed(NamedTuple):
    many: list[int]
    none: None


@dataclasses.dataclass
class Secret:
    seen: int
    unseen: int = dataclasses.field(repr=False)


@dataclasses.dataclass
class Printed:
    a: int

    def __repr__(self) -> str:
        raise RuntimeError("called")


class PrintedTuple(namedtuple("PrintedTuple", "a")):
    def __repr__(self) -> str:
        raise RuntimeError("called")


@dataclasses.dataclass
class Texted:
    a: int

    def __str__(self) -> str:
        raise RuntimeError("called")


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
    ((1, 2), (1, 2)),
    ((), ()),
    ([(1,), {"a": (None, 2)}], [(1,), {"a": (None, 2)}]),
    ({"a": 1, 2: "b", True: 0.5}, {"a": 1, 2: "b", True: 0.5}),
    ({"tuple": [1]}, {"tuple": [1]}),
    (
        {"record": "x", "fields": [], "hidden": [], "is_tuple": True},
        {"record": "x", "fields": [], "hidden": [], "is_tuple": True},
    ),
    (OrderedDict(a=1), {"a": 1}),
    (defaultdict(int, a=1), {"a": 1}),
    (Loud([1, 2]), [1, 2]),
    (numpy.float64(0.5), 0.5),
    (numpy.float32(0.5), 0.5),
    (numpy.int8(3), 3),
    (numpy.bool_(True), True),
    (numpy.array(2), 2),
    (numpy.array([[1, 2]]), [[1, 2]]),
    ([numpy.float32(0.5)], [0.5]),
]

PRINTED = [
    (numpy.float32(0.1), "{}", "0.1"),
    (numpy.float16(0.1), "{}", "0.1"),
    (numpy.float32(0.1), "{:.9f}", "0.100000001"),
    (numpy.float32(2.5e-8), "{}", "2.5e-08"),
    (numpy.array(0.7, "f4"), "{}", "0.7"),
    (numpy.array([[0.1, 1], [numpy.nan, 3e9]], "f4"), "{}", "[[0.1, 1.0], [nan, 3e+09]]"),
    ({"loss": (numpy.float32(0.1),)}, "{}", "{'loss': (0.1,)}"),
    (numpy.float64(0.1), "{}", "0.1"),
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
        "long texts": ["x" * LONGEST_TEXT_BYTES] * (MOST_TEXT_BYTES // LONGEST_TEXT_BYTES + 1),
        "long key": {"x" * (LONGEST_TEXT_BYTES + 1): 1},
        "many that are empty": [[]] * (MOST_LEAVES + 1),
        "many in which nothing is": {n: [{}] for n in range(MOST_LEAVES + 1)},
        "list with one wrong": [1, object()],
        "tuple as key": {(1, 2): 3},
    }.items()
]


@pytest.mark.parametrize(("value", "format_", "text"), PRINTED)
def test_numbers_with_few_bits_have_no_more_digits_than_numpy_prints(
    value: Any, format_: str, text: str
) -> None:
    read = python_value(json.loads(json.dumps(named_values({"v": value}, ["v"])["v"])))
    assert format_.format(read) == text


@pytest.mark.parametrize(("value", "expected"), VALUES, ids=[repr(value) for value, _ in VALUES])
def test_values(value: object, expected: object) -> None:
    read = python_value(json.loads(json.dumps(named_values({"x": value}, ["x"])["x"])))
    assert (read, type(read)) == (expected, type(expected))


RECORDS = [
    Point(1, (2, "a")),
    Typed([1], None),
    Run(0.5, [1]),
    SimpleNamespace(a=1, b={2: (3,)}),
    [Point(1, 2)],
    {"a": Run(1.0, [])},
    (Point(SimpleNamespace(), 1),),
    Secret(1, 2),
]


@pytest.mark.parametrize("value", RECORDS, ids=repr)
def test_records_are_printed_as_python_prints_them(value: object) -> None:
    read = python_value(json.loads(json.dumps(named_values({"x": value}, ["x"])["x"])))
    assert (repr(read), f"{read}") == (repr(value), f"{value}")


def test_fields_of_records() -> None:
    point = python_value(named_values({"x": Point(1, (2, 3))}, ["x"])["x"])
    assert (item_of(point, "x"), item_of(point, "0"), item_of(point, "-1")) == (1, 1, (2, 3))
    secret = python_value(named_values({"x": Secret(1, 2)}, ["x"])["x"])
    assert (item_of(secret, "seen"), item_of(secret, "unseen")) == (1, 2)
    with pytest.raises(TypeError):
        item_of(secret, "0")


@pytest.mark.parametrize("kind", [Printed, PrintedTuple, Texted])
def test_an_object_that_prints_itself_has_only_fields(kind: type) -> None:
    read = python_value(named_values({"x": kind(1)}, ["x"])["x"])
    assert item_of(read, "a") == 1
    with pytest.raises(OwnText, match="name a field"):
        f"{read}"


@pytest.mark.parametrize("value", NO_VALUES)
def test_what_is_no_value(value: object) -> None:
    assert named_values({"x": value, "good": 1}, ["x", "good"]) == {"good": 1}


def test_names_with_an_underscore_are_hidden() -> None:
    namespace = {"_x": 1, "__name__": "__main__", "x": 2}
    assert named_values(namespace, namespace) == {"x": 2}


KEY = "sk-canary"
NAMED = [
    (["loss"], {"loss": 0.5}),
    (["key"], {"key": KEY}),
    (["nowhere", "", "."], {}),
    (["config"], {"config": {"dict": [["key", KEY], ["sizes", [1, KEY, 3]], [1, "one"]]}}),
    (["config.sizes"], {"config": {"dict": [["key", None], ["sizes", [1, KEY, 3]], [1, None]]}}),
    (["config['sizes'][0]"], {"config": {"dict": [["key", None], ["sizes", [1, None, None]], [1, None]]}}),
    (["config.1", "config.1"], {"config": {"dict": [["key", None], ["sizes", None], [1, "one"]]}}),
    (
        ["config.sizes.0", "config.sizes[-1]"],
        {"config": {"dict": [["key", None], ["sizes", [1, None, 3]], [1, None]]}},
    ),
    (["config.sizes.0", "config"], {"config": {"dict": [["key", KEY], ["sizes", [1, KEY, 3]], [1, "one"]]}}),
    (["pair.0"], {"pair": {"tuple": [2, None]}}),
    (["pair.7", "pair.key"], {"pair": {"tuple": [None, None]}}),
    (["loss.real", "key.x", "key[0]"], {"loss": None, "key": None}),
]


@pytest.mark.parametrize(("names", "values"), NAMED, ids=[" ".join(names) for names, _ in NAMED])
def test_only_what_is_named_is_read(names: list[str], values: Mapping[str, Any]) -> None:
    script = {
        "loss": 0.5,
        "key": KEY,
        "config": {"key": KEY, "sizes": [1, KEY, 3], 1: "one"},
        "pair": (2, KEY),
    }
    assert named_values(script, names) == values


@pytest.mark.parametrize("name", ["x.seen", "x.0", "x.-2"])
@pytest.mark.parametrize("value", [Point(2, KEY), SimpleNamespace(seen=2, key=KEY)], ids=repr)
def test_only_the_fields_that_are_named_are_read(value: object, name: str) -> None:
    name = name.replace("seen", "x") if isinstance(value, Point) else name
    assert [item for _, item in named_values({"x": value}, [name])["x"]["fields"]] == [2, None]


def test_a_list_that_holds_itself_is_no_value() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert named_values({"x": endless}, ["x"]) == {}
