"""`pytest slides/`: a test for every reference and every slide, with the ids and options that people expect.

Nothing of ours is imported until a deck is collected: pytest loads this in every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from deckwright.model import Case, Diagnostic, Report
    from deckwright.project import Project

_CHECKED = pytest.StashKey[dict[Path, "Report"]]()
"""What was found, by project; filled by the first test that runs."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("deckwright", "slides as tests")
    group.addoption(
        "--slides-standalone", action="store_true", help="also run every script as a student does"
    )
    group.addoption(
        "--slides-allow", action="append", default=[], metavar="SLUG", help="let a slide have this fault"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DeckFile | None:
    """Collect decks: Markdown files in the slides/ folder of a project that pytest was asked about."""
    if file_path.suffix != ".md" or "slides" not in file_path.parts[:-1]:
        return None
    project = _project_of(file_path)
    if project is None or file_path not in {project.root / deck for deck in project.decks()}:
        return None
    if not _is_asked(parent.config, project):
        return None
    return DeckFile.from_parent(parent, path=file_path, project=project)


class DeckFile(pytest.File):
    """One deck."""

    def __init__(self, *, project: Project, **more: Any) -> None:
        super().__init__(**more)
        self.project = project

    def collect(self) -> Iterator[SlideNode]:
        from deckwright.cases import cases_of
        from deckwright.read import read_course

        course = read_course(self.project, [str(self.path)])
        cases = sorted(cases_of(course, {}, ()), key=lambda case: case.slide)
        for slide, found in groupby(cases, key=lambda case: case.slide):
            yield SlideNode.from_parent(self, name=f"slide-{slide}", cases=tuple(found))


class SlideNode(pytest.Collector):
    """One slide of a deck."""

    parent: DeckFile

    def __init__(self, *, cases: Sequence[Case], **more: Any) -> None:
        super().__init__(**more)
        self.cases = cases

    def collect(self) -> Iterator[CaseItem]:
        for case in self.cases:
            yield CaseItem.from_parent(self, name=case.name, case=case, project=self.parent.project)


class CaseItem(pytest.Item):
    """One thing on a slide that is proved."""

    def __init__(self, *, case: Case, project: Project, **more: Any) -> None:
        super().__init__(**more)
        self.case = case
        self.project = project

    def runtest(self) -> None:
        report = _checked(self.session, self.project)
        found = {case.id: case for case in report.cases}[self.case.id]
        errors = [wrong for wrong in found.wrong if wrong.severity == "error"]
        if errors:
            raise Unproved(errors)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from deckwright.errors import DeckwrightError
        from deckwright.report.format import diagnostics_text

        if isinstance(excinfo.value, Unproved):
            return diagnostics_text(excinfo.value.found)
        if isinstance(excinfo.value, DeckwrightError):
            error = excinfo.value
            return f"[{error.slug}] {error.message}" + (f"\nhint: {error.hint}" if error.hint else "")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.case.id


class Unproved(Exception):
    """What is wrong with a case."""

    def __init__(self, found: Iterable[Diagnostic]) -> None:
        super().__init__(found)
        self.found = tuple(found)


def _is_asked(config: pytest.Config, project: Project) -> bool:
    """Whether pytest runs in the project, or was given a path in it: not of projects that are test data."""
    if project.root == config.rootpath:
        return True
    named = (config.invocation_params.dir / name.partition("::")[0] for name in config.args)
    return any(path.resolve().is_relative_to(project.root) for path in named)


def _project_of(deck: Path) -> Project | None:
    from deckwright.errors import ConfigError
    from deckwright.project import find_project

    try:
        return find_project(deck.parent)
    except ConfigError:
        return None


def _checked(session: pytest.Session, project: Project) -> Report:
    """Return the report of a check of all decks that were collected; it is made once."""
    known = session.stash.setdefault(_CHECKED, {})
    if project.root not in known:
        items = (item for item in session.items if isinstance(item, CaseItem))
        decks = {item.path for item in items if item.project.root == project.root}
        known[project.root] = _check(session.config, project, sorted(map(str, decks)))
    return known[project.root]


def _check(config: pytest.Config, project: Project, decks: Sequence[str]) -> Report:
    from filelock import FileLock

    from deckwright.build import build
    from deckwright.model import Check, Request
    from deckwright.outside import open_doors
    from deckwright.recall import recall

    how = Check(config.getoption("--slides-standalone"), tuple(config.getoption("--slides-allow")))
    request = Request(tuple(decks), check=how)
    project.build.mkdir(exist_ok=True)
    # Workers of pytest-xdist share one check: the first makes it, the others are told.
    with FileLock(project.build / ".pytest.lock"):
        doors = open_doors(project, project.settings.device, project.settings.jobs)
        return recall(project, doors, request) or build(project, doors, request, lambda event: None)
