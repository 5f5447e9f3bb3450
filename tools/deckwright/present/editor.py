"""The editor for code on stage: CodeMirror, as it is installed, served as the modules that it consists of."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from deckwright.errors import Cancelled, ToolMissing
from deckwright.marp.packages import find_packages, install_packages

_PACKAGE = Path(__file__).parent / "editor"
"""The lock of the packages."""

_IMPORT = re.compile(r"""(?<![\w$.])((?:from|import)\s*)(["'])([@\w][\w@/.-]*)\2""")


def install_editor(stopped: Callable[[], bool]) -> None:
    """Install the editor, once: without it, and without a network, code is edited in a plain field."""
    with suppress(ToolMissing, Cancelled):
        install_packages(_PACKAGE, stopped=stopped)


def editor_route(folder: str) -> BaseRoute:
    """Return the route of the editor's modules, by the names of their packages."""
    address = f"/{folder}/editor"

    def module(request: Request) -> Response:
        installed = find_packages(source=_PACKAGE)
        name = request.path_params["name"]
        if installed is None or name not in _names():
            raise HTTPException(404, "not found\n")
        text = _entry(installed / "node_modules" / name).read_text("utf-8")
        return Response(_with_addresses(text, address), media_type="text/javascript")

    return Route(f"{address}/{{name:path}}", module)


def _names() -> frozenset[str]:
    """Return the names of all packages: those that the editor consists of."""
    lock: dict[str, Any] = json.loads((_PACKAGE / "package-lock.json").read_text("utf-8"))
    return frozenset(path.removeprefix("node_modules/") for path in lock["packages"] if path)


def _entry(package: Path) -> Path:
    """Return the file of a package that other modules import."""
    manifest: dict[str, Any] = json.loads((package / "package.json").read_text("utf-8"))
    exports = manifest.get("exports", {})
    entry = exports.get(".", exports) if isinstance(exports, dict) else exports
    named = entry.get("import") if isinstance(entry, dict) else entry
    return package / str(named or manifest.get("module") or manifest["main"])


def _with_addresses(text: str, folder: str) -> str:
    """Return a module that imports others by their addresses here.

    Browsers would know the names of packages from an import map, but that must come before all modules.
    """
    names = _names()

    def address(match: re.Match[str]) -> str:
        word, quote, name = match.groups()
        return f"{word}{quote}{folder}/{name}{quote}" if name in names else match[0]

    return _IMPORT.sub(address, text)
