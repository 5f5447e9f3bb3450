"""Which formats there are, and what each is made of."""

import pytest

from deckwright.cli.build import build
from deckwright.errors import ConfigError
from deckwright.formats import COVER, FORMATS, chosen_formats
from deckwright.model import Request
from support.fakes import FakeRendering


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


def test_the_help_names_all_formats() -> None:
    (option,) = (each for each in build.params if each.name == "formats")
    assert all(each.name in str(option.help) for each in FORMATS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("format", [*FORMATS, COVER], ids=lambda each: each.name)
def test_what_is_made_is_what_was_planned(format) -> None:  # type: ignore[no-untyped-def]
    slides = [b"1", b"2", b"3"]
    made = format.make(FakeRendering(b"# A", slides=slides), "part/a", Request())
    assert list(made.files) == list(format.files("part/a", len(slides)))
    assert all(path.startswith(("pictures/", f"{format.name}/")) for path in made.files)


def test_pictures_are_in_the_order_of_the_slides() -> None:
    (png,) = chosen_formats(["png"])
    made = png.make(FakeRendering(b"# A", slides=[b"1", b"2"]), "a", Request(scale=2.0))
    assert made.files == {"png/a/001.png": b"1 at 2.0", "png/a/002.png": b"2 at 2.0"}


def test_options_that_a_format_depends_on() -> None:
    requests = Request(), Request(notes=True), Request(scale=2.0), Request(force="*")
    kinds = {each.name: {str(each.options(request)) for request in requests} for each in FORMATS}
    assert {name: len(found) for name, found in kinds.items()} == {"html": 1, "pdf": 2, "png": 2}
