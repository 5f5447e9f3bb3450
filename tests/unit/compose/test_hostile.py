"""Whatever scripts and authors write is data: decks keep their slides, and reports can be read."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from functools import partial
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from deckwright.build.page_files import check_file, report_file
from deckwright.compose.accept import accept
from deckwright.compose.compose import compose
from deckwright.compose.escape import one_line
from deckwright.compose.show import shown_value
from deckwright.compose.terminal import show_terminal
from deckwright.model import (
    Result,
)
from deckwright.parse import parse_deck
from deckwright.parse.markdown import markdown
from deckwright.report.diagnostics_text import diagnostics_text
from deckwright.report.excerpt import printable
from deckwright.report.github import github_annotations
from deckwright.report.html_pages import index_page
from deckwright.report.junit import junit_xml
from deckwright.text.fences import steps_of
from support.course import DECK, SCRIPT, course_of, deck_of, output, result_of
from support.hostile import hostile, report_of

OTHER = "snippets/b.py"
CODE = "x = 1\n"
PLACES = {
    "output": "```text output=../snippets/a.py\n```",
    "output in a list": "- one\n\n  ```text output=../snippets/a.py\n  ```\n\n- two",
    "output in a quote": "> ```text output=../snippets/a.py\n> ```",
    "value": "a [1](../snippets/a.py#x) b",
    "value between stars": "2*[1](../snippets/a.py#x)*3",
    "value first": "[1](../snippets/a.py#x). b",
    "value in a table": "|a|b|\n|-|-|\n|1|[1](../snippets/a.py#x)|",
    "value in a footer": "<!-- _footer: 'a [1](../snippets/a.py#x) b' -->\n\nz",
    "value in a footer without quotes": "<!-- footer: a [1](../snippets/a.py#x) b -->\n\nz",
    "value in a title": '<!-- title: "a [1](../snippets/a.py#x) b" -->\n\nz',
    "value in a note": "<!-- a [1](../snippets/a.py#x) b -->\n\nz",
    "value as a note": "z <!-- [1](../snippets/a.py#x) --> z",
    "value in HTML": '<p title="[1](../snippets/a.py#x)">a [1](../snippets/a.py#x) b</p>\n\nz',
    "value in a description": "![a [1](../snippets/a.py#x) b](x.png)",
}
REST = """

---

# 二

[2](../snippets/b.py#y)

```text output=../snippets/b.py
```

***

<!-- note -->
"""
TURNS = ("\n", "\r\n")


def expanded(place: str, text: str, newline: str = "\n") -> str:
    deck = f"---\ntheme: gaia\n---\n\n{place}{REST}".replace("\n", newline)
    course = course_of(deck, {SCRIPT: CODE, OTHER: "y = 1\n"})
    results = {**result_of(text, x=text), **result_of("3\n", job=OTHER, y=2)}
    return compose(deck_of(course), course, results).text


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@given(text=hostile(), newline=st.sampled_from(TURNS))
def test_a_deck_keeps_its_slides_and_all_other_text(place: str, text: str, newline: str) -> None:
    deck, usual = expanded(place, text, newline), expanded(place, "q", newline)
    end = usual[usual.rindex(f"{newline}---{newline}") :]
    assert deck.endswith(end)
    assert deck.startswith(f"---{newline}theme: gaia{newline}---{newline}")
    shapes = [[token.type for token in markdown().parse(each)] for each in (deck, usual)]
    assert shapes[0] == shapes[1]
    assert len(parse_deck(DECK, deck).slides) == len(parse_deck(DECK, usual).slides) == 3


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@given(text=hostile(), newline=st.sampled_from(TURNS))
def test_what_is_accepted_is_read_again(place: str, text: str, newline: str) -> None:
    source = place.replace("\n", newline) + newline
    course = course_of(source, {SCRIPT: CODE})
    results = result_of(text, x=text)
    new = accept(deck_of(course), course, results)
    again = course_of(new, {SCRIPT: CODE})
    assert [r.target for r in deck_of(again).references] == [r.target for r in deck_of(course).references]
    assert not compose(deck_of(again), again, results).diagnostics
    assert accept(deck_of(again), again, results) == new


KEYS = {
    "header": 'header: "[1](../snippets/a.py#x)"',
    "footer without quotes": "footer: a [1](../snippets/a.py#x) b",
    "title": "title: '[1](../snippets/a.py#x)'",
    "title without quotes": "title: a [1](../snippets/a.py#x) b",
    "description": 'description: "[1](../snippets/a.py#x)"',
    "title of several lines": "title: |\n  a\n  [1](../snippets/a.py#x)",
}


@pytest.mark.parametrize("line", KEYS.values(), ids=KEYS)
@given(text=hostile())
@example("\\")
@example("'\"\\' # a: b")
def test_front_matter_keeps_its_keys(line: str, text: str) -> None:
    course = course_of(f"---\nmarp: true\n{line}\nclass: lead\n---\n\n# A\n", {SCRIPT: CODE})
    new = parse_deck(DECK, compose(deck_of(course), course, result_of(text, x=text)).text)
    assert list(new.front_matter) == ["marp", line.partition(":")[0], "class"]
    assert new.front_matter["class"] == "lead"
    assert not new.diagnostics
    if line.startswith("title"):
        shown = one_line(show_terminal(text).text)
        plain = "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in ODD else c for c in shown)
        assert " ".join(new.front_matter["title"].split()) in {
            " ".join(words.split()) for words in (plain, f"a {plain} b", f"a {plain}")
        }


ODD = "\u2028\u2029\ufeff\ufffe\uffff"
INFO = hostile().map(lambda text: text.replace("\n", " ").replace("\r", " ").replace("`", ""))


@given(language=st.sampled_from(["text", "", "{1}", "html", "ansi=1"]), more=INFO)
@example("text", "{1|2}")
def test_whatever_stands_in_an_info_string_it_stays_a_fence(language: str, more: str) -> None:
    deck = f"```{language} output=../snippets/a.py {more}\n```\n\n---\n\n# b\n"
    course = course_of(deck, {SCRIPT: CODE})
    text = compose(deck_of(course), course, result_of("# p\n\n---\n", x=1)).text
    fences = [token for token in markdown().parse(text) if token.type == "fence"]
    steps = steps_of(deck_of(course).references)
    assert len(fences) == steps
    for fence in fences:
        assert set(fence.content.split()) <= {"#", "p", "---", "…", "(2", "(1", "more", "lines)"}
    assert len(parse_deck(DECK, text).slides) == steps + 1


DISPLAYED = ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png")


@given(st.dictionaries(st.sampled_from(DISPLAYED), hostile()))
@example({"image/png": "no base64"})
@example({"image/svg+xml": "<svg>\ud800</svg>", "text/plain": "\ud800"})
@example({"image/png": base64.b64encode(b"png").decode()})
def test_whatever_is_displayed_can_be_written(data: dict[str, str]) -> None:
    deck = "```text output=../snippets/a.py\n```\n\n---\n\n# b\n"
    course = course_of(deck, {SCRIPT: CODE})
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(display=data),))}
    expanded = compose(deck_of(course), course, results)
    expanded.text.encode()
    types = [token.type for token in markdown().parse(expanded.text) if not token.level]
    assert types[-3:] == REST_OF_IT
    assert set(types[:-3]) <= SHOWN
    assert all(expanded.pictures.values())


REST_OF_IT = ["hr", "heading_open", "heading_close"]
BLOCKS = ("paragraph", "table", "bullet_list", "ordered_list", "blockquote")
SHOWN = {"fence", "math_block", *(f"{kind}_{end}" for kind in BLOCKS for end in ("open", "close"))}


@given(hostile(), st.sampled_from(["bg", "blur", "w:99", "bg left:40%", "invert", "a bg\u3000bg"]))
def test_the_alternative_text_of_a_picture_sets_nothing(text: str, word: str) -> None:
    alt = json.dumps(f"{text} {word}".encode("utf-8", "replace").decode())
    code = f"# %% draw\n#| fig-alt: {alt}\nx\n"
    deck = "```text output=../snippets/a.py#draw\n```\n"
    course = course_of(deck, {SCRIPT: code})
    results = {SCRIPT: Result(SCRIPT, "cpu", 0.1, (output(display={"image/svg+xml": "<svg/>"}),))}
    text = compose(deck_of(course), course, results).text
    (image,) = [c for t in markdown().parse(text) for c in t.children or [] if c.type == "image"]
    assert word.split()[-1] not in image.content.split()


@pytest.mark.parametrize("format", ["{:>9999999999}", "{:.999999999f}", "{.real:99999}"])
def test_no_format_fills_the_memory(format: str) -> None:
    (reference,) = deck_of(course_of(f'[1](../snippets/a.py#x "{format}")\n', {SCRIPT: CODE})).references
    with pytest.raises(ValueError, match="wider than any slide"):
        shown_value(reference, {"x": 1.0})


# --- reports ----------------------------------------------------------------------------------


class Shape(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, ...]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            assert name not in ("href", "src") or not (value or "").lower().startswith("javascript:")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(hostile())
@example("\ud800\x00\uffff]]><script>window.__hit=1</script>")
@example("javascript:window.__hit=1")
def test_reports_are_pages_with_that_text(text: str) -> None:
    text = f"q{text}"
    for page_of in (partial(index_page, pictures={}), lambda report: check_file(report).decode()):
        seen, usual = Shape(page_of(report_of(text))), Shape(page_of(report_of("q")))
        assert seen.tags == usual.tags
        assert text.encode("utf-8", "backslashreplace") in seen.text.encode("utf-8", "backslashreplace")


@given(hostile())
@example("\ud800\x00\ufffe\uffff\x1b]]>")
def test_reports_for_machines_can_be_read(text: str) -> None:
    report = report_of(text)
    root = ElementTree.fromstring(junit_xml(report))
    (failure,) = root.iter("failure")
    assert len(list(root.iter("testcase"))) == 1
    assert (failure.get("message") or "").split() == printable(text).split()
    assert json.loads(report_file(report))["diagnostics"][0]["message"] == text
    annotations = github_annotations(report.diagnostics).encode().decode()
    assert [row[:2] for row in annotations.splitlines()] == ["::", "::"]
    text = re.sub("\x1b\\[(0|1|31|33|34)m", "", diagnostics_text(report.diagnostics))  # our own colours
    assert "\x1b" not in text
    text.encode()
