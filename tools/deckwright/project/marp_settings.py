"""The author's settings for Marp: `[tool.deckwright.marp]` in pyproject.toml, and a file that marp-cli reads.

Both mean what they mean to marp-cli. If both have a setting, the table's is used. Settings that only
running code would give (marp.config.js) are not read.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deckwright.errors import ConfigError
from deckwright.model import Dialect
from deckwright.project import kinds
from deckwright.project.kinds import Kind, problems
from deckwright.text.paths import is_outside
from deckwright.text.themes import theme_names_in

_NAMES = tuple(
    f"{stem}{suffix}" for stem in (".marprc", ".config/marprc") for suffix in ("", ".json", ".yaml", ".yml")
)
_CODE = tuple(
    f"{stem}{suffix}"
    for stem in (".marprc", ".config/marprc", "marp.config")
    for suffix in (".js", ".ts", ".mjs", ".cjs")
)
MARP_FILES = (*_NAMES, *_CODE)
"""The files that may hold settings of marp-cli, besides package.json."""

_TABLE = "pyproject.toml, [tool.deckwright.marp]"


@dataclass(frozen=True, slots=True)
class MarpSettings:
    """Settings of Marp that apply to all decks."""

    theme_set: tuple[str, ...] = ()
    """Style sheets and folders of style sheets, as paths below the root."""
    page: Mapping[str, Any] = field(default_factory=dict)
    """Settings that shape a page, in the spelling of marp-cli: html, options, theme, lang, ..."""
    cjk_emphasis: bool = False
    """Whether `**` beside full-width punctuation may begin or end emphasis, as in Chinese and Japanese."""

    @property
    def dialect(self) -> Dialect:
        options = self.page.get("options", {})
        divider = options.get("headingDivider", "")
        levels = tuple(map(str, divider)) if isinstance(divider, list) else str(divider)
        html, math = self.page.get("html") is not False, options.get("math") is not False
        return Dialect(html, math, levels, self.cjk_emphasis)


def read_marp(root: Path, table: object = None) -> MarpSettings:
    """Read both; raises ConfigError, which names all wrong settings of one of them."""
    file = _file(root)
    from_file = _settings(root, *file, _FROM_FILE) if file else MarpSettings()
    if table is None:
        return from_file
    ours = _settings(root, _TABLE, table, _FROM_TABLE)
    theme_set = ours.theme_set or from_file.theme_set
    return MarpSettings(theme_set, {**from_file.page, **ours.page}, ours.cjk_emphasis)


def settings_in_code(exists: Callable[[str], bool]) -> str:
    """Return the path of the code that marp-cli would run for its settings; "" if there is none."""
    if any(map(exists, _NAMES)):  # marp-cli takes the first file that exists
        return ""
    return next(filter(exists, _CODE), "")


_PAGE = {
    "author": kinds.TEXT,
    "bespoke": kinds.TABLE,
    "description": kinds.TEXT,
    "html": kinds.HTML,
    "keywords": kinds.TEXTS,
    "lang": kinds.TEXT,
    "ogImage": kinds.TEXT,
    "options": kinds.TABLE,
    "theme": kinds.TEXT,
    "title": kinds.TEXT,
    "url": kinds.TEXT,
}
_INNER = {
    "bespoke": {"osc": kinds.SWITCH, "progress": kinds.SWITCH, "transition": kinds.SWITCH},
    "options": {
        "anchor": kinds.SWITCH,
        "cssContainerQuery": kinds.DATA,
        "emoji": kinds.TABLE,
        "headingDivider": kinds.DATA,
        "inlineSVG": kinds.DATA,
        "lang": kinds.TEXT,
        "looseYAML": kinds.DATA,
        "markdown": kinds.DATA,
        "math": kinds.DATA,
        "minifyCSS": kinds.SWITCH,
        "script": kinds.DATA,
        "slug": kinds.DATA,
    },
}
_OTHERS = (
    *("allowLocalFiles", "baseUrl", "browser", "browserPath", "browserProtocol", "browserTimeout", "engine"),
    *("image", "images", "imageScale", "inputDir", "jpegQuality", "notes", "output", "parallel", "pdf"),
    *("pdfNotes", "pdfOutlines", "pptx", "pptxEditable", "preview", "server", "template", "watch"),
)
"""Settings of how marp-cli runs, which have no effect here."""


def _snake_case(key: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", key)


_FROM_FILE = {**_PAGE, **dict.fromkeys(_OTHERS, kinds.ANY), "themeSet": kinds.TEXTS}
_FROM_TABLE = {
    **{_snake_case(key): kind for key, kind in _PAGE.items()},
    "theme_set": kinds.TEXTS,
    "cjk_emphasis": kinds.SWITCH,
}


# --- reading ----------------------------------------------------------------------------------


def _file(root: Path) -> tuple[str, object] | None:
    """Return the name and content of the settings file that marp-cli would take."""
    content = _parsed(root, "package.json") if (root / "package.json").is_file() else None
    if isinstance(content, dict) and content.get("marp") is not None:
        return "package.json", content["marp"]
    name = next((name for name in _NAMES if (root / name).is_file()), None)
    return (name, _parsed(root, name)) if name else None


def _parsed(root: Path, name: str) -> object:
    try:
        text = (root / name).read_text("utf-8-sig")
        if name.endswith(".json"):
            return json.loads(text)
        import yaml  # only if there is such a file

        return yaml.safe_load(text)
    except Exception as error:
        problem = " ".join(str(error).split())
        raise ConfigError(f"{name} cannot be read: {problem}", "fix or remove it") from None


def _settings(root: Path, name: str, content: object, known: Mapping[str, Kind]) -> MarpSettings:
    if not isinstance(content, dict | None):
        raise ConfigError(f"{name} must hold a table of settings")
    table = content or {}
    wrong = list(problems(table, known))
    for key, inner in _INNER.items():
        if isinstance(nested := table.get(key), dict):
            wrong += problems(nested, inner, f"{key}.")
    if wrong:
        raise ConfigError(f"{name}: " + "; ".join(wrong), f"known: {', '.join(known)}")
    spellings = ((key, spelt) for key in _PAGE for spelt in (key, _snake_case(key)))
    page = {key: table[spelt] for key, spelt in spellings if table.get(spelt, "default") != "default"}
    themes = table.get("theme_set") or table.get("themeSet") or []
    folder = posixpath.dirname(name) if known is _FROM_FILE else ""
    paths = tuple(_paths(folder, themes))
    if "theme" in page and (root / folder / page["theme"]).is_file():
        (path,) = _paths(folder, page["theme"])
        page["theme"], paths = _theme_name(root, path), (*paths, path)
    return MarpSettings(paths, page, table.get("cjk_emphasis", False))


def _theme_name(root: Path, path: str) -> str:
    names = theme_names_in((root / path).read_text("utf-8", "replace"))
    if not names:
        raise ConfigError(f"the theme {path} has no name", "start the file with /* @theme NAME */")
    return names[0]


def _paths(folder: str, themes: str | Sequence[str]) -> Iterator[str]:
    for theme in [themes] if isinstance(themes, str) else themes:
        path = posixpath.normpath(posixpath.join(folder, theme))
        if is_outside(path):
            raise ConfigError(f"the theme set names {theme}, which lies outside of the project")
        yield path
