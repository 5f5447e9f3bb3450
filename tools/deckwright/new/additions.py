"""A deck or a snippet that is added to a course, named as the others are."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import packages_distributions

from deckwright.errors import ConfigError
from deckwright.files.new_files import write_new
from deckwright.model import deck_number
from deckwright.new.templates import deck_text, snippet_text
from deckwright.parse import parse_deck
from deckwright.project.project import Project, deck_name
from deckwright.text.paths import SNIPPETS, from_deck

REGION = "sum"
"""The region that the template of a snippet has."""

_NAME = re.compile(r"\w[\w.-]*")
_SCRIPT = "example.py"


def new_deck(project: Project, name: str, language: str | None) -> tuple[str, ...]:
    """Write a deck and a snippet that it shows; return their paths. Raises DeckwrightError.

    Theme and language are those of the last deck, unless a language is given.
    """
    decks = project.lectures()
    stem = numbered(checked(name.removesuffix(".md"), "deck"), map(deck_name, decks))
    deck, script = f"{project.lecture_folder}/{stem}.md", f"{SNIPPETS}/{stem}/{_SCRIPT}"
    theme, lang = _look(project, decks)
    lang = language or lang
    template = _template(lang)
    text = deck_text(template, title_of(stem), from_deck(deck, script), theme, lang)
    return _add(project, {deck: text, script: snippet_text(template)})


def new_snippet(project: Project, name: str, language: str | None) -> tuple[str, ...]:
    """Write a snippet, perhaps in a folder (`01-intro/scores`); return its path. Raises DeckwrightError."""
    *folders, stem = name.removesuffix(".py").split("/")
    parts = [*(checked(part, "snippet") for part in folders), checked_script(stem)]
    lang = language or _look(project, project.lectures())[1]
    return _add(project, {f"{SNIPPETS}/{'/'.join(parts)}.py": snippet_text(_template(lang))})


def _template(lang: str) -> str:
    """Return in which language the template for a deck of a language is."""
    return "zh" if lang.lower().startswith("zh") else "en"


def checked(name: str, what: str) -> str:
    """Return a name that a file can have in decks and on every system; raises ConfigError for another one."""
    if not _NAME.fullmatch(name):
        better = re.sub(r"[^\w.-]+", "-", name).strip(".-")
        hint = f"write {better}" if better else "take letters, digits and hyphens"
        raise ConfigError(f"a {what} cannot be called {name!r}", hint)
    return name


def checked_script(stem: str) -> str:
    """Return a name that a script can have, without its suffix; raises ConfigError for another one."""
    checked(stem, "snippet")
    if stem in sys.stdlib_module_names or stem in packages_distributions():
        message = f"a script {stem}.py would hide the module {stem} from the scripts beside it"
        raise ConfigError(message, "take another name")
    return stem


def numbered(name: str, others: Iterable[str]) -> str:
    """Return a deck's name with the next number, if most of the others have one and it has none itself."""
    numbers = [deck_number(other) for other in others]
    known = [number for number in numbers if number]
    if deck_number(name) or 2 * len(known) <= len(numbers):
        return name
    last = max(known, key=int)
    return f"{int(last) + 1:0{len(last)}}-{name}"


def title_of(stem: str) -> str:
    """Return the title of a deck, from the name of its file: `02-linear-models` is "Linear models"."""
    words = re.sub(r"[-_]+", " ", stem.removeprefix(deck_number(stem))).strip() or stem
    return words[:1].upper() + words[1:]


def _look(project: Project, decks: Sequence[str]) -> tuple[str, str]:
    """Return the theme and the language of the last deck."""
    texts, _ = project.texts(decks[-1:])
    front = next((parse_deck(path, text).front_matter for path, text in texts.items()), {})
    own = {"theme": "default", "lang": "en", **project.settings.marp.page, **front}
    return str(own["theme"]), str(own["lang"])


def _add(project: Project, files: dict[str, bytes]) -> tuple[str, ...]:
    if there := [path for path in files if project.files.exists(path)]:
        raise ConfigError(f"{' and '.join(there)} is there already", "take another name")
    write_new(project.root, files)
    return tuple(files)
