"""The author's folder: which folder it is, and the decks, scripts and themes in it."""

from __future__ import annotations

import itertools
import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from deckwright.errors import ConfigError
from deckwright.files.borders import lies_within, real_folders
from deckwright.files.disk import Disk, Files
from deckwright.frozen import dataclass
from deckwright.model import Diagnostic
from deckwright.project.diagnostics import undecodable, undecodable_name, unreadable
from deckwright.project.marp_settings import MARP_FILES, MARP_TABLES
from deckwright.project.settings import SETTINGS_FILE, Settings, has_table, read_settings
from deckwright.project.theme_set import style_sheets
from deckwright.text.diagrams import SUFFIXES
from deckwright.text.paths import FIGURES, SNIPPETS, is_outside, is_utf8
from deckwright.text.suggest import did_you_mean

SLIDES, BUILD, THEMES = "slides", "build", "themes"
FOR_STUDENTS = f"{BUILD}/.students"
"""Where `publish` makes pages: those of a build have the speaker notes."""
FOR_SMOKE = f"{BUILD}/smoke"
"""Where a smoke run makes pages."""
FOR_SESSIONS = f"{BUILD}/session"
"""Where `present` writes decks with what was drawn on them."""
IMAGES = f"{SLIDES}/images"
"""Where copies of pictures from the network lie."""
SETTINGS_FILES = (SETTINGS_FILE, *MARP_TABLES, *MARP_FILES)
"""The files that may hold settings, ours and Marp's: paths below the root."""

LONGEST_QUOTE = 2**20
"""Most bytes of a text file that slides quote."""

_MARKS = (SETTINGS_FILE, ".git")
_DECK = ".md"
_DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Project:
    """The author's folder, with its settings and a way to read its files."""

    root: Path
    files: Files
    settings: Settings = _DEFAULT
    slides: str = SLIDES
    """The folder of lectures, unless the settings name another."""
    target: str = BUILD
    """The folder into which a build writes."""

    @property
    def build(self) -> Path:
        return self.root / self.target

    @property
    def for_students(self) -> Project:
        """The same project, whose pages are made for students."""
        return replace(self, target=FOR_STUDENTS)

    @property
    def for_smoke(self) -> Project:
        """The same project, whose pages show smoke runs."""
        return replace(self, target=FOR_SMOKE)

    @property
    def open_folders(self) -> tuple[Path, ...]:
        """The real paths of all folders of which pages may get files."""
        return real_folders(self.root, _open_folders(self.slides, self.settings))

    @property
    def lecture_folder(self) -> str:
        """The folder of the decks that are built where none is named."""
        return self.settings.marp.input_dir or self.slides

    def themes(self) -> dict[str, str]:
        """Return the style sheets of both folders of themes, the decks and the theme set: text by path."""
        paths = filter(self.files.is_inside, self._style_sheets())
        return {path: self.files.read(path).decode("utf-8", "replace") for path in paths}

    def themes_outside(self) -> tuple[str, ...]:
        """Return the paths of those that are links which leave the project: pages do not get them."""
        return tuple(itertools.filterfalse(self.files.is_inside, self._style_sheets()))

    def _style_sheets(self) -> tuple[str, ...]:
        marp = self.settings.marp
        entries = (f"{THEMES}/*.css", f"{self.slides}/{THEMES}", *marp.theme_set)
        beside = self._sources(style_sheets(self.files, marp.input_dir)) if marp.input_dir else ()
        found = (path for entry in entries for path in style_sheets(self.files, entry))
        return tuple(dict.fromkeys((*beside, *found)))

    def decks(self, named: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the paths of the named decks, or of all lectures; raises ConfigError."""
        decks = tuple(dict.fromkeys(chain.from_iterable(map(self._decks, named)))) or self.lectures()
        if not decks:
            raise ConfigError(
                f"no deck in {self.root.name}/{self.lecture_folder}/",
                f"write {self.lecture_folder}/NAME.md, or name a deck or a folder of decks",
            )
        pages = {deck_name(deck): deck for deck in self.lectures()}
        for deck in decks:
            other = pages.setdefault(deck_name(deck), deck)
            if other != deck:
                message = f"{other} and {deck} would have the same page: {deck_name(deck)}.html"
                raise ConfigError(message, "rename one of them")
        return decks

    def lectures(self) -> tuple[str, ...]:
        """Return the paths of all decks in the folder of lectures."""
        return self._decks_in(self.lecture_folder)

    def _decks_in(self, folder: str) -> tuple[str, ...]:
        paths = self._sources(self.files.find(folder, _DECK))
        return tuple(path for path in paths if not path.lower().endswith("readme.md"))

    def _sources(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield what the author wrote: not what was built or installed."""
        for path in map(posixpath.normpath, paths):
            folders = posixpath.dirname(path).split("/")
            if folders[0] != BUILD and "node_modules" not in folders:
                yield path

    def scripts(self) -> tuple[str, ...]:
        """Return the paths of all scripts in snippets/ and figures/."""
        found = (*self.files.find(SNIPPETS, ".py"), *self.files.find(FIGURES, ".py"))
        return tuple(filter(self.files.exists, found))

    def diagrams(self) -> tuple[str, ...]:
        """Return the paths of all files in snippets/ and figures/ that hold a diagram."""
        found = (self.files.find(folder, f".{each}") for folder in (SNIPPETS, FIGURES) for each in SUFFIXES)
        return tuple(filter(self.files.is_inside, chain.from_iterable(found)))

    def texts(self, paths: Iterable[str]) -> tuple[dict[str, str], list[Diagnostic]]:
        """Read texts by path, and a diagnostic for each file that cannot be read, or is not UTF-8."""
        texts: dict[str, str] = {}
        diagnostics: list[Diagnostic] = []
        for path in paths:
            if not is_utf8(path):
                diagnostics.append(undecodable_name(path))
                continue
            try:
                data = self.files.read(path)
                texts[path] = data.decode("utf-8")
            except UnicodeDecodeError as error:
                diagnostics.append(undecodable(path, data, error.start))
            except OSError as error:
                diagnostics.append(unreadable(path, error))
        return texts, diagnostics

    def quotes(self, paths: Iterable[str]) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
        """Read files that slides quote: texts by path, and for each other file the problem and a hint."""
        texts: dict[str, str] = {}
        problems: dict[str, tuple[str, str]] = {}
        for path in paths:
            stamp = self.files.stamp(path)
            try:
                data = self.files.read(path) if stamp and stamp.size_bytes <= LONGEST_QUOTE else None
            except OSError as error:
                problems[path] = (f"cannot be read: {error.strerror}", "make it readable")
                continue
            if data is None:
                size = f"has more than {LONGEST_QUOTE // 2**20} MiB"
                problems[path] = (size, "write what the slide shows into a file of its own")
            elif b"\0" in data:
                problems[path] = ("is not a text file", "name a text file; a picture is shown as ![](…)")
            else:
                try:
                    texts[path] = data.decode("utf-8")
                except UnicodeDecodeError:
                    problems[path] = ("is not UTF-8 text", "save it as UTF-8; a picture is shown as ![](…)")
        return texts, problems

    def store_address(self) -> str:
        """Return the address of the shared store; a path is relative to the root."""
        store = self.settings.store
        return store if "://" in store else str((self.root / Path(store).expanduser()).absolute())

    def path_of(self, file: Path) -> str:
        """Return a file's path relative to the root; raises ConfigError if it lies outside."""
        path, root = file.resolve(), self.root.resolve()
        if not path.is_relative_to(root):
            # One of the project's own folders may be a link to another place.
            named = os.path.relpath(os.path.abspath(file), root)
            if not is_outside(named) and self.files.is_inside(named):
                return Path(named).as_posix()
            raise ConfigError(f"{file} lies outside of {root}", "build it in a run of its own")
        return path.relative_to(root).as_posix()

    def is_deck(self, name: str) -> bool:
        """Whether a name is that of a deck or a folder of decks, and not of a script or a case."""
        return (name.endswith(_DECK) or Path(name).is_dir()) and "::" not in name

    def named(self, name: str) -> str:
        """Return `FILE`, `FILE#…` or `FILE::…` with the file's path relative to the root."""
        file = re.split("#|::", name, maxsplit=1)[0]
        return self.path_of(Path(file)) + name[len(file) :]

    def _decks(self, name: str) -> tuple[str, ...]:
        """Return a deck by its name, or the decks in a folder; raises ConfigError."""
        if not Path(name).is_dir():
            return (self._deck(name),)
        decks = self._decks_in(self.path_of(Path(name)))
        if not decks:
            raise ConfigError(f"no deck in {name}", f"a deck is a {_DECK} file")
        return decks

    def _deck(self, name: str) -> str:
        if not (Path(name).is_file() or self._is_given(name)):
            decks = [
                os.path.relpath(self.root / deck) for deck in self.files.find(self.lecture_folder, _DECK)
            ]
            raise ConfigError(f"no deck {name}", did_you_mean(name, decks, "name a Markdown file"))
        if not name.endswith(_DECK):
            hints = {".css": f"--theme-set {name}", ".py": f"to run a script: deckwright run {name}"}
            hint = hints.get(Path(name).suffix, "name a Markdown file")
            raise ConfigError(f"{name} is not a {_DECK} file", hint)
        return self.path_of(Path(name))

    def _is_given(self, name: str) -> bool:
        """Whether a deck that is not on the disk has a text all the same."""
        path, root = Path(name).resolve(), self.root.resolve()
        return path.is_relative_to(root) and self.files.exists(path.relative_to(root).as_posix())


def deck_name(path: str) -> str:
    """Return a deck's name in build/: its path below slides/, without the suffix."""
    return posixpath.splitext(path)[0].removeprefix(f"{SLIDES}/")


def find_project(start: Path, decks: Sequence[str] = ()) -> Project:
    """Return the project of the decks named, or of the folder `start`; raises ConfigError."""
    start = start.resolve()
    origin = _origin(start / decks[0].partition("::")[0]) if decks else start
    root = _root(origin) or _course(origin)
    if root is None and decks:
        root = start if origin.is_relative_to(start) and not _is_too_large(start) else origin
    if root is None or not (decks or _has_lectures(root, origin)):
        raise ConfigError(
            "there is no slides/ folder here",
            "`deckwright new NAME` makes a course; or name a deck or a folder of decks: build DECK.md",
        )
    slides = ((_course(origin, root) or root) / SLIDES).relative_to(root).as_posix()
    settings = read_settings(root)
    return Project(root, Disk(root, _open_folders(slides, settings)), settings, slides)


def _origin(named: Path) -> Path:
    """Return the folder of a deck, or a folder of decks, from which its project is looked for."""
    folder, real = (
        path if path.is_dir() else path.parent for path in (Path(os.path.abspath(named)), named.resolve())
    )
    root = _root(folder)
    # The lectures of a project may be in a folder that is a link to another place.
    is_linked = root is not None and root == root.resolve() and (root / SLIDES).is_symlink()
    return folder if root and is_linked and lies_within(named, real_folders(root / SLIDES, ())) else real


def _open_folders(slides: str, settings: Settings) -> tuple[str, ...]:
    """Return the folders of which pages may get files, even where they are links that leave the root."""
    return (slides, SNIPPETS, FIGURES, THEMES, *settings.allow_paths)


def _is_too_large(folder: Path) -> bool:
    """Whether a folder holds more than one project: the home folder, or one that contains it."""
    return Path(os.path.expanduser("~")).resolve().is_relative_to(folder)


def _root(origin: Path) -> Path | None:
    """Return the nearest folder that is a repository, a Python project or a course, or has settings."""
    return next(filter(_is_root, (origin, *origin.parents)), None)


def _is_root(folder: Path) -> bool:
    is_course = (folder / SLIDES).is_dir() and any((folder / name).is_dir() for name in (SNIPPETS, FIGURES))
    return is_course or _has_marp_settings(folder) or any((folder / name).exists() for name in _MARKS)


def _has_marp_settings(folder: Path) -> bool:
    tables = (folder / name for name in MARP_TABLES)
    has_table = any(path.is_file() and "marp" in path.read_text("utf-8", "replace") for path in tables)
    return has_table or any((folder / name).is_file() for name in MARP_FILES)


def _course(origin: Path, root: Path | None = None) -> Path | None:
    """Return the nearest folder, up to `root`, with a folder of lectures."""
    folders = (folder for folder in (origin, *origin.parents) if root is None or folder.is_relative_to(root))
    return next((folder for folder in folders if (folder / SLIDES).is_dir()), None)


def _has_lectures(root: Path, origin: Path) -> bool:
    """Whether a command that names no deck has something to do here."""
    return (
        has_table(root)
        or _has_marp_settings(root)
        or _course(origin, root) is not None
        or (root / BUILD / ".store").is_dir()
    )
