"""`deckwright new`."""

from __future__ import annotations

import os
import shlex

import click

from deckwright.cli.context import open_project
from deckwright.cli.output import echo
from deckwright.errors import GOOD, ConfigError

_KINDS = ("deck", "snippet")
LANGUAGES = ("en", "zh")


@click.command()
@click.argument(
    "what", nargs=-1, required=True, metavar="[deck|snippet] NAME", type=click.Path(path_type=str)
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=None,
    help="The language: English or Chinese (default: English; of a deck or a snippet, that of the decks).",
)
def new(what: tuple[str, ...], lang: str | None) -> int:
    """Make a course to start from, or add to one.

    `new NAME` makes a folder with a first lecture, its theme and settings, and workflows for GitHub. In a
    course, `new deck NAME` adds a deck with a snippet that it shows, and `new snippet NAME` a snippet.
    No file is overwritten.
    """
    kind, names = ("", what) if what[0] not in _KINDS else (what[0], what[1:])
    if len(names) != 1:
        raise _wrong_count(kind, names)
    (name,) = names
    if not kind:
        return _course(name, lang or LANGUAGES[0])
    return _deck(name, lang) if kind == "deck" else _snippet(name, lang)


def _wrong_count(kind: str, names: tuple[str, ...]) -> ConfigError:
    if kind and not names:
        hint = f"deckwright new {kind} NAME; a course in a folder called {kind}: deckwright new ./{kind}"
        return ConfigError(f"a {kind} needs a name", hint)
    return ConfigError(f"{len(names)} names, where one is needed", "put a name with spaces in quotes")


def _course(name: str, language: str) -> int:
    from deckwright.new.course import new_course
    from deckwright.text.counts import counted

    files = new_course(name, language)
    is_here = os.path.samefile(name, os.curdir)
    echo(f"wrote {counted(len(files), 'file')} into {'this folder' if is_here else name}")
    echo(f"next: {'' if is_here else f'cd {shlex.quote(name)} && '}deckwright serve --open")
    return GOOD


def _deck(name: str, language: str | None) -> int:
    from deckwright.new.additions import new_deck

    echo(f"wrote {' and '.join(new_deck(open_project(()), name, language))}")
    return GOOD


def _snippet(name: str, language: str | None) -> int:
    from deckwright.new.additions import REGION, new_snippet
    from deckwright.text.paths import from_deck

    project = open_project(())
    (path,) = new_snippet(project, name, language)
    seen = from_deck(f"{project.lecture_folder}/deck.md", path)
    echo(f"wrote {path}; a deck in {project.lecture_folder}/ shows it with ```python file={seen}#{REGION}")
    return GOOD
