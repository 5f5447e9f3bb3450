"""Speaker notes as files: one section for each slide, with the time that it takes."""

from dataclasses import dataclass

import pytest

from deckwright.formats.notes import NOTES, SlideNotes, markdown_notes, slide_notes, text_notes
from deckwright.formats.plain_text import plain_text
from deckwright.model import FormatOptions
from support.fakes import FakeRendering
from support.lecture import lecture_of

STEPS = '# 一\n\n---\n\n# 二\n\n```python no-exec="a sketch" {1|2}\na\nb\n```\n\n---\n\n# 三\n'
LECTURE = lecture_of("slides/part/a.md", STEPS)


@dataclass(frozen=True)
class Spoken(FakeRendering):
    notes: tuple[str, ...] = ()  # type: ignore[assignment]


def spoken(*notes: str) -> Spoken:
    return Spoken(b"", notes=notes)


def test_steps_have_one_note() -> None:
    notes = slide_notes(spoken("hello", "twice", "twice", ""), LECTURE)
    assert [(each.number, each.title, each.text) for each in notes] == [
        (1, "一", "hello"),
        (2, "二", "twice"),
        (3, "三", ""),
    ]


@pytest.mark.parametrize(
    ("note", "minutes", "text"),
    [
        ("3 min", 3, ""),
        ("2.5 minutes\n\nask first", 2.5, "ask first"),
        ("ask first\n\n5 分钟", 5, "ask first"),
        ("1 min\n\nso\n\n2 min", 3, "so"),
        ("wait 3 min here", 0, "wait 3 min here"),
        ("", 0, ""),
    ],
)
def test_a_note_may_say_how_long_its_slide_takes(note: str, minutes: float, text: str) -> None:
    first, *_ = slide_notes(spoken(note, "", "", ""), LECTURE)
    assert (first.minutes, first.text) == (minutes, text)


NOTES_OF_TWO = (SlideNotes(1, "一", "# Ask\n\n*Who* knows?", 3.0), SlideNotes(2, "", "", 0.0))


def test_as_markdown() -> None:
    assert markdown_notes("第 1 讲", NOTES_OF_TWO) == (
        "# 第 1 讲\n\n2 slides, 3 min\n\n## 1 一 (3 min)\n\n### Ask\n\n*Who* knows?\n\n## 2\n"
    )


def test_as_text() -> None:
    assert (
        text_notes("第 1 讲", NOTES_OF_TWO)
        == "第 1 讲\n\n2 slides, 3 min\n\n[1] 一 (3 min)\nAsk\nWho knows?\n\n[2]\n"
    )


def test_both_are_made() -> None:
    made = NOTES.make(spoken("hello $a*b*c$", "", "", ""), LECTURE, FormatOptions())
    assert list(made.files) == ["notes/part/a.md", "notes/part/a.txt"]
    assert all(b"hello $a*b*c$" in data for data in made.files.values())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("*a* `b` [c](d) ![e](f)", "a b c e"),
        ("a\nb\n\nc", "a\nb\nc"),
        ("- a\n- b\n  more\n  1. c\n  2. d", "- a\n- b\n  more\n  1. c\n  2. d"),
        ("```python\nx = 1\n\ny\n```", "x = 1\n\ny"),
        ("a<br>b", "ab"),
        (r"*a* $b*c*\{d\}$", r"a $b*c*\{d\}$"),
        ("a\n$$\nx\n=\n\ny \\\\ z\n$$", "a\n$$\nx\n=\n\ny \\\\ z\n$$"),
        ("> $$ x $$", "$$ x $$"),
        ("", ""),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


def test_plain_text_where_formulas_are_off() -> None:
    assert plain_text("$a*b*c$", math=False) == "$abc$"
