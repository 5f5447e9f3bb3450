"""The gallery: what real libraries display, print and draw, under four themes (tests/gallery/README.md).

`pytest --accept` rewrites tests/gallery/expected.md; read its diff.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from importlib.util import find_spec
from pathlib import Path

import pytest
from pypdf import PdfReader

from integration.in_process import deckwright
from integration.shell import Ran
from integration.tabs import Tabs
from support.shown import ShownSlide, shown_slides

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]

HERE = Path(__file__).parents[1] / "gallery"
COURSE_THEME = Path(__file__).parents[2] / "slides/themes/deckwright.css"
THEMES = ("default", "gaia", "uncover", "deckwright")
PACKAGES = (
    "altair",
    "pandas",
    "PIL",
    "plotly",
    "polars",
    "rich",
    "seaborn",
    "sklearn",
    "statsmodels",
    "sympy",
    "tqdm",
)
MISSING = [name for name in PACKAGES if find_spec(name) is None]

UNSHOWN = ("IPython: HTML", "An object without a text")
"""Slides with a value that has no form for a slide: its type stands for it."""

PALE = {
    "default": (),
    "gaia": ("pandas: grouped by rows",),
    "uncover": ("scikit-learn",),
    "deckwright": (),
}
"""The first slide with code that the theme highlights in pale colours, as others have the same cause."""

GAPS = """[...document.querySelectorAll('section')].map((section) => {
  const [title, below] = section.querySelectorAll(':scope > :not(style)')
  const scale = section.getBoundingClientRect().width / section.offsetWidth || 1
  const [above, under] = [title, below].map((element) => element.getBoundingClientRect())
  return [title.textContent, (under.top - above.bottom) / scale]
})"""
"""The pixels between the title of each slide and what is below it."""

_VARYING = (
    (r"\d\d:\d\d<\d\d:\d\d, +[\d.]+it/s", "TIME"),
    (r"\|[█▏▎▍▌▋▊▉ ]+\|", "|BAR|"),
    (r"repeated \d+ more times", "repeated so many more times"),
    (r"took [\d.]+ s", "took TIME"),
)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """One deck per theme: accepted, built and checked."""
    if MISSING:
        pytest.skip(f"the extra 'gallery' is not installed: {', '.join(MISSING)}")
    folder = tmp_path_factory.mktemp("gallery") / "gallery"
    shutil.copytree(HERE, folder, ignore=shutil.ignore_patterns("build", "__pycache__"))
    source = folder / "slides/gallery.md"
    text = source.read_text("utf-8")
    source.unlink()
    for theme in THEMES:
        deck = text.replace("\ntheme: default\n", f"\ntheme: {theme}\n")
        (folder / f"slides/{theme}.md").write_text(deck, "utf-8")
    (folder / "slides/themes").mkdir()
    shutil.copy(COURSE_THEME, folder / "slides/themes")
    accepted = deckwright(folder, "sync", "--yes")
    assert accepted.code == 0, accepted.err
    return folder, deckwright(folder, "check", "--json")


def slides_of(folder: Path, theme: str) -> list[ShownSlide]:
    return shown_slides((folder / f"build/html/{theme}.html").read_text("utf-8"))


def steady(slides: list[ShownSlide]) -> str:
    """Return slides as text, without what differs in each run."""
    text = "\n\n".join(map(str, slides)) + "\n"
    for pattern, name in _VARYING:
        text = re.sub(pattern, name, text)
    return text


@pytest.mark.parametrize("theme", THEMES)
def test_each_slide_shows_what_its_script_displays(
    gallery: tuple[Path, Ran], theme: str, accepting: bool
) -> None:
    shown = steady(slides_of(gallery[0], theme))
    if accepting:
        (HERE / "expected.md").write_text(shown, "utf-8")
    assert shown == (HERE / "expected.md").read_text("utf-8")


@pytest.mark.parametrize("theme", THEMES)
def test_no_slide_shows_an_address_or_markup(gallery: tuple[Path, Ran], theme: str) -> None:
    text = steady(slides_of(gallery[0], theme))
    assert not re.search(r" at 0x|<IPython|<style|&lt;|\x1b|lint ignore", text)


@pytest.mark.parametrize("theme", THEMES)
def test_a_check_finds_what_is_named_here_and_nothing_else(gallery: tuple[Path, Ran], theme: str) -> None:
    folder, ran = gallery
    deck = f"slides/{theme}.md"
    found = [each for each in ran.events if each["event"] == "diagnostic" and each["path"] == deck]
    named = [("unshown-value", title) for title in UNSHOWN] + [
        ("low-contrast", title) for title in PALE[theme]
    ]
    text = (folder / deck).read_text("utf-8")
    assert sorted((each["slug"], _title_at(text, each["line"])) for each in found) == sorted(named), ran.err


def _title_at(deck: str, line: int) -> str:
    """Return the title of the slide with this line."""
    before = "\n".join(deck.split("\n")[:line])
    return before[before.rindex("\n# ") + 3 :].partition("\n")[0]


@pytest.mark.parametrize("theme", THEMES)
def test_the_pdf_has_the_slides_of_the_page(gallery: tuple[Path, Ran], theme: str) -> None:
    folder, _ = gallery
    titles = [slide.title for slide in slides_of(folder, theme)]
    pages = [page.extract_text() for page in PdfReader(folder / f"build/pdf/{theme}.pdf").pages]
    assert len(pages) == len(titles)
    assert [title for title, page in zip(titles, pages) if _squeezed(title) not in _squeezed(page)] == []


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("theme", THEMES)
def test_nothing_touches_the_title(gallery: tuple[Path, Ran], tabs: Tabs, theme: str) -> None:
    tab = tabs.open((gallery[0] / f"build/html/{theme}.html").as_uri())
    assert [title for title, gap in tab.wait(GAPS) if gap < 15] == []


def test_what_was_accepted_still_agrees(gallery: tuple[Path, Ran]) -> None:
    ran = deckwright(gallery[0], "sync", "--check")
    assert ran.code == 0, ran.out + ran.err
