from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from deckwright.child.exceptions import describe, is_named, kinds_of, suggestion
from deckwright.model import ErrorKind, Frame


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
def test_suggestions(code: str, suggested: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(code, {})
    assert suggestion(caught.value) == suggested


def test_describe_an_error_that_cannot_be_printed() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    described = describe(Silent(), Path("/project"), Path("/project/x.py"))
    assert (described.message, described.frames) == ("<exception str() failed>", ())


FROM = "try:\n    {}['a']\nexcept KeyError as error:\n    raise ValueError('b') from error\n"
DURING = "try:\n    {}['a']\nexcept KeyError:\n    1 / 0\n"
HIDDEN = "try:\n    {}['a']\nexcept KeyError:\n    raise ValueError('b') from None\n"


def _chain(tmp_path: Path, code: str) -> list[tuple[str, bool, list[int]]]:
    script = tmp_path / "script.py"
    script.write_text(code)
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(compile(code, script, "exec"), {})
    earlier = describe(caught.value, tmp_path, script).earlier
    return [(each.type, each.is_cause, [frame.line for frame in each.frames]) for each in earlier]


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("1 / 0", []),
        (FROM, [("KeyError", True, [2])]),
        (DURING, [("KeyError", False, [2])]),
        (HIDDEN, []),
        (
            "def f():\n    try:\n        {}['a']\n    except KeyError as e:\n        raise TypeError from e\n"
            "try:\n    f()\nexcept TypeError:\n    1 / 0\n",
            [("KeyError", True, [3]), ("TypeError", False, [7, 5])],
        ),
        ("raise ValueError from KeyError('never raised')", []),
        (
            "a, b = ValueError(), KeyError()\na.__cause__, b.__cause__ = b, a\nraise a",
            [],
        ),
    ],
    ids=["none", "cause", "context", "hidden", "both", "not raised", "circle"],
)
def test_what_led_to_an_error(tmp_path: Path, code: str, chain: list[tuple[str, bool, list[int]]]) -> None:
    assert _chain(tmp_path, code) == chain


def test_what_fails_inside_a_library_is_not_what_led_to_an_error(tmp_path: Path) -> None:
    assert _chain(tmp_path, "import urllib.request\nurllib.request.urlopen('file:///no/such/file')") == []


@pytest.mark.parametrize(
    "code",
    [
        "raise ValueError('x' * 100_000)",
        "e = ValueError('x'); e.__notes__ = ['y' * 100_000] * 1000; raise e",
        "raise type('Name' * 100_000, (Exception,), {})('x' * 100_000)",
        "eval('1 / 0 #' + 'x' * 100_000)",
        "raise SyntaxError('x' * 100_000, (__file__, 1, 90_000, 'y' * 100_000, 1, 95_000))",
        "import sys; sys.setrecursionlimit(9_000)\ndef f(n): return f(n - 1) if n else 1 / 0\nf(6_000)",
        "try: raise KeyError('x' * 100_000)\nexcept KeyError: raise ValueError('y' * 100_000)",
    ],
)
def test_a_description_has_a_limit(tmp_path: Path, code: str) -> None:
    script = tmp_path / "script.py"
    limit = sys.getrecursionlimit()
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(compile(code, script, "exec"), {"__file__": str(script)})
    sys.setrecursionlimit(limit)
    described = describe(caught.value, tmp_path, script)
    assert len(described.message) < 11_000
    assert len(described.type) <= 200
    assert len(described.frames) <= 2_000
    assert all(len(frame.code) <= 2_000 and len(frame.caret) <= 2_000 for frame in described.frames)
    assert all(len(earlier.message) < 11_000 for earlier in described.earlier)
    assert suggestion(caught.value) == ""


def test_a_long_message_says_how_much_is_left_out() -> None:
    message = describe(ValueError("x" * 12_345), Path("/project"), Path("/project/x.py")).message
    assert message == "x" * 10_000 + "… (2,345 more characters)"


def test_a_long_name_has_no_suggestion() -> None:
    with pytest.raises(AttributeError) as caught:
        getattr("a", "upper" * 100)
    assert suggestion(caught.value) == ""


def raised(code: str) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011
        exec(compile(code, "a.py", "exec"), {"__name__": "__main__"})
    return caught.value


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("raise KeyError('x')", ["KeyError"]),
        ("raise ValueError from ConnectionResetError()", ["ValueError", "ConnectionResetError"]),
        ("try:\n    open('none')\nexcept OSError:\n    1 / 0", ["ZeroDivisionError", "FileNotFoundError"]),
        ("try:\n    {}[1]\nexcept KeyError:\n    raise ValueError from None", ["ValueError", "KeyError"]),
        (
            "raise ExceptionGroup('', [ValueError(), ExceptionGroup('', [TimeoutError()])])",
            ["ExceptionGroup", "ValueError", "ExceptionGroup", "TimeoutError"],
        ),
        (
            "a = ValueError()\na.__cause__ = b = KeyError()\nb.__cause__ = a\nraise a",
            ["ValueError", "KeyError"],
        ),
    ],
)
def test_the_kinds_of_all_that_led_to_an_error(tmp_path: Path, code: str, names: list[str]) -> None:
    assert [kind.names[0] for kind in kinds_of(raised(code), tmp_path)] == names


def test_a_chain_without_end_is_cut(tmp_path: Path) -> None:
    code = (
        "error = None\nfor _ in range(99):\n    new = ValueError()\n    new.__cause__, error = error, new\n"
    )
    code += "raise error"
    assert len(kinds_of(raised(code), tmp_path)) == 20


def test_an_error_of_the_system_has_its_number_and_file(tmp_path: Path) -> None:
    inside, outside = str(tmp_path / "data/x.csv"), "/none/x.csv"
    for file, expected in ((inside, "data/x.csv"), (outside, outside)):
        (kind,) = kinds_of(raised(f"open({file!r})"), tmp_path)
        assert (kind.errno, kind.file, kind.module) == (2, expected, "__main__")
        assert kind.names == ("FileNotFoundError", "OSError", "Exception", "BaseException")
    (kind,) = kinds_of(raised("import subprocess\nsubprocess.run(['no-such-program'])"), tmp_path)
    assert (kind.errno, kind.module) == (2, "subprocess")


@pytest.mark.parametrize(
    "code",
    [
        "class E(Exception):\n    def __str__(self): raise ValueError\nraise E",
        "raise OSError(2, 'no', 5)",
        "raise OSError('x', object())",
        "e = OSError(2, 'no', 'a.csv')\ne.errno = 'many'\nraise e",
    ],
)
def test_whatever_is_raised_has_a_kind(tmp_path: Path, code: str) -> None:
    (kind,) = kinds_of(raised(code), tmp_path)
    assert isinstance(kind, ErrorKind)
    assert kind.file == ""
