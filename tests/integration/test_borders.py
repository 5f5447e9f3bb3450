"""What lies outside of the project gets into nothing that is built or served, however a deck names it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from integration.in_process import deckwright
from integration.shell import Ran, report_of, write

pytestmark = pytest.mark.integration

CANARY = "canary0outside0of0the0project"
PICTURE = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><desc>{CANARY}</desc></svg>'
HTML = "[tool.deckwright.marp]\nhtml = true\n"
DECK = """
    ---
    header: "![h](../../away/a.svg)"
    backgroundImage: url(../../away/a.svg)
    style: "section {{ background: url('file://{0}/away/a.svg') }}"
    ---
    # Ways

    ![](../../away/a.svg) ![](link.svg) ![](folder/a.svg) ![bg](file:///{0}/away/a.svg)
    ![]({0}/away/a.svg) ![](%2e%2e/%2e%2e/away/a.svg) ![](/etc/passwd) ![](secret.txt)

    [a](../../away/notes.txt) [b](link.txt) [c](file://localhost{0}/away/notes.txt)

    <img src="../../away/a.svg"> <video src="../../away/a.svg"></video> <object data="link.svg"></object>
    <iframe src="{0}/away/notes.txt"></iframe> <embed src="link.txt"> <svg><image href="folder/a.svg"/></svg>
    <link rel="stylesheet" href="../../away/notes.txt"> <picture><source srcset="link.svg"></picture>
    <style>@import "../../away/notes.txt"; @import url(link.txt);</style>

    ---

    # Good

    ![](own.svg) ![](inside.svg)
    """
QUOTES = {
    "quoted": "```text file=../../away/notes.txt\n```",
    "linked": "```text file=link.txt\n```",
    "code": "```python file=../snippets/link.py\n```",
    "output": "```text output=../snippets/link.py\n```",
    "value": "[](../snippets/link.py#x)",
    "figure": "![f](../figures/f.svg)",
    "figure outside": "![f](../../away/figures/f.svg)",
    "diagram": "```mermaid file=../snippets/d.mmd\n```",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A project with links to a folder beside it, which holds the secret everywhere."""
    away = {
        "a.svg": PICTURE,
        "notes.txt": CANARY,
        "x.py": f"x = '{CANARY}'\nprint(x)\n",
        "deck.md": f"# {CANARY}\n",
    }
    away |= {
        "figures/f.svg": PICTURE,
        "d.mmd": f"graph TD\nA[{CANARY}]\n",
        "t.css": f"/* @theme t */ /* {CANARY} */",
    }
    write(tmp_path / "away", away)
    own = {
        "pyproject.toml": HTML,
        "slides/own.svg": PICTURE.replace(CANARY, "mine"),
        "slides/secret.txt": CANARY,
    }
    folder = write(tmp_path / "course", own)
    for link, target in {
        "slides/link.svg": "../../away/a.svg",
        "slides/link.txt": "../../away/notes.txt",
        "slides/folder": "../../away",
        "slides/inside.svg": "own.svg",
        "snippets/link.py": "../../away/x.py",
        "snippets/d.mmd": "../../away/d.mmd",
        "figures/f.svg": "../../away/a.svg",
    }.items():
        (folder / link).parent.mkdir(exist_ok=True)
        (folder / link).symlink_to(target)
    return folder


def built(folder: Path, *arguments: str) -> Ran:
    """Build a course whose own folders hold no secret; return what the build said."""
    return deckwright(folder, "build", "--to", "html,pdf", *arguments)


def leaked(folder: Path) -> list[str]:
    found = [path for path in (folder / "build").rglob("*") if path.is_file()]
    texts = {path: path.read_bytes() for path in found if path.name != "secret.txt"}
    base64 = ("Y2FuYXJ5", "NhbmFyeT", "jYW5hcnk")
    return [
        str(path) for path, data in texts.items() if any(each.encode() in data for each in (CANARY, *base64))
    ]


def test_nothing_outside_gets_into_what_is_built(course: Path, tmp_path: Path) -> None:
    write(course, {"slides/deck.md": DECK.format(tmp_path)})
    assert built(course).code == 0
    assert leaked(course) == []
    page = (course / "build/html/deck.html").read_text("utf-8")
    assert page.count("data:image/svg+xml;base64") >= 2
    slugs = {each["slug"] for each in report_of(course)["diagnostics"]}
    assert slugs >= {"outside-project", "broken-picture"}
    assert not (course / "build/slides/link.txt").exists()


@pytest.mark.parametrize("name", QUOTES)
def test_nothing_outside_is_quoted_or_run(course: Path, name: str) -> None:
    write(course, {"slides/deck.md": f"# A\n\n{QUOTES[name]}\n", "slides/good.md": "# Good\n"})
    ran = deckwright(course, "build", "--to", "html")
    assert (ran.code, leaked(course)) == (1, [])
    assert "outside-project" in ran.out + ran.err
    assert CANARY not in ran.out + ran.err
    assert (course / "build/html/good.html").is_file()


def test_decks_and_themes_behind_links_are_named(course: Path) -> None:
    (course / "slides/away.md").symlink_to("../../away/deck.md")
    (course / "themes").mkdir()
    (course / "themes/t.css").symlink_to("../../away/t.css")
    write(course, {"slides/good.md": "# Good\n"})
    ran = deckwright(course, "check")
    assert (ran.code, leaked(course)) == (1, [])
    found = [(each["path"], each["slug"]) for each in report_of(course)["diagnostics"]]
    assert {("slides/away.md", "outside-project"), ("themes/t.css", "outside-project")} <= set(found)


def test_allow_paths_lets_a_folder_in(course: Path) -> None:
    settings = '[tool.deckwright]\nallow_paths = ["../away"]\nmarp = { theme_set = ["../away"] }\n'
    write(course, {"pyproject.toml": settings})
    deck = "---\ntheme: t\n---\n# A\n\n![](../../away/a.svg) ![](link.svg) ![](../../away/figures/f.svg)\n\n"
    write(course, {"slides/deck.md": f"{deck}```text file=../../away/notes.txt\n```\n\n[n](link.txt)\n"})
    assert built(course).code == 0
    report = report_of(course)
    assert [each for each in report["diagnostics"] if each["slug"] != "stderr"] == []
    page = (course / "build/html/deck.html").read_text("utf-8")
    assert len(re.findall(r"<img[^>]*data:image/svg", page)) == 3
    assert CANARY in page
    (course.parent / "away/a.svg").write_text(PICTURE.replace("9", "8"), "utf-8")
    assert "deck" in built(course).out
    assert (course / "build/html/deck.html").read_text("utf-8") != page


def test_own_folders_may_be_links(course: Path) -> None:
    shutil.rmtree(course / "slides")
    (course / "slides").symlink_to("../elsewhere")
    deck = "# A\n\n![](own.svg) ![](../figures/p.svg)\n\n[](../snippets/a.py#x)\n"
    own = PICTURE.replace(CANARY, "mine")
    write(course.parent / "elsewhere", {"deck.md": deck, "own.svg": own})
    write(course, {"snippets/a.py": "x = 1\n", "figures/p.svg": own})
    ran = built(course)
    assert (ran.code, report_of(course)["diagnostics"]) == (0, [])
    assert built(course, "slides/deck.md").code == 0
    assert (course / "build/html/deck.html").read_text("utf-8").count("data:image/svg") >= 2


def test_serve_gives_nothing_that_a_link_in_build_leads_to(course: Path) -> None:
    from deckwright.serve.app import find_file

    write(course, {"slides/deck.md": "# A\n\n[b](link.txt)\n"})
    assert built(course).code == 0
    os.symlink(course.parent / "away/notes.txt", course / "build/html/x.txt")
    for path in ("html/x.txt", "slides/link.txt", "../pyproject.toml", "html/../../pyproject.toml"):
        assert find_file(course / "build", path) is None
