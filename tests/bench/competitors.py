"""Who is measured: how each starts from nothing, what it runs, and what it must have made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

from commands import Command, Run
from environment import Programs, node_environment
from verify import check_count, check_deck, check_pages, check_pdf, check_text, events
from work import Work

IMPORT, FLOOR, LOOP = "one bare import torch", "all scripts in one process", "python FILE in a loop"
COLD, NOOP = "deckwright build, cold", "deckwright build, nothing to do"
NBCONVERT, MYST = "jupyter nbconvert --execute", "MyST-NB (sphinx-build)"
MARP_HTML, MARP_PDF = "marp-cli, HTML of the deck", "marp-cli, PDF of the deck"
DECK_HTML, DECK_PDF = "deckwright, one more deck, HTML", "deckwright, one more deck, HTML and PDF"
MARP_MORE = "marp-cli, PDF of {} decks"

_FLOOR_SCRIPT = str(Path(__file__).with_name("one_process.py"))


def _wall(run: Run) -> float:
    return run.seconds


@dataclass(frozen=True, slots=True)
class Competitor:
    """One thing to measure. `prepare` comes before each round and `check` after it, both untimed."""

    name: str
    folder: Path
    commands: tuple[Command, ...]
    prepare: Callable[[], None]
    check: Callable[[Run], None]
    env: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Run], float] = _wall
    """What counts of a run: the time of its commands, if nothing else is said."""


def all_competitors(work: Work, programs: Programs) -> tuple[Competitor, ...]:
    """Return all, in the order of a round: a build with nothing to do comes after a cold one."""
    python = (*_python(work, programs), _loop(work, programs))
    ours = (_cold(work, programs), _noop(work, programs))
    peers = (_nbconvert(work, programs), _myst(work, programs))
    decks = (_more_decks(work, programs, pdf=False), _more_decks(work, programs, pdf=True))
    return (*python, *ours, *peers, *decks, *_marp(work, programs))


def _python(work: Work, programs: Programs) -> tuple[Competitor, Competitor]:
    bare: Command = (programs.python, "-c", "import torch")
    floor: Command = (programs.python, _FLOOR_SCRIPT, *(f"{script.name}.py" for script in work.scripts))
    forget = partial(_forget_drawings, work)
    return (
        Competitor(IMPORT, work.loop, (bare,), forget, lambda run: None),
        Competitor(FLOOR, work.loop, (floor,), forget, partial(_check_loop, work)),
    )


def _loop(work: Work, programs: Programs) -> Competitor:
    commands = tuple((programs.python, f"{script.name}.py") for script in work.scripts)
    return Competitor(LOOP, work.loop, commands, partial(_forget_drawings, work), partial(_check_loop, work))


def _cold(work: Work, programs: Programs) -> Competitor:
    command = (programs.deckwright, "build", "--json")
    build = work.project / "build"
    return Competitor(COLD, work.project, (command,), _removing(build), partial(_check_cold, work))


def _noop(work: Work, programs: Programs) -> Competitor:
    command = (programs.deckwright, "build", "--json")
    return Competitor(NOOP, work.project, (command,), lambda: None, partial(_check_noop, work))


def _more_decks(work: Work, programs: Programs, pdf: bool) -> Competitor:
    """Decks whose scripts have all run: what rendering one takes once Node and browser are up."""
    command = (programs.deckwright, "build", "--json", *(() if pdf else ("--no-pdf",)), *work.copies)
    check = partial(_check_copies, work, pdf)
    name = DECK_PDF if pdf else DECK_HTML
    return Competitor(name, work.project, (command,), lambda: None, check, read=_seconds_of_one_more)


def _nbconvert(work: Work, programs: Programs) -> Competitor:
    """One command for all notebooks, since that is its fastest; each still has a kernel of its own."""
    made = work.notebooks / "html"
    flags = ("--to", "html", "--execute", "--output-dir", str(made))
    notebooks = (f"{script.name}.ipynb" for script in work.scripts)
    command = (str(programs.peers / "jupyter-nbconvert"), *flags, *notebooks)
    check = partial(_check_pages, work, made)
    return Competitor(NBCONVERT, work.notebooks, (command,), _removing(made), check)


def _myst(work: Work, programs: Programs) -> Competitor:
    """With a Sphinx process a core, since that is its fastest; each page has a kernel of its own."""
    made = work.pages / "_build"
    flags = ("-q", "-j", "auto", "-b", "html")
    command = (str(programs.peers / "sphinx-build"), *flags, ".", str(made / "html"))
    check = partial(_check_pages, work, made / "html")
    return Competitor(MYST, work.pages, (command,), _removing(made), check)


def _marp(work: Work, programs: Programs) -> tuple[Competitor, ...]:
    """The expanded deck, by the marp-cli and the browser that Deckwright uses."""
    deck, html, pdf = "slides/deck.md", work.marp / "html", work.marp / "pdf"
    browser = ("--browser", programs.browser.kind, "--browser-path", str(programs.browser.path))
    printing = (*programs.marp, "--allow-local-files", *browser, "--pdf", "--pdf-outlines")
    env = {**node_environment(), **programs.marp_env}
    make = partial(Competitor, folder=work.marp, env=env)
    return (
        make(
            MARP_HTML,
            commands=((*programs.marp, deck, "--output", str(html / "deck.html")),),
            prepare=_removing(html),
            check=lambda run: check_deck(html / "deck.html", work),
        ),
        make(
            MARP_PDF,
            commands=((*printing, deck, "--output", str(pdf / "deck.pdf")),),
            prepare=_removing(pdf),
            check=lambda run: check_pdf(pdf / "deck.pdf", work),
        ),
        make(
            MARP_MORE.format(len(work.copies)),
            commands=((*printing, *work.copies),),
            prepare=partial(_forget_copies, work),
            check=lambda run: _check_marp_copies(work),
        ),
    )


# --- before a round ---------------------------------------------------------------------------


def _removing(folder: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def _forget_drawings(work: Work) -> None:
    for drawing in work.loop.glob("*.svg"):
        drawing.unlink()


def _forget_copies(work: Work) -> None:
    for name in work.copies:
        (work.marp / name).with_suffix(".pdf").unlink(missing_ok=True)


# --- after a round ----------------------------------------------------------------------------


def _check_loop(work: Work, run: Run) -> None:
    check_text(run.stdout, work.scripts, "printed")
    drawn = [drawing for drawing in work.loop.glob("*.svg") if drawing.read_text().endswith("</svg>\n")]
    check_count(len(drawn), work.figures, "drawings")


def _check_cold(work: Work, run: Run) -> None:
    check_count(len(events(run, "finished")), len(work.scripts), "scripts that ran")
    _check_built(work, "deck", pdf=True)


def _check_noop(work: Work, run: Run) -> None:
    done = [event["event"] for event in events(run)]
    check_count(len(done), len(("planned", "done")), f"events of a build with nothing to do ({done})")
    _check_built(work, "deck", pdf=True)


def _check_copies(work: Work, pdf: bool, run: Run) -> None:
    check_count(len(events(run, "started")), 0, "scripts that ran again")
    check_count(len(events(run, "rendered")), len(work.copies), "decks rendered")
    for name in work.copies:
        _check_built(work, name.removesuffix(".md"), pdf)


def _check_built(work: Work, deck: str, pdf: bool) -> None:
    check_deck(work.project / f"build/html/{deck}.html", work)
    if pdf:
        check_pdf(work.project / f"build/pdf/{deck}.pdf", work)


def _check_pages(work: Work, folder: Path, run: Run) -> None:
    check_pages(folder, work)


def _check_marp_copies(work: Work) -> None:
    for name in work.copies:
        check_pdf((work.marp / name).with_suffix(".pdf"), work)


def _seconds_of_one_more(run: Run) -> float:
    """The median deck of a build, the first left out: it waits for Node and the browser to start."""
    return median(float(event["seconds"]) for event in events(run, "rendered")[1:])
