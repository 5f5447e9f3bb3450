"""What a reference shows of a script and its run."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from deckwright.child.values import named_values
from deckwright.compose.show import Panel, PanelKind, shown_output, shown_value
from deckwright.compose.terminal import Span, StyledText
from deckwright.model import (
    Display,
    Earlier,
    Failure,
    FailureKind,
    Frame,
    Kind,
    Output,
    Printed,
    Raised,
    RanksAt,
    Reference,
    Result,
    Rich,
)
from deckwright.text.fences import shown_code
from support.course import SCRIPT, course_of, deck_of, output

PNG = "iVBORw0KGgo="
CODE = "# region a\nx = 1\ny = 2\n# endregion a\n# region b\nz = 3\n# endregion b\n"


def parts_of(attributes: str, *outputs: Output, failure: Failure | None = None) -> list[Panel]:
    course = course_of(f"```text output=../snippets/a.py{attributes}\n```\n", {SCRIPT: CODE})
    (reference,) = deck_of(course).references
    return shown_output(
        reference, course.scripts[SCRIPT], Result(SCRIPT, "cpu", 0.1, outputs, failure=failure)
    )


FRAME = Frame("snippets/a.py", 2, "<module>", "xs[3]", "~~^^^")
RAISED = Raised("builtins.IndexError", "list index out of range", (FRAME,))
IN_FULL = ("pytb", "xs[3]\n~~^^^\nIndexError: list index out of range")
MESSAGE = ("pytb", "IndexError: list index out of range")


@pytest.mark.parametrize(
    ("accepted", "printed", "shown"),
    [
        ("", "", [IN_FULL]),
        ("xs[3]\n~~^^^\nIndexError: list index out of range\n", "", [IN_FULL]),
        ("IndexError: list index out of range\n", "", [MESSAGE]),
        ("builtins.KeyError: 'an older error'\n", "", [MESSAGE]),
        ("IndexError\n", "", [MESSAGE]),
        ("1\nIndexError: list\n", "1\n", [("text", "1"), MESSAGE]),
        ("1\nxs[3]\nIndexError: list\n", "1\n", [("text", "1"), IN_FULL]),
        ("An error\n", "", [IN_FULL]),
    ],
)
def test_of_an_error_its_message_may_be_accepted_alone(
    accepted: str, printed: str, shown: list[tuple[str, str]]
) -> None:
    course = course_of(f"```text output=../snippets/a.py#a\n{accepted}```\n", {SCRIPT: CODE})
    (reference,) = deck_of(course).references
    result = Result(SCRIPT, "cpu", 0.1, (output(printed), Output((), RAISED), output("")))
    assert texts(shown_output(reference, course.scripts[SCRIPT], result)) == shown


def texts(parts: list[Panel]) -> list[tuple[str, str]]:
    return [(part.kind.value, part.styled.text) for part in parts]


def value(fragment: str, format_: str = "", **values: object) -> str:
    reference = Reference(
        Kind.VALUE,
        target=deck_of(course_of(f"[1](../snippets/a.py#{fragment})", {SCRIPT: CODE})).references[0].target,
        location=None,  # type: ignore[arg-type]
        start=0,
        end=0,
        slide=1,
        format=format_,
        display=Display(),
    )
    return shown_value(reference, values)


def test_a_region_shows_what_its_statements_printed() -> None:
    outputs = (output("1\n"), output("2\n"), output("3\n"))
    assert texts(parts_of("#a", *outputs)) == [("text", "1\n2")]
    assert texts(parts_of("#b", *outputs)) == [("text", "3")]
    assert texts(parts_of("", *outputs)) == [("text", "1\n2\n3")]


def test_nothing_printed_is_an_empty_panel() -> None:
    assert parts_of("#a", Output(), Output(), Output()) == [Panel(PanelKind.TEXT, StyledText(""))]


def test_a_flood_is_cut() -> None:
    flood = Failure(FailureKind.OUTPUT, "printed more than 1 MiB", statement=0)
    printed, error = texts(parts_of("", output("line\n" * 1000), failure=flood))
    assert printed == ("text", "line\n" * 12 + "… (988 more lines)")
    assert error == ("pytb", "printed more than 1 MiB")


@pytest.mark.parametrize("attribute", ["", " max-lines=3"])
def test_long_lines_of_a_flood_are_cut(attribute: str) -> None:
    flood = Failure(FailureKind.OUTPUT, "printed more than 1 MiB", statement=0)
    text = "\x1b[1mfirst\x1b[0m\n" + "x" * 2**20
    printed, _ = parts_of(attribute, output(text), failure=flood)
    assert printed.styled == StyledText(f"first\n{'x' * 100}… ({2**20 - 100} more characters)")
    assert texts(parts_of(attribute, output("x" * 1000), Output(), Output())) == [("text", "x" * 1000)]


def test_a_carriage_return_reaches_over_statements() -> None:
    assert texts(parts_of("#a", output("50%"), output("\r100%\n"), Output())) == [("text", "100%")]


def test_rows_at_the_end_that_show_nothing_are_left_out() -> None:
    assert texts(parts_of("#b", Output(), Output(), output("100%\r\n  \n\n    "))) == [("text", "100%")]
    assert texts(parts_of("#b", Output(), Output(), output("  a  \n"))) == [("text", "  a  ")]
    (swatch,) = parts_of("#b", Output(), Output(), output("a\n\x1b[41m  \x1b[0m \n  "))
    assert swatch.styled == StyledText("a\n   ", (Span(2, 4, "ansi-bg-1"),))


def test_colours_go_on_over_statements() -> None:
    (part,) = parts_of("#a", output("\x1b[31ma"), output("b\x1b[0m"), Output())
    assert part.styled == StyledText("ab", (Span(0, 2, "ansi-fg-1"),))


@pytest.mark.parametrize(
    ("attribute", "text"),
    [("", "out"), (" stream=stderr", "err"), (" stream=both", "outerr"), (" max-lines=1", "out")],
)
def test_streams(attribute: str, text: str) -> None:
    assert texts(parts_of(f"#b{attribute}", Output(), Output(), output("out", "err"))) == [("text", text)]


def test_a_displayed_value_stands_on_a_line_of_its_own() -> None:
    shown = output("no line end", display={"text/plain": "3"})
    assert texts(parts_of("#b", Output(), Output(), shown)) == [("text", "no line end\n3")]


def test_panels_in_order() -> None:
    outputs = (
        output("a\n", display={"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}),
        output("b\n", display={"image/png": PNG, "text/plain": "<Figure size 1x1>"}),
        output("c\n", raised=Raised("lib.OddError", "odd \x1b[31mred\r\n---")),
    )
    assert texts(parts_of("", *outputs)) == [
        ("text", "a"),
        ("markdown", "1"),
        ("text", "b"),
        ("picture", "image/png, text/plain"),
        ("text", "c"),
        ("pytb", "OddError: odd red\n---"),
    ]


def test_cut_lines_and_their_colours() -> None:
    (part,) = parts_of("#b max-lines=1", Output(), Output(), output("\x1b[31mred\nab\nc\n"))
    assert part.styled == StyledText("red\n… (2 more lines)", (Span(0, 3, "ansi-fg-1"),))


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        ("#a", "x = 1\ny = 2"),
        ("#a lines=2", "y = 2"),
        ("#a lines=2,1", "y = 2\nx = 1"),
        ("#a max-lines=1", "x = 1\n… (1 more line)"),
        ("", "x = 1\ny = 2\nz = 3"),
    ],
)
def test_code(attributes: str, code: str) -> None:
    course = course_of(f"```python file=../snippets/a.py{attributes}\n```\n", {SCRIPT: CODE})
    (reference,) = deck_of(course).references
    assert shown_code(reference, course.scripts[SCRIPT]) == code


def test_an_exec_fence_shows_no_options() -> None:
    course = course_of("```python exec\n#| raises: ValueError\nint('x')\n```\n", {})
    (reference,) = deck_of(course).references
    assert shown_code(reference, course.scripts["slides/deck.md"]) == "int('x')"


@pytest.mark.parametrize(
    ("fragment", "format_", "text"),
    [
        ("x", "", "0.5"),
        ("x", "{:.1%}", "50.0%"),
        ("x", "  {:>8.2f} ", "0.50"),
        ("d.a", "", "1"),
        ("d['b']", "", "2"),
        ("l[1]", "", "4"),
        ("l[-1]", "{:03d}", "004"),
        ("n[0][1]", "", "6"),
        ("t", "", "a b^@"),
        ("d", "", "{'a': 1, 'b': 2, 7: (8,)}"),
        ("d[7]", "", "(8,)"),
        ("p", "", "(1, 'a', (None,))"),
        ("p[2][0]", "", "None"),
        ("p", "{0[0]:.1f}", "1.0"),
        ("c", "", "namespace(lr=0.1, sizes=(2, 3))"),
        ("c.sizes[1]", "", "3"),
        ("c", "{0[lr]:.2f}", "0.10"),
    ],
)
def test_values(fragment: str, format_: str, text: str) -> None:
    script = {"x": 0.5, "d": {"a": 1, "b": 2, 7: (8,)}, "l": [3, 4], "n": [[5, 6]], "t": " a\n b\x00"}
    script |= {"p": (1, "a", (None,)), "c": SimpleNamespace(lr=0.1, sizes=(2, 3))}
    assert value(fragment, format_, **named_values(script, script)) == text


@pytest.mark.parametrize(
    ("fragment", "format_", "message"),
    [
        ("z", "", "'z' is not a value"),
        ("x.a", "", "there is no 'a'"),
        ("l[9]", "", "there is no '9'"),
        ("l", "{:.1f}", "does not fit"),
        ("x", "{:.1f", "does not fit"),
        ("x", ".1f", "has no place for x"),
        ("x", "{} {}", "does not fit"),
        ("x", "{.real.nothing}", "does not fit"),
    ],
)
def test_values_that_cannot_be_shown(fragment: str, format_: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        value(fragment, format_, x=0.5, l=[3, 4])


@dataclass
class PrintsItself:
    a: int

    def __repr__(self) -> str:
        return "its own"


@pytest.mark.parametrize("held", [lambda v: v, lambda v: [v], lambda v: {"k": (v,)}])
@pytest.mark.parametrize("format_", ["", "{:.1f}"])
def test_an_object_that_prints_itself_is_not_shown_as_something_else(held: Any, format_: str) -> None:
    values = named_values({"x": held(PrintsItself(1))}, ["x"])
    with pytest.raises(ValueError, match="name a field"):
        value("x", format_, **values)


WRAPPER = "<IPython.core.display.M object>"
ADDRESS = "<a.B object at 0x7f3c2a1b>"
HTML_TABLE = "<table><tr><th>n</th></tr><tr><td>1</td></tr></table>"
JPEG, GIF = "/9j/", "R0lGODlh"
MARKDOWN_TABLE = "| n |\n| ---: |\n| 1 |"
JSON = '{\n  "a": [\n    "ä"\n  ]\n}'
NAMED = "B (a)"


@pytest.mark.parametrize(
    ("data", "panel"),
    [
        ({"text/latex": "$x$", "text/plain": "x"}, ("markdown", "x", "$$x$$")),
        ({"text/latex": "a $x$", "text/plain": WRAPPER}, ("markdown", "a $x$", "a $x$")),
        ({"text/latex": "two words", "text/plain": WRAPPER}, ("text", "two words", "")),
        ({"text/latex": "$x$", "text/plain": ADDRESS}, ("markdown", "$x$", "$$x$$")),
        ({"text/markdown": "*a*", "text/plain": WRAPPER}, ("markdown", "*a*", "*a*")),
        ({"text/markdown": "*a*", "text/plain": "<a b at 0x7f3c2a1b>"}, ("markdown", "*a*", "*a*")),
        ({"text/markdown": "![](x)", "text/plain": WRAPPER}, ("text", "![](x)", "")),
        ({"application/json": '{"a": ["ä"]}', "text/plain": WRAPPER}, ("text", JSON, "")),
        ({"image/jpeg": JPEG, "text/plain": WRAPPER}, ("picture", NAMED, JPEG)),
        ({"image/gif": GIF, "text/plain": "3"}, ("picture", NAMED, GIF)),
        ({"text/html": HTML_TABLE, "text/plain": ADDRESS}, ("markdown", "n\n1", MARKDOWN_TABLE)),
    ],
)
def test_the_best_form_of_a_value_is_shown(data: dict[str, str], panel: tuple[str, str, str]) -> None:
    (shown,) = parts_of("#b", Output(), Output(), output(display=Rich(data, NAMED)))
    assert (shown.kind, shown.styled.text, shown.data, shown.masked) == (*panel, False)


@pytest.mark.parametrize(
    "data",
    [
        {"text/plain": ADDRESS},
        {"text/plain": "<a.f.<locals>.B object at 0x7f3c2a1b>"},
        {"text/plain": "<zip at 0x7f3c2a1b>"},
        {"text/plain": " "},
        {},
        {"text/html": "<script>1</script>", "text/plain": WRAPPER},
        {
            "text/html": "<iframe srcdoc='<table>'></iframe>",
            "text/plain": "<IPython.lib.display.IFrame at 0x7f3c>",
        },
        {"application/javascript": "alert(1)", "text/plain": WRAPPER},
        {"application/json": "[" * 100_000, "text/plain": WRAPPER},
        {"image/png": "AAAA", "text/plain": WRAPPER},
        {"image/svg+xml": "hello", "text/plain": WRAPPER},
        {"image/svg+xml": "<svg><text>\udc80</text></svg>", "text/plain": WRAPPER},
        {"image/svg+xml": "<svg><path d='M 0 0", "text/plain": WRAPPER},
        {"image/png": "no base64", "text/plain": WRAPPER},
        {"text/latex": " ", "text/plain": WRAPPER},
    ],
)
def test_what_cannot_be_shown_is_named_with_its_type(data: dict[str, str]) -> None:
    (shown,) = parts_of("#b", Output(), Output(), output(display=Rich(data, NAMED)))
    assert (shown.kind, shown.styled.text, shown.masked) == ("text", NAMED, False)


def test_a_slide_shows_so_many_panels_and_says_how_many_more_there_are() -> None:
    values = tuple(Rich({"text/latex": "$x$"}) for _ in range(1000))
    shown = parts_of("#b", Output(), Output(), Output((*values, Printed("stdout", "last"))))
    assert [panel.kind for panel in shown] == [PanelKind.MARKDOWN] * 60 + [PanelKind.TEXT]
    assert shown[-1].styled.text == "last\n… (940 more tables, pictures or formulas)"


@pytest.mark.parametrize("text", ["<generator object g at 0x7f3c2a1b>", "[<a.B object at 0x7f3c2a1b>]"])
def test_a_text_that_says_more_than_a_type_is_shown_without_addresses(text: str) -> None:
    (shown,) = parts_of("#b", Output(), Output(), output(display=Rich({"text/plain": text}, NAMED)))
    assert (shown.styled.text, shown.masked) == (text.replace(" at 0x7f3c2a1b", ""), True)


@pytest.mark.parametrize(
    "data",
    [
        {"text/html": "<table><tr><td>&lt;a.B object at 0x7f3c2a1b&gt;</table>", "text/plain": "1"},
        {"text/html": "<table><caption>&lt;f at 0x7f3c2a1b&gt;</caption><tr><td>1</table>"},
        {"text/markdown": "**<a.B object at 0x7f3c2a1b>**", "text/plain": "1"},
        {"text/latex": "the value <a.B at 0x7f3c2a1b> of $x$"},
    ],
)
def test_no_form_of_a_value_shows_an_address(data: dict[str, str]) -> None:
    (shown,) = parts_of("#b", Output(), Output(), output(display=Rich(data, NAMED)))
    assert (shown.kind, shown.masked) == (PanelKind.MARKDOWN, True)
    assert "7f3c2a1b" not in shown.data + shown.styled.text


@pytest.mark.parametrize("data", [{"text/html": "<i>a</i>"}, {"text/html": "<i>", "text/plain": WRAPPER}])
def test_forms_without_a_value_are_named_by_their_media_types(data: dict[str, str]) -> None:
    (shown,) = parts_of("#b", Output(), Output(), output(display=data))
    assert shown.styled.text == ", ".join(data)


def test_text_without_its_address_says_so() -> None:
    shown = parts_of("#a", output("<f at 0x7f3c2a1b>\n"), Output())
    assert [panel.masked for panel in shown] == [True]


def _raised(*codes: str) -> str:
    frames = tuple(Frame(SCRIPT, 1, code[0], code) for code in codes)
    (shown,) = parts_of("#b", Output(), Output(), Output((), Raised("RecursionError", "deep", frames)))
    return shown.styled.text


@pytest.mark.parametrize(
    ("codes", "rows"),
    [
        (["f(0)"] + ["g()"] * 3, ["f(0)"] + ["in g:", "    g()"] * 3),
        (
            ["f(0)"] + ["g()"] * 4,
            ["f(0)"] + ["in g:", "    g()"] * 3 + ["    [Previous line repeated 1 more time]"],
        ),
        (
            ["f(0)"] + ["g()"] * 990 + ["h()"],
            ["f(0)"]
            + ["in g:", "    g()"] * 3
            + ["    [Previous line repeated 987 more times]", "in h:", "    h()"],
        ),
        (
            ["g()", "h()"] * 100,
            ["g()", "in h:", "    h()"]
            + ["in g:", "    g()", "in h:", "    h()"] * 4
            + ["    … (180 more calls)"]
            + ["in g:", "    g()", "in h:", "    h()"] * 5,
        ),
    ],
    ids=["three", "four", "many", "two in turn"],
)
def test_the_calls_of_a_recursion_are_counted(codes: list[str], rows: list[str]) -> None:
    assert _raised(*codes).split("\n") == [*rows, "RecursionError: deep"]


@pytest.mark.parametrize(
    ("is_cause", "between"),
    [(True, "was the direct cause of the following exception"), (False, "another exception occurred")],
)
def test_what_led_to_an_exception_is_above_it(is_cause: bool, between: str) -> None:
    earlier = Earlier("KeyError", "'a'", (Frame(SCRIPT, 2, "<module>", "d['a']", "~^^^^^"),), is_cause)
    raised = Raised("ValueError", "b", (Frame(SCRIPT, 4, "<module>", "raise ValueError('b')"),), (earlier,))
    (shown,) = parts_of("#b", Output(), Output(), Output((), raised))
    before, sentence, after = shown.styled.text.split("\n\n")
    assert before == "d['a']\n~^^^^^\nKeyError: 'a'"
    assert between in sentence
    assert after == "raise ValueError('b')\nValueError: b"


def test_where_each_rank_was() -> None:
    waits = Raised("KeyboardInterrupt", "", (Frame("a.py", 1, "<module>", "wait()"),))
    ranks = (RanksAt((0, 2), 0, waits), RanksAt((1,), 0), RanksAt((3,), 1, ended=True))
    failure = Failure(FailureKind.TIMEOUT, "ran longer than 1 s", 0, waits, ranks=ranks)
    (panel,) = parts_of("", Output(), Output(), Output(), failure=failure)
    assert panel.styled.text == "ranks 0 and 2:\n    wait()\nrank 3 had ended\nran longer than 1 s"
