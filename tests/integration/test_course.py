"""The course that comes with the tool: its decks are lectures, and plain Marp shows them, too.

Takes the results of `make build` where there are any; otherwise this builds the course. That every
script runs alone, and prints what the slides show, is what `make prove` finds.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from deckwright.machine.environment import find_environment
from deckwright.marp.node import NodeProcess
from deckwright.parse import parse_deck
from deckwright.store import Store
from integration.browse import look, marp_cli
from integration.shell import Ran, deckwright, report_of

pytestmark = [pytest.mark.integration, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
DECKS = sorted(path.stem for path in (ROOT / "slides").glob("*.md"))
SCRIPTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "snippets").rglob("*.py"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A copy of the course, built."""
    folder = tmp_path_factory.mktemp("course") / "course"
    folder.mkdir()
    for name in ("slides", "snippets", "figures", "build"):
        if (ROOT / name).is_dir():
            skipped = shutil.ignore_patterns("__pycache__", ".scratch")
            shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    (folder / "tools").mkdir()  # the tool is installed from there, so that all imports look for it
    ran = deckwright(folder, "build", timeout=500)
    return folder, ran


def test_the_course_builds_without_a_word(course: tuple[Path, Ran]) -> None:
    folder, ran = course
    assert ran.code == 0, ran.err
    report = report_of(folder)
    assert report["diagnostics"] == []
    assert {job["status"] for job in report["jobs"] if job["device"] != "cuda"} == {"ok"}
    assert [deck["path"] for deck in report["decks"]] == [f"slides/{name}.md" for name in DECKS]


def test_no_script_of_the_course_warns(course: tuple[Path, Ran]) -> None:
    store = Store(course[0] / "build/.store")
    records = (next(store.records(name), None) for name in SCRIPTS)
    results = [store.get(record) for record in records if record]
    assert len(results) > 30
    assert {output.printed("stderr") for result in results if result for output in result.outputs} == {""}


def test_scripts_know_nothing_of_the_tool() -> None:
    for path in (*(ROOT / "snippets").rglob("*.py"), *(ROOT / "figures").rglob("*.py")):
        assert not re.search(r"^\s*(import|from) deckwright", path.read_text("utf-8"), re.M), path.name


def test_scripts_name_the_packages_that_they_use() -> None:
    """`uv run FILE` installs what the block of a script names, and nothing else."""
    environment = find_environment()
    installed = cache(lambda names: environment.packages(names).keys())
    figures = (path.relative_to(ROOT).as_posix() for path in (ROOT / "figures").rglob("*.py"))
    with_block = (path for path in figures if "# /// script" in (ROOT / path).read_text("utf-8"))
    for path in (*SCRIPTS, *with_block):
        text = (ROOT / path).read_text("utf-8")
        imported = {*re.findall(r"(?m)^\s*(?:import|from) (\w+)", text)}
        imported |= {"numpy"} if "torch" in imported else set()  # without it, PyTorch warns
        (listed,) = re.findall(r"(?m)^# dependencies = (\[.*\])$", text) or ["[]"]
        named = frozenset(name.replace("scikit-learn", "sklearn") for name in json.loads(listed))
        assert environment.brings(imported).keys() <= installed(named), path


# --- systems ----------------------------------------------------------------------------------


class System(NamedTuple):
    """A row of docs/course.md: something that the course teaches, and where it runs and is shown."""

    name: str
    source: str
    """A script, perhaps with a region."""
    deck: str
    slide: str

    @classmethod
    def all(cls) -> list[System]:
        text = (ROOT / "docs/course.md").read_text("utf-8")
        rows = re.findall(r"^\| ([^|]+) \| `([^`|]+)` \| (\d\d)[^|]*\| ([^|]+) \|$", text, re.M)
        return [cls(name, source, _deck(number), slide.strip()) for name, source, number, slide in rows]


def _deck(number: str) -> str:
    (found,) = (name for name in DECKS if name.startswith(f"{number}-"))
    return found


@pytest.mark.parametrize("system", System.all(), ids=lambda system: system.name)
def test_each_system_runs_and_is_on_its_slide(course: tuple[Path, Ran], system: System) -> None:
    path = f"slides/{system.deck}.md"
    deck = parse_deck(path, (ROOT / path).read_text("utf-8"))
    slides = [deck.text[each.start : each.end] for each in deck.slides]
    script, _, region = system.source.partition("#")
    folder = posixpath.dirname(script).replace("snippets", "figures", 1)
    shown = [system.source, f"{folder}/{region}."]  # a region, or the figure of a cell with this label
    if script.startswith("figures/"):
        shown = [script.removesuffix("py")]
    places = "|".join(map(re.escape, shown))
    on_slide = [text for text in slides if re.search(rf"\.\./(?:{places})(?![\w-]*-)", text)]
    assert any(f"\n# {system.slide}\n" in text for text in on_slide), system
    statuses = {job["status"] for job in report_of(course[0])["jobs"] if job["script"] == script}
    assert "ok" in statuses
    assert statuses <= {"ok", "absent"}


def test_each_deck_has_systems() -> None:
    assert {system.deck for system in System.all()} == {*DECKS}


# --- the original documents -------------------------------------------------------------------


def originals() -> list[tuple[str, str]]:
    """Return deck and slide of each row of docs/originals.md: a section, or a mistake that is put right."""
    text = (ROOT / "docs/originals.md").read_text("utf-8")
    return re.findall(r"^\|.*\| (\d\d) \| (.+) \|$", text, re.M)


def test_each_section_of_the_originals_and_each_mistake_has_a_slide() -> None:
    rows = originals()
    assert len(rows) == 175 + 81
    titles = {number: slide_titles(_deck(number)) for number in {number for number, _ in rows}}
    assert [row for row in rows if row[1] not in titles[row[0]]] == []


def slide_titles(deck: str) -> set[str]:
    """Return the titles of a deck's slides as they are written."""
    return {*re.findall(r"^# (.+)$", prose_and_formulas(deck), re.M)}


# --- decks ------------------------------------------------------------------------------------


def prose_and_formulas(deck: str) -> str:
    """Return a deck's text without front matter, comments and blocks of code."""
    text = (ROOT / f"slides/{deck}.md").read_text("utf-8").split("\n---\n", 1)[1]
    text = re.sub(r"^( *)(```+).*?^\1\2$", "", text, flags=re.S | re.M)
    return re.sub(r"<!--.*?-->", "", text, flags=re.S)


def prose(deck: str) -> str:
    """Return a deck's text without front matter, comments, code and formulas."""
    text = prose_and_formulas(deck)
    return re.sub(r"\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]+`", "", text, flags=re.S)


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_is_markdown_alone(deck: str) -> None:
    text = prose(deck)
    assert re.findall(r"</?[a-zA-Z][^>]*>", text) == []
    assert re.findall(r"!\[[^\]]*\]\((?:https?:)?//[^)]*\)", text) == []
    assert re.findall(r"!\[[^\]]*\]\(([^)\s]+)", text)
    for picture in re.findall(r"!\[[^\]]*\]\(([^)\s]+)", text):
        assert picture.startswith("../figures/"), picture
    for alt in re.findall(r"!\[([^\]]*)\]", text):
        words = re.sub(r"\b(bg|left|right|center|contain|fit|[wh]:\S+)(:\S+)?\b%?", "", alt)
        assert len(words.strip()) > 3, f"a picture without an alternative text: {alt}"


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_stays_whole_without_the_tool(deck: str) -> None:
    """Its fences hold the code and output that were accepted: see `deckwright sync`."""
    text = (ROOT / f"slides/{deck}.md").read_text("utf-8")
    empty = re.findall(r"^(```+\w+ [^\n]*(?:file|output)=[^\n]*)\n\1?```+$", text, re.M)
    # No machine with a GPU has accepted its half yet: the slide says so.
    assert [fence for fence in empty if " device=cuda " not in fence] == []


@pytest.mark.parametrize("deck", DECKS)
def test_a_deck_has_a_lecture_of_slides_and_notes(
    course: tuple[Path, Ran], browser: NodeProcess, deck: str
) -> None:
    (found,) = [each for each in report_of(course[0])["decks"] if each["path"] == f"slides/{deck}.md"]
    text = (ROOT / f"slides/{deck}.md").read_text("utf-8")
    assert 30 <= len(parse_deck(f"slides/{deck}.md", text).slides) <= 50  # the report counts their steps, too
    assert "unverified" not in found["references"]
    assert {"code", "output", "figure", "value"} <= found["references"].keys()
    seen = look(browser, course[0] / f"build/html/{deck}.html", view="presenter")
    assert (seen["wanted"], seen["errors"], seen["broken"]) == ([], [], [])
    noted = [note for note in seen["notes"] if note]
    assert len(noted) >= 0.9 * found["slides"]
    assert all(re.search("[\u4e00-\u9fff]", note) for note in noted)


@pytest.mark.parametrize("deck", DECKS)
def test_the_pdf_gives_the_chinese_text(course: tuple[Path, Ran], deck: str) -> None:
    pages = [page.extract_text() for page in PdfReader(course[0] / f"build/pdf/{deck}.pdf").pages]
    text = re.sub(r"\s", "", "".join(pages))
    assert len(re.findall("[\u4e00-\u9fff]", text)) > 1000
    assert "\ufffd" not in text
    source = (ROOT / f"slides/{deck}.md").read_text("utf-8")
    titles = re.findall(r"^# (.+)$", re.sub(r"^```.*?^```$", "", source, flags=re.S | re.M), re.M)
    assert len(titles) >= 30
    words = {word for title in titles for word in re.findall("[\u4e00-\u9fff]{2,}", title)}
    assert {word for word in words if word not in text} == set()


def test_the_figures_are_drawn_here(course: tuple[Path, Ran]) -> None:
    figures = course[0] / "build/figures"
    drawn = {path.relative_to(figures).as_posix() for path in figures.rglob("*")}
    named = {path for deck in DECKS for path in re.findall(r"\(\.\./figures/([^)\s]+)", prose(deck))}
    assert named <= drawn
    assert any(name.endswith((".gif", ".apng")) for name in named)


def test_plain_marp_renders_a_deck(tmp_path: Path) -> None:
    name = DECKS[0]
    page = marp_cli(ROOT / f"slides/{name}.md", tmp_path / "page.html", folder=ROOT)
    slides = re.findall(r"<section\b.*?</section>", page, re.S)
    assert 30 <= len(slides) <= 90  # Also those with a background of their own, which are several.
    assert "特征空间的变换" in page
    assert "../snippets" not in "".join(re.findall(r"<pre.*?</pre>", page, re.S))
