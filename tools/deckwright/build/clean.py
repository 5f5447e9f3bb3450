"""Removing what no deck needs any more."""

from __future__ import annotations

from dataclasses import replace

from deckwright.build.context import Context
from deckwright.build.pipeline import needed_records, plan_decks, remembered_decks
from deckwright.build.replay import repeatable_builds
from deckwright.model import Diagnostic, has_errors
from deckwright.project.project import deck_name


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
    store = context.ports.store
    return store.prune_all(needed_records(plan), known, repeatable_builds(context)), ()
