"""The shipped course, copied: what a build costs when nothing, or one sentence of one deck, has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

from commands import Command, Run, clean_environment, run
from entry import LIMIT_SECONDS, NOTHING, TEXT, Case, Entry
from environment import ROOT, Programs
from ours import DECKWRIGHT, DECKWRIGHT_CHECK, DECKWRIGHT_HTML, check_idle
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
    check: Command = (programs.deckwright, "check", "--json", f"slides/{_DECK}.md")
    provide = partial(_provide, folder, build)
    take = partial(_take_expanded, provide, folder, expanded)
    source, page, pdf = f"slides/{_DECK}.md", f"{_DECK}.html", f"{_DECK}.pdf"
    marp = partial(
        Entry,
        Case(COURSE, TEXT),
        folder=expanded,
        prepare=partial(_edited, take, expanded / source),
        env=marp_environment(programs),
    )
    html: Command = (*programs.marp, source, "--output", page)
    printed: Command = (*printing(programs), source, "--output", pdf)
    return (
        _edit(folder, provide, DECKWRIGHT_HTML, (*build, "--to", "html"), "html"),
        _edit(folder, provide, DECKWRIGHT, build, "html", "pdf"),
        Entry(
            Case(COURSE, NOTHING),
            DECKWRIGHT,
            folder,
            (build,),
            provide,
            partial(check_idle, folder, programs),
        ),
        marp(MARP_HTML, commands=(html,), check=partial(_says, expanded / page)),
        marp(MARP_PDF, commands=(printed,), check=partial(_says, expanded / pdf)),
        _edit(folder, provide, DECKWRIGHT_CHECK, check, "html", "pdf"),
    )


def _edit(
    folder: Path, provide: Callable[[int], None], competitor: str, command: Command, *kinds: str
) -> Entry:
    """Return the build of an edited sentence, by an author who has given the same command before."""

    def build_before(number: int) -> None:
        provide(number)
        run((command,), folder, clean_environment(folder), LIMIT_SECONDS)

    prepare = partial(_edited, build_before, folder / f"slides/{_DECK}.md")
    check = partial(_check_build, folder, kinds)
    return Entry(Case(COURSE, TEXT), competitor, folder, (command,), prepare, check)


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


def _check_build(folder: Path, kinds: tuple[str, ...], number: int, done: Run) -> None:
    check_count(len(events(done, "started")), 0, "scripts that ran")
    check_count(len(events(done, "rendered")), 1, "decks rendered")
    for kind in kinds:
        _says(folder / f"build/{kind}/{_DECK}.{kind}", number, done)


def _says(path: Path, number: int, done: Run) -> None:
    text = pdf_text(path) if path.suffix == ".pdf" else Page(path).text
    check_said(text, said_by_text(number), path.name)
