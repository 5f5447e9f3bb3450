"""The templates: plain files in folders, one folder for each language and one for all."""

from __future__ import annotations

import json
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).with_name("templates")
_FOR_ALL = "both"
_SETTINGS = "pyproject.toml"


def course_files(title: str, language: str) -> dict[str, bytes]:
    """Return the files of a new course by path."""
    folders = (_FOLDER / "course" / each for each in (_FOR_ALL, language))
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    return files | {_SETTINGS: _filled(files[_SETTINGS], title=_escaped(title))}


def deck_text(language: str, title: str, script: str, theme: str, lang: str) -> bytes:
    """Return a new deck, which shows the script of `snippet_text` at a path."""
    template = (_FOLDER / f"deck/{language}.md").read_bytes()
    return _filled(template, title=_escaped(title), script=script, theme=_escaped(theme), lang=_escaped(lang))


def snippet_text(language: str) -> bytes:
    """Return a new script."""
    return (_FOLDER / f"snippet/{language}.py").read_bytes()


def _filled(template: bytes, **words: str) -> bytes:
    return Template(template.decode()).substitute(words).encode()


def _escaped(text: str) -> str:
    """Return a text as TOML and YAML write it between double quotes."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
