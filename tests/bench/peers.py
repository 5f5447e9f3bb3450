"""Plain Python and the peers: what each runs in which case, and what it must have made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from commands import Command, Run
from entry import (
    CODE,
    COLD,
    FOUR,
    NOTHING,
    TEXT,
    Case,
    Entry,
    on_stage,
    removing,
    visit,
)
from environment import Programs, node_environment
from verify import check_count, check_page, check_pdf, check_said, check_text
from work import Sheet, Work, edit_code, edit_text, said_by_code, said_by_text, take_expanded_decks

IMPORT, FLOOR, LOOP = "one bare import torch", "all scripts in one process", "python FILE in a loop"
ALONE = "python FILE, that script alone"
NBCONVERT, NBCONVERT_ONE = "nbconvert --execute", "nbconvert --execute, that notebook alone"
MYST = "MyST-NB, cached (HTML)"
MARP_HTML, MARP_PDF = "marp-cli, HTML", "marp-cli, PDF"
KERNEL, MARIMO = "ipykernel", "marimo edit"
MARP_ONE, MARP_SERVER = "marp-cli, HTML and PDF of that deck alone", "marp-cli --server"

_FLOOR_SCRIPT = str(Path(__file__).with_name("one_process.py"))


def bare_import(work: Work, programs: Programs) -> Entry:
    """What every process pays that imports torch."""
    bare: Command = (programs.python, "-c", "import torch")
    return Entry(Case(work.title, COLD), IMPORT, work.loop, (bare,))


def floor(work: Work, programs: Programs) -> Entry:
    """All scripts for the price of one import."""
    command: Command = (programs.python, _FLOOR_SCRIPT, *(f"{script.name}.py" for script in work.scripts))
    return replace(loop(work, programs), competitor=FLOOR, commands=(command,))


def loop(work: Work, programs: Programs) -> Entry:
    """One process for each script."""
    commands = tuple((programs.python, f"{script.name}.py") for script in work.scripts)
    forget, check = partial(_forget_drawings, work), partial(_check_loop, work)
    return Entry(Case(work.title, COLD), LOOP, work.loop, commands, forget, check)


def alone(work: Work, programs: Programs) -> Entry:
    """The one script that was edited."""
    path = work.loop / f"{work.edited_script.name}.py"
    commands = ((programs.python, path.name),)
    prepare = partial(edit_code, path)
    return Entry(Case(work.title, CODE), ALONE, work.loop, commands, prepare, _check_alone)


def nbconvert(work: Work, programs: Programs) -> tuple[Entry, Entry]:
    """One command for all notebooks, since that is its fastest; each still has a kernel of its own."""
    made, edited = work.notebooks / "html", work.edited_page
    flags = ("--to", "html", "--execute", "--output-dir", str(made))
    command: Command = (str(programs.peers / "jupyter-nbconvert"), *flags)
    notebooks = tuple(f"{page.name}.ipynb" for page in work.pages)
    every = Entry(
        Case(work.title, COLD),
        NBCONVERT,
        work.notebooks,
        commands=((*command, *notebooks),),
        prepare=removing(made),
        check=partial(_check_pages, work, made),
        also=(NOTHING, TEXT, CODE),
    )
    one = Entry(
        Case(work.title, CODE),
        NBCONVERT_ONE,
        work.notebooks,
        commands=((*command, f"{edited.name}.ipynb"),),
        prepare=partial(edit_code, work.notebooks / f"{edited.name}.ipynb"),
        check=partial(_check_page, made, edited, said_by_code),
    )
    return every, one


def myst(work: Work, programs: Programs) -> tuple[Entry, ...]:
    """With a Sphinx process a core, since that is its fastest; each page has a kernel of its own."""
    made, edited = work.sphinx / "_build", work.edited_page
    flags = ("-q", "-j", "auto", "-b", "html")
    command: Command = (str(programs.peers / "sphinx-build"), *flags, ".", str(made / "html"))
    make = partial(Entry, competitor=MYST, folder=work.sphinx, commands=(command,))
    page, pages = work.sphinx / f"{edited.name}.md", partial(_check_pages, work, made / "html")
    check = partial(_check_page, made / "html", edited)
    return (
        make(Case(work.title, COLD), prepare=removing(made), check=pages),
        make(Case(work.title, NOTHING), check=pages),
        make(Case(work.title, TEXT), prepare=partial(edit_text, page), check=partial(check, said_by_text)),
        make(Case(work.title, CODE), prepare=partial(edit_code, page), check=partial(check, said_by_code)),
    )


def marp(work: Work, programs: Programs) -> tuple[Entry, Entry]:
    """The expanded decks, by the marp-cli and the browser that Deckwright uses."""
    html, pdf = work.marp / "html", work.marp / "pdf"
    make = partial(
        Entry,
        Case(work.title, COLD),
        folder=work.marp,
        prepare=partial(_take_decks, work),
        env=marp_environment(programs),
        also=(NOTHING, TEXT),
    )
    return (
        make(
            competitor=MARP_HTML,
            commands=((*programs.marp, "--input-dir", "slides", "--output", str(html)),),
            check=lambda number, done: _check_decks(html, work.decks, check_page, ".html"),
        ),
        make(
            competitor=MARP_PDF,
            commands=((*printing(programs), "--input-dir", "slides", "--output", str(pdf)),),
            check=lambda number, done: _check_decks(pdf, work.decks, check_pdf, ".pdf"),
        ),
    )


def marp_one(work: Work, programs: Programs) -> Entry:
    """The one deck that was edited."""
    deck, made = work.edited_deck, work.marp / "one"
    source, page, pdf = f"slides/{deck.name}.md", made / "deck.html", made / "deck.pdf"
    commands = (
        (*programs.marp, source, "--output", str(page)),
        (*printing(programs), source, "--output", str(pdf)),
    )

    def prepare(number: int) -> None:
        take_expanded_decks(work)
        edit_text(work.marp / source, number)

    def check(number: int, done: Run) -> None:
        check_page(page, deck, said_by_text(number))
        check_pdf(pdf, deck, said_by_text(number))

    env = marp_environment(programs)
    return Entry(Case(work.title, TEXT), MARP_ONE, work.marp, commands, prepare, check, env)


def marp_copies(work: Work, programs: Programs) -> Entry:
    """More decks in one command."""
    copies = tuple((work.marp / name).with_suffix(".pdf") for name in work.copies)

    def check(number: int, done: Run) -> None:
        for copy in copies:
            check_pdf(copy, work.decks[0])

    return Entry(
        Case(work.title, FOUR),
        MARP_PDF,
        work.marp,
        commands=((*printing(programs), *work.copies),),
        prepare=partial(_take_decks, work),
        check=check,
        env=marp_environment(programs),
    )


def marp_served(work: Work, programs: Programs) -> Entry:
    """From saving an expanded deck to the repainted page."""
    name = f"{work.edited_deck.name}.md"
    server, path = (*programs.marp, "--server", "slides"), work.marp / "slides" / name
    entry = visit(Case(work.title, TEXT), MARP_SERVER, work.marp, server, name, path)
    return replace(entry, prepare=partial(_take_decks, work), env=marp_environment(programs))


def notebooks(case: Case, folder: Path, programs: Programs) -> tuple[Entry, Entry]:
    """From running an edited cell to its output, in a kernel of Jupyter and in a notebook of marimo."""
    python = str(programs.peers / "python")
    return (
        on_stage(case, KERNEL, folder, python, "ipykernel"),
        on_stage(case, MARIMO, folder, python, "marimo"),
    )


def printing(programs: Programs) -> Command:
    """The start of a command that makes a PDF."""
    browser = ("--browser", programs.browser.kind, "--browser-path", str(programs.browser.path))
    return (*programs.marp, "--allow-local-files", *browser, "--pdf", "--pdf-outlines")


def marp_environment(programs: Programs) -> dict[str, str]:
    """What marp-cli runs with."""
    return {**node_environment(), **programs.marp_env}


def _forget_drawings(work: Work, number: int) -> None:
    for drawing in work.loop.glob("*.svg"):
        drawing.unlink()


def _take_decks(work: Work, number: int) -> None:
    take_expanded_decks(work)


def _check_loop(work: Work, number: int, done: Run) -> None:
    check_text(done.stdout, work.scripts, "printed")
    drawn = [drawing for drawing in work.loop.glob("*.svg") if drawing.read_text().endswith("</svg>\n")]
    check_count(len(drawn), work.figures, "drawings")


def _check_alone(number: int, done: Run) -> None:
    check_said(done.stdout, said_by_code(number), "printed")


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
