"""Plain decks in many styles become executable, and nothing that is not touched changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from deckwright.adoption import Adoption, Wish, adopt_deck
from deckwright.outside import open_doors
from deckwright.project import find_project
from integration.shell import deckwright, write
from support.cases import CASES
from support.course import told
from support.fakes import FakeRenderer

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

DECKS = sorted((CASES / "adopt").glob("*.md"))
PNG = b"\x89PNG\r\n\x1a\n and so on"


def adopted(root: Path, deck: str, wish: Wish = Wish()) -> Adoption:
    """Adopt a deck with real processes; slides are not rendered."""
    project = find_project(root, (str(root / deck),))
    renderer = FakeRenderer(root / "build")
    doors = replace(open_doors(project, "cpu", 1), renderer=renderer.open)
    return adopt_deck(project, doors, str(root / deck), wish, lambda event: None)


def write_changes(root: Path, adoption: Adoption) -> None:
    for path, change in adoption.changes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(change.after)


# --- ten styles -------------------------------------------------------------------------------


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.stem)
def test_style(deck: Path, tmp_path: Path, accepting: bool) -> None:
    (tmp_path / "slides").mkdir()
    shutil.copy(deck, tmp_path / "slides")
    made = adopted(tmp_path, f"slides/{deck.name}")
    write_changes(tmp_path, made)
    text, wrong = (tmp_path / "slides" / deck.name).read_bytes(), told(made.diagnostics) + "\n"
    expected, findings = (deck.parent / "expected" / f"{deck.stem}{suffix}" for suffix in (".md", ".txt"))
    if accepting:
        expected.write_bytes(text)
        findings.write_text(wrong, "utf-8")
    assert text == expected.read_bytes()
    assert wrong == findings.read_text("utf-8")
    again = adopted(tmp_path, f"slides/{deck.name}")
    assert again.changes == {}


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.stem)
def test_an_extracted_program_runs_alone_and_is_what_the_deck_shows(deck: Path, tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    shutil.copy(deck, tmp_path / "slides")
    before = deck.read_bytes()
    made = adopted(tmp_path, f"slides/{deck.name}", Wish(extract=True))
    write_changes(tmp_path, made)
    (script,) = (tmp_path / "snippets").glob("*.py")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) or "#| raises" in script.read_text("utf-8"), done.stderr
    after = (tmp_path / "slides" / deck.name).read_bytes()
    moved = before.count(b"from __future__")
    assert len(after.splitlines()) == len(before.splitlines()) + after.count(b"#| raises") - moved
    report = deckwright(tmp_path, "build", f"slides/{deck.name}", "--no-pdf")
    wrong = [row for row in report.err.splitlines() if "error [" in row or "[drifted]" in row]
    # What is shown there was never printed, and that is what the build says.
    assert len(wrong) == (deck.stem == "redefined"), report.err
