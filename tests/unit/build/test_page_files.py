"""A build makes the formats that it was asked for, and leaves what is still right of the others."""

from pathlib import Path

import pytest

from deckwright.build.pipeline import build
from deckwright.errors import RenderError
from deckwright.formats import FORMATS
from deckwright.model import Check, Early, FormatOptions, PageDiagnostic, Report, Request
from deckwright.project.settings import HandoutSettings, Settings
from support.fakes import House, house


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A deck that was built in its usual formats."""
    home = house(tmp_path, {"slides/d.md": "# A\n\n---\n\n# B\n"})
    make(home)
    home.renderer.rendered.clear()
    return home


def make(home: House, *formats: str, notes: bool = False, scale: float = 1.0) -> Report:
    return build(home.context(Request(formats=formats, options=FormatOptions(notes, scale))))


def files(home: House) -> set[str]:
    return {path for path in home.built() if not path.endswith((".json", "index.html"))}


ALL = {"html/d.html", "pdf/d.pdf", "pictures/d.png", "slides/d.md"}


def test_what_is_still_right_stays(home: House) -> None:
    before = home.built()
    make(home, "html")
    assert files(home) == ALL
    assert home.built()["pdf/d.pdf"] == before["pdf/d.pdf"]
    assert home.renderer.rendered == []
    assert b"pdf/d.pdf" in home.built()["index.html"]


def test_what_is_right_no_more_goes(home: House) -> None:
    home.files.contents["slides/d.md"] = b"# A\n\n---\n\n# C\n"
    report = make(home, "html")
    assert files(home) == {"html/d.html", "slides/d.md"}
    assert report.decks[0].outputs == {
        **dict.fromkeys((each.name for each in FORMATS), ""),
        "html": "html/d.html",
    }


def test_a_format_that_was_damaged_and_is_not_asked_for_goes(home: House) -> None:
    (home.root / "build/pdf/d.pdf").write_bytes(b"half")
    make(home, "html")
    assert files(home) == ALL - {"pdf/d.pdf"}
    assert home.renderer.rendered == []


def test_only_what_is_due_is_made(home: House) -> None:
    page = home.root / "build/html/d.html"
    before = page.stat()
    make(home, notes=True)
    assert len(home.renderer.rendered) == 1
    assert page.stat() == before
    make(home, "png")
    assert files(home) == ALL | {"png/d/001.png"}
    assert page.stat() == before


def test_pictures_of_another_size_are_made_again(home: House) -> None:
    make(home, "png")
    small = home.built()["png/d/001.png"]
    make(home, "png", scale=2.0)
    assert home.built()["png/d/001.png"] != small
    home.renderer.rendered.clear()
    make(home, "png", scale=2.0)
    assert home.renderer.rendered == []


def test_pictures_of_slides_that_are_gone_go(home: House) -> None:
    home.renderer.slides = [b"1", b"2", b"3"]
    home.files.contents["slides/d.md"] += b"more\n"
    make(home, "png")
    assert {"png/d/001.png", "png/d/002.png", "png/d/003.png"} <= files(home)
    home.renderer.slides = [b"1"]
    home.files.contents["slides/d.md"] += b"less\n"
    make(home, "png")
    assert {path for path in files(home) if path.startswith("png/")} == {"png/d/001.png"}


def test_the_settings_choose_where_the_command_does_not(home: House) -> None:
    home.settings = home.settings.__class__(formats=("png",))
    make(home)
    assert "png/d/001.png" in files(home)
    assert "pdf/d.pdf" in files(home)


def test_an_old_page_behind_a_link_goes_only_if_a_build_wrote_it(home: House, tmp_path: Path) -> None:
    home.files.contents["slides/e.md"] = b"# E\n"
    public = tmp_path / "public"
    (home.root / "build/html").rename(public)
    (home.root / "build/html").symlink_to(public)
    make(home, "html")
    assert {path.name for path in public.iterdir()} == {"d.html", "e.html"}
    (public / "d.html").write_text("mine")
    del home.files.contents["slides/d.md"], home.files.contents["slides/e.md"]
    home.files.contents["slides/f.md"] = b"# F\n"
    make(home, "html")
    assert {path.name for path in public.iterdir()} == {"d.html", "f.html"}
    assert (public / "d.html").read_text() == "mine"


def test_a_folder_in_the_place_of_an_old_page_stays(home: House) -> None:
    (home.root / "build/pdf/d.pdf").unlink()
    (home.root / "build/pdf/d.pdf").mkdir()
    del home.files.contents["slides/d.md"]
    home.files.contents["slides/f.md"] = b"# F\n"
    make(home, "html")
    assert (home.root / "build/pdf/d.pdf").is_dir()


def test_a_rendering_that_fails_takes_nothing_that_was_right(home: House) -> None:
    home.renderer.error = RenderError("the Node process ended", "try again")
    (home.root / "build/html/d.html").unlink()
    assert [each.slug for each in make(home, "html").diagnostics] == ["render"]
    home.renderer.error = None
    make(home, "html")
    assert files(home) == ALL
    home.renderer.rendered.clear()
    make(home)
    assert home.renderer.rendered == []


def test_what_was_made_without_its_fonts_does_not_stay(home: House) -> None:
    home.renderer.diagnostics = (PageDiagnostic("font-not-fetched", "no network"),)
    home.files.contents["slides/d.md"] += b"more\n"
    make(home)
    home.renderer.diagnostics = ()
    make(home, "html")
    assert files(home) == {"html/d.html", "slides/d.md"}


def test_a_hand_out_without_the_fonts_of_its_notes_does_not_stay(home: House) -> None:
    home.renderer.slides = (b"", b"")
    home.renderer.sheet_diagnostics = (PageDiagnostic("font-not-fetched", "no network"),)
    assert [each.slug for each in make(home, "handout").diagnostics] == ["font-not-fetched"]
    home.renderer.sheet_diagnostics = ()
    assert make(home, "handout").diagnostics == ()


def test_options_of_a_command_come_before_settings(home: House) -> None:
    home.settings = Settings(handout=HandoutSettings("4up", "Letter"))
    options = home.context(Request(options=FormatOptions(layout="lines"))).how.options
    assert (options.layout, options.paper) == ("lines", "Letter")


def test_a_check_after_a_build_of_html_alone_makes_what_it_needs(home: House) -> None:
    home.files.contents["slides/d.md"] += b"more\n"
    make(home, "html")
    assert files(home) == {"html/d.html", "slides/d.md"}
    report = build(home.context(Request(check=Check())))
    assert report.good
    assert files(home) == ALL
    make(home, "html")
    assert files(home) == ALL


@pytest.mark.parametrize(
    ("early", "renders"),
    [(None, 1), (Early(1.0), 0), (Early(1.0, begins=True), 1)],
    ids=["build", "a save", "serve begins"],
)
def test_a_page_that_a_busy_browser_left_partial_is_made_again(
    home: House, early: Early | None, renders: int
) -> None:
    """But not at each save: that may take as long each time."""
    home.renderer.diagnostics = (PageDiagnostic("chart-interrupted", "it takes longer than 20 seconds"),)
    home.files.contents["slides/d.md"] += b"more\n"
    make(home)
    home.renderer.rendered.clear()
    build(home.context(Request(early=early)))
    assert len(home.renderer.rendered) == renders
