"""`deckwright adopt` of a notebook: real runs, the real Marp and browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from integration.in_process import deckwright
from integration.shell import write

pytestmark = pytest.mark.integration

NOTEBOOK = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {},
    "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "# Sums\n\nA sum:"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": "%matplotlib inline\nx = 1 + 1\nprint(x)",
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "2\n"}],
        },
        {
            "cell_type": "code",
            "metadata": {},
            "source": "x + 1",
            "outputs": [{"output_type": "execute_result", "data": {"text/plain": "4"}}],
        },
    ],
}


def test_a_notebook_becomes_a_deck_and_a_script(tmp_path: Path) -> None:
    write(tmp_path, {"sums.ipynb": json.dumps(NOTEBOOK), "pyproject.toml": "[tool.deckwright]\n"})
    ran = deckwright(tmp_path, "adopt", "sums.ipynb", "--check")
    assert ran.code == 1, ran
    assert not (tmp_path / "slides").exists()
    ran = deckwright(tmp_path, "adopt", "sums.ipynb", "--yes")
    assert "notebook-comment" in ran.out + ran.err, ran
    assert "drifted" in ran.out + ran.err, ran
    assert "wrote snippets/sums.py, slides/sums.md" in ran.out
    script = "# %% cell-1\n# %matplotlib inline\nx = 1 + 1\nprint(x)\n\n# %% cell-2\nx + 1\n"
    assert (tmp_path / "snippets/sums.py").read_text("utf-8") == script
    built = deckwright(tmp_path, "sync", "--yes")
    assert built.code == 0, built
    deck = (tmp_path / "slides/sums.md").read_text("utf-8")
    assert deck.endswith("```text output=../snippets/sums.py#cell-2\n3\n```\n")
    assert deckwright(tmp_path, "build", "--to", "html").code == 0


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a.ipynb": "{}"}, "this is no notebook"),
        ({}, "there is no a.ipynb"),
        ({"a.ipynb": json.dumps(NOTEBOOK), "slides/a.md": "# A\n"}, "slides/a.md already exists"),
    ],
)
def test_what_cannot_be_adopted(tmp_path: Path, files: dict[str, str], message: str) -> None:
    write(tmp_path, {**files, "pyproject.toml": "[tool.deckwright]\n"})
    ran = deckwright(tmp_path, "adopt", "a.ipynb", "--yes")
    assert ran.code in (1, 2), ran
    assert message in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "snippets").exists()
