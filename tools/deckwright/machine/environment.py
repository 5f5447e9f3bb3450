"""What results depend on besides the sources: the interpreter, and the distributions that are installed."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from deckwright.files.digests import ALL_PACKAGES, digest_of
from deckwright.machine.result_code import result_code_digest

_INSTALLED = re.compile(r"(.+?)-(\d[^-]*)(?:\.dist-info|(?:-py[\d.]+(?:-.+)?)?\.egg-info)")
"""NAME-VERSION.dist-info; Linux distributions and old tools leave NAME-VERSION-py3.11.egg-info."""
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Environment:
    """The interpreter that runs scripts, and what it can import."""

    python: str
    """Implementation, version and machine, and a digest of our own code that shapes results."""
    versions: Mapping[str, str]
    """Version of each installed distribution, by normalised name."""

    def packages(self, modules: Iterable[str]) -> dict[str, str]:
        """Return the versions of the distributions that modules come from, and of all that these need.

        `modules` are top-level names. What a distribution needs is taken from its metadata: a module
        that was imported ahead, for another script, leaves no other trace.
        """
        waiting = {(normalised(name), "") for module in modules for name in self._providers.get(module, ())}
        done: set[tuple[str, str]] = set()
        while waiting:
            name, extra = waiting.pop()
            if name in self.versions and (name, extra) not in done:
                done.add((name, extra))
                waiting |= set(_needs(name, extra))
        return {name: self.versions[name] for name, _ in sorted(done)}

    def provides(self, module: str) -> bool:
        """Whether some distribution holds a module, given by its top-level name."""
        return module in self._providers

    def state(self) -> dict[str, str]:
        """Return all versions, and what stands for all of them together."""
        return {**self.versions, ALL_PACKAGES: digest_of(dict(self.versions))}

    @cached_property
    def _providers(self) -> Mapping[str, Iterable[str]]:
        # ReadLog the lists of files of all distributions: only after something has run.
        providers: Mapping[str, Iterable[str]] = _metadata().packages_distributions()
        return providers


def find_environment() -> Environment:
    """Return the environment of this process; reads only the names of what is installed."""
    return Environment(_python(), _versions(sys.path))


def versions_of(names: Iterable[str], environment: Environment) -> dict[str, str]:
    """Return the versions of those distributions that are installed, and Python's."""
    known = {name: environment.versions[name] for name in names if name in environment.versions}
    return {"python": platform.python_version(), **known}


def normalised(name: str) -> str:
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _python() -> str:
    python = f"{platform.python_implementation()} {sys.version}"
    return f"{python} {platform.machine()} {result_code_digest()}"


def _versions(folders: Iterable[str]) -> dict[str, str]:
    """Read names and versions off what installers leave; the first folder on the path counts."""
    found: dict[str, str] = {}
    for folder in filter(os.path.isdir, folders):
        for entry in sorted(os.listdir(folder)):
            if match := _INSTALLED.fullmatch(entry):
                found.setdefault(normalised(match[1]), match[2])
    found.pop("deckwright", None)  # what counts of it is in `python`
    return found


def _needs(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """Yield what a distribution (or one extra of it) requires: names, each with the extras asked for."""
    for text in _metadata().requires(name) or []:
        wanted = _EXTRA.search(text)
        requirement = _REQUIREMENT.match(text)
        if requirement and normalised(wanted[1] if wanted else "") == extra:
            for asked in ["", *(requirement[2] or "").split(",")]:
                yield normalised(requirement[1]), normalised(asked.strip())


def _metadata() -> Any:
    # Takes 40 ms to import, which only a build that runs something pays.
    return import_module("importlib.metadata")
