"""Who is measured: what each runs in which case, what it does before, and what it must have made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from commands import Command, Run, clean_environment, run
from environment import ROOT, Programs, node_environment
from verify import check_count, check_page, check_pdf, check_said, check_text, events
from work import Sheet, Work, edit_code, edit_text, said_by_code, said_by_text, take_expanded_decks

COLD, NOTHING = "from nothing", "nothing changed"
TEXT, CODE = "one sentence changed", "one constant in a script changed"
MORE, FOUR = "(one more deck)", "(four more decks at once)"
CHANGES = (COLD, NOTHING, TEXT, CODE, MORE, FOUR)

IMPORT, FLOOR, LOOP = "one bare import torch", "all scripts in one process", "python FILE in a loop"
ALONE = "python FILE, that script alone"
DECKWRIGHT, DECKWRIGHT_HTML = "deckwright build", "deckwright build --no-pdf"
NBCONVERT, NBCONVERT_ONE = "nbconvert --execute", "nbconvert --execute, that notebook alone"
MYST = "MyST-NB, cached (HTML)"
MARP_HTML, MARP_PDF = "marp-cli, HTML", "marp-cli, PDF"
MARP_ONE = "marp-cli, HTML and PDF of that deck alone"

COURSE = "the shipped course"

_FLOOR_SCRIPT = str(Path(__file__).with_name("one_process.py"))
_QUIET_SCRIPT = str(Path(__file__).with_name("quiet.py"))
_LIMIT_SECONDS = 300.0


class Case(NamedTuple):
    """What is built, and what has changed since it was built last."""

    work: str
    change: str


def _wall(done: Run) -> list[float]:
    return [done.seconds]


@dataclass(frozen=True, slots=True)
class Entry:
    """One competitor in one case.

    `prepare` comes before each run and `check` after it, both untimed. Both get the number of the run,
    which is what an edit writes: no two edits are alike.
    """

    case: Case
    competitor: str
    folder: Path
    commands: tuple[Command, ...]
    prepare: Callable[[int], None]
    check: Callable[[int, Run], None]
    env: Mapping[str, str] = field(default_factory=dict)
    read: Callable[[Run], list[float]] = _wall
    """What counts of a run: the time of its commands, if nothing else is said."""
    also: tuple[str, ...] = ()
    """Other changes after which it would do the very same, so that its figures stand for them too."""
    once: bool = False
    """Whether it is measured in the first round only."""
    limit_seconds: float = _LIMIT_SECONDS


def small_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured with scripts that import torch, in the order of a round."""
    python = (_import(work, programs), _floor(work, programs), _loop(work, programs), _alone(work, programs))
    ours = (*_deckwright(work, programs), *_without_pdf(work, programs))
    decks = (_more_decks(work, programs, pdf=False), _more_decks(work, programs, pdf=True))
    peers = (*_nbconvert(work, programs), *_myst(work, programs))
    return (*python, *ours, *decks, *peers, *_marp(work, programs), _marp_copies(work, programs))


def large_entries(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """Return what is measured with many trivial scripts: all of it once, then what an edit takes."""
    loop = _loop(work, programs)
    ours, peers = _deckwright(work, programs), (*_nbconvert(work, programs), *_myst(work, programs))
    marp = (*_marp(work, programs), _marp_one(work, programs))
    return tuple(replace(entry, once=entry.case.change == COLD) for entry in (loop, *ours, *peers, *marp))


def course_entry(root: Path, programs: Programs) -> Entry:
    """Return the build of the shipped course when nothing has changed."""
    folder = root / "course"
    build: Command = (programs.deckwright, "build", "--json")
    prepare = partial(_provide_course, folder, build)
    check = partial(_check_idle, folder, programs)
    return Entry(Case(COURSE, NOTHING), DECKWRIGHT, folder, (build,), prepare, check)


# --- python -----------------------------------------------------------------------------------


def _import(work: Work, programs: Programs) -> Entry:
    bare: Command = (programs.python, "-c", "import torch")
    return Entry(Case(work.title, COLD), IMPORT, work.loop, (bare,), _as_it_is, _unchecked)


def _floor(work: Work, programs: Programs) -> Entry:
    floor: Command = (programs.python, _FLOOR_SCRIPT, *(f"{script.name}.py" for script in work.scripts))
    return replace(_loop(work, programs), competitor=FLOOR, commands=(floor,))


def _loop(work: Work, programs: Programs) -> Entry:
    commands = tuple((programs.python, f"{script.name}.py") for script in work.scripts)
    forget, check = partial(_forget_drawings, work), partial(_check_loop, work)
    return Entry(Case(work.title, COLD), LOOP, work.loop, commands, forget, check)


def _alone(work: Work, programs: Programs) -> Entry:
    name = f"{work.edited_script.name}.py"
    prepare = partial(edit_code, work.loop / name)
    check = _check_alone
    return Entry(Case(work.title, CODE), ALONE, work.loop, ((programs.python, name),), prepare, check)


# --- deckwright -------------------------------------------------------------------------------


def _deckwright(work: Work, programs: Programs) -> tuple[Entry, ...]:
    build: Command = (programs.deckwright, "build", "--json")
    make = partial(_make, work, DECKWRIGHT, folder=work.project, commands=(build,))
    folder, deck = work.project / "build", work.edited_deck
    return (
        make(COLD, prepare=_removing(folder), check=partial(_check_cold, work)),
        make(NOTHING, prepare=_as_it_is, check=partial(_check_idle, work.project, programs)),
        make(TEXT, prepare=partial(edit_text, _deck_path(work)), check=partial(_check_text, folder, deck)),
        make(CODE, prepare=partial(edit_code, _script_path(work)), check=partial(_check_code, folder, deck)),
    )


def _without_pdf(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """HTML alone, as the peers that know no PDF make it."""
    build: Command = (programs.deckwright, "build", "--json", "--no-pdf")
    make = partial(_make, work, DECKWRIGHT_HTML, folder=work.project, commands=(build,))
    folder, deck = work.project / "build", work.edited_deck
    text = partial(_check_text, folder, deck, pdf=False)
    code = partial(_check_code, folder, deck, pdf=False)
    return (
        make(TEXT, prepare=partial(edit_text, _deck_path(work)), check=text),
        make(CODE, prepare=partial(edit_code, _script_path(work)), check=code),
    )


def _more_decks(work: Work, programs: Programs, pdf: bool) -> Entry:
    """Decks whose scripts have all run: what rendering one takes once Node and browser are up."""
    build: Command = (programs.deckwright, "build", "--json", *(() if pdf else ("--no-pdf",)), *work.copies)
    name = DECKWRIGHT if pdf else DECKWRIGHT_HTML
    check = partial(_check_copies, work, pdf)
    entry = _make(work, name, MORE, work.project, (build,), prepare=_as_it_is, check=check)
    return replace(entry, read=_seconds_of_one_more)


def _deck_path(work: Work) -> Path:
    return work.project / f"slides/{work.edited_deck.name}.md"


def _script_path(work: Work) -> Path:
    return work.project / f"snippets/{work.edited_script.name}.py"


# --- peers ------------------------------------------------------------------------------------


def _nbconvert(work: Work, programs: Programs) -> tuple[Entry, Entry]:
    """One command for all notebooks, since that is its fastest; each still has a kernel of its own."""
    made, edited = work.notebooks / "html", work.edited_page
    flags = ("--to", "html", "--execute", "--output-dir", str(made))
    command: Command = (str(programs.peers / "jupyter-nbconvert"), *flags)
    notebooks = tuple(f"{page.name}.ipynb" for page in work.pages)
    prepare = partial(edit_code, work.notebooks / f"{edited.name}.ipynb")
    make = partial(_make, work, folder=work.notebooks)
    every = make(
        NBCONVERT,
        COLD,
        commands=((*command, *notebooks),),
        prepare=_removing(made),
        check=partial(_check_pages, work, made),
    )
    one = make(
        NBCONVERT_ONE,
        CODE,
        commands=((*command, f"{edited.name}.ipynb"),),
        prepare=prepare,
        check=partial(_check_page, made, edited, said_by_code),
    )
    return replace(every, also=(NOTHING, TEXT, CODE)), one


def _myst(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """With a Sphinx process a core, since that is its fastest; each page has a kernel of its own."""
    made, edited = work.sphinx / "_build", work.edited_page
    flags = ("-q", "-j", "auto", "-b", "html")
    command: Command = (str(programs.peers / "sphinx-build"), *flags, ".", str(made / "html"))
    make = partial(_make, work, MYST, folder=work.sphinx, commands=(command,))
    page, pages = work.sphinx / f"{edited.name}.md", partial(_check_pages, work, made / "html")
    check = partial(_check_page, made / "html", edited)
    return (
        make(COLD, prepare=_removing(made), check=pages),
        make(NOTHING, prepare=_as_it_is, check=pages),
        make(TEXT, prepare=partial(edit_text, page), check=partial(check, said_by_text)),
        make(CODE, prepare=partial(edit_code, page), check=partial(check, said_by_code)),
    )


def _marp(work: Work, programs: Programs) -> tuple[Entry, Entry]:
    """The expanded decks, by the marp-cli and the browser that Deckwright uses."""
    html, pdf = work.marp / "html", work.marp / "pdf"
    make = partial(_make, work, change=COLD, folder=work.marp)
    both = (
        make(
            MARP_HTML,
            commands=((*programs.marp, "--input-dir", "slides", "--output", str(html)),),
            prepare=partial(_take_decks, work),
            check=lambda number, done: _check_decks(html, work.decks, check_page, ".html"),
        ),
        make(
            MARP_PDF,
            commands=((*_printing(programs), "--input-dir", "slides", "--output", str(pdf)),),
            prepare=partial(_take_decks, work),
            check=lambda number, done: _check_decks(pdf, work.decks, check_pdf, ".pdf"),
        ),
    )
    env = _marp_environment(programs)
    html_entry, pdf_entry = (replace(entry, env=env, also=(NOTHING, TEXT)) for entry in both)
    return html_entry, pdf_entry


def _marp_one(work: Work, programs: Programs) -> Entry:
    deck, made = work.edited_deck, work.marp / "one"
    source, page, pdf = f"slides/{deck.name}.md", made / "deck.html", made / "deck.pdf"
    commands = (
        (*programs.marp, source, "--output", str(page)),
        (*_printing(programs), source, "--output", str(pdf)),
    )

    def prepare(number: int) -> None:
        take_expanded_decks(work)
        edit_text(work.marp / source, number)

    def check(number: int, done: Run) -> None:
        check_page(page, deck, said_by_text(number))
        check_pdf(pdf, deck, said_by_text(number))

    entry = _make(work, MARP_ONE, TEXT, work.marp, commands, prepare, check)
    return replace(entry, env=_marp_environment(programs))


def _marp_copies(work: Work, programs: Programs) -> Entry:
    copies = tuple((work.marp / name).with_suffix(".pdf") for name in work.copies)

    def check(number: int, done: Run) -> None:
        for copy in copies:
            check_pdf(copy, work.decks[0])

    entry = _make(
        work,
        MARP_PDF,
        FOUR,
        work.marp,
        commands=((*_printing(programs), *work.copies),),
        prepare=partial(_take_decks, work),
        check=check,
    )
    return replace(entry, env=_marp_environment(programs))


def _printing(programs: Programs) -> Command:
    browser = ("--browser", programs.browser.kind, "--browser-path", str(programs.browser.path))
    return (*programs.marp, "--allow-local-files", *browser, "--pdf", "--pdf-outlines")


def _marp_environment(programs: Programs) -> dict[str, str]:
    return {**node_environment(), **programs.marp_env}


def _make(
    work: Work,
    competitor: str,
    change: str,
    folder: Path,
    commands: tuple[Command, ...],
    prepare: Callable[[int], None],
    check: Callable[[int, Run], None],
) -> Entry:
    return Entry(Case(work.title, change), competitor, folder, commands, prepare, check)


# --- before a run -----------------------------------------------------------------------------


def _as_it_is(number: int) -> None:
    """Nothing is changed or removed."""


def _removing(folder: Path) -> Callable[[int], None]:
    return lambda number: shutil.rmtree(folder, ignore_errors=True)


def _forget_drawings(work: Work, number: int) -> None:
    for drawing in work.loop.glob("*.svg"):
        drawing.unlink()


def _take_decks(work: Work, number: int) -> None:
    take_expanded_decks(work)


def _provide_course(folder: Path, build: Command, number: int) -> None:
    """Copy the course and build it, the first time."""
    if folder.exists():
        return
    for name in ("slides", "snippets", "figures"):
        shutil.copytree(ROOT / name, folder / name)
    run((build,), folder, clean_environment(folder), _LIMIT_SECONDS)


# --- after a run ------------------------------------------------------------------------------


def _unchecked(number: int, done: Run) -> None:
    """It makes nothing."""


def _check_loop(work: Work, number: int, done: Run) -> None:
    check_text(done.stdout, work.scripts, "printed")
    drawn = [drawing for drawing in work.loop.glob("*.svg") if drawing.read_text().endswith("</svg>\n")]
    check_count(len(drawn), work.figures, "drawings")


def _check_alone(number: int, done: Run) -> None:
    check_said(done.stdout, said_by_code(number), "printed")


def _check_cold(work: Work, number: int, done: Run) -> None:
    check_count(len(events(done, "finished")), len(work.scripts), "scripts that ran")
    for deck in work.decks:
        _check_built(work.project / "build", deck.name, deck)


def _check_idle(folder: Path, programs: Programs, number: int, done: Run) -> None:
    """It did nothing, and a second one, watched, starts no process and imports nothing heavy."""
    check_count(len(events(done, "started", "rendered")), 0, "things done though nothing changed")
    check_count(len(events(done, "done")), 1, "builds that came to their end")
    watched = (programs.python, _QUIET_SCRIPT, "build")
    run((watched,), folder, clean_environment(folder), _LIMIT_SECONDS)


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


def _check_pages(work: Work, folder: Path, number: int, done: Run) -> None:
    for page in work.pages:
        check_page(folder / f"{page.name}.html", page)


def _check_page(folder: Path, page: Sheet, said: Callable[[int], str], number: int, done: Run) -> None:
    check_page(folder / f"{page.name}.html", page, said(number))


def _check_decks(
    folder: Path, decks: tuple[Sheet, ...], check: Callable[[Path, Sheet], None], suffix: str
) -> None:
    for deck in decks:
        check(folder / f"{deck.name}{suffix}", deck)


def _seconds_of_one_more(done: Run) -> list[float]:
    """The median deck of a build, the first left out: it waits for Node and the browser to start."""
    return [median(float(event["seconds"]) for event in events(done, "rendered")[1:])]
