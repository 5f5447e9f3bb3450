"""Frozen dataclasses behave like those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

import pytest

from deckwright.frozen import dataclass

T = TypeVar("T")


def classes(make: Callable[..., Any]) -> dict[str, Any]:
    """Return the same classes, made by a decorator."""

    @make(frozen=True, slots=True)
    class Point:
        """A point."""

        x: int
        y: int = 2
        notes: list[str] = dataclasses.field(default_factory=list, compare=False)
        hidden: str = dataclasses.field(default="h", repr=False)

    @make(frozen=True, slots=True)
    class Point3(Point):
        z: int = 3

    @make(frozen=True, slots=True)
    class Nothing:
        pass

    @make(frozen=True)
    class Lazy:
        x: int

        @cached_property
        def double(self) -> int:
            return self.x * 2

    @make(frozen=True, slots=True)
    class Checked:
        x: int

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("negative")

    @make(frozen=True, slots=True, eq=False)
    class Same:
        x: int

    @make(frozen=True, slots=True)
    class Own:
        x: int

        def __repr__(self) -> str:
            return "own"

        def __hash__(self) -> int:
            return 7

        def __eq__(self, other: object) -> bool:
            return True

    @make(frozen=True, slots=True)
    class Box(Generic[T]):
        value: T

    @make
    class Counter:
        count: int = 0

    @make(eq=False)
    class Named:
        name: str

    found = locals()
    return {name: kind for name, kind in found.items() if isinstance(kind, type)}


OURS, STANDARD = classes(dataclass), classes(dataclasses.dataclass)


def outcome(expression: str, kinds: dict[str, Any]) -> Any:
    """Return the text of what an expression gives or raises."""
    try:
        value = eval(expression, {"dataclasses": dataclasses, "copy": copy, "setattr": setattr, **kinds})
    except Exception as error:
        return type(error), str(error).replace("classes.<locals>.", "")
    return str(value).replace("classes.<locals>.", "")


@pytest.mark.parametrize(
    "expression",
    [
        "Point(1)",
        "Point(1, y=5, notes=['a'])",
        "Point()",
        "Point(1, 2, [], 'h', 5)",
        "Point(1, q=2)",
        "Point(1) == Point(1, 2)",
        "Point(1) == Point(1, notes=['other'])",
        "Point(1) == Point(2)",
        "Point(1) == Point3(1)",
        "Point(1) != Point3(1)",
        "Point(1) == 1",
        "Point(1).notes is Point(1).notes",
        "hash(Point(1)) == hash((1, 2, 'h'))",
        "len({Point(1), Point(1, 2), Point(3)})",
        "Point3(1, z=9)",
        "Point.__match_args__",
        "Point3.__slots__",
        "Point.__doc__",
        "[field.name for field in dataclasses.fields(Point3)]",
        "dataclasses.asdict(Point3(1))",
        "dataclasses.replace(Point(1), y=4)",
        "dataclasses.replace(Point(1), q=4)",
        "dataclasses.is_dataclass(Point)",
        "copy.copy(Point(1, 7))",
        "copy.deepcopy(Point3(1, 7, ['a']))",
        "setattr(Point(1), 'x', 2)",
        "setattr(Point3(1), 'z', 2)",
        "Point(1).__delattr__('x')",
        "setattr(Lazy(1), 'x', 2)",
        "Nothing()",
        "Nothing() == Nothing()",
        "hash(Nothing()) == hash(())",
        "Lazy(4).double",
        "Lazy(4) == Lazy(4)",
        "Checked(-1)",
        "Checked(1)",
        "Same(1) == Same(1)",
        "hash(Same(1)) == hash((1,))",
        "Own(1)",
        "Own(1) == 3",
        "hash(Own(1))",
        "Box(3)",
        "Counter()",
        "setattr(Counter(), 'count', 5)",
        "hash(Counter())",
        "Named('a') == Named('a')",
        "Named()",
    ],
)
def test_they_do_what_those_of_the_standard_library_do(expression: str) -> None:
    assert outcome(expression, OURS) == outcome(expression, STANDARD)


@dataclass(frozen=True, slots=True)
class Sent:
    """A value that goes to another process, before any was made in this one."""

    x: int
    y: str = "b"


def test_they_can_be_sent() -> None:
    data = pickle.dumps(Sent(1, "c"))
    assert pickle.loads(data) == Sent(1, "c")
    assert pickle.loads(data) != Sent(1)


def test_an_init_is_compiled_for_the_first_value_of_a_class() -> None:
    kinds = classes(dataclass)
    before = kinds["Point"].__init__
    kinds["Point3"](1)
    assert kinds["Point"].__init__ is before
    kinds["Point"](1)
    assert kinds["Point"].__init__ is not before
    assert kinds["Point"].__init__.__qualname__.endswith("Point.__init__")
