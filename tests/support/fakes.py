"""Fakes of the four ports: sources in memory, processes, Marp. The store is the real one, in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from pypdf import PdfWriter

from deckwright.build.context import Context
from deckwright.build.parsed import ParsedSources
from deckwright.build.ports import Ports
from deckwright.files.digests import ABSENT, digest, digest_of
from deckwright.files.disk import digest_names
from deckwright.machine.environment import Environment
from deckwright.model import (
    Chance,
    DeckContents,
    DiagramSource,
    Drawing,
    Event,
    FontPackage,
    Job,
    OnCell,
    OnStart,
    OnText,
    Output,
    PageDiagnostic,
    PictureDifference,
    Place,
    RenderRequest,
    Request,
    Result,
    SlideBlocks,
    SlideContents,
    SlideDiagnostic,
    SlideMeasurements,
    SlidePictures,
    Stamp,
    StandaloneRun,
)
from deckwright.project.project import Project
from deckwright.project.settings import Settings
from deckwright.store import Store
from deckwright.text.paths import is_outside
from support.course import output


@dataclass
class MemoryFiles:
    """`Files` in a dictionary; logs what was read."""

    contents: dict[str, bytes]
    log: list[str] = field(default_factory=list)
    forbidden: set[str] = field(default_factory=set)
    """Those that the author may not read."""

    def exists(self, path: str) -> bool:
        return path in self.contents

    def is_inside(self, path: str) -> bool:
        return not is_outside(path)

    def read(self, path: str) -> bytes:
        self.log.append(path)
        if path not in self.contents:
            raise FileNotFoundError(path)
        if path in self.forbidden:
            raise PermissionError(13, "Permission denied", path)
        return self.contents[path]

    def find(self, folder: str, suffix: str) -> Sequence[str]:
        return sorted(p for p in self.contents if p.startswith(f"{folder}/") and p.endswith(suffix))

    def stamp(self, path: str) -> Stamp | None:
        """As good as the best file system: another content, another stamp."""
        if path.endswith("/"):
            return Stamp(0, 1, 1, int(self.digest(path)[:12], 16)) if self._names(path) else None
        data = self.contents.get(path)
        return None if data is None else Stamp(len(data), 1, 1, int(digest(data)[:12], 16))

    def digest(self, path: str) -> str:
        if path.endswith("/"):
            return digest_names(self._names(path)) if self._names(path) else ABSENT
        return digest(self.read(path)) if path in self.contents else ABSENT

    def _names(self, folder: str) -> set[str]:
        start = folder.removeprefix("./")
        return {p.removeprefix(start).split("/")[0] for p in self.contents if p.startswith(start)}


@dataclass
class FakeRunner:
    """Gives each job the result that `results` makes of it: by default, that it printed its name."""

    results: dict[str, Callable[[Job], Result]] = field(default_factory=dict)
    ran: list[str] = field(default_factory=list)

    @contextmanager
    def open(self) -> Iterator[FakeRunner]:
        yield self

    def run(
        self,
        jobs: Sequence[Job],
        on_start: OnStart,
        on_text: OnText | None = None,
        on_cell: OnCell | None = None,
    ) -> Iterator[Result]:
        for job in jobs:
            self.ran.append(job.id)
            on_start(job.id, 0.0)
            yield self.results.get(job.id, _printed)(job)


def _printed(job: Job) -> Result:
    count = sum(len(unit.statements) for unit in job.units)
    return Result(job.id, job.device, 0.5, (output(f"{job.id}\n"), *[Output()] * (count - 1)))


@dataclass(frozen=True)
class FakeRendering:
    """A deck whose page and PDF hold nothing but `content`."""

    content: bytes
    slides: Sequence[bytes] = (b"",)
    diagnostics: Sequence[PageDiagnostic] = ()
    author: str = ""
    description: str = ""
    keywords: Sequence[str] = ()
    math: bool = True
    sheet_diagnostics: Sequence[PageDiagnostic] = ()
    size: tuple[float, float] = (1280.0, 720.0)
    states: FakeRendering | None = None

    @property
    def notes(self) -> Sequence[str]:
        return [""] * len(self.slides)

    def begin(self, path: str) -> None:
        pass

    def page(self, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        return self.content, ()

    def pdf(self, path: str, pages: Sequence[int] | None = None) -> bytes:
        return blank_pdf(self.content)

    def sheets(self, sheets: str, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        return blank_pdf(sheets.encode()), self.sheet_diagnostics

    def pictures(
        self, scale: float = 1.0, slides: int | None = None, grounds: bool = False
    ) -> Iterator[bytes]:
        for slide in self.slides[:slides]:
            yield slide + f"{' without blocks' * grounds} at {scale}".encode()

    def contents(self, path: str) -> DeckContents:
        return DeckContents(1280, 720, (SlideContents(),) * len(self.slides))

    def blocks(self) -> Sequence[SlideBlocks]:
        return [SlideBlocks()] * len(self.slides)

    def fonts(self, folder: Path) -> Path:
        return folder / "fonts.conf"

    def misfits(self) -> Sequence[SlideDiagnostic]:
        return ()


def blank_pdf(content: bytes) -> bytes:
    """Return a PDF with one blank page, and some content behind it."""
    return _BLANK + b"%" + content.hex().encode() + b"\n"


def _blank() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 50)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


_BLANK = _blank()


@dataclass
class FakeRenderer:
    """Makes pages that hold nothing but the text of the deck."""

    build: Path
    rendered: list[RenderRequest] = field(default_factory=list)
    started: list[bool] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    measured: list[RenderRequest] = field(default_factory=list)
    clean: list[frozenset[str]] = field(default_factory=list)
    """The slides that it need not have measured, each time."""
    marked: list[Sequence[Place]] = field(default_factory=list)
    compared: list[Path] = field(default_factory=list)
    slide_diagnostics: tuple[SlideDiagnostic, ...] = ()
    """What it finds on every deck."""
    slides: Sequence[bytes] = (b"",)
    """What the pictures of slides hold."""
    diagnostics: tuple[PageDiagnostic, ...] = ()
    """What it says of every deck."""
    sheet_diagnostics: tuple[PageDiagnostic, ...] = ()
    """What it says of every hand-out."""
    error: Exception | None = None
    """What rendering ends with."""
    failing: str = ""
    """The only deck on which it ends so; empty for all."""
    undrawn: Exception | None = None
    """What drawing diagrams ends with."""
    unmeasured: Exception | None = None
    """What looking at slides ends with."""
    unmarked: Exception | None = None
    """What marking places on slides ends with."""

    @contextmanager
    def warm(self) -> Iterator[FakeRenderer]:
        yield self

    def start(self, browser: bool) -> None:
        self.started.append(browser)

    @contextmanager
    def open(self, request: RenderRequest) -> Iterator[FakeRendering]:
        if self.error and self.failing in ("", request.path):
            raise self.error
        self.rendered.append(request)
        diagnostics = {"diagnostics": self.diagnostics, "sheet_diagnostics": self.sheet_diagnostics}
        yield FakeRendering(self.content(request), self.slides, **diagnostics)

    def content(self, request: RenderRequest) -> bytes:
        return request.source.read_bytes()

    def draw(self, diagrams: Sequence[DiagramSource]) -> tuple[Drawing, ...]:
        self.drawn += [diagram.path for diagram in diagrams]
        if self.undrawn:
            raise self.undrawn
        return tuple(map(_drawing, diagrams))

    def measure(self, request: RenderRequest, folder: Path, clean: Collection[str] = ()) -> SlideMeasurements:
        self.measured.append(request)
        self.clean.append(frozenset(clean))
        if self.unmeasured and self.failing in ("", request.path):
            raise self.unmeasured
        folder.mkdir(parents=True, exist_ok=True)
        pictures = {}
        for diagnostic in self.slide_diagnostics:
            picture = folder / f"{diagnostic.slide}.png"
            picture.write_bytes(b"a slide")
            pictures[diagnostic.slide] = picture.relative_to(self.build).as_posix()
        slides = frozenset({digest_of(request.source.read_text())})
        return SlideMeasurements(request.path, self.slide_diagnostics, pictures, clean=slides)

    def mark(self, request: RenderRequest, places: Sequence[Place], folder: Path) -> SlidePictures:
        self.marked.append(tuple(places))
        if self.unmarked:
            raise self.unmarked
        folder.mkdir(parents=True, exist_ok=True)
        pictures = {}
        for place in places:
            picture = folder / f"{place.slide}.png"
            picture.write_bytes(b"a slide")
            pictures[place.slide] = picture.relative_to(self.build).as_posix()
        return SlidePictures(request.path, pictures)

    def compare(self, accepted: Path, fresh: Path, picture: Path) -> PictureDifference:
        picture.write_bytes(accepted.read_bytes() + fresh.read_bytes())
        self.compared.append(picture)
        return PictureDifference(1.0, "all pixels differ")


def _drawing(source: DiagramSource) -> Drawing:
    """Return the text as the picture; one that says "wrong" does not parse."""
    if "wrong" in source.text:
        return Drawing(slug="diagram", message="this diagram does not parse: wrong", line=2)
    return Drawing(f"<svg>{source.text}</svg>")


@dataclass
class House:
    """A project with all its ports, in a folder of its own."""

    root: Path
    files: MemoryFiles
    runner: FakeRunner
    renderer: FakeRenderer
    devices: dict[str, str]
    went_standalone: dict[str, StandaloneRun | Callable[[Chance], StandaloneRun]] = field(
        default_factory=dict
    )
    """How scripts went that were run alone; the others printed their names, as the runner says."""
    ran_standalone: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    versions: dict[str, str] = field(default_factory=lambda: {"marp": "1"})
    """Of what renders."""
    web_fonts: dict[str, FontPackage] = field(default_factory=dict)
    font_versions: dict[str, str] = field(default_factory=dict)
    card_versions: dict[str, str] = field(default_factory=dict)
    cards_elsewhere: dict[str, str] = field(default_factory=dict)
    """Those of the machines of a cluster, which runs the scripts."""
    gpu_users: list[str] = field(default_factory=list)
    last_commit: str = ""

    @property
    def project(self) -> Project:
        return Project(self.root, self.files, self.settings)

    def context(self, request: Request | None = None) -> Context:
        """Return the context of one command."""
        return Context(self.project, self.ports, request or Request(), self.events.append)

    @property
    def ports(self) -> Ports:
        """Return fresh ports, as a command opens them."""
        return Ports(
            store=(store := Store(self.root / "build" / ".store")),
            parsed=cache(lambda: ParsedSources(store)),
            runner=self.runner.open,
            runner_in=lambda root: self.runner.open(),
            renderer=self.renderer.warm,
            environment=Environment("Python 3", {}),
            device_for=self.devices.get,
            run_standalone=self.run_standalone,
            render_versions=lambda: self.versions,
            web_fonts=lambda texts, on_fetch: self.web_fonts,
            font_versions=lambda: self.font_versions,
            card_versions=lambda: self.card_versions,
            cards_of=lambda job: self.cards_elsewhere or self.card_versions,
            unknown_versions=frozenset(self.cards_elsewhere),
            gpu_users=lambda: self.gpu_users,
            last_commit=lambda: self.last_commit,
            conditions=lambda: json.dumps([self.devices, self.versions]),
        )

    def run_standalone(
        self, jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
    ) -> Iterator[tuple[str, StandaloneRun]]:
        for job in jobs:
            on_start(job.id)
            self.ran_standalone.append(job.id)
            went = self.went_standalone.get(job.id, StandaloneRun(f"{job.id}\n", "", 0, 0.1))
            yield job.id, went(chance) if callable(went) else went

    def built(self) -> dict[str, bytes]:
        """Return what lies in build/, apart from the store."""
        files = (path for path in (self.root / "build").rglob("*") if path.is_file())
        found = {path.relative_to(self.root / "build").as_posix(): path.read_bytes() for path in files}
        return {path: data for path, data in found.items() if not path.startswith(".store/")}


def house(root: Path, texts: Mapping[str, str | bytes]) -> House:
    """Return a project with these files, on a machine without a GPU."""
    contents = {p: t.encode() if isinstance(t, str) else t for p, t in texts.items()}
    devices = {"any": "cpu", "cpu": "cpu"}
    return House(root, MemoryFiles(contents), FakeRunner(), FakeRenderer(root / "build"), devices)
