"""What a user of marp-cli has and types: settings files, options, and decks in any folder."""

from __future__ import annotations

import re
from pathlib import Path

from pypdf import PdfReader

from integration import shell
from integration.in_process import deckwright
from integration.shell import write

MINE = "/* @theme mine */ section { color: red }"
FILES = {
    ".git/HEAD": "",
    "img/p.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
    "talks/a.md": "# A\n\n![p](../img/p.svg)\n\n[b](2024/b.md)\n\n---\n\n# A2\n",
    "talks/2024/b.md": "---\ntheme: mine\n---\n\n# B\n\n<b class=x>raw</b>\n",
    "talks/themes/mine.css": MINE,
}


def test_a_tree_of_folders(tmp_path: Path) -> None:
    folder = write(tmp_path / "repo", FILES)
    ran = deckwright(folder / "talks", "build", "-I", ".", "-o", "../public", "--to", "html", "--html")
    assert (ran.code, ran.err.count("[")) == (0, 0), ran.err
    pages = {path.name: path.read_text("utf-8") for path in (folder / "public").rglob("*.html")}
    assert {path.relative_to(folder).as_posix() for path in (folder / "public").rglob("*.html")} == {
        "public/a.html",
        "public/2024/b.html",
    }
    assert 'src="data:image/svg+xml;base64,' in pages["a.html"]
    assert 'href="2024/b.html"' in pages["a.html"]
    assert 'data-theme="mine"' in pages["b.html"]
    assert re.search(r'<b class="?x"?>raw</b>', pages["b.html"])


def test_standard_input_and_output(tmp_path: Path) -> None:
    folder = write(tmp_path / "repo", FILES)
    deck = "# Given\n\n![p](../img/p.svg)\n"
    ran = deckwright(folder / "talks", "build", "-", "-o", "-", "--theme", "themes/mine.css", stdin=deck)
    assert ran.code == 0, ran.err
    assert ran.out.startswith("<!DOCTYPE html>")
    assert ran.out.rstrip().endswith("</html>")
    assert 'data-theme="mine"' in ran.out
    again = deckwright(folder / "talks", "build", "-", "-o", "new/deck.pdf", stdin=deck + "\n---\n\n# Two\n")
    assert again.code == 0, again.err
    assert len(PdfReader(folder / "talks/new/deck.pdf").pages) == 2
    assert not (folder / "talks/stdin.md").exists()


def test_settings_that_marp_cli_tolerates_stop_nothing(tmp_path: Path) -> None:
    settings = """
        puppeteerTimeout: 1000
        options: {html: true, math: katex}
        themeSet: [gone, "talks/**/*.css"]
        theme: ./nameless.css
        browserTimeout: 200
        images: png
        """
    folder = write(tmp_path, {**FILES, ".marprc.yml": settings, "nameless.css": "section { color: blue }"})
    ran = deckwright(folder, "build", "talks/a.md")
    assert ran.code == 0, ran.err
    warned = [line.split(" [")[0] for line in ran.err.splitlines() if "[marp-settings]" in line]
    assert warned == [".marprc.yml:1:1 warning", ".marprc.yml:2:11 warning", ".marprc.yml:3:12 warning"]
    assert 'data-theme="nameless"' in (folder / "build/html/talks/a.html").read_text("utf-8")
    assert len(list((folder / "build/png/talks/a").iterdir())) == 2
    assert (folder / "build/pdf/talks/a.pdf").is_file()


def test_a_deck_that_never_ends_loading_stops_no_other(tmp_path: Path) -> None:
    files = {
        "pyproject.toml": "[tool.deckwright.marp]\nhtml = true\nbrowser_timeout = 30\n",
        "slides/a.md": "# A\n\n<script>for (;;);</script>\n",
        "slides/b.md": "# B\n",
        "slides/c.md": "---\na: [\n---\n\n# C\n",
    }
    folder = write(tmp_path, files)
    ran = shell.deckwright(folder, "build", "--to", "pdf")
    assert ran.code == 1
    assert "slides/a.md:1:1 error [render-timeout] Marp or the browser did not finish within 30 s" in ran.err
    assert "slides/c.md:2:5 error [front-matter]" in ran.err
    assert [path.name for path in (folder / "build/pdf").iterdir()] == ["b.pdf"]
