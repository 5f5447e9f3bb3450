"""The pytest plug-in: `pytest slides/` has one test per reference and per slide.

It imports no other module of ours until a deck is collected, as pytest loads it in every run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from deckwright.errors import DeckwrightError
    from deckwright.model import Case, Diagnostic, Report
    from deckwright.project.project import Project

_SLIDES = "slides"
_REPORTS = pytest.StashKey[dict[Path, "Report | DeckwrightError"]]()
"""The report on each project, or why there is none."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("deckwright", "slides as tests")
    group.addoption(
        "--slides-standalone", action="store_true", help="also run every script as a student does"
    )
    group.addoption(
        "--slides-allow", action="append", default=[], metavar="SLUG", help="only warn of this diagnostic"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DeckFile | None:
    """Collect decks: Markdown files in slides/ of a project that pytest is to test."""
    root = next((folder.parent for folder in file_path.parents if folder.name == _SLIDES), None)
    if file_path.suffix != ".md" or root is None:
        return None
    return DeckFile.from_parent(parent, path=file_path) if _is_to_test(parent.config, root) else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Check the collected decks before the first test, so that the time of a check is in no test."""
    failed = session.testsfailed and not session.config.getoption("continue_on_collection_errors")
    if failed or session.config.getoption("collectonly"):
        return
    reports = session.stash[_REPORTS] = {}
    root_of = attrgetter("project.root")
    items = [item for item in session.items if isinstance(item, CaseItem)]
    for root, of_project in groupby(sorted(items, key=root_of), key=root_of):
        reports[root] = _check(session.config, list(of_project))


class DeckFile(pytest.File):
    """One deck."""

    def collect(self) -> Iterator[SlideNode]:
        from deckwright.build.cases import cases_of
        from deckwright.build.read import read_course
        from deckwright.errors import DeckwrightError
        from deckwright.project.project import find_project

        try:
            project = find_project(self.path.parent)
            if project.path_of(self.path) not in project.decks():
                return
            course = read_course(project, [str(self.path)])
        except DeckwrightError as error:
            raise self.CollectError(_text(error)) from None
        slide_of = attrgetter("slide")
        cases = cases_of(course, {}, course.diagnostics)
        own = [case for case in cases if self.path == project.root / case.deck]
        for slide, on_slide in groupby(sorted(own, key=slide_of), key=slide_of):
            yield SlideNode.from_parent(self, name=f"slide-{slide}", cases=tuple(on_slide), project=project)


class SlideNode(pytest.Collector):
    """One slide of a deck."""

    def __init__(self, *, cases: Sequence[Case], project: Project, **more: Any) -> None:
        super().__init__(**more)
        self.cases = cases
        self.project = project

    def collect(self) -> Iterator[CaseItem]:
        for case in self.cases:
            yield CaseItem.from_parent(self, name=case.name, case=case, project=self.project)


class CaseItem(pytest.Item):
    """One case: a reference on a slide, or the slide as a whole."""

    def __init__(self, *, case: Case, project: Project, **more: Any) -> None:
        super().__init__(**more)
        self.case = case
        self.project = project

    def runtest(self) -> None:
        report = self.session.stash[_REPORTS][self.project.root]
        if isinstance(report, Exception):
            raise report
        if errors := _errors(self.case, report):
            raise Unproved(*errors)
        judged = next((other for other in report.cases if other.id == self.case.id), self.case)
        if judged.reason:
            pytest.skip(judged.excuse)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from deckwright.errors import DeckwrightError

        if isinstance(excinfo.value, Unproved):
            return "\n\n".join(map(_diagnostic_text, excinfo.value.args))
        if isinstance(excinfo.value, DeckwrightError):
            return _text(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.case.line - 1, self.case.id


class Unproved(Exception):
    """The failure of a case; its arguments are diagnostics."""


def _diagnostic_text(diagnostic: Diagnostic) -> str:
    from click import unstyle

    from deckwright.project.project import BUILD
    from deckwright.report.diagnostics_text import diagnostic_text

    see = f"\nsee {BUILD}/{diagnostic.picture}" if diagnostic.picture else ""
    return unstyle(diagnostic_text(diagnostic)) + see


def _is_to_test(config: pytest.Config, root: Path) -> bool:
    """Whether pytest names these slides, or runs in their project, and they are not test data."""
    from deckwright.project.settings import has_table

    here = config.invocation_params.dir
    named = [(here / argument.partition("::")[0]).resolve() for argument in config.args]
    if any(path.is_relative_to((root / _SLIDES).resolve()) for path in named):
        return True
    inside = root == config.rootpath or any(path.is_relative_to(root.resolve()) for path in named)
    return inside and has_table(root)


def _check(config: pytest.Config, items: Sequence[CaseItem]) -> Report | DeckwrightError:
    """Check the decks of one project, once for all workers of pytest-xdist."""
    from filelock import FileLock

    from deckwright.build.context import Context
    from deckwright.build.entry import build_or_replay
    from deckwright.errors import DeckwrightError
    from deckwright.model import Check, Request
    from deckwright.wiring import open_ports

    project = items[0].project
    how = Check(config.getoption("--slides-standalone"), tuple(config.getoption("--slides-allow")))
    request = Request(tuple(sorted({str(item.path) for item in items})), check=how)
    project.build.mkdir(exist_ok=True)
    try:
        with FileLock(project.build / ".pytest.lock"):
            ports = open_ports(project, project.settings.device, project.settings.jobs)
            return build_or_replay(Context(project, ports, request))
    except DeckwrightError as error:
        return error


def _errors(case: Case, report: Report) -> list[Diagnostic]:
    """Return the errors of a case; if its deck was not built, also those of scripts, which are in no deck."""
    own = [other for other in report.cases if other.id == case.id]
    stopped = any(other.state == "skipped" for other in own)
    scripts = [other for other in report.cases if stopped and not other.deck.endswith(".md")]
    diagnostics = (each for other in (*own, *scripts) for each in other.diagnostics)
    return [each for each in diagnostics if each.severity == "error"]


def _text(error: DeckwrightError) -> str:
    return f"[{error.slug}] {error.message}" + (f"\nhint: {error.hint}" if error.hint else "")
