"""Removing what builds made: all of it, or what no deck needs any more."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from deckwright.build.context import Context
from deckwright.build.inspect import CHECKED
from deckwright.build.page_files import written_files
from deckwright.build.pipeline import needed_records, plan_decks, remembered_decks
from deckwright.build.replay import repeatable_builds
from deckwright.build.smoke import smoke_context
from deckwright.files.atomic import remove_temporary
from deckwright.files.build_files import is_elsewhere, remove_made
from deckwright.files.scratch import remove_ended
from deckwright.model import Diagnostic, has_errors
from deckwright.project.project import deck_name
from deckwright.store import Store


def remove_unneeded(context: Context) -> tuple[int, tuple[Diagnostic, ...]]:
    """Remove all results, renderings and remembered builds that the decks do not need as they are now.

    Return the bytes freed; or what is wrong with the decks, and then nothing is removed.
    """
    known, project = remembered_decks(context), context.project
    # Those count, too, that were built by name from elsewhere, but for one whose page is now a lecture's.
    pages = {deck_name(deck): deck for deck in (*known, *project.decks())}
    decks = tuple(str(project.root / deck) for deck in pages.values())
    plan, diagnostics = plan_decks(context.asking(replace(context.request, decks=decks)))
    if plan is None or has_errors(diagnostics):  # it is not known what a broken deck needs
        return 0, diagnostics
    smoke, _ = plan_decks(smoke_context(context.asking(replace(context.request, decks=decks))))
    needed = (*needed_records(plan), *(needed_records(smoke) if smoke else ()))
    return context.ports.store.prune_all(needed, known, repeatable_builds(context)), ()


def remove_all(build: Path, store: Store, scratch: Path) -> tuple[str, ...]:
    """Remove all that builds have made below a folder, which may be a link to another disk.

    Return what is left, as paths below it: files that no build made, links, and what a command needs that
    runs now. No link below it is followed, but to files that hold what a build wrote. Raises StoreBusy.
    """
    made = {**_named_as_ours(build, store), **_remembered(store)}
    store.clear()
    remove_temporary(build)
    if not scratch.is_symlink():
        remove_ended(scratch)
    remove_made(build, made)
    for name in {_FONTS, *(path.partition("/")[0] for path in made if "/" in path)}:
        _remove_empty(build / name)
    for folder in (scratch, build):
        _remove_if_empty(folder)
    return tuple(_files(build))


def remove_apart(build: Path, store: Store, scratch: Path) -> None:
    """Remove all that was made for students, or of smoke runs, below a folder of their own."""
    if build.is_dir() and not build.is_symlink():
        remove_all(build, store, scratch)
        _remove_empty(build)


_FONTS = "fonts"
_OURS = re.compile(
    rf"index\.html|report\.json|kit/(?:.+/)?[^/]+\.zip|\.pytest\.lock|{_FONTS}/(?:DejaVu|JetBrains|Noto)[\w-]+\.ttf"
    rf"|{CHECKED}/(?:index\.html|.+/(?:accepted|fresh|difference)\.\w+"
    r"|(?:.+/)?(?P<deck>[^/]+)/(?:places/)?(?P=deck)-\d+\.png)"
)
"""Files of builds that are no part of a deck's page: the store does not remember all of them."""


def _named_as_ours(build: Path, store: Store) -> dict[str, str]:
    """Return the paths of files that have names of ours; where no build has been, other tools made them."""
    return dict.fromkeys(filter(_OURS.fullmatch, _files(build)), "") if store.is_used() else {}


def _remembered(store: Store) -> dict[str, str]:
    """Return the digest of each file that the store knows a build to have written, by path below build/."""
    renderings = filter(None, map(store.rendering, store.decks()))
    builds = filter(None, map(store.build, store.builds()))
    made = {path: state.digest for build in builds for path, state in build.outputs.files.items()}
    return made | {path: known for each in renderings for path, known in written_files(each).items()}


def _remove_empty(folder: Path) -> None:
    """Remove the empty folders below one, and itself: builds leave some where they have removed pictures."""
    if is_elsewhere(folder):
        return
    for each in folder.iterdir() if folder.is_dir() else ():
        _remove_empty(each)
    _remove_if_empty(folder)


def _remove_if_empty(folder: Path) -> None:
    if not folder.is_symlink():
        with suppress(OSError):
            folder.rmdir()


def _files(build: Path) -> Iterator[str]:
    """Yield the files below a folder, the links and the empty folders."""
    for place, folders, names in os.walk(build):
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        leaves = [*names, *links] if folders or names else [""]
        for name in leaves:
            yield os.path.relpath(os.path.join(place, name), build)
