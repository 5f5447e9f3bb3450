"""One notebook per lecture, and one for each script that it shows, with what the runs left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from deckwright.files.codec import encode
from deckwright.files.digests import digest, digest_of
from deckwright.formats.format import Lecture, Made
from deckwright.formats.notebook.cells import notebook
from deckwright.formats.notebook.lecture_cells import lecture_cells
from deckwright.formats.notebook.script_cells import script_cells
from deckwright.formats.notebook.scripts import ShownScript, file_names, shown_scripts


def files_of(lecture: Lecture) -> Sequence[str]:
    """Return the paths of the notebooks below build/, that of the lecture first."""
    return [f"notebook/{lecture.name}.ipynb", *files_of_scripts(lecture).values()]


def files_of_scripts(lecture: Lecture) -> Mapping[str, str]:
    """Return the path below build/ of the notebook of each script that has one, by the script's path."""
    names = file_names([each.path for each in _scripts(lecture)])
    return {path: f"notebook/{lecture.name}/{name}.ipynb" for path, name in names.items()}


def notebooks(lecture: Lecture) -> Made:
    """Return the notebook of a lecture, and those of its scripts."""
    whole = notebook(lecture.deck.title, lecture_cells(lecture))
    scripts = [notebook(each.path, script_cells(each)) for each in _scripts(lecture)]
    return Made(dict(zip(files_of(lecture), [whole, *scripts], strict=True)))


def _scripts(lecture: Lecture) -> list[ShownScript]:
    """Return the scripts that have a notebook: what a deck itself runs is in that of the lecture."""
    return [each for path, each in shown_scripts(lecture).items() if path != lecture.deck.path]


def sources_of(lecture: Lecture) -> Any:
    """Return what notebooks depend on besides the page, as JSON-like data."""
    return [_source(each) for each in shown_scripts(lecture).values()]


def _source(shown: ShownScript) -> Any:
    result, job = shown.result, shown.job
    left = result and {
        "outputs": digest_of(encode(result.outputs)),
        "artifacts": [[each.name, each.cell, digest(each.data)] for each in result.artifacts],
    }
    return [shown.script.text, job.id, job.options.seed, job.pythonpath, left]
