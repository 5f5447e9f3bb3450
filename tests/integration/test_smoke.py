"""A smoke run with real processes and pages: quick, marked, and apart from the whole build."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

COURSE = {
    "pyproject.toml": """
        [tool.deckwright]
        least_text = 20
        """,
    "slides/a.md": """
        ---
        marp: true
        ---

        # Training

        <p style="position: absolute; top: 0; right: 0; margin: 0">the corner of the author</p>

        ```text output=../snippets/train.py#fit
        29 0.033
        ```

        ---

        # Claims

        ```text output=../snippets/train.py#claims
        holds
        ```

        The loss is [0.033](../snippets/train.py#loss "{:.3f}"),
        the best was [0.033](../snippets/train.py#best "{:.3f}").
        """,
    "snippets/train.py": """
        # /// script
        # [tool.deckwright.smoke]
        # epochs = 2
        # ///
        from pathlib import Path

        epochs = 30

        # %% fit
        for epoch in range(epochs):
            loss = 1 / (epoch + 1)
        print(epoch, f"{loss:.3f}")

        # %% claims
        #| smoke: false
        best = loss
        assert best < 0.1
        print("holds")

        # %% keep
        #| smoke: false
        Path("learnt.txt").write_text(str(loss))
        """,
}


def test_a_check_with_small_values(tmp_path: Path) -> None:
    write(tmp_path, COURSE)
    checked = deckwright(tmp_path, "check", "--smoke", "--junit", "cases.xml")
    assert checked.code == 0, checked.err
    assert "2 of 6 cases proved, 4 run with small values" in checked.out
    assert not (tmp_path / "snippets/learnt.txt").exists()
    suite = ElementTree.parse(tmp_path / "cases.xml").getroot()[0]
    assert (suite.attrib["failures"], suite.attrib["skipped"]) == ("0", "4")
    training, claims = (page.extract_text() for page in PdfReader(tmp_path / "build/smoke/pdf/a.pdf").pages)
    assert "smoke run: epochs = 2" in training
    assert "1 0.500" in training
    assert "smoke run: epochs = 2; some results accepted" in claims
    assert "holds" in claims
    assert "The loss is 0.500,\nthe best was 0.033." in claims
    page = (tmp_path / "build/smoke/html/a.html").read_text("utf-8")
    assert page.count("data-deckwright-mark") >= 2
    assert [path.name for path in (tmp_path / "build").iterdir() if path.suffix == ".html"] == []


def test_a_failure_names_the_small_values(tmp_path: Path) -> None:
    texts = {path: text.replace("#| smoke: false", "") for path, text in COURSE.items()}
    built = deckwright(write(tmp_path, texts), "build", "--smoke", "--to", "html")
    assert built.code == 1
    assert "AssertionError (with epochs = 2)" in built.err
    assert "begin its cell ('# %%') with '#| smoke: false'" in built.err


def test_a_baseline_is_of_whole_results(tmp_path: Path) -> None:
    refused = deckwright(write(tmp_path, COURSE), "check", "--smoke", "--update-baseline")
    assert refused.code == 2
    assert "--update-baseline needs whole results" in refused.err
