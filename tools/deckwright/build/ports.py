"""The ports to the outside world that a build goes through, apart from the sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from deckwright.frozen import dataclass
from deckwright.machine.environment import Environment
from deckwright.model import (
    Chance,
    DiagramSource,
    Drawing,
    Event,
    FontPackage,
    Job,
    OnCell,
    OnStart,
    OnText,
    PictureDifference,
    Place,
    RenderRequest,
    Result,
    SlideMeasurements,
    SlidePictures,
    StandaloneRun,
)
from deckwright.store import Store

if TYPE_CHECKING:
    from deckwright.build.parsed import ParsedSources
    from deckwright.formats import DeckRendering

Emit = Callable[[Event], None]


class Runner(Protocol):
    """Runs jobs in processes: one result per job, in the order in which they end."""

    def run(
        self,
        jobs: Sequence[Job],
        on_start: OnStart,
        on_text: OnText | None = None,
        on_cell: OnCell | None = None,
    ) -> Iterator[Result]: ...


class Renderer(Protocol):
    """Marp and the browser."""

    def start(self, browser: bool) -> None:
        """Begin to warm up; returns at once."""

    def open(self, request: RenderRequest) -> AbstractContextManager[DeckRendering]:
        """Render one deck."""

    def draw(self, diagrams: Sequence[DiagramSource]) -> Sequence[Drawing]:
        """Draw diagrams that have files of their own, each as a picture."""

    def measure(self, request: RenderRequest, folder: Path, clean: Collection[str] = ()) -> SlideMeasurements:
        """Look at every slide of a deck that was rendered; put pictures of faulty ones into a folder.

        It need not look at those whose digests are `clean`.
        """

    def mark(self, request: RenderRequest, places: Sequence[Place], folder: Path) -> SlidePictures:
        """Put pictures of the slides of places into a folder, with the places marked."""

    def compare(self, accepted: Path, fresh: Path, picture: Path) -> PictureDifference:
        """Return how far a fresh figure is from the accepted one; draw both and their difference."""


class StandaloneRunner(Protocol):
    """Runs scripts as a student does."""

    def __call__(
        self, jobs: Sequence[Job], on_start: Callable[[str], None], chance: Chance
    ) -> Iterator[tuple[str, StandaloneRun]]:
        """Yield id and outcome of each job as it ends; call `on_start` for each that starts."""


class FindFonts(Protocol):
    """Finds the packages of web fonts, and fetches those that are not here yet."""

    def __call__(self, texts: Sequence[str], on_fetch: Callable[[str], None]) -> Mapping[str, FontPackage]:
        """Return what there is of each package that these decks and style sheets need, by its name.

        `on_fetch` is called with what is about to be fetched, in words.
        """


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that reaches outside, apart from reading the sources."""

    store: Store
    parsed: Callable[[], ParsedSources]
    """Returns the sources as they were parsed last."""
    runner: Callable[[], AbstractContextManager[Runner]]
    runner_in: Callable[[Path], AbstractContextManager[Runner]]
    """The same for scripts in another folder than the project's."""
    renderer: Callable[[], AbstractContextManager[Renderer]]
    environment: Environment
    device_for: Callable[[str], str | None]
    """Returns the device that a script gets which asks for one; None if it is absent."""
    run_standalone: StandaloneRunner
    render_versions: Callable[[], Mapping[str, str]]
    """What a page's look depends on, our own code included."""
    web_fonts: FindFonts = lambda texts, on_fetch: {}
    font_versions: Callable[[], Mapping[str, str]] = dict
    """Returns the version of each family of fonts that figures can have, by its name."""
    card_versions: Callable[[], Mapping[str, str]] = dict
    """Returns the models of the GPUs that scripts use and the version of their driver, by name, if known."""
    cards_of: Callable[[str], Mapping[str, str]] = lambda job: {}
    """Returns the same of the machine on which a job has run."""
    unknown_versions: frozenset[str] = frozenset()
    """Names of versions that only the machines of a cluster know."""
    gpu_users: Callable[[], Sequence[str]] = tuple
    """Says which processes of others use the GPUs here."""
    last_commit: Callable[[], str] = str
    """Returns the day of the project's last commit, such as 2026-03-01; empty where there is none."""
    cluster_warnings: Callable[[], Sequence[str]] = tuple
    """Returns what is wrong with the cluster that runs scripts, though it runs them."""
    missing_tools: Callable[[bool], str] = lambda browser: ""
    """Returns in words what has to be downloaded first, with or without a browser."""
    kernel_records: Callable[[], bool] = lambda: False
    """Returns whether the kernel reports what scripts read."""
    gpus: int = 1
    """How many GPUs a script can use at the same time, if there are any."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Environment variables that hold a secret."""
    conditions: Callable[[], str] = str
    """A digest of all that a build depends on besides the sources."""

    def rendering_by(self, renderer: Renderer) -> Ports:
        """Return the same ports with a renderer that is there already."""
        return replace(self, renderer=lambda: nullcontext(renderer))

    def kept_warm(self, runner: Runner, renderer: Renderer) -> Ports:
        """Return the same ports for one build after another, whose processes are there already."""
        return replace(self.rendering_by(renderer), runner=lambda: nullcontext(runner))


@dataclass(frozen=True, slots=True)
class WarmPorts:
    """Ports for one build after another; the processes behind them stay warm."""

    ports: Callable[[], Ports]
    """The ports of the next build: after packages were installed or removed, Python starts anew."""
    interrupt: Callable[[], None]
    """Make the current run of scripts raise `Cancelled`; may be called from any thread."""
    intact: Callable[[], bool]
    """Whether what was put into the build folder for them is there: it may have been removed."""
    end_leftovers: Callable[[], None]
    """End the scripts of interrupted runs that still run: a build has ended without them."""
    warm: Callable[[Iterable[Job]], None]
    """Begin to import what these jobs import, for runs to come."""
