"""Who is measured with which work, in the order of a round."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ours
import peers
from entry import CODE, COLD, Case, Entry
from environment import Programs
from work import Work


def small_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured with scripts that import torch."""
    return (
        peers.bare_import(work, programs),
        peers.floor(work, programs),
        peers.loop(work, programs),
        peers.alone(work, programs),
        *ours.builds(work, programs),
        *ours.builds_without_pdf(work, programs),
        ours.more_decks(work, programs, pdf=False),
        ours.more_decks(work, programs, pdf=True),
        *peers.nbconvert(work, programs),
        *peers.myst(work, programs),
        *peers.marp(work, programs),
        peers.marp_copies(work, programs),
    )


def large_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured with many trivial scripts: from nothing in the first round only."""
    entries = (
        peers.loop(work, programs),
        ours.build_from_nothing(work, programs, pdf=False),
        *ours.builds(work, programs),
        *peers.nbconvert(work, programs),
        *peers.myst(work, programs),
        *peers.marp(work, programs),
        peers.marp_one(work, programs),
    )
    return tuple(replace(entry, once=entry.case.change == COLD) for entry in entries)


def many_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured with many scripts that import torch, once: a loop would take minutes."""
    return (replace(ours.build_from_nothing(work, programs), once=True),)


def long_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured in a browser of a long deck."""
    return ours.served(work, programs)


def live_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured in a browser: from saving a file to the repainted page."""
    return (*ours.served(work, programs), peers.marp_served(work, programs))


def stage_entries(title: str, folder: Path, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured of a block of code that is edited and run again."""
    folder.mkdir()
    case = Case(title, CODE)
    return (ours.presented(case, folder, programs), *peers.notebooks(case, folder, programs))
