"""Removing what no deck needs any more."""

from __future__ import annotations

from deckwright.build.pipeline import needed_records, plan_decks, remembered_decks
from deckwright.build.ports import Ports
from deckwright.model import Diagnostic, Request
from deckwright.project.project import Project, deck_name
from deckwright.build.replay import standing


def tidy(project: Project, ports: Ports) -> tuple[int, tuple[Diagnostic, ...]]:
    """Remove all results, renderings and remembered builds that the decks do not need as they are now.

    Return the bytes freed; or what is wrong with the decks, and then nothing is removed.
    """
    known = remembered_decks(project, ports.store)
    # Those count, too, that were built by name from elsewhere, but for one whose page is now a lecture's.
    pages = {deck_name(deck): deck for deck in (*known, *project.decks())}
    decks = tuple(str(project.root / deck) for deck in pages.values())
    plan, wrong = plan_decks(project, ports, Request(decks))
    if plan is None:
        return 0, wrong
    return ports.store.prune_all(needed_records(plan), known, standing(project, ports)), ()
