"""Kits: the scripts of a lecture with all that they read, in one zip file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import pytest

from deckwright.formats import Lecture
from deckwright.model import Diagnostic, ExpandedDeck, Record
from deckwright.publish.kit import Kit, KitMaker, zip_of
from deckwright.publish.sources import Sources, files_read
from deckwright.publish.stripped import students_script
from support.course import DECK, SCRIPT, course_of, deck_of
from support.fakes import MemoryFiles

TEXT = "---\nlang: {lang}\ntitle: Doubles\n---\n\n```python file=../snippets/a.py\n```\n"
EXERCISE = b"""\
import numpy as np
from helper import f


def double(x):
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
"""
FILES = {
    SCRIPT: EXERCISE,
    "snippets/helper.py": b"import torch.nn\nf = 1\n",
    "snippets/data.csv": b"1,2\n",
}
READS = {
    SCRIPT: "1",
    "snippets/helper.py": "1",
    "snippets/data.csv": "1",
    "snippets/absent.csv": "",
    "build/made.csv": "1",
    ".venv/lib/x.py": "1",
    "../shared/corpus.txt": "1",
    "/usr/share/words": "1",
    "$HOME": "1",
    "snippets/": "1",
    "snippets/out.txt": "made:1",
}
VERSIONS = {"numpy": "2.1", "torch": "2.9.1+cpu"}


def packages_of(modules: Iterable[str]) -> dict[str, str]:
    return {name: VERSIONS[name] for name in sorted(modules) if name in VERSIONS}


def made(
    lang: str = "en", limit_bytes: int = 100, notebooks: Iterable[str] = (), script: bytes = EXERCISE
) -> Kit | Diagnostic:
    course = course_of(TEXT.format(lang=lang), {SCRIPT: script.decode()})
    lecture = Lecture(deck_of(course), ExpandedDeck(DECK, "", ()), course, {}, {})
    reads = files_read(Record(SCRIPT, "", {}, READS, {}, 0.1))
    files = MemoryFiles({**FILES, "build/made.csv": b"", ".venv/lib/x.py": b"", "snippets/out.txt": b""})
    sources = Sources(course, files, {SCRIPT: reads})
    maker = KitMaker(sources, students_script, packages_of, limit_bytes)
    return maker.kit(lecture, dict.fromkeys(notebooks, b"{}"))


def test_what_is_in_it() -> None:
    kit = made(notebooks=["deck.ipynb"])
    assert isinstance(kit, Kit)
    assert set(kit.files) == {*FILES, "requirements.txt", "README.md", "notebooks/deck.ipynb"}
    assert kit.files["requirements.txt"] == b"numpy==2.1\ntorch==2.9.1\n"
    script = kit.files[SCRIPT].decode()
    assert script.startswith('# /// script\n# dependencies = ["numpy", "torch"]\n# ///\n')
    assert 'raise NotImplementedError("double")' in script
    assert "return 2 * x" not in script
    assert kit.missing == ("../shared/corpus.txt",)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["How to start", "python snippets/a.py", "An exercise stops"]),
        ("zh-CN", ["怎样开始", "python snippets/a.py", "练习"]),
    ],
)
def test_it_says_how_to_start(lang: str, words: list[str]) -> None:
    kit = made(lang)
    assert isinstance(kit, Kit)
    readme = kit.files["README.md"].decode()
    assert readme.startswith("# Doubles\n")
    assert all(word in readme for word in [*words, "python snippets/a.py", "../shared/corpus.txt"])
    assert "notebooks/" not in readme


def test_what_uses_pytorch_gets_numpy() -> None:
    kit = made(script=b"import torch.nn\n")
    assert isinstance(kit, Kit)
    assert kit.files[SCRIPT].startswith(b'# /// script\n# dependencies = ["numpy", "torch"]\n# ///\n')


@pytest.mark.parametrize("nproc", [1, 2])
def test_it_says_how_to_start_several_processes(nproc: int) -> None:
    script = f"# /// script\n# [tool.deckwright]\n# nproc = {nproc}\n# ///\n".encode() + FILES[SCRIPT]
    kit = made(script=script)
    assert isinstance(kit, Kit)
    readme = kit.files["README.md"].decode()
    assert ("- `torchrun --standalone --nproc-per-node 2 snippets/a.py`\n" in readme) == (nproc == 2)
    assert ("`python snippets/a.py`" in readme) == (nproc == 1)


def test_too_much_data() -> None:
    found = made(limit_bytes=3)
    assert isinstance(found, Diagnostic)
    assert (found.slug, found.location.path) == ("kit-limit", DECK)
    assert (
        found.message
        == "the data that its scripts read take 4 bytes, more than 3 bytes: snippets/data.csv takes 4 bytes"
    )


def test_the_zip_has_one_folder_and_no_date() -> None:
    kit = made()
    assert isinstance(kit, Kit)
    data = zip_of(kit)
    assert data == zip_of(kit)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == sorted(f"deck/{path}" for path in kit.files)
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
