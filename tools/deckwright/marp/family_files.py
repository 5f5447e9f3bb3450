"""The files of a family of fonts: fetched once, and kept as what a page needs of them.

Fontsource's packages hold nine weights in two formats. Two weights stay: first the part with most letters,
then what other parts add.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from deckwright.errors import ToolMissing
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.marp.failed_fetches import FailedFetches
from deckwright.marp.families import Family
from deckwright.marp.packages import SOURCES, cache_folder, install_locked, make_once, never
from deckwright.marp.subset import letters_of

LOCK = SOURCES / "fonts" / "package-lock.json"

_FORMAT = "1"
"""The version of what is kept of a package."""

_INDEX = "letters.json"
_WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True)
class FamilyFile:
    """One file of a family, in one weight."""

    name: str
    weight: int
    letters: str
    """Those that no file before it has, in the same weight."""


def fetch(family: Family, cache: Path | None = None, stopped: Callable[[], bool] = never) -> Path:
    """Return the folder of a family's files, which are fetched once.

    Raises ToolMissing if that fails, and Cancelled soon after `stopped` returns True.
    """

    def make(fresh: Path) -> None:
        package = fresh / "package"
        package.mkdir()
        install_locked(_lock_of(family), package, f"fonts of {family.name}", stopped)
        _keep(family, package / "node_modules" / "@fontsource" / family.package, fresh)
        shutil.rmtree(package)

    return make_once(_folder(family, cache), make, stopped)


class FetchedOnce:
    """Fetches families; what could not be had is not tried again at once, or each build would wait for it."""

    def __init__(
        self, fetch: Callable[[Family], Path] = fetch, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._failed: FailedFetches[ToolMissing] = FailedFetches(clock)

    def __call__(self, family: Family) -> Path:
        """Return the folder of a family's files. Raises ToolMissing."""
        if failed := self._failed.get(family.name):
            raise failed
        try:
            return self._fetch(family)
        except ToolMissing as error:
            self._failed.put(family.name, error)
            raise


def find(family: Family, cache: Path | None = None) -> Path | None:
    """Return the folder of a family's files; None if they were not fetched yet."""
    folder = _folder(family, cache)
    return folder if folder.is_dir() else None


@lru_cache(maxsize=32)
def files_in(folder: Path) -> tuple[FamilyFile, ...]:
    """Return the files in a family's folder, those with most letters first."""
    return tuple(FamilyFile(**each) for each in json.loads((folder / _INDEX).read_text("utf-8")))


def version_of(family: Family) -> str:
    """Return the version of a family that is fetched."""
    return str(_locked(family)["version"])


def _folder(family: Family, cache: Path | None) -> Path:
    locked = json.dumps(_locked(family)) + _FORMAT
    return (cache or cache_folder()) / f"font-{family.package}-{digest(locked.encode())[:12]}"


@lru_cache(maxsize=1)
def _whole_lock() -> dict[str, Any]:
    return dict(json.loads(LOCK.read_text("utf-8")))


def _locked(family: Family) -> dict[str, Any]:
    packages = _whole_lock()["packages"]
    return dict(packages[f"node_modules/@fontsource/{family.package}"])


def _lock_of(family: Family) -> dict[str, Any]:
    """Return a lock that holds only one family."""
    package, locked = f"@fontsource/{family.package}", _locked(family)
    root = {"name": "deckwright-font", "dependencies": {package: locked["version"]}}
    return {**_whole_lock(), **root, "packages": {"": root, f"node_modules/{package}": locked}}


def _keep(family: Family, package: Path, folder: Path) -> None:
    """Write what a page needs of a package into a folder."""
    kept = [asdict(file) for weight in _WEIGHTS for file in _kept(family, package, folder, weight)]
    shutil.copyfile(package / "LICENSE", folder / "LICENSE")
    (folder / _INDEX).write_text(json.dumps(kept), "utf-8")


def _kept(family: Family, package: Path, folder: Path, weight: int) -> Iterator[FamilyFile]:
    known: set[str] = set()
    for path in _parts(family, package, weight):
        fresh = letters_of(path) - known
        if fresh:
            known |= fresh
            yield FamilyFile(_unpack(path, folder), weight, "".join(sorted(fresh)))


def _unpack(path: Path, folder: Path) -> str:
    """Write a file in the form that is quickest to read, and return its name.

    WOFF holds the tables as they are; those of WOFF2 take seconds to restore, so only small ones stay.
    """
    from fontTools.ttLib import TTFont  # slow to import, and needed once

    source = path.with_suffix(".woff")
    if not source.is_file():
        shutil.copyfile(path, folder / path.name)
        return path.name
    with TTFont(source, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        if "COLR" in font and "SVG " in font:  # the same pictures twice
            del font["SVG "]
        font.flavor = None
        font.save(folder / path.with_suffix(".ttf").name, reorderTables=False)
    return path.with_suffix(".ttf").name


def _parts(family: Family, package: Path, weight: int) -> Sequence[Path]:
    """Return the files of a weight: the main part, other named ones, then those with rare letters."""
    paths = sorted((package / "files").glob(f"{family.package}-*-{weight}-normal.woff2"))

    def order(path: Path) -> tuple[bool, bool, int, str]:
        part = path.name[len(family.package) + 1 :].removesuffix(f"-{weight}-normal.woff2")
        number = re.sub(r"\D", "", part)
        return part != family.subset, bool(number), int(number or 0), part

    return sorted(paths, key=order)
