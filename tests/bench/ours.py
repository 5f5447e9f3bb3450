"""Deckwright: what it runs in which case, and what it must have made and done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from commands import Command, Run, clean_environment, run
from entry import (
    CODE,
    COLD,
    LIMIT_SECONDS,
    MORE,
    NOTHING,
    TEXT,
    Case,
    Entry,
    as_it_is,
    on_stage,
    removing,
    visit,
)
from environment import Programs
from verify import check_count, check_page, check_pdf, events
from work import Sheet, Work, edit_code, edit_text, said_by_code, said_by_text

DECKWRIGHT, DECKWRIGHT_HTML = "deckwright build", "deckwright build --to html"
DECKWRIGHT_CHECK = "deckwright check DECK"
DECKWRIGHT_SERVE = "deckwright serve"
DECKWRIGHT_PRESENT = "deckwright present"

_QUIET_SCRIPT = str(Path(__file__).with_name("quiet.py"))


def builds(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """HTML and PDF of all decks: from nothing, again, and after an edit."""
    make = partial(_build, work, DECKWRIGHT, (programs.deckwright, "build", "--json"))
    folder, deck = work.project / "build", work.edited_deck
    return (
        build_from_nothing(work, programs),
        make(NOTHING, check=partial(check_idle, work.project, programs)),
        make(TEXT, prepare=partial(edit_text, _deck_path(work)), check=partial(_check_text, folder, deck)),
        make(CODE, prepare=partial(edit_code, _script_path(work)), check=partial(_check_code, folder, deck)),
    )


def builds_without_pdf(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """HTML alone, as the peers that know no PDF make it."""
    make = partial(_build, work, DECKWRIGHT_HTML, (programs.deckwright, "build", "--json", "--to", "html"))
    folder, deck = work.project / "build", work.edited_deck
    text = partial(_check_text, folder, deck, pdf=False)
    code = partial(_check_code, folder, deck, pdf=False)
    return (
        make(TEXT, prepare=partial(edit_text, _deck_path(work)), check=text),
        make(CODE, prepare=partial(edit_code, _script_path(work)), check=code),
    )


def more_decks(work: Work, programs: Programs, pdf: bool) -> Entry:
    """Decks whose scripts have all run: what rendering one takes once Node and browser are up."""
    build: Command = (
        programs.deckwright,
        "build",
        "--json",
        *(() if pdf else ("--to", "html")),
        *work.copies,
    )
    name = DECKWRIGHT if pdf else DECKWRIGHT_HTML
    check = partial(_check_copies, work, pdf)
    prepare = partial(_remove_copies, work)
    return replace(_build(work, name, build, MORE, check=check, prepare=prepare), read=_seconds_of_one_more)


def build_from_nothing(work: Work, programs: Programs, pdf: bool = True) -> Entry:
    """HTML of all decks, and PDF, from nothing."""
    build: Command = (programs.deckwright, "build", "--json", *(() if pdf else ("--to", "html")))
    return _build(
        work,
        DECKWRIGHT if pdf else DECKWRIGHT_HTML,
        build,
        COLD,
        prepare=removing(work.project / "build"),
        check=partial(_check_cold, work, pdf),
    )


def served(work: Work, programs: Programs) -> tuple[Entry, Entry]:
    """From saving a deck, or a script, to the repainted page."""
    deck, script = _deck_path(work), _script_path(work)
    serve = (programs.deckwright, "serve", str(deck), "--port", "{port}", "--no-open")
    return (
        visit(Case(work.title, TEXT), DECKWRIGHT_SERVE, work.project, serve, "", deck),
        visit(Case(work.title, CODE), DECKWRIGHT_SERVE, work.project, serve, "", script),
    )


def presented(case: Case, folder: Path, programs: Programs) -> Entry:
    """From running an edited block on stage to its output."""
    return on_stage(case, DECKWRIGHT_PRESENT, folder, programs.python, "present")


def _build(
    work: Work,
    name: str,
    command: Command,
    change: str,
    check: Callable[[int, Run], None],
    prepare: Callable[[int], None] = as_it_is,
) -> Entry:
    return Entry(Case(work.title, change), name, work.project, (command,), prepare, check)


def _deck_path(work: Work) -> Path:
    return work.project / f"slides/{work.edited_deck.name}.md"


def _script_path(work: Work) -> Path:
    return work.project / f"snippets/{work.edited_script.name}.py"


def _remove_copies(work: Work, number: int) -> None:
    """Remove what an earlier run made of the copies: a build keeps the formats that are still right."""
    for name in work.copies:
        for suffix in ("html", "pdf"):
            made = work.project / f"build/{suffix}/{name.removesuffix('.md')}.{suffix}"
            made.unlink(missing_ok=True)


def _check_cold(work: Work, pdf: bool, number: int, done: Run) -> None:
    check_count(len(events(done, "finished")), len(work.scripts), "scripts that ran")
    for deck in work.decks:
        _check_built(work.project / "build", deck.name, deck, pdf)


def check_idle(folder: Path, programs: Programs, number: int, done: Run) -> None:
    """It did nothing, and a second one, watched, starts no process and imports nothing heavy."""
    check_count(len(events(done, "started", "rendered")), 0, "things done though nothing changed")
    check_count(len(events(done, "done")), 1, "builds that came to their end")
    watched = (programs.python, _QUIET_SCRIPT, "build")
    run((watched,), folder, clean_environment(folder), LIMIT_SECONDS)


def _check_text(folder: Path, deck: Sheet, number: int, done: Run, pdf: bool = True) -> None:
    check_count(len(events(done, "started")), 0, "scripts that ran")
    check_count(len(events(done, "rendered")), 1, "decks rendered")
    _check_built(folder, deck.name, deck, pdf, said_by_text(number))


def _check_code(folder: Path, deck: Sheet, number: int, done: Run, pdf: bool = True) -> None:
    check_count(len(events(done, "finished")), 1, "scripts that ran")
    check_count(len(events(done, "rendered")), 1, "decks rendered")
    _check_built(folder, deck.name, deck, pdf, said_by_code(number))


def _check_copies(work: Work, pdf: bool, number: int, done: Run) -> None:
    check_count(len(events(done, "started")), 0, "scripts that ran again")
    check_count(len(events(done, "rendered")), len(work.copies), "decks rendered")
    for name in work.copies:
        _check_built(work.project / "build", name.removesuffix(".md"), work.decks[0], pdf)


def _check_built(folder: Path, name: str, deck: Sheet, pdf: bool = True, said: str = "") -> None:
    check_page(folder / f"html/{name}.html", deck, said)
    if pdf:
        check_pdf(folder / f"pdf/{name}.pdf", deck, said)


def _seconds_of_one_more(done: Run) -> list[float]:
    """The median deck of a build, the first left out: it waits for Node and the browser to start."""
    return [median(float(event["seconds"]) for event in events(done, "rendered")[1:])]
