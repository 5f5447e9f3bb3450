"""The shipped course, copied: what a build costs when nothing, or one sentence of one deck, has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from commands import Command, Run, clean_environment, run
from entry import LIMIT_SECONDS, NOTHING, TEXT, Case, Entry
from environment import ROOT, Programs
from ours import DECKWRIGHT, DECKWRIGHT_HTML, check_idle
from peers import MARP_HTML, MARP_PDF, marp_environment, printing
from verify import Page, check_count, check_said, events, pdf_text
from work import edit_text, said_by_text

COURSE = "the shipped course"
_DECK = "02-feature-space"
_PARTS = ("slides", "snippets", "figures", "pyproject.toml")


def course_entries(root: Path, programs: Programs) -> tuple[Entry, ...]:
    """Return the builds of the course; and marp-cli with the one deck, as a build has expanded it."""
    folder, expanded = root / "course", root / "course-marp"
    build: Command = (programs.deckwright, "build", "--json")
    provided = partial(_provide, folder, build)
    edited = partial(_edited, provided, folder / f"slides/{_DECK}.md")
    taken = partial(
        _edited, partial(_take_expanded, provided, folder, expanded), expanded / f"slides/{_DECK}.md"
    )
    ours = partial(Entry, Case(COURSE, TEXT), folder=folder, prepare=edited)
    marp = partial(Entry, Case(COURSE, TEXT), folder=expanded, prepare=taken, env=marp_environment(programs))
    source, page, pdf = f"slides/{_DECK}.md", f"{_DECK}.html", f"{_DECK}.pdf"
    return (
        # The last of our builds has made both formats, so that there is nothing to do.
        ours(
            DECKWRIGHT_HTML, commands=((*build, "--to", "html"),), check=partial(_check_build, folder, False)
        ),
        ours(DECKWRIGHT, commands=(build,), check=partial(_check_build, folder, True)),
        Entry(
            Case(COURSE, NOTHING),
            DECKWRIGHT,
            folder,
            (build,),
            provided,
            partial(check_idle, folder, programs),
        ),
        marp(
            MARP_HTML,
            commands=((*programs.marp, source, "--output", page),),
            check=partial(_says, expanded / page),
        ),
        marp(
            MARP_PDF,
            commands=((*printing(programs), source, "--output", pdf),),
            check=partial(_says, expanded / pdf),
        ),
    )


def _provide(folder: Path, build: Command, number: int) -> None:
    """Copy the course and build it, the first time."""
    if folder.exists():
        return
    for part in map(ROOT.joinpath, _PARTS):
        copy: Callable[[Path, Path], object] = shutil.copytree if part.is_dir() else shutil.copyfile
        copy(part, folder / part.name)
    if (ROOT / "build").is_dir():  # what has run here before need not run again
        shutil.copytree(ROOT / "build", folder / "build", symlinks=True)
        (folder / "tools").mkdir()  # where its runs have looked for modules, and found none
    deck = folder / f"slides/{_DECK}.md"
    deck.write_text(f"{deck.read_text('utf-8')}\n{said_by_text(0)}\n", "utf-8")
    run((build,), folder, clean_environment(folder), LIMIT_SECONDS)


def _edited(provide: Callable[[int], None], deck: Path, number: int) -> None:
    provide(number)
    edit_text(deck, number)


def _take_expanded(provide: Callable[[int], None], course: Path, folder: Path, number: int) -> None:
    """Hand the decks that a build expanded, with all that they name, to marp-cli."""
    provide(number)
    if not folder.exists():
        left_out = shutil.ignore_patterns(".store", "html", "pdf")
        shutil.copytree(course / "build", folder, ignore=left_out)


def _check_build(folder: Path, pdf: bool, number: int, done: Run) -> None:
    check_count(len(events(done, "started")), 0, "scripts that ran")
    check_count(len(events(done, "rendered")), 1, "decks rendered")
    for kind in ("html", "pdf") if pdf else ("html",):
        _says(folder / f"build/{kind}/{_DECK}.{kind}", number, done)


def _says(path: Path, number: int, done: Run) -> None:
    text = pdf_text(path) if path.suffix == ".pdf" else Page(path).text
    check_said(text, said_by_text(number), path.name)
