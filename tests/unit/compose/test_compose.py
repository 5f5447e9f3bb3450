"""Composing replaces references, and nothing else; what is put in opens nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.compose.terminal import show_terminal
from deckwright.model import Artifact, Failure, FailureKind, Frame, Output, Raised, Result, Rich
from deckwright.parse import parse_deck
from deckwright.parse.markdown import markdown
from support.cases import Case, read_cases
from support.course import SCRIPT, course_of, deck_of, output, result_of

CODE = """x = 1
# region loop
for i in range(3):
    print(i)
# endregion loop
"""

wild = st.lists(
    st.sampled_from(["`", "```", "````", "~~~", "\n", "---",
                     "\n---\n", "<script>", "</code>", "$$", "$", "<!--",
                     "-->", " ", "- ", "> ", "a", "\r", "\x00", "\x1b[31m", "\ud800", "\u2028",
                     "\t", "marp: true", "|", "    ", "中"])
).map("".join)  # fmt: skip
TEXTS = wild | st.text()
PLACES = {
    "top": "# A\n\n```text output=../snippets/a.py\n```\n---\n\n# B\n",
    "list": "# A\n\n- item\n\n  ```text output=../snippets/a.py\n  ```\n- two\n\n---\n\n# B\n",
    "first in a list": "1. ~~~text output=../snippets/a.py\n   ~~~\n2. two\n\n---\n\n# B\n",
    "quote": "> q\n> ```text output=../snippets/a.py\n> ```\n> r\n\n---\n\n# B\n",
    "indented": "  ```text output=../snippets/a.py\n  ```\n---\n\n# B\n",
    "unclosed": "a\n\n---\n\n```text output=../snippets/a.py\n",
    "unclosed, no line end": "a\n\n---\n\n```text output=../snippets/a.py",
    "CRLF": "# A\r\n\r\n- ```text output=../snippets/a.py\r\n  ```\r\n\r\n---\r\n\r\n# B\r\n",
}


def expand(deck: str, results: dict[str, Result], code: str = CODE) -> str:
    course = course_of(deck, {SCRIPT: code})
    assert not course.diagnostics
    return compose(deck_of(course), course, results).text


@pytest.mark.parametrize("case", list(read_cases("compose/slides.md")), ids=lambda case: case.id)
def test_slides(case: Case) -> None:
    words = {"word": "button", "emoji": ":100:", "turned": "\u202ecba"}
    results = result_of("", "0\n1\n2\n", accuracy=0.9731, n=5, name="a|b", empty="", **words)
    code = "accuracy = n = name = empty = word = emoji = turned = 1\n" + CODE.removeprefix("x = 1\n")
    assert expand(case.inputs[0] + "\n", results, code).rstrip("\n") == case.expected


@pytest.mark.parametrize("value", ["<a.B object at 0x7f3c2a1b>", ["<a.B object at 0x7f3c2a1b>"]])
def test_a_value_shows_no_address(value: object) -> None:
    text = "loss: [](../snippets/a.py#n)\n"
    course, results = course_of(text, {SCRIPT: "n = 1\n"}), result_of("", n=value)
    expanded = compose(deck_of(course), course, results)
    assert [each.slug for each in expanded.diagnostics] == ["memory-address"]
    for shown in (expanded.text, accept(deck_of(course), course, results)):
        assert "object" in shown
        assert "7f3c2a1b" not in shown


@given(st.text() | wild)
def test_without_references_a_deck_stays_as_it_is(text: str) -> None:
    deck = parse_deck("slides/deck.md", text)
    if not deck.references:
        course = course_of(text, {})
        expanded = compose(deck, course, {})
        assert expanded.text == text.removeprefix("\ufeff")
        assert expanded.lines == tuple(range(1, len(expanded.lines) + 1))


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25)
@given(printed=TEXTS)
def test_output_is_data(place: str, printed: str) -> None:
    deck = PLACES[place]
    text = expand(deck, result_of("", printed))
    slides = parse_deck("slides/deck.md", text).slides
    assert len(slides) == 2
    (fence,) = [token for token in markdown().parse(text) if token.type == "fence"]
    assert fence.info.split(" ")[0] == "text"
    shown = show_terminal(printed).text.rstrip("\n")
    assert fence.content == (shown + "\n" if shown else "")


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25)
@given(message=TEXTS)
def test_an_asserted_error_is_data(place: str, message: str) -> None:
    raised = Raised("builtins.RuntimeError", message, (Frame(SCRIPT, 1, "<module>", "f()"),))
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(raised=raised), Output()))}
    text = expand(PLACES[place], results)
    assert len(parse_deck("slides/deck.md", text).slides) == 2
    (fence,) = [token for token in markdown().parse(text) if token.type == "fence"]
    assert fence.info.split(" ")[0] == "pytb"


VALUES = {
    "prose": "a [1](../snippets/a.py#x) b\n\n---\n\nc\n",
    "alone": "[1](../snippets/a.py#x)\n---\n\nc\n",
    "line start": "[1](../snippets/a.py#x). c\n\n---\n\nc\n",
    "before dashes": "\n[1](../snippets/a.py#x)---\n\n---\n\nc\n",
    "heading": "# [1](../snippets/a.py#x) b\n\n---\n\nc\n",
    "emphasis": "a **[1](../snippets/a.py#x)** b\n\n---\n\nc\n",
    "list": "- [1](../snippets/a.py#x)\n- b\n\n---\n\nc\n",
    "table": "| a | b |\n|---|---|\n| x | [1](../snippets/a.py#x) |\n\n---\n\nc\n",
    "code": "a [`1`](../snippets/a.py#x) b\n\n---\n\nc\n",
    "angles": "a <[1](../snippets/a.py#x)> <b [1](../snippets/a.py#x) c>\n\n---\n\nc\n",
    "stars": "a 2*[1](../snippets/a.py#x)*3\n\n---\n\nc\n",
    "digits": "[1](../snippets/a.py#x)0. b\n\n---\n\nc\n",
}


def _shape(text: str) -> list[str]:
    """Return the types of a deck's blocks."""
    return [token.type for token in markdown().parse(text)]


@pytest.mark.parametrize("place", VALUES)
@settings(max_examples=40)
@given(value=TEXTS)
def test_a_value_is_data(place: str, value: str) -> None:
    text = expand(VALUES[place], result_of(x=value))
    assert _shape(text) == _shape(VALUES[place])
    children = [c for token in markdown().parse(text) for c in token.children or []]
    allowed = {
        "text",
        "text_special",
        "softbreak",
        "strong_open",
        "strong_close",
        "code_inline",
        "html_inline",
    }
    assert {child.type for child in children} <= allowed
    tags = {child.content.strip("</>") for child in children if child.type == "html_inline"}
    assert tags <= {"!-- prettier-ignore --"}


def test_the_lines_of_a_deck_map_back() -> None:
    deck = "# A\n\n```python file=../snippets/a.py#loop {1|2}\n```\n\nend\n\n---\n\n# B"
    course = course_of(deck, {SCRIPT: CODE})
    expanded = compose(deck_of(course), course, {})
    rows = expanded.text.split("\n")
    assert len(expanded.lines) == len(rows)
    for row, line in zip(rows, expanded.lines, strict=True):
        source = deck.split("\n")[line - 1]
        if row in ("# A", "end", "# B"):
            assert source == row


def test_what_stands_outside_of_references_is_unchanged() -> None:
    deck = "\ufeffa\tb [1](../snippets/a.py#x)\u2028c\x0c  \r\n\n- x\n\n"
    deck += "```python file=../snippets/a.py\n```\nend"
    course = course_of(deck, {SCRIPT: CODE})
    text = compose(deck_of(course), course, result_of(x=2)).text
    (value, code) = deck_of(course).references
    assert text.startswith(deck[1 : value.start])
    assert deck[value.end : code.start] in text
    assert text.endswith("```\nend")  # the line end of the fence, not that of other lines


def test_a_table_and_a_picture_touch_no_neighbour() -> None:
    html = {"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}
    svg = {"image/svg+xml": "<svg/>"}
    outputs = (output(display=html), output(display=svg))
    deck = (
        "above\n```text output=../snippets/a.py\n```\nbelow\n\n```text output=../snippets/a.py\n```\n---\nc"
    )
    text = expand(deck, {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)})
    assert len(parse_deck("slides/deck.md", text).slides) == 2
    types = [t.type for t in markdown().parse(text) if not t.level]
    assert types.count("table_close") == 2
    assert "heading_open" not in types
    assert types.count("paragraph_open") == 5


def test_a_displayed_picture_says_what_its_cell_says() -> None:
    code = "# %% draw\n#| fig-alt: two [curves]\nx\n"
    svg = {"image/svg+xml": "<svg/>"}
    deck = "```text output=../snippets/a.py#draw\n```\n"
    text = expand(deck, {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(display=svg),))}, code)
    (image,) = [c for t in markdown().parse(text) for c in t.children or [] if c.type == "image"]
    assert "".join(child.content for child in image.children or []) == "two [curves]"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![](../figures/f.svg)", "![&#x000062;g &#x00005b;a&#x00005d;](../figures/f.svg)"),
        (
            "| ![w:90](../figures/f.svg 'f') |",
            "| ![w:90 &#x000062;g &#x00005b;a&#x00005d;](../figures/f.svg 'f') |",
        ),
        ("![w:90 mine](../figures/f.svg)", "![w:90 mine](../figures/f.svg)"),
        ("![bg right](../figures/f.svg)", "![bg right](../figures/f.svg)"),
    ],
)
def test_a_figure_without_words_has_those_of_its_cell(written: str, shown: str) -> None:
    code = "# %% draw\n#| label: f\n#| fig-alt: bg [a]\nx\n"
    result = Result(SCRIPT, "cpu", 0.1, (Output(),), artifacts=(Artifact("f.svg", b"<svg/>", 0),))
    assert expand(f"{written}\n", {SCRIPT: result}, code) == f"{shown}\n"


def test_a_picture_has_one_name_whatever_else_is_shown() -> None:
    outputs = (output("a", stderr="b"), output(display={"image/svg+xml": "<svg/>"}))
    deck = "```text output=../snippets/a.py\n```\n\n```text output=../snippets/a.py stream=stderr\n```\n"
    text = expand(deck, {SCRIPT: Result(SCRIPT, "cpu", 0.1, outputs)})
    paths = [row for row in text.split("\n") if row.startswith("![]")]
    assert len(paths) == 2
    assert len(set(paths)) == 1


def test_a_failure_is_shown_where_it_happened_and_below() -> None:
    failure = Failure(FailureKind.RAISED, "no", 1, Raised("ValueError", "no"))
    code = "# %% one\na = 1\n# %% two\nb = 2\n# %% three\nc = 3\n"
    deck = "".join(f"```text output=../snippets/a.py#{name}\n```\n\n" for name in ("one", "two", "three"))
    course = course_of(deck, {SCRIPT: code})
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output("1\n"), output("2\n")), failure=failure)}
    text = compose(deck_of(course), course, results).text
    panels = [(t.info, t.content) for t in markdown().parse(text)]
    assert panels == [
        ("text", "1\n"),
        ("text", "2\n"),
        ("pytb", "ValueError: no\n"),
        ("pytb", "not reached: no\n"),
    ]


def test_a_body_that_has_drifted_is_a_warning_and_the_truth_is_shown() -> None:
    deck = "```text output=../snippets/a.py\n0.5\n```\n"
    course = course_of(deck, {SCRIPT: CODE})
    expanded = compose(deck_of(course), course, result_of("", "0.7\n"))
    assert [diagnostic.slug for diagnostic in expanded.diagnostics] == ["drifted"]
    assert "0.7" in expanded.text
    assert not compose(deck_of(course), course, result_of("", "0.52\n")).diagnostics


@pytest.mark.parametrize(
    ("rich", "message"),
    [
        (
            Rich({"text/plain": "<a.B object at 0x7f3c2a1b>"}, "B (a)"),
            "B (a) has no form that a slide can show: its type stands for it | give the class a `__repr__`",
        ),
        (
            Rich({"text/html": "<i>", "text/plain": "<a.B object>"}, "B (a)"),
            "B (a) has no form that a slide can show: its type stands for it | display a table",
        ),
        (
            Rich({"text/plain": "B()"}, "B (a)", "`_repr_html_` raised ValueError: \x1b[1mno"),
            "B (a) is not shown as it displays itself: `_repr_html_` raised ValueError: no | correct",
        ),
        (Rich({"text/plain": "3"}, "int (builtins)"), ""),
        (Rich({"image/svg+xml": "<svg/>", "text/plain": "<a.B object>"}, "B (a)"), ""),
    ],
)
def test_what_a_slide_does_not_show_of_a_value_is_a_warning(rich: Rich, message: str) -> None:
    course = course_of("```text output=../snippets/a.py\n```\n", {SCRIPT: CODE})
    result = Result(SCRIPT, "cpu", 0.1, (output(display=rich),))
    found = compose(deck_of(course), course, {SCRIPT: result}).diagnostics
    assert [each.slug for each in found] == ["unshown-value"] * bool(message)
    assert all(f"{each.message} | {each.hint}".startswith(message) for each in found)


@pytest.mark.parametrize(
    ("printed", "where"),
    [
        ("0.5\n0.8\n", "in line 2: 0.8"),
        ("0.5\n", "which ends after line 1"),
        ("0.5\n0.6\n1\n", "which goes on after line 2"),
    ],
)
def test_what_has_drifted_is_told_with_its_line(printed: str, where: str) -> None:
    course = course_of("```text output=../snippets/a.py\n0.5\n0.6 \n```\n", {SCRIPT: CODE})
    (diagnostic,) = compose(deck_of(course), course, result_of("", printed)).diagnostics
    assert diagnostic.message == f"the accepted text differs from what the script gives now, {where}"


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("Date:   Sun, 29 Nov 2026", True),
        ("Time:   10:41:10", True),
        ("2026-11-29", True),
        ("took 3.2 s", True),
        ("1.2ms per loop", True),
        ("3/3 [00:00, 99it/s]", True),
        ("loss 0.3", False),
        ("shape (3, 2)", False),
        ("3 steps", False),
    ],
)
def test_where_a_time_differs_the_hint_says_how_to_leave_it_out(row: str, named: bool) -> None:
    course = course_of("```text output=../snippets/a.py\nsomething else\n```\n", {SCRIPT: CODE})
    (diagnostic,) = compose(deck_of(course), course, result_of("", f"{row}\n")).diagnostics
    assert ("ignore=" in diagnostic.hint) == named


def test_a_value_of_a_script_that_failed_says_so() -> None:
    failed = result_of("", failure=Failure(FailureKind.RAISED, "no", 0))
    assert expand("[](../snippets/a.py#x)\n", failed).replace("\\", "").startswith("(failed)")
    assert expand("[7](../snippets/a.py#x)\n", failed).startswith("7")


def test_an_absent_result_shows_what_was_accepted() -> None:
    deck = "```text output=../snippets/a.py\n0.5\n```\n[**1**](../snippets/a.py#x)\n"
    course = course_of(deck, {SCRIPT: CODE})
    expanded = compose(deck_of(course), course, {}, {SCRIPT: "cuda is absent here"})
    assert expanded.text.startswith("```text\n0.5\n(accepted result: cuda is absent here)\n```\n**1**")
    assert len(expanded.accepted) == 2


@pytest.mark.parametrize(
    ("printed", "where"),
    [
        ("a\ntook 3 s\nb\n", None),
        ("took 4 s\na\nb\ntook 5 s\n", None),
        ("took 3 s\na\nc\n", "in line 3: c"),
        ("a\ntook 3 s\n", "ends after line 1"),
    ],
)
def test_ignored_lines_are_shown_and_not_compared(printed: str, where: str | None) -> None:
    deck = '```text output=../snippets/a.py ignore="^took"\na\ntook 1 s\nb\n```\n'
    course = course_of(deck, {SCRIPT: "run()\n"})
    expanded = compose(deck_of(course), course, result_of(printed))
    assert printed in expanded.text
    assert [where in each.message for each in expanded.diagnostics if where] == [True] * bool(where)
    assert bool(expanded.diagnostics) == bool(where)
    accepted = accept(deck_of(course), course, result_of(printed))
    assert (accepted == deck) == (where is None)


def test_where_nothing_was_accepted_the_slide_says_so() -> None:
    deck = "```text output=../snippets/a.py\n```\n[](../snippets/a.py#x)\n"
    course = course_of(deck, {SCRIPT: CODE})
    expanded = compose(deck_of(course), course, {}, {SCRIPT: "it runs now"})
    assert expanded.text.startswith("```text\n(no result yet: it runs now)\n```\n")
    assert "(no result yet)" in expanded.text.replace("\\", "")


def test_a_chart_is_its_name_below_a_comment() -> None:
    chart = output(display={"application/vnd.plotly.v1+json": '{"data": [], "layout": {"title": "a *b*"}}'})
    listed = "- item\n\n  ```text output=../snippets/a.py alt='c \"d\"'\n  ```\n"
    fences = f"```text output=../snippets/a.py\n```\n\n{listed}"
    course = course_of(fences, {SCRIPT: "# %% a\nx\n"})
    expanded = compose(deck_of(course), course, {SCRIPT: Result(SCRIPT, "cpu", 0.1, (chart,))})
    name = "Plotly chart<!-- prettier-ignore -->\\: a \\*b\\*"
    assert [row for row in expanded.text.splitlines() if row.strip()] == [
        "<!-- lint ignore deckwright-chart 0 -->",
        name,
        "- item",
        "  <!-- lint ignore deckwright-chart 1 -->",
        f"  {name}",
    ]
    assert [(each.kind, each.alt) for each in expanded.charts] == [
        ("plotly", "Plotly chart: a *b*"),
        ("plotly", 'c "d"'),
    ]
    assert expanded.diagnostics == ()


def test_a_chart_that_cannot_be_drawn_is_its_name_alone() -> None:
    chart = output(display={"application/vnd.vegalite.v6+json": '{"mark": "bar", "data": {"url": "a.csv"}}'})
    course = course_of("```text output=../snippets/a.py\n```\n", {SCRIPT: "# %% a\nx\n"})
    expanded = compose(deck_of(course), course, {SCRIPT: Result(SCRIPT, "cpu", 0.1, (chart,))})
    assert expanded.text.strip() == "Vega\\-Lite chart"
    assert expanded.charts == ()
    (found,) = expanded.diagnostics
    assert (found.slug, found.message) == (
        "chart-not-drawn",
        "this chart is shown as its name: its data are at an address, 'a.csv'",
    )


GROWING = """# %% sums
total = 0
for n in [1, 2]:
    total += n
print("sum:", total)
# region shown
print("一 a")
total
# endregion shown
# %% other
print("other")
# %% rich
picture
table
formula
"""


def growing() -> dict[str, Result]:
    texts = ("", "", "sum: 3\n", "\x1b[31m一\x1b[0m a\n")
    table = {"text/html": "<table><tr><th>a</th></tr><tr><td>1</td></tr></table>", "text/plain": "a\n1"}
    outputs = [
        *map(output, texts),
        output(display={"text/plain": "3"}),
        output("other\n"),
        output(display={"image/svg+xml": '<svg width="2pt" viewBox="0 0 2 1"><g id="x"/></svg>'}),
        output(display=table),
        output(display={"text/latex": "$x$", "text/plain": "x"}),
    ]
    return {SCRIPT: Result(SCRIPT, "cpu", 0.1, tuple(outputs))}


CHANGING = [case for name in ("flipbooks", "versions") for case in read_cases(f"compose/{name}.md")]


@pytest.mark.parametrize("case", CHANGING, ids=lambda case: case.id)
def test_what_changes_at_steps(case: Case) -> None:
    assert expand(case.inputs[0] + "\n", growing(), GROWING).rstrip("\n") == case.expected
