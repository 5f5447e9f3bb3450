"""The interpreter and the installed distributions, on which results depend."""

from __future__ import annotations

import locale
import os
import platform
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from deckwright.files.digests import ALL_PACKAGES, digest_of
from deckwright.frozen import dataclass
from deckwright.machine.result_code import result_code_digest

_INSTALLED = re.compile(r"(.+?)-(\d[^-]*)(?:\.dist-info|(?:-py[\d.]+(?:-.+)?)?\.egg-info)")
"""NAME-VERSION.dist-info, or NAME-VERSION-py3.11.egg-info from Linux distributions and old tools."""
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""\bextra\s*==\s*["']([^"']+)["']""")

_PYTHON_VARIABLES = tuple(
    f"PYTHON{name}"
    for name in (
        "PATH",
        "HOME",
        "USERBASE",
        "NOUSERSITE",
        "SAFEPATH",
        "UTF8",
        "IOENCODING",
        "OPTIMIZE",
        "WARNINGS",
    )
)
"""Variables that shape what Python imports and how it runs all scripts."""


@dataclass(frozen=True)
class Environment:
    """The interpreter that runs scripts, and what it can import."""

    python: str
    """Implementation, version, machine and settings, and a digest of our own code that shapes results."""
    versions: Mapping[str, str]
    """Version of each installed distribution, by normalised name."""

    def packages(self, modules: Iterable[str]) -> dict[str, str]:
        """Return the versions of the distributions of modules (top-level names), and of their requirements.

        Requirements are read from metadata: nothing else shows a module that was imported ahead.
        """
        waiting = {(normalised(name), "") for module in modules for name in self._providers.get(module, ())}
        done: set[tuple[str, str]] = set()
        while waiting:
            name, extra = waiting.pop()
            if name in self.versions and (name, extra) not in done:
                done.add((name, extra))
                waiting |= set(_needs(name, extra))
        return {name: self.versions[name] for name, _ in sorted(done)}

    def brings(self, modules: Iterable[str]) -> dict[str, str]:
        """Return the versions of the distributions of modules (top-level names), without requirements."""
        names = {normalised(name) for module in modules for name in self._providers.get(module, ())}
        return {name: self.versions[name] for name in sorted(names) if name in self.versions}

    def provides(self, module: str) -> bool:
        """Whether a distribution contains a module, given by its top-level name."""
        return module in self._providers

    def state(self) -> dict[str, str]:
        """Return all versions, and a digest of them together."""
        return {**self.versions, ALL_PACKAGES: digest_of(dict(self.versions))}

    @cached_property
    def _providers(self) -> Mapping[str, Iterable[str]]:
        # Reads the lists of files of all distributions: only after something has run.
        from importlib.metadata import packages_distributions  # takes 40 ms to import

        return packages_distributions()


def find_environment() -> Environment:
    """Return the environment of this process.

    Versions are read from the names of folders with metadata, and the first on the path counts.
    """
    versions: dict[str, str] = {}
    for folder in filter(os.path.isdir, sys.path):
        for entry in sorted(os.listdir(folder)):
            if match := _INSTALLED.fullmatch(entry):
                versions.setdefault(normalised(match[1]), match[2])
    versions.pop("deckwright", None)  # what counts of it is in `python`
    return Environment(_python(os.environ), versions)


def _python(environ: Mapping[str, str]) -> str:
    settings = {name: environ[name] for name in _PYTHON_VARIABLES if environ.get(name)}
    encoding = locale.getencoding().lower()
    name = f"{platform.python_implementation()} {sys.version} {platform.machine()} {encoding} {settings}"
    return f"{name} {result_code_digest()}"


def versions_of(names: Iterable[str], environment: Environment) -> dict[str, str]:
    """Return Python's version, and those of the named distributions that are installed."""
    known = {name: environment.versions[name] for name in names if name in environment.versions}
    return {"python": platform.python_version(), **known}


def normalised(name: str) -> str:
    """Return a distribution's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _needs(name: str, extra: str) -> Iterator[tuple[str, str]]:
    """Yield what a distribution (or one extra of it) requires: names, each with an extra."""
    from importlib.metadata import requires  # takes 40 ms to import

    for text in requires(name) or []:
        wanted = _EXTRA.search(text)
        requirement = _REQUIREMENT.match(text)
        if requirement and normalised(wanted[1] if wanted else "") == extra:
            for name_of_extra in ["", *(requirement[2] or "").split(",")]:
                yield normalised(requirement[1]), normalised(name_of_extra.strip())
