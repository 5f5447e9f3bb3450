"""The steps of `adopt` for a notebook: read it, and try the script and the deck that it becomes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from deckwright.adopt.analysis.notebooks import files_of, read_notebook
from deckwright.adopt.analysis.revision import Revision
from deckwright.adopt.pipeline import Adoption
from deckwright.adopt.preview import preview
from deckwright.build.context import Context
from deckwright.errors import ConfigError
from deckwright.files.system_errors import errors_about
from deckwright.model import Change
from deckwright.parse import parse_deck
from deckwright.project.project import IMAGES, SLIDES
from deckwright.text.paths import SNIPPETS

SUFFIX = ".ipynb"


def adopt_notebook(context: Context, file: Path) -> Adoption:
    """Return the files that a notebook becomes: a script, a deck, and pictures. Writes below build/ only.

    Diagnostics are those of a build of the deck: they say where an output differs from that of the notebook.
    """
    project = context.project
    path = project.path_of(file)
    if not project.files.exists(path):
        raise ConfigError(f"there is no {path}", "name a notebook")
    texts, undecodable = project.texts([path])
    if undecodable:
        return Adoption(diagnostics=tuple(undecodable))
    cells, diagnostics = read_notebook(path, texts[path])
    if diagnostics:
        return Adoption(diagnostics=diagnostics)
    name = re.sub(r"[^\w-]+", "_", posixpath.splitext(posixpath.basename(path))[0])
    deck, script = f"{SLIDES}/{name}.md", f"{SNIPPETS}/{name}.py"
    made = files_of(cells, name, deck, IMAGES)
    scripts = {script: made.script.encode()} if made.script.strip() else {}
    files = {**scripts, **made.pictures, deck: made.deck.encode()}
    for each in files:
        if project.files.exists(each):
            raise ConfigError(f"{each} already exists", f"rename it, or the notebook {path}")
    tried = replace(context, request=replace(context.request, decks=(str(project.root / deck),)))
    others = {path: data for path, data in files.items() if path != deck}
    parsed = parse_deck(deck, made.deck, project.settings.marp.dialect)
    with _folder(project.root / SNIPPETS):
        found, unmeasured = preview(tried, (Revision(parsed, ()),), others)
    return Adoption(
        changes={path: Change(None, data) for path, data in files.items()},
        diagnostics=tuple(dict.fromkeys([*made.diagnostics, *found])),
        unmeasured=unmeasured,
    )


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """Let there be a folder, in which a script can run that is not written yet; leave none that is new."""
    is_new = not path.exists()
    if is_new:
        with errors_about(path):
            path.mkdir()
    try:
        yield
    finally:
        if is_new:
            with suppress(OSError):
                path.rmdir()
