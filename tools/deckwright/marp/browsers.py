"""The browser: the system's Chrome, Chromium, Edge or Firefox, else one from an npm package."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from deckwright.errors import ToolMissing
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.marp.packages import SOURCES, cache_folder, find_node, install_packages, make_once, never, run

PACKAGE = SOURCES / "browser"

_COMMANDS = (
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "firefox",
)
_MAC_PROGRAMS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Firefox.app/Contents/MacOS/firefox",
)

_CHROME_ARGS = (
    # A printed page needs nothing from the network.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    # Glyphs and colours that do not depend on a screen.
    # Charts in space need WebGL, which is drawn without a GPU: the same on every machine.
    "--enable-unsafe-swiftshader",
    *("--disable-gpu", "--font-render-hinting=none", "--force-color-profile=srgb", "--hide-scrollbars"),
)


@dataclass(frozen=True, slots=True)
class Browser:
    """How to start a browser."""

    path: Path
    kind: str
    """chrome (all browsers with Chrome's protocol) or firefox."""
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def args(self) -> tuple[str, ...]:
        if self.kind == "firefox":
            return ()
        # Chromium refuses to start as root with a sandbox.
        return (*_CHROME_ARGS, *(("--no-sandbox",) if os.geteuid() == 0 else ()))


MACHINE = f"{sys.platform} {platform.machine()}"


def find_browser(environ: Mapping[str, str] = os.environ) -> Browser | None:
    """Return the browser that the environment names, or one of the system; None if there is none."""
    for variable in ("DECKWRIGHT_BROWSER", "CHROME_PATH"):
        if named := environ.get(variable):
            path = shutil.which(named)
            if path is None:
                raise ToolMissing(f"{variable} names {named}, which is not a program", f"unset {variable}")
            return _browser(Path(path))
    return next((_browser(path) for path in _installed(environ)), None)


def find_bundled(folder: Path | None = None) -> Browser | None:
    """Return the browser of the npm package; None if it is not unpacked yet."""
    target = _bundle_folder(folder)
    return _bundled(target) if target.is_dir() else None


def has_bundle(machine: str = MACHINE) -> bool:
    """Whether the npm package has a browser for a kind of machine."""
    return machine == "linux x86_64"


def provide_browser(
    folder: Path | None = None,
    stopped: Callable[[], bool] = never,
    environ: Mapping[str, str] = os.environ,
    machine: str = MACHINE,
) -> Browser:
    """Return a browser, which is installed and unpacked if necessary; raises ToolMissing."""
    if browser := find_browser(environ) or find_bundled(folder):
        return browser
    if not has_bundle(machine):
        raise ToolMissing(
            "no Chrome, Chromium, Edge or Firefox was found",
            hint="install one, or set DECKWRIGHT_BROWSER to its program",
        )
    return _unpack(folder, stopped)


def _unpack(folder: Path | None, stopped: Callable[[], bool]) -> Browser:
    packages = install_packages(PACKAGE, folder, stopped)
    script = str(PACKAGE / "unpack.mjs")

    def make(fresh: Path) -> None:
        command = [str(find_node().path), script, str(packages), str(fresh)]
        run(command, cwd=fresh, what="browser", stopped=stopped)

    return _bundled(make_once(_bundle_folder(folder), make, stopped))


def _bundle_folder(folder: Path | None) -> Path:
    wanted = json.loads((PACKAGE / "package.json").read_text("utf-8"))["dependencies"]
    unpacked = digest((PACKAGE / "unpack.mjs").read_bytes())[:6]
    return (folder or cache_folder()) / f"chromium-{wanted['@sparticuz/chromium']}-{unpacked}"


def _bundled(folder: Path) -> Browser:
    libraries = [str(folder / "al2023" / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
    env = {"LD_LIBRARY_PATH": os.pathsep.join(filter(None, libraries))}
    return Browser(folder / "chromium", "chrome", env)


def _browser(path: Path) -> Browser:
    return Browser(path, "firefox" if "firefox" in path.name.lower() else "chrome")


def _installed(environ: Mapping[str, str]) -> Iterator[Path]:
    if sys.platform == "darwin":
        yield from filter(Path.exists, (Path("/Applications", app) for app in _MAC_PROGRAMS))
    for command in _COMMANDS:
        path = shutil.which(command, path=environ.get("PATH"))
        if path and not _is_snap_stub(Path(path)):
            yield Path(path)


def _is_snap_stub(path: Path) -> bool:
    """Whether a program only advises to install a snap, as Ubuntu's chromium-browser does."""
    with path.open("rb") as file:
        start = file.read(2048)
    return start.startswith(b"#!") and b"snap install" in start
