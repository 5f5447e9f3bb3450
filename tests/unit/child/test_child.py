"""The parts of the child that need no process of their own."""

from __future__ import annotations

import dataclasses
import enum
import json
import sys
from collections import OrderedDict, defaultdict, namedtuple
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import numpy
import pytest

from deckwright.child import matplotlib_setup
from deckwright.child.exceptions import describe, is_named, suggestion
from deckwright.child.import_hooks import after_import
from deckwright.child.task import Task, read_task, write_task
from deckwright.child.values import LONGEST_TEXT_BYTES, MOST_LEAVES, top_level_values
from deckwright.model import Frame, Job, Options

Point = namedtuple("Point", "x y")


class Colour(enum.IntEnum):
    RED = 1


@dataclasses.dataclass(slots=True)
class Run:
    loss: float
    steps: list[int]


class Hostile:
    """Everything that asks it anything gets an exception."""

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
    found = top_level_values({"x": value})["x"]
    assert (found, type(found)) == (expected, type(expected))
    json.dumps(found)


@pytest.mark.parametrize("value", NO_VALUES)
def test_what_is_no_value(value: object) -> None:
    assert top_level_values({"x": value, "good": 1}) == {"good": 1}


def test_names_with_an_underscore_are_hidden() -> None:
    assert top_level_values({"_x": 1, "__name__": "__main__", "x": 2}) == {"x": 2}


def test_a_list_that_holds_itself_is_no_value() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert top_level_values({"x": endless}) == {}


def test_task_travels(tmp_path: Path) -> None:
    job = Job("a/b.py", "x = 1\n", (), (), Options(), "cpu")
    task = Task(job, "/project", str(tmp_path), ("font.ttf",), "0")
    write_task(task)
    assert read_task(str(tmp_path)) == task
    assert task.script == Path("/project/a/b.py")


def test_after_import_waits_for_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "waited_for.py").write_text("x = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    seen: list[ModuleType] = []
    after_import("waited_for", seen.append)
    assert seen == []
    import waited_for  # type: ignore[import-not-found]

    assert seen == [waited_for]
    assert waited_for.x == 1


def test_after_import_of_what_is_there() -> None:
    seen: list[ModuleType] = []
    after_import("json", seen.append)
    assert seen == [json]


def test_a_matplotlib_without_the_names_that_we_use_has_our_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    class Manager:
        ttflist: ClassVar[list[Any]] = []

        def addfont(self, path: str) -> None:
            self.ttflist.append(SimpleNamespace(name=path))

    parameters = {"font.family": ["serif"]}
    monkeypatch.setitem(sys.modules, "matplotlib", SimpleNamespace(rcParams=parameters))
    manager = SimpleNamespace(fontManager=Manager(), FontProperties=object)
    matplotlib_setup._add_fonts(manager, ("Noto Sans SC", "JetBrains Mono"))
    assert parameters["font.family"] == ["serif", "Noto Sans SC"]


@pytest.mark.parametrize(
    ("error", "name", "expected"),
    [
        (KeyError("x"), "KeyError", True),
        (KeyError("x"), "LookupError", True),
        (KeyError("x"), "builtins.KeyError", True),
        (json.JSONDecodeError("x", "", 0), "json.JSONDecodeError", True),
        (KeyError("x"), "ValueError", False),
        (KeyError("x"), "", False),
    ],
)
def test_is_named(error: Exception, name: str, expected: bool) -> None:
    assert is_named(error, name) is expected


def test_a_comprehension_is_no_frame_of_its_own(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("def f():\n    return [\n        [1 / x for x in (y,)] for y in (1, 0)\n    ]\nf()\n")
    with pytest.raises(ZeroDivisionError) as caught:
        exec(compile(script.read_text(), script, "exec"), {})
    frames = describe(caught.value, tmp_path, script).frames
    assert [(frame.function, frame.line) for frame in frames] == [("<module>", 5), ("f", 3)]


def test_describe_a_syntax_error_in_an_imported_file(tmp_path: Path) -> None:
    helper = tmp_path / "helper.py"
    error = SyntaxError("invalid syntax", (str(helper), 2, 7, "def x(:\n", 2, 8))
    frames = describe(error, tmp_path, tmp_path / "script.py").frames
    assert frames == (Frame("helper.py", 2, "helper.py", "def x(:", "      ^"),)


@pytest.mark.parametrize(
    ("code", "suggested"),
    [
        ("'a'.uper()", ". Did you mean: 'upper'?"),
        ("total = 1\ntotl", ". Did you mean: 'total'?"),
        ("'a'.nothing_like_it", ""),
        ("{}['a']", ""),
        ("raise AttributeError('by hand')", ""),
    ],
)
def test_the_name_that_was_meant(code: str, suggested: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(code, {})
    assert suggestion(caught.value) == suggested


def test_describe_an_error_that_cannot_be_printed() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    described = describe(Silent(), Path("/project"), Path("/project/x.py"))
    assert (described.message, described.frames) == ("<exception str() failed>", ())


def test_ids_of_an_svg_are_numbered_in_order() -> None:
    from deckwright.child.figures import _with_numbered_ids

    svg = '<path id="m0123456789"/><clipPath id="pabcdef0123"/><use href="#m0123456789" at="#pabcdef0123"/>'
    numbered = '<path id="m_1"/><clipPath id="p_2"/><use href="#m_1" at="#p_2"/>'
    assert _with_numbered_ids(svg) == numbered
    assert _with_numbered_ids('<g id="axes_1"/>') == '<g id="axes_1"/>'
