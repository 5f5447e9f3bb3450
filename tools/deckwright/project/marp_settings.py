"""The author's settings for Marp: `[tool.deckwright.marp]` in pyproject.toml, and a file that marp-cli reads.

Both mean what they mean to marp-cli. If both have a setting, the table's is used. Settings that only
running code would give (marp.config.js) are not read.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path
from typing import Any

from deckwright.errors import ConfigError
from deckwright.files.disk import Disk, Files
from deckwright.frozen import dataclass
from deckwright.model import Dialect
from deckwright.project.marp_keys import PAGE, snake_case
from deckwright.project.marp_tables import SettingProblem, Values, read_file_table, read_own_table
from deckwright.project.theme_set import style_sheets
from deckwright.text.addresses import is_remote
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
"""The files that hold settings of marp-cli."""

MARP_TABLES = ("package.json", "package.yaml")
"""The files in which settings of marp-cli are a table, if they have it."""

_TABLE = "pyproject.toml"
_COPY_INSIDE = "copy it into the project's folder, and fix the path; or let its folder in (allow_paths)"

PATIENCE_SECONDS = 180.0
"""How long Marp and the browser may take for one step of a deck, unless the author says otherwise."""


@dataclass(frozen=True, slots=True)
class MarpSettings:
    """Settings of Marp that apply to all decks."""

    theme_set: tuple[str, ...] = ()
    """Style sheets, folders of style sheets and patterns, as paths below the root."""
    page: Mapping[str, Any] = field(default_factory=dict)
    """Settings that shape a page, in the spelling of marp-cli: html, options, theme, lang, ..."""
    cjk_emphasis: bool = False
    """Whether `**` beside full-width punctuation may begin or end emphasis, as in Chinese and Japanese."""
    browser_timeout: float = PATIENCE_SECONDS
    """Seconds that one step of a deck may take; 0 for no limit."""
    image_scale: float = 1.0
    pdf_notes: bool = False
    pptx_editable: bool = False
    pictures: bool = False
    """Whether a build makes pictures of the slides, too."""
    input_dir: str = ""
    """The folder of the decks that are built where none is named; empty for slides/."""
    theme_from: str = ""
    """The file that names the theme, where it does not name a style sheet."""
    theme_file: str = ""
    """The style sheet of the theme that applies to all decks, where that is named by its path."""
    problems: tuple[SettingProblem, ...] = ()

    @property
    def dialect(self) -> Dialect:
        options = self.page.get("options", {})
        divider = options.get("headingDivider", "")
        levels = tuple(map(str, divider)) if isinstance(divider, list) else str(divider)
        html, math = self.page.get("html") is not False, options.get("math") is not False
        return Dialect(html, math, levels, self.cjk_emphasis)


def read_marp(root: Path, table: object = None, allowed: Sequence[str] = ()) -> MarpSettings:
    """Read both; `allowed` are folders outside of the project that pages may have files of.

    Raises ConfigError for a file that cannot be read, and for what is wrong in the table.
    """
    values: Values = {}
    wrong: tuple[SettingProblem, ...] = ()
    if found := _file(root):
        (name, content) = found
        said, ignored = read_file_table(content, name)
        values, lost = _Paths(Disk(root, allowed), root, name).resolved(said)
        wrong = tuple(replace(each, words=(*_outer(name), *each.words)) for each in (*ignored, *lost))
    if table is not None:
        said = read_own_table(table, f"{_TABLE}, [tool.deckwright.marp]")
        ours, lost = _Paths(Disk(root, allowed), root, _TABLE).resolved(said)
        values, wrong = {**values, **ours}, (*wrong, *lost)
    return _settings(values, wrong)


def overridden(
    settings: MarpSettings, files: Files, root: Path, folder: str, said: Mapping[str, Any]
) -> MarpSettings:
    """Return settings with others in place of some, relative to a folder. Raises ConfigError."""
    values, wrong = _Paths(files, root, "", folder).resolved(said)
    if wrong:
        raise ConfigError(wrong[0].message, wrong[0].hint)
    given = _settings({"themeSet": settings.theme_set, **values}, settings.problems)
    return replace(
        settings,
        theme_set=given.theme_set,
        page={**settings.page, **given.page},
        theme_from="" if "theme" in said else settings.theme_from,
        theme_file=given.theme_file if "theme" in said else settings.theme_file,
        input_dir=given.input_dir or settings.input_dir,
    )


def settings_in_code(exists: Callable[[str], bool]) -> str:
    """Return the path of the code that marp-cli would run for its settings; "" if there is none."""
    if any(map(exists, _NAMES)):  # marp-cli takes the first file that exists
        return ""
    return next(filter(exists, _CODE), "")


# --- reading ----------------------------------------------------------------------------------


def _file(root: Path) -> tuple[str, object] | None:
    """Return the name and content of the settings file that marp-cli would take."""
    for name in MARP_TABLES:
        content = _parsed(root, name) if (root / name).is_file() else None
        if isinstance(content, dict) and content.get("marp") is not None:
            return name, content["marp"]
    named = ((name, _parsed(root, name)) for name in _NAMES if (root / name).is_file())
    return next(((name, content) for name, content in named if content is not None), None)


def _parsed(root: Path, name: str) -> object:
    try:
        text = (root / name).read_text("utf-8-sig")
        if name.endswith(".json"):
            return json.loads(text) if text.strip() else None
        import yaml  # only if there is such a file

        return yaml.safe_load(text)
    except Exception as error:
        raise ConfigError(f"{name} cannot be read: {_problem(error)}", "fix or remove it") from None


def _problem(error: Exception) -> str:
    """Return what is wrong in a file, with the place if it is known."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    return f"line {mark.line + 1}, column {mark.column + 1}: {getattr(error, 'problem', '') or error}"


def _outer(name: str) -> tuple[str, ...]:
    return ("marp",) if name in MARP_TABLES else ()


class _Paths:
    """The paths that one file names: they are relative to its folder."""

    def __init__(self, files: Files, root: Path, name: str, folder: str = "") -> None:
        """`folder` is where they begin, if not in that of the file."""
        self._files = files
        self._root = root
        self._name = name
        self._folder = folder or posixpath.dirname(name)
        self._problems: list[SettingProblem] = []

    def resolved(self, said: Mapping[str, Any]) -> tuple[Values, tuple[SettingProblem, ...]]:
        """Return settings with paths below the root, without those that lead nowhere, and what is wrong."""
        values = {**said}
        if "themeSet" in said:
            entries = said["themeSet"]
            paths = map(self._style_sheets, [entries] if isinstance(entries, str) else entries)
            values["themeSet"] = tuple(filter(None, paths))
        if "theme" in said:
            values["theme"], values["themeFile"] = self._theme(said["theme"])
            values["themeFrom"] = "" if values["themeFile"] else self._name
        if "inputDir" in said:
            values["inputDir"] = self._input_dir(said["inputDir"])
        return values, tuple(self._problems)

    def _style_sheets(self, entry: str) -> str:
        """Return an entry of the theme set as a path; empty for one that means nothing."""
        path = self._path(entry)
        if not self._is_inside(path):
            message = f"the theme set names {entry}, which lies outside of the project"
            self._lost(("themeSet", entry), message, _COPY_INSIDE)
        elif not style_sheets(self._files, path):
            hint = "download it, and name the file" if is_remote(entry) else "fix the path"
            self._lost(("themeSet", entry), f"the theme set names {entry}, but there is no style sheet", hint)
        else:
            return path
        return ""

    def _theme(self, theme: str) -> tuple[str, str]:
        """Return the name of the theme, and its file where it is named by that."""
        path = self._path(theme)
        inside = self._is_inside(path)
        if inside and (self._root / path).is_file():
            names = theme_names_in((self._root / path).read_text("utf-8", "replace"))
            return next(iter(names), posixpath.splitext(posixpath.basename(path))[0]), path
        if theme.endswith(".css") or "/" in theme:
            where, hint = (
                ("is not there", "fix the path") if inside else ("is not in the project", _COPY_INSIDE)
            )
            self._lost(("theme", theme), f"the theme {theme} {where}: Marp takes its default", hint)
            return "", ""
        return theme, ""

    def _input_dir(self, folder: str) -> str:
        path = self._path(folder)
        if not is_outside(path) and (self._root / path).is_dir():
            return path
        self._lost(
            ("inputDir", folder), f"{folder} is no folder of the project", "decks are looked for in slides/"
        )
        return ""

    def _is_inside(self, path: str) -> bool:
        """Whether a path, as it is written, leads to where pages may have files of."""
        return not is_outside(path) or self._files.is_inside(path)

    def _lost(self, words: tuple[str, str], message: str, hint: str) -> None:
        words = (snake_case(words[0]), words[1]) if self._name == _TABLE else words
        self._problems.append(SettingProblem(self._name, words, message, hint))

    def _path(self, path: str) -> str:
        below = path.removeprefix(f"{self._root}/")
        return posixpath.normpath(below if below != path else posixpath.join(self._folder, path))


def _settings(values: Mapping[str, Any], wrong: tuple[SettingProblem, ...]) -> MarpSettings:
    file = values.get("themeFile", "")
    return MarpSettings(
        theme_set=tuple(dict.fromkeys([*values.get("themeSet", ()), *filter(None, [file])])),
        page={key: values[key] for key in PAGE if values.get(key, "") != ""},
        cjk_emphasis=values.get("cjk_emphasis", False),
        browser_timeout=float(values.get("browserTimeout", PATIENCE_SECONDS)),
        image_scale=float(values.get("imageScale", 1.0)),
        pdf_notes=values.get("pdfNotes", False),
        pptx_editable=values.get("pptxEditable", False),
        pictures="images" in values,
        input_dir=values.get("inputDir", ""),
        theme_from=values.get("themeFrom", "") if values.get("theme") else "",
        theme_file=file,
        problems=wrong,
    )
