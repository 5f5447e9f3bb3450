"""The `[tool.deckwright]` table of pyproject.toml."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Mapping
from dataclasses import field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deckwright.errors import ConfigError
from deckwright.frozen import dataclass
from deckwright.model import LAYOUTS, LEAST_TEXT, PAPERS, Options
from deckwright.project.kinds import (
    ADDRESS,
    BRANCH,
    COUNT,
    LIST,
    NUMBER,
    REPOSITORY,
    SIZE,
    SWITCH,
    TABLE,
    TEXT,
    TIMEOUT,
    Kind,
    one_of,
    problems,
)
from deckwright.project.marp_settings import MarpSettings, read_marp
from deckwright.text.paths import COPY_INSIDE, is_outside
from deckwright.text.repositories import colab_address, file_address
from deckwright.text.sizes import parse_size

SETTINGS_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class HandoutSettings:
    """The table `handout`: how hand-outs are laid out."""

    layout: str = LAYOUTS[0]
    paper: str = PAPERS[0]


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """The table `publish`: where the course is public."""

    url: str = ""
    """The address of the published site; empty for none."""
    repository: str = ""
    """The address of the repository, or of a folder in it, that has the course; empty for none."""
    colab: str = ""
    """The address of the branch on GitHub that has the published site, for Colab; empty for none."""
    kit_limit: str = "50 MB"
    """How much room the data in the kit of a lecture may take."""
    results: str = "solved"
    """Which results of scripts with exercises students see: `solved`, or those of their `own` scripts."""

    @property
    def kit_bytes(self) -> int:
        return parse_size(self.kit_limit)

    def source(self, path: str) -> str:
        """Return the address of a file of the project in the repository; empty where there is none."""
        return file_address(self.repository, path) if self.repository else ""

    def notebook(self, path: str) -> str:
        """Return the address at which Colab runs a notebook of the site; empty where it has none."""
        return colab_address(self.colab, path) if self.colab else ""

    def of_release(self, name: str) -> PublishSettings:
        """Return the settings for a release, which is a folder of the site."""
        inside = {
            key: f"{address.rstrip('/')}/{name}"
            for key in ("url", "colab")
            if (address := getattr(self, key))
        }
        return replace(self, **inside)

    def page(self, deck: str) -> str:
        """Return the address of the page of a deck of this name; empty where the site has none."""
        return f"{self.url.rstrip('/')}/html/{quote(deck)}.html" if self.url else ""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The table `cluster`: on which machines scripts run."""

    address: str = ""
    """The default of `--cluster`."""
    workers: int = 0
    """How many workers are started where none are there; 0 for one per slot here, or one of a queue."""
    gpus: int = 0
    """How many GPUs each worker has."""
    tls_ca: str = ""
    tls_cert: str = ""
    tls_key: str = ""
    """Files with the certificates and the key for `tls://`."""
    keywords: Mapping[str, Any] = field(default_factory=dict)
    """What the class of a queueing system is given."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The `[tool.deckwright]` table of pyproject.toml; all of it is optional."""

    device: str = "auto"
    jobs: int = 0
    """How many scripts run at once; 0 for one per core."""
    store: str = ""
    """Where machines share results: a folder, or any address that fsspec knows. Empty: nowhere."""
    store_limit: str = "2 GiB"
    """How much room results may take; those that decks need now are never removed."""
    formats: tuple[str, ...] = ()
    """What a build makes of each deck; empty for HTML and PDF."""
    allow: tuple[str, ...] = ()
    """Slugs of the diagnostics that are only warnings for `check`."""
    allow_paths: tuple[str, ...] = ()
    """Folders besides the project in which files may lie that pages show, quote or link."""
    timeout: float = Options().timeout_seconds
    """How many seconds the `exec` fences of a deck may run; a script has an option of its own."""
    pythonpath: tuple[str, ...] = ()
    """Folders of the project in which every script finds modules, after its own folder."""
    least_text: int = LEAST_TEXT
    """What `check` calls too small: less than so many pixels of a slide that is 720 pixels high."""
    title: str = ""
    """The course's, as the index shows it."""
    captions: bool = False
    """Whether code has the name of its script above it."""
    steps: str = "all"
    """Which pages of a slide with steps are printed: `all`, or the `last` one."""
    states: str = "accepted"
    """What is printed of a slide with controls: the `accepted` state, or behind it a `strip` of all."""
    handout: HandoutSettings = HandoutSettings()
    """How hand-outs are laid out: a table of its own."""
    publish: PublishSettings = PublishSettings()
    """Where the course is public: a table of its own."""
    cluster: ClusterSettings = ClusterSettings()
    """On which machines scripts run: a table of its own."""
    marp: MarpSettings = field(default_factory=MarpSettings)
    """Marp's settings: a table of its own."""

    @property
    def store_bytes(self) -> int:
        return parse_size(self.store_limit)


_KINDS: Mapping[type, Kind] = {str: TEXT, int: NUMBER, float: TIMEOUT, bool: SWITCH, tuple: LIST}
_TABLES: Mapping[str, tuple[type, Mapping[str, Kind]]] = {
    "cluster": (
        ClusterSettings,
        {
            **dict.fromkeys(("address", "tls_ca", "tls_cert", "tls_key"), TEXT),
            **dict.fromkeys(("workers", "gpus"), COUNT),
            "keywords": TABLE,
        },
    ),
    "handout": (HandoutSettings, {"layout": one_of(*LAYOUTS), "paper": one_of(*PAPERS)}),
    "publish": (
        PublishSettings,
        {
            "url": ADDRESS,
            "repository": REPOSITORY,
            "colab": BRANCH,
            "kit_limit": SIZE,
            "results": one_of("solved", "own"),
        },
    ),
}
"""What each table in ours, besides Marp's, becomes, and what it may hold."""
_NESTED = (*_TABLES, "marp")
_KNOWN = {each.name: _KINDS[type(each.default)] for each in fields(Settings) if each.name not in _NESTED}
_KNOWN["store_limit"] = SIZE
_KNOWN["steps"] = one_of("all", "last")
_KNOWN["states"] = one_of("accepted", "strip")


def has_table(folder: Path) -> bool:
    """Whether a folder's pyproject.toml has a `[tool.deckwright]` table."""
    path = folder / SETTINGS_FILE
    return path.is_file() and "[tool.deckwright" in path.read_text("utf-8", "replace")


def read_settings(root: Path) -> Settings:
    """Read `[tool.deckwright]`; raises ConfigError, which names all wrong settings."""
    path = root / SETTINGS_FILE
    if not path.is_file():
        return Settings(marp=read_marp(root))
    try:
        tool = tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"pyproject.toml is no valid TOML: {error}", "correct that line") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"pyproject.toml is not UTF-8: {error}", "save it as UTF-8") from None
    table = tool.get("deckwright", {}) if isinstance(tool, dict) else tool
    if not isinstance(table, dict):
        hint = "write [tool.deckwright] on a line of its own, and the settings below it"
        raise ConfigError("pyproject.toml: [tool.deckwright] must be a table", hint)
    settings = _settings({key: table[key] for key in table if key not in _NESTED})
    tables: Any = {name: _table(name, table[name]) for name in _TABLES if name in table}
    for folder in settings.pythonpath:
        _check_folder(root, folder)
    return replace(settings, marp=read_marp(root, table.get("marp"), settings.allow_paths), **tables)


def _check_folder(root: Path, folder: str) -> None:
    if is_outside(posixpath.normpath(folder)):
        raise ConfigError(f"pyproject.toml: 'pythonpath' names {folder}, outside of the project", COPY_INSIDE)
    if not (root / folder).is_dir():
        raise ConfigError(f"pyproject.toml: 'pythonpath' names {folder}, which is no folder", "fix the path")


def _settings(table: Mapping[str, Any]) -> Settings:
    if wrong := "; ".join(problems(table, _KNOWN).values()):
        hint = f"known: {', '.join([*_KNOWN, *_NESTED])}"
        raise ConfigError(f"pyproject.toml, [tool.deckwright]: {wrong}", hint)
    values: Any = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Settings(**values)


def _table(name: str, values: object) -> Any:
    kind, known = _TABLES[name]
    where = f"pyproject.toml, [tool.deckwright.{name}]"
    if not isinstance(values, dict):
        raise ConfigError(f"{where} must be a table", f"known in it: {', '.join(known)}")
    if wrong := "; ".join(problems(values, known).values()):
        raise ConfigError(f"{where}: {wrong}", f"known: {', '.join(known)}")
    return kind(**values)
