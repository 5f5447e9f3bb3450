"""Which formats there are, and what each is made of."""

import sys
from dataclasses import fields

import pytest
from click import Choice

from deckwright.cli.build import build
from deckwright.errors import ConfigError, ToolMissing
from deckwright.formats import COVER, FORMATS, Format, Made, chosen_formats, require
from deckwright.model import LAYOUTS, PAPERS, FormatOptions
from support.fakes import FakeRendering
from support.lecture import lecture_of
from support.pictures import png


def names(*wanted: str) -> list[str]:
    return [each.name for each in chosen_formats(wanted)]


def test_formats_are_made_in_one_order() -> None:
    assert names("png", "html") == ["html", "png"]


def test_without_names_there_are_pages_and_prints() -> None:
    assert names() == ["html", "pdf"]


def test_a_format_that_there_is_not() -> None:
    with pytest.raises(ConfigError, match="no format 'pgn'") as raised:
        chosen_formats(["html", "pgn"])
    assert raised.value.hint == "did you mean 'png'?"


def test_a_format_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pptx", None)
    with pytest.raises(ToolMissing, match="the format 'pptx' needs pptx") as raised:
        chosen_formats(["html", "pptx"])
    assert raised.value.hint == "pip install 'deckwright[pptx]'"
    assert chosen_formats(["html"])


def test_a_package_that_a_format_needs_is_missing() -> None:
    format = Format("scroll", lambda lecture: (), lambda *_: Made({}), packages=("json", "no_such_module"))
    with pytest.raises(ToolMissing, match="the format 'scroll' needs no_such_module") as raised:
        require(format)
    assert raised.value.hint == "pip install 'deckwright[scroll]'"


def test_the_help_names_all_formats() -> None:
    (option,) = (each for each in build.params if each.name == "formats")
    assert all(each.name in str(option.help) for each in FORMATS)  # type: ignore[attr-defined]


def test_the_command_line_names_all_layouts_and_papers() -> None:
    choices = {each.name: each.type.choices for each in build.params if isinstance(each.type, Choice)}
    assert (tuple(choices["layout"]), tuple(choices["paper"])) == (LAYOUTS, PAPERS)


DECK = lecture_of("slides/part/a.md", "# A\n\n---\n\n# B\n\n---\n\n# C\n")


@pytest.mark.parametrize("format", [*FORMATS, COVER], ids=lambda each: each.name)
def test_what_is_made_is_what_was_planned(format) -> None:  # type: ignore[no-untyped-def]
    slides = [png(1, 1), png(1, 1), png(1, 1)]
    made = format.make(FakeRendering(b"# A", slides=slides), DECK, FormatOptions())
    assert list(made.files) == list(format.files(DECK))
    assert all(path.startswith(("pictures/", f"{format.name}/")) for path in made.files)


def test_pictures_are_in_the_order_of_the_slides() -> None:
    (png,) = chosen_formats(["png"])
    made = png.make(FakeRendering(b"# A", slides=[b"1", b"2"]), DECK, FormatOptions(scale=2.0))
    assert made.files == {"png/part/a/001.png": b"1 at 2.0", "png/part/a/002.png": b"2 at 2.0"}


def test_options_that_a_format_depends_on() -> None:
    known = {field.name for field in fields(FormatOptions)}
    assert {each.name: set(each.options) - known for each in FORMATS} == {
        each.name: set() for each in FORMATS
    }
    used = {each.name: {*each.options} for each in FORMATS if each.options}
    assert used == {
        "handout": {"layout", "paper"},
        "pdf": {"notes", "steps", "states"},
        "png": {"scale"},
        "pptx": {"steps", "editable"},
    }
