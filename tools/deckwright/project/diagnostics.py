"""Diagnostics about the project itself: its settings, its shared store, and the encoding of its files."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence

from deckwright.files.disk import Files
from deckwright.model import Diagnostic, Location
from deckwright.project.marp_settings import MarpSettings, settings_in_code
from deckwright.project.settings import SETTINGS_FILE, Settings
from deckwright.text.lines import Lines
from deckwright.text.paths import COPY_OR_ALLOW, how_outside
from deckwright.text.suggest import did_you_mean

_CLUSTER = re.compile(r"^[ \t]*\[tool\.deckwright\.cluster\]", re.MULTILINE)
_STORE = re.compile(r"^[ \t]*store[ \t]*=", re.MULTILINE)


def settings_diagnostics(
    files: Files, settings: Settings, themes: Sequence[str] | None = None
) -> Iterator[Diagnostic]:
    """Warn of settings of Marp without effect, and of those in code where nothing else says what they are.

    `themes` are the names of all themes, if they are known.
    """
    theme, path = settings.marp.page.get("theme", ""), settings.marp.theme_from
    if path and themes is not None and theme not in themes:
        lines = _lines(files, path)
        hint = did_you_mean(theme, themes, f"known: {', '.join(themes)}")
        message = f"no theme '{theme}': Marp takes its default"
        yield lines.warning("missing-theme", message, _place(lines, ("theme", theme)), hint)
    for problem in settings.marp.problems:
        lines = _lines(files, problem.path)
        yield lines.warning("marp-settings", problem.message, _place(lines, problem.words), problem.hint)
    path = settings_in_code(files.exists)
    if not path or settings.marp != MarpSettings():
        return
    lines = _lines(files, path)
    message = "Marp's settings are in code, which Deckwright does not run"
    hint = "write them as [tool.deckwright.marp] in pyproject.toml, or as .marprc.yml"
    yield lines.warning("marp-settings", message, lines.whole(1), hint)


def store_warning(files: Files, settings: Settings, trouble: str) -> Diagnostic:
    """Return a warning that the shared store cannot be used, at the line that names it."""
    lines = _lines(files, SETTINGS_FILE)
    match = _STORE.search(lines.text)
    line = lines.at(match.start())[0] if match else 1
    message = f"the shared store {settings.store} cannot be used: {trouble}"
    hint = "scripts run on this machine instead; fix the address or the access to it, or remove `store`"
    return lines.warning("shared-store", message, lines.whole(line), hint)


def cluster_warning(files: Files, text: str) -> Diagnostic:
    """Return a warning about the cluster that runs scripts, at the table of its settings."""
    lines = _lines(files, SETTINGS_FILE)
    match = _CLUSTER.search(lines.text)
    line = lines.at(match.start())[0] if match else 1
    hint = "docs/guides/clusters.md says how the machines of a cluster are set up"
    return lines.warning("cluster-warning", text, lines.whole(line), hint)


def undecodable(path: str, data: bytes, offset: int) -> Diagnostic:
    """Return the diagnostic of a file that is not UTF-8 from `offset` on."""
    lines = Lines(path, data.decode("utf-8", "replace"))
    start = len(data[:offset].decode("utf-8"))
    return lines.diagnostic(
        "undecodable", "this file is not UTF-8", lines.span(start, start + 1), "save it as UTF-8"
    )


def unreadable(path: str, error: OSError) -> Diagnostic:
    """Return the diagnostic of a file that is there and cannot be read."""
    message = f"this file cannot be read: {error.strerror or error}"
    hint = "make it readable for you" if error.errno in (errno.EACCES, errno.EPERM) else "put it there again"
    return Diagnostic("unreadable-file", message, Location(path, 1), hint=hint)


def outside(path: str) -> Diagnostic:
    """Return the diagnostic of a deck or a theme that is not in the project."""
    return Diagnostic(
        "outside-project", f"{path} {how_outside(path)}", Location(path, 1), hint=COPY_OR_ALLOW, subject=path
    )


def undecodable_name(path: str) -> Diagnostic:
    """Return the diagnostic of a file whose name is not UTF-8."""
    message = "the name of this file is not UTF-8"
    return Diagnostic("undecodable", message, Location(path, 1), hint="rename it")


def _place(lines: Lines, words: Sequence[str]) -> Location:
    """Return the place of the last of some words, each behind the one before; else the first line."""
    start = end = 0
    for word in words:
        match = re.compile(rf"(?<![\w.-]){re.escape(word)}(?![\w-])").search(lines.text, end)
        start, end = match.span() if match else (start, end)
    return lines.span(start, end) if end else lines.whole(1)


def _lines(files: Files, path: str) -> Lines:
    return Lines(path, files.read(path).decode("utf-8", "replace") if files.exists(path) else "")
