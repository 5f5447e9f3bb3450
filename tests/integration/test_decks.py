"""Plain Marp decks of every kind (tests/decks): our pages are marp-cli's, and we read what Marp reads."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from deckwright.build.pages import pages_of
from deckwright.compose.compose import compose
from deckwright.marp.packages import find_node, install_packages, node_environment
from deckwright.marp.renderer import MarpRenderer
from deckwright.model import Dialect, RenderRequest, Request
from deckwright.parse import parse_deck
from deckwright.parse.markdown import markdown
from deckwright.project.marp_settings import MarpSettings
from deckwright.project.project import Disk, Project
from deckwright.project.settings import read_settings
from deckwright.resolve import resolve
from integration.pages import Node, Place, nodes, without_ours
from support.fakes import house
from support.rendering import render

pytestmark = pytest.mark.integration

DECKS = Path(__file__).parents[1] / "decks"
SENSITIVE = {
    *("chinese", "comments", "emoji", "entities", "heading-divider-number", "html", "math-default"),
    *("scripts", "setext", "styles", "theme-of-its-own"),
}
"""Decks that come out differently as Marp is configured."""
NAMES = [path.stem for path in sorted(DECKS.glob("*.md")) if path.stem != "README"]
HERE = Path(__file__).parent


SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "html": {"html": True, "lang": "de", "theme": "gaia", "bespoke": {"osc": False, "progress": True}},
    "text": {
        "html": False,
        "author": "A & B",
        "options": {
            "emoji": {"shortcode": False, "unicode": False},
            "headingDivider": 2,
            "markdown": {"breaks": False, "typographer": True},
            "math": False,
            "minifyCSS": False,
        },
    },
    "some": {
        "html": {"b": ["title"], "div": {"class": True}},
        "keywords": ["a", "b"],
        "theme": "base",
        "options": {"headingDivider": [1, 3], "math": "katex", "script": False, "slug": False},
    },
}
"""What .marprc.json says."""
SAID = [(said, name) for said in SETTINGS for name in NAMES if said == "plain" or name in SENSITIVE]


@dataclass(frozen=True)
class Pages:
    """A project whose slides/ is the corpus, with our page and marp-cli's of each deck."""

    project: Project
    ours: dict[str, Path]
    theirs: dict[str, Path]


@pytest.fixture(scope="module")
def pages(renderer: MarpRenderer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pages]:
    """Pages for each of the settings."""
    return {said: _pages(tmp_path_factory.mktemp(said), said, renderer) for said in SETTINGS}


def _pages(root: Path, said: str, renderer: MarpRenderer) -> Pages:
    names = [name for each, name in SAID if each == said]
    for path in [*DECKS.glob("*/*"), *(DECKS / f"{name}.md" for name in names)]:
        copy = root / "slides" / path.relative_to(DECKS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (root / ".marprc.json").write_text(json.dumps(SETTINGS[said]))
    project = Project(root, Disk(root), read_settings(root))
    program = install_packages() / "node_modules/@marp-team/marp-cli/marp-cli.js"
    _node([str(program), "-I", "slides", "-o", "theirs", "--theme-set", "slides/themes"], cwd=root)
    ours = {name: _rendered(project, renderer, name) for name in names}
    return Pages(project, ours, {name: root / f"theirs/{name}.html" for name in names})


def _rendered(project: Project, renderer: MarpRenderer, name: str) -> Path:
    path = f"slides/{name}.md"
    deck = parse_deck(path, project.files.read(path).decode(), project.settings.marp.dialect)
    course = resolve([deck], {}, (), project.files.exists)
    context = replace(house(project.root, {}).context(Request(formats=("html",))), project=project)
    (page,) = pages_of(context, course, {}, (compose(deck, course, {}),))
    for file, data in page.files.items():
        (project.build / file).parent.mkdir(parents=True, exist_ok=True)
        (project.build / file).write_bytes(data)
    return render(renderer, page.request, "html").paths["html"]


def _node(arguments: list[str], cwd: Path) -> None:
    command = [str(find_node().path), *arguments]
    done = subprocess.run(
        command, cwd=cwd, env=node_environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _nodes(page: Path, linked: Path, project: Project) -> list[Node]:
    slides = project.root / "slides"
    return nodes(page.read_text("utf-8"), Place((slides, slides / "themes"), linked, install_packages()))


@pytest.mark.parametrize(("said", "name"), SAID)
def test_a_page_is_marp_clis(pages: dict[str, Pages], said: str, name: str) -> None:
    project, ours, theirs = (getattr(pages[said], each) for each in ("project", "ours", "theirs"))
    our_page = without_ours(_nodes(ours[name], ours[name].parent, project))
    their_page = _nodes(theirs[name], project.root / "slides", project)
    differing = [pair for pair in zip_longest(our_page, their_page) if pair[0] != pair[1]]
    assert differing[:1] == []


# --- what is read --------------------------------------------------------------------------------


class Marp:
    """Marp in a process of its own, asked what it reads in a deck."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def read(self, text: str, **options: Any) -> dict[str, Any]:
        """Return slides (first line, title) and fences (first line, last line, info, content)."""
        assert self._process.stdin
        assert self._process.stdout
        # marp-cli drops a byte order mark before Marp sees the text.
        self._process.stdin.write(json.dumps([text.removeprefix("\ufeff"), options]) + "\n")
        self._process.stdin.flush()
        seen: dict[str, Any] = json.loads(self._process.stdout.readline())
        return seen


@pytest.fixture(scope="module")
def marp() -> Iterator[Marp]:
    command = [str(find_node().path), str(HERE / "marp_reads.mjs"), str(install_packages())]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=node_environment(), text=True
    ) as process:
        yield Marp(process)
        assert process.stdin
        process.stdin.close()


def read(text: str, dialect: Dialect) -> dict[str, Any]:
    """What we read in a deck, as `Marp.read` tells it."""
    deck = parse_deck("slides/deck.md", text, dialect)
    tokens = markdown(dialect).parse(text.removeprefix("\ufeff"))
    fences = (token for token in tokens if token.type == "fence")
    return {
        "slides": [[slide.line, slide.title] for slide in deck.slides],
        "fences": [[*_lines(token), token.info, token.content] for token in fences],
    }


def _lines(token: Token) -> tuple[int, int]:
    assert token.map
    return token.map[0] + 1, token.map[1]


@pytest.mark.parametrize("name", NAMES)
def test_we_read_a_deck_as_marp_does(marp: Marp, name: str) -> None:
    text = (DECKS / f"{name}.md").read_bytes().decode()
    assert read(text, Dialect()) == marp.read(text)


PIECES = [
    "---\n",
    "----\n",
    "--- \n",
    "...\n",
    " ---\n",
    "    ---\n",
    "***\n",
    "- - -\n",
    "===\n",
    "\n",
    "\n\n",
    "text\n",
    "text ",
    "# h\n",
    "## **h** `c` [l](u)\n",
    "### :tada: <b>h</b> $x$\n",
    "#no\n",
    "<!-- headingDivider: 2 -->\n",
    "<!-- headingDivider: [1, 3] -->\n",
    "<!--\nheadingDivider: 1\n-->\n",
    "headingDivider: 1\n",
    "title: x\n",
    "paginate: true\n",
    "<!-- ",
    "<!--\n",
    "-->\n",
    "<!-->",
    "--->\n",
    "```\n",
    "```py\n",
    "````\n",
    "~~~\n",
    "```` md {1}\n",
    "``` a`b\n",
    "- ",
    "  ",
    "   ",
    "\t",
    "> ",
    "1. ",
    "2) ",
    "* * ",
    "<div>\n",
    "</div>\n",
    "<style>\n",
    "</style>\n",
    "<style scoped>",
    "<script>\n",
    "</script>\n",
    "<details><summary>s</summary>\n",
    "<pre>\n",
    "<?x\n",
    "<![CDATA[\n",
    "<!DOCTYPE\n",
    "$$\n",
    "$$ x $$\n",
    "$$ x",
    "$a ",
    "$",
    "\\$",
    "\\",
    "`x`",
    "`<!--`",
    "| a |\n",
    "|---|\n",
    "a | b\n",
    "-|-\n",
    "[r]: u\n",
    "[r]: <u> 'tit\n",
    "[r]",
    "![bg](u)\n",
    "&amp;",
    "\u00a0",
    "\u3000",
    "\x0c",
    "\r",
    "\r\n",
    "\x00",
    "中**。**文\n",
]


@pytest.mark.parametrize("options", [{}, {"html": False}, {"math": False, "headingDivider": 2}], ids=str)
@given(text=st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=100)
def test_we_read_anything_as_marp_does(marp: Marp, options: dict[str, Any], text: str) -> None:
    said = MarpSettings(page={"html": options.get("html", True), "options": options})
    assert read(text, said.dialect) == marp.read(text, **options)


def test_emphasis_beside_full_width_punctuation_can_be_fixed(renderer: MarpRenderer, tmp_path: Path) -> None:
    text = "**粗体。**文字\n\n**“引号”**文字\n\n文字**(括号)**文字\n\n*a*b\n"
    (tmp_path / "d.md").write_text(text, "utf-8")
    found = {}
    for fixed in (True, False):
        wanted = RenderRequest("d.md", tmp_path, tmp_path / "d.md", cjk_emphasis=fixed)
        page = render(renderer, wanted, "html").paths["html"]
        found[fixed] = re.findall("<(?:strong|em)>(.*?)</", page.read_text("utf-8"))
    assert found == {True: ["粗体。", "“引号”", "(括号)", "a"], False: ["a"]}


def test_scopes_have_the_same_names_in_every_build(renderer: MarpRenderer, tmp_path: Path) -> None:
    shutil.copyfile(DECKS / "styles.md", tmp_path / "d.md")
    wanted = RenderRequest("d.md", tmp_path, tmp_path / "d.md")
    one, other = (render(renderer, wanted, "html").paths["html"].read_bytes() for _ in range(2))
    assert b"data-marpit-scope-" in one
    assert one == other
