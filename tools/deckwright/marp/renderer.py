"""The renderer: Marp and the browser, which turn an expanded deck into what formats are made of.

Marp runs in one warm Node process, which starts in the background; the browser starts only when a format
needs it.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, Protocol, Self, TypeVar

from deckwright.errors import RenderError, ToolMissing
from deckwright.files.atomic import write_atomic
from deckwright.files.codec import Malformed, decode, encode
from deckwright.files.digests import digest_of
from deckwright.files.scratch import Scratch
from deckwright.marp import fonts
from deckwright.marp.browsers import provide_browser
from deckwright.marp.charts import PACKAGES, ChartDrawing
from deckwright.marp.diagram_pictures import diagram_page, drawing_of
from deckwright.marp.diagrams import DrawAnswer, described
from deckwright.marp.families import Family
from deckwright.marp.family_files import fetch
from deckwright.marp.glyphs import letters_without_font
from deckwright.marp.node import GRACE_SECONDS, NodeProcess
from deckwright.marp.packages import SOURCES, cache_folder, find_node, install_packages, node_environment
from deckwright.marp.page_fonts import font_faces
from deckwright.marp.pictures import CompareAnswer, comparison_page, difference_of, keep_pictures
from deckwright.marp.rendering import ADDRESS, MarpRendering, RenderAnswer, ServedFiles
from deckwright.marp.stacks import with_stacks
from deckwright.marp.subset import picture_faces
from deckwright.marp.web_fonts import with_web_fonts
from deckwright.model import (
    DiagramSource,
    Drawing,
    PageDiagnostic,
    PictureDifference,
    Place,
    RenderRequest,
    SlideDiagnostic,
    SlideMeasurements,
    SlidePictures,
    SlideSlug,
)
from deckwright.text.letters import named_letters

T = TypeVar("T")

_MOST_DRAWINGS = 64
"""Charts of earlier renderings that are not drawn again."""

_HASTE_SECONDS = 0.2
"""How long Node may take to end after Ctrl-C."""


class NodePort(Protocol):
    """The process that runs Marp: see `node.NodeProcess`."""

    def ask(self, method: str, /, **params: Any) -> Future[Any]: ...

    def call(self, method: str, /, timeout_seconds: float | None, **params: Any) -> Any: ...

    def close(self, grace_seconds: float) -> None: ...


class Tools:
    """The tools of the renderer; `stopped` returns whether they are no longer needed."""

    def packages(self, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of the JavaScript packages."""
        return install_packages(folder=cache, stopped=stopped)

    def libraries(self, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of what draws charts."""
        return install_packages(PACKAGES, cache, stopped)

    def family(self, family: Family, cache: Path, stopped: Callable[[], bool]) -> Path:
        """Return the folder of a family of fonts. Raises ToolMissing."""
        return fetch(family, cache, stopped)

    def node(self, packages: Path, scratch: Path) -> NodePort:
        """Start Node."""
        command = [str(find_node().path), str(SOURCES / "server.mjs"), str(packages), str(scratch)]
        process = NodeProcess(command, node_environment(), cwd=packages)
        process.ask("warm")
        return process

    def browser(
        self, cache: Path, packages: Callable[[], Path], stopped: Callable[[], bool]
    ) -> Mapping[str, Any]:
        """Return what Node needs to start the browser; `packages` waits until they are installed."""
        browser = provide_browser(cache, stopped)
        env = {**browser.env, **fonts.browser_environment(packages(), cache)}
        return {"executable": str(browser.path), "kind": browser.kind, "args": list(browser.args), "env": env}


class MarpRenderer:
    """The warm Node process and its browser."""

    def __init__(
        self,
        cache: Path | None = None,
        scratch: Path | None = None,
        tools: Tools | None = None,
        patience_seconds: float = 180.0,
    ) -> None:
        """`scratch` is a folder for temporary files; `patience_seconds` are for one step, 0 for no limit."""
        self._cache = cache or cache_folder()
        self._scratch_parent = scratch or self._cache / "scratch"
        self._tools = tools or Tools()
        self._patience_seconds = patience_seconds or None
        self._scratch: Scratch | None = None
        self._background = ThreadPoolExecutor(max_workers=2, thread_name_prefix="deckwright-marp")
        self._node: Future[NodePort] | None = None
        self._browser: Future[None] | None = None
        self._closing = threading.Event()
        self._drawings: dict[str, ChartDrawing] = {}
        self._unfetched: dict[str, str] = {}
        """Why a family of fonts cannot be had: without a network, it is tried once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close(GRACE_SECONDS if error is None else _HASTE_SECONDS)

    def start(self, browser: bool = False) -> None:
        """Start Node in the background, and with `browser` also the browser."""
        if self._node is None:
            self._scratch = self._scratch or Scratch(self._scratch_parent)
            self._node = self._background.submit(self._start_node)
        if browser and self._browser is None:
            self._browser = self._background.submit(self._start_browser, self._node)

    @contextmanager
    def open(self, request: RenderRequest) -> Iterator[MarpRendering]:
        """Render one deck. Raises RenderError or ToolMissing."""
        self.start()
        rendering = self._rendering(request)
        try:
            yield rendering
        finally:
            rendering.close()

    def draw(self, diagrams: Sequence[DiagramSource]) -> tuple[Drawing, ...]:
        """Draw diagrams that have files of their own, each as a picture."""
        self.start(browser=True)
        page = diagram_page(diagrams, self.fonts)
        with self.temporary_folder() as name:
            files = ServedFiles().with_page(Path(name, "diagrams.html"), page)
            numbered = described(dict(enumerate(diagrams)))
            answers = self.browse(
                tuple[DrawAnswer, ...], "draw", address=ADDRESS, files=files, diagrams=numbered
            )
        faces = partial(picture_faces, packages=self.packages)
        return tuple(drawing_of(*pair, faces) for pair in zip(diagrams, answers, strict=True))

    def measure(self, request: RenderRequest, folder: Path) -> SlideMeasurements:
        """Find what does not fit or cannot be read; put pictures of these slides into `folder`."""
        self.start(browser=True)
        rendering = self._rendering(request)
        with self.temporary_folder() as name:
            files = rendering.printable(request.source, Path(name))
            page = Path(files[ADDRESS][0]).read_text("utf-8")
            letters = letters_without_font(page, files, self.packages)
            kind = tuple[SlideDiagnostic, ...]
            diagnostics = self.browse(
                kind,
                "measure",
                address=ADDRESS,
                files=files,
                leastText=request.least_text,
                letters=letters,
                pictures=name,
            )
            paths = keep_pictures(Path(name), folder, request.source.stem)
            pictures = {slide: path.relative_to(request.build).as_posix() for slide, path in paths}
        broken = {found.address: found.message for found in rendering.broken_pictures()}
        return SlideMeasurements(request.path, tuple(map(_in_words, diagnostics)), pictures, broken)

    def mark(self, request: RenderRequest, places: Sequence[Place], folder: Path) -> SlidePictures:
        """Put pictures of the slides of places into `folder`, with the places marked."""
        self.start(browser=True)
        rendering = self._rendering(request)
        with self.temporary_folder() as name:
            files = rendering.printable(request.source, Path(name))
            marks = [encode(place) for place in places]
            self.browse(NoneType, "mark", address=ADDRESS, files=files, pictures=name, places=marks)
            paths = keep_pictures(Path(name), folder, request.source.stem)
            pictures = {slide: path.relative_to(request.build).as_posix() for slide, path in paths}
        return SlidePictures(request.path, pictures)

    def compare(self, accepted: Path, fresh: Path, picture: Path) -> PictureDifference:
        """Compare a fresh figure with the accepted one; write a picture of both and their difference."""
        self.start(browser=True)
        served = ServedFiles()
        page = comparison_page(served.address(accepted), served.address(fresh))
        with self.temporary_folder() as name:
            files = served.with_page(Path(name, "compare.html"), page)
            difference = Path(name, "difference.png")
            compared = self.browse(
                CompareAnswer, "compare", address=ADDRESS, files=files, picture=str(difference)
            )
            write_atomic(picture, difference.read_bytes())
        return difference_of(compared)

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the process, the browser, and installations. May be called twice."""
        self._closing.set()
        starting, self._node, self._browser = self._node, None, None
        self._background.shutdown(wait=True)
        if starting is not None and starting.exception() is None:
            starting.result().close(grace_seconds)
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None

    # --- for renderings -----------------------------------------------------------------------

    @property
    def packages(self) -> Path:
        return self._tools.packages(self._cache, self._closing.is_set)

    @property
    def libraries(self) -> Path:
        """Return the folder of what draws charts, which is installed for the first deck that has one."""
        return self._tools.libraries(self._cache, self._closing.is_set)

    def draw_charts(self, tasks: Sequence[Mapping[str, Any]]) -> list[ChartDrawing]:
        """Return what the browser draws of charts; the same task gives the same drawing."""
        packages = str(self.libraries)
        keys = [digest_of([packages, task]) for task in tasks]
        missing = {key: task for key, task in zip(keys, tasks) if key not in self._drawings}
        for key, task in missing.items():
            self._drawings[key] = self.browse(
                ChartDrawing, "chart", address=ADDRESS, packages=packages, task=task
            )
        if missing:
            self.browse(NoneType, "closeStudio")
        drawings = [self._drawings[key] for key in keys]
        self._drawings = dict([*self._drawings.items()][-_MOST_DRAWINGS:])
        return drawings

    def fonts(self, page: str) -> str:
        """Return CSS with the fonts that a page names."""
        return self.fonts_and_missing(page)[0]

    def fonts_and_missing(self, page: str) -> tuple[str, Mapping[str, str]]:
        """Return CSS with the fonts that a page names; and why families that it needs cannot be had."""
        missing = dict[str, str]()

        def find(family: Family) -> Path | None:
            try:
                if family.name not in self._unfetched:
                    return self._tools.family(family, self._cache, self._closing.is_set)
            except ToolMissing as error:
                self._unfetched[family.name] = error.message.splitlines()[0]
            missing[family.name] = self._unfetched[family.name]
            return None

        return font_faces(page, self.packages, self._cache, find), missing

    def temporary_folder(self) -> tempfile.TemporaryDirectory[str]:
        assert self._scratch is not None
        return tempfile.TemporaryDirectory(dir=self._scratch.path)

    def marp(self, request: RenderRequest) -> RenderAnswer:
        """Return what Marp makes of the deck."""
        return self.call(
            RenderAnswer,
            "render",
            source=str(request.source),
            themes=[str(theme) for theme in request.themes],
            named={str(theme): name for theme, name in request.named.items()},
            settings=request.settings,
            cjkEmphasis=request.cjk_emphasis,
            outputs=request.outputs,
            diagrams=described(request.diagrams),
            charts=len(request.charts),
        )

    def call(self, kind: type[T], method: str, **params: Any) -> T:
        """Send a request to Node, and return the answer as a value of `kind`."""
        assert self._node is not None
        node = self._node.result()
        try:
            answer = node.call(method, timeout_seconds=self._patience_seconds, **params)
        except RenderError:
            # It may have ended, or never end what it does: the next request gets another, and a browser.
            self._node = self._browser = None
            node.close(_HASTE_SECONDS)
            raise
        try:
            return decode(kind, answer)
        except Malformed as error:
            raise RenderError(f"Node answered '{method}' with something else: {error}") from error

    def hide(self) -> None:
        """Close what the browser shows, if it still runs."""
        if self._browser is not None:
            with suppress(RenderError):  # the error that ended the rendering has been raised
                self.browse(NoneType, "hide")

    def browse(self, kind: type[T], method: str, **params: Any) -> T:
        """Call a method that needs the browser, which has no limit of its own."""
        self.start(browser=True)
        assert self._browser is not None
        self._browser.result()
        return self.call(kind, method, **params)

    def _rendering(self, request: RenderRequest) -> MarpRendering:
        answer, lacking = self._with_fonts(request, self.marp(request))
        rendering = MarpRendering(self, request, answer, lacking)
        rendering = rendering.with_diagrams() if request.diagrams else rendering
        return rendering.with_charts() if request.charts else rendering

    def _with_fonts(
        self, request: RenderRequest, rendered: RenderAnswer
    ) -> tuple[RenderAnswer, Sequence[PageDiagnostic]]:
        pages = (rendered.page, rendered.print_page)
        drawn = (
            *(source.text for source in request.diagrams.values()),
            *(c.specification for c in request.charts),
        )
        (page, print_page), lacking = with_web_fonts(pages, "".join(drawn), request.web_fonts, self._cache)
        return replace(rendered, page=with_stacks(page), print_page=with_stacks(print_page)), lacking

    def _start_node(self) -> NodePort:
        assert self._scratch is not None
        return self._tools.node(self.packages, self._scratch.path)

    def _start_browser(self, node: Future[NodePort]) -> None:
        command = self._tools.browser(self._cache, lambda: self.packages, self._closing.is_set)
        node.result().ask("open", **command)


def _in_words(found: SlideDiagnostic) -> SlideDiagnostic:
    """Return a diagnostic with letters that no font has named by their code points."""
    if found.kind is not SlideSlug.MISSING_GLYPH:
        return found
    named = named_letters(found.message)
    return replace(found, message=f"no font of the slides has {named}: a computer without one shows boxes")
