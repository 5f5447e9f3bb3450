"""The requirements of a build on this machine: tools, packages and devices."""

from __future__ import annotations

import ast
import platform
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec
from pathlib import Path

from deckwright.build.read import read_course
from deckwright.errors import ConfigError, ToolMissing
from deckwright.execute.recorders import recorder_in_force
from deckwright.formats.pptx.libreoffice import find_libreoffice
from deckwright.machine.devices import find
from deckwright.marp import toolchain
from deckwright.model import Job, Requirement
from deckwright.project.project import Project, find_project
from deckwright.text.syntax import imported_modules

_PACKAGES = {
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""The packages of modules that have another name."""


def requirements(
    folder: Path, tools: Callable[[], Iterable[Requirement]] = toolchain.requirements
) -> tuple[Requirement, ...]:
    """Return what a build needs, and what the scripts of this folder import.

    Installs nothing, never raises.
    """
    python = Requirement("Python", f"{platform.python_version()} ({sys.executable})", True, "")
    devices = Requirement("devices", ", ".join(find()), True, "")
    return (python, *_packages(folder), devices, *_recording(), *tools(), _libreoffice())


def _libreoffice() -> Requirement:
    """Return what draws slides whose texts can be edited; most builds do without it."""
    try:
        state = str(find_libreoffice())
    except ToolMissing as error:
        state = f"not installed; only `build --editable` needs it: {error.hint}"
    return Requirement("LibreOffice", state, True, "")


def _recording() -> Iterator[Requirement]:
    """Yield who records what scripts read, and for what the limits of scripts hold."""
    try:
        recorder = recorder_in_force()
    except ConfigError as error:
        yield Requirement("recorder", str(error), False, error.hint)
        return
    yield Requirement("recorder", str(recorder), True, "")
    yield Requirement("limits", _limits(recorder.kernel), True, "")


def _limits(kernel: bool) -> str:
    """Say for what the limits of scripts hold; `kernel` records what they do, or not."""
    state = "hold for all that a script starts"
    if sys.platform != "linux":
        return f"{state}, but not for what leaves its session and its parent"
    return state if kernel else f"{state}, but are late for what starts processes quickly"


def _packages(folder: Path) -> Iterator[Requirement]:
    """Yield each package that scripts import, and each module that is not installed."""
    providers = packages_distributions()
    packages: dict[str, Requirement] = {}
    for module, job in sorted(_imported(folder).items()):
        for name in providers.get(module, ()):
            packages[name] = Requirement(name, version(name), True, "")
        if module not in providers and find_spec(module) is None:
            hint = f"{shlex.quote(sys.executable)} -m pip install {_PACKAGES.get(module, module)}"
            packages[module] = Requirement(module, f"not installed; {job} imports it", False, hint)
    yield from packages.values()


def _imported(folder: Path) -> dict[str, str]:
    """Return the modules that the scripts of the decks here import, each with such a script."""
    with suppress(ConfigError):  # no project, or wrong settings, which every other command reports
        project = find_project(folder)
        jobs, own = read_course(project, ()).jobs.values(), _own(project)
        return {name: job.script for job in jobs for name in _needs(job) - own - _beside(project, job)}
    return {}


def _needs(job: Job) -> set[str]:
    """Return the top-level names that a script imports, except in a `try` statement."""
    body = [statement for statement in _statements(job) if not isinstance(statement, ast.Try)]
    names = {name.partition(".")[0] for name in imported_modules([ast.Module(body, [])])}
    return names - sys.stdlib_module_names - {"__main__"}


def _statements(job: Job) -> Iterator[ast.stmt]:
    lines = job.source.split("\n")
    for unit in job.units:
        with suppress(SyntaxError):  # which a slide may show on purpose
            yield from ast.parse("\n".join(lines[unit.first_line - 1 : unit.last_line])).body


def _own(project: Project) -> set[str]:
    """Return the names of the author's modules, which scripts may import from any folder by `sys.path`."""
    return {name for path in project.scripts() for name in path.removesuffix(".py").split("/")}


def _beside(project: Project, job: Job) -> set[str]:
    return {path.stem for path in (project.root / job.script).parent.iterdir()}
