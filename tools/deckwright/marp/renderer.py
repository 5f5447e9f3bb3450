"""The renderer: Marp and the browser, which turn an expanded deck into what formats are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import NoneType
from typing import Any, Self, TypeVar

from deckwright.files.atomic import write_atomic
from deckwright.files.codec import encode
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.marp.clean_slides import depend_on_others
from deckwright.marp.diagram_pictures import diagram_page, drawing_of
from deckwright.marp.diagrams import DrawAnswer, described
from deckwright.marp.glyphs import letters_without_font
from deckwright.marp.node import GRACE_SECONDS
from deckwright.marp.pictures import CompareAnswer, comparison_page, difference_of, keep_pictures
from deckwright.marp.rendering import MarpRendering, render
from deckwright.marp.served_files import ADDRESS, ServedFiles
from deckwright.marp.state_measurements import of_states as diagnostics_of_states
from deckwright.marp.state_measurements import pictures_of_states, slides_of_states
from deckwright.marp.states import control_data
from deckwright.marp.warm_node import HASTE_SECONDS, Tools, WarmNode
from deckwright.model import (
    ControlledPage,
    DiagramSource,
    Drawing,
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


_Measured = tuple[tuple[SlideDiagnostic, ...], dict[int, str], frozenset[str]]
"""Diagnostics, pictures by slide, and digests of slides on which nothing was found."""


@dataclass(frozen=True, slots=True)
class _Slides:
    """Slides to be measured."""

    rendering: MarpRendering
    request: RenderRequest
    controlled: Mapping[int, ControlledPage]
    """Those with controls, by number."""
    clean: Collection[str]
    """The digests of those that need not be measured."""
    numbers: frozenset[int] = frozenset()
    """Counted from 1; none for all."""


class MarpRenderer:
    """Renders decks in one warm process of Marp, and looks at them in one browser."""

    def __init__(
        self,
        cache: Path | None = None,
        scratch: Path | None = None,
        tools: Tools | None = None,
        patience_seconds: float = 180.0,
    ) -> None:
        """`scratch` is a folder for temporary files; `patience_seconds` are for one step, 0 for no limit."""
        self._node = WarmNode(cache, scratch, tools or Tools(), patience_seconds or None)
        self._last: tuple[RenderRequest, tuple[str, ...], MarpRendering] | None = None
        """What was rendered last, of which contents: a check measures it, too."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.close(GRACE_SECONDS if error is None else HASTE_SECONDS)

    def start(self, browser: bool = False) -> None:
        """Start Marp in the background, and with `browser` also the browser."""
        self._node.start(browser)

    def is_intact(self) -> bool:
        """Whether its temporary files were not removed by somebody else."""
        return self._node.is_intact()

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the process, the browser, and installations. May be called twice."""
        self._node.close(grace_seconds)

    @contextmanager
    def open(self, request: RenderRequest) -> Iterator[MarpRendering]:
        """Render one deck. Raises RenderError or ToolMissing."""
        self._node.start()
        rendering = render(self._node, request)
        self._last = request, _digests(request), rendering
        try:
            yield rendering
        finally:
            rendering.close()

    def _render(self, request: RenderRequest) -> MarpRendering:
        """Return a deck as it was rendered last, or rendered now."""
        if self._last and self._last[:2] == (request, _digests(request)):
            return self._last[2]
        return render(self._node, request)

    def draw(self, diagrams: Sequence[DiagramSource]) -> tuple[Drawing, ...]:
        """Draw diagrams that have files of their own, each as a picture."""
        self._node.start(browser=True)
        page = diagram_page(diagrams, self._node.fonts)
        with self._node.temporary_folder() as name:
            files = ServedFiles().with_page(Path(name, "diagrams.html"), page)
            numbered = described(dict(enumerate(diagrams)))
            kind = tuple[DrawAnswer, ...]
            answers = self._node.browse(kind, "draw", address=ADDRESS, files=files, diagrams=numbered)
        return tuple(
            drawing_of(*pair, self._node.picture_fonts) for pair in zip(diagrams, answers, strict=True)
        )

    def measure(self, request: RenderRequest, folder: Path, clean: Collection[str] = ()) -> SlideMeasurements:
        """Find what does not fit or cannot be read; put pictures of these slides into `folder`.

        `clean` are digests of slides on which nothing was found, as earlier measurements have them.
        """
        self._node.start(browser=True)
        rendering = self._render(request)
        controls = {page.page + 1: page for page in request.controlled}
        found, pictures, spotless = self._measured(_Slides(rendering, request, controls, clean), folder)
        of_states = slides_of_states(request.controlled)
        if rendering.states and request.states and of_states:
            states = _Slides(rendering.states, request.states, of_states, clean, frozenset(of_states))
            others, drawn, more = self._measured(states, folder)
            found += diagnostics_of_states(others, request)
            pictures = {**pictures_of_states(drawn, request.controlled), **pictures}
            spotless |= more
        broken = {each.address: each.message for each in rendering.broken_pictures()}
        return SlideMeasurements(request.path, found, pictures, broken, spotless)

    def _measured(self, slides: _Slides, folder: Path) -> _Measured:
        """Measure slides, unless they are clean."""
        request = slides.request
        with self._node.temporary_folder() as name:
            files = slides.rendering.printable(request.source, Path(name))
            page = Path(files[ADDRESS][0]).read_text("utf-8")
            letters = letters_without_font(page, files, self._node.own_letters)
            controls = {
                str(number): control_data(page.controls) for number, page in slides.controlled.items()
            }
            shown = sorted(
                digest(Path(path).read_bytes()) for at, (path, _) in files.items() if at != ADDRESS
            )
            digests = slides.rendering.slide_digests([letters, request.least_text, shown], controls)
            asked = {"leastText": request.least_text, "letters": letters, "controls": controls}

            def look(numbers: Collection[int]) -> tuple[tuple[SlideDiagnostic, ...], dict[int, str]]:
                kind = tuple[SlideDiagnostic, ...]
                return self._look(kind, "measure", request, files, folder, slides=sorted(numbers), **asked)

            of_all = slides.numbers or range(1, len(digests) + 1)
            due = [number for number in of_all if not digests or digests[number - 1] not in slides.clean]
            is_due = due or not digests
            found, pictures = look(due) if is_due else ((), _kept(Path(name, "none"), folder, request))
            if depend_on_others(found):
                found, pictures = look(slides.numbers)
        faulty = {each.slide for each in found}
        clean = frozenset(digests[number - 1] for number in of_all if digests and number not in faulty)
        return tuple(map(_in_words, found)), pictures, clean

    def mark(self, request: RenderRequest, places: Sequence[Place], folder: Path) -> SlidePictures:
        """Put pictures of the slides of places into `folder`, with the places marked."""
        self._node.start(browser=True)
        rendering = self._render(request)
        with self._node.temporary_folder() as name:
            files = rendering.printable(request.source, Path(name))
            marks = [encode(place) for place in places]
            _, pictures = self._look(NoneType, "mark", request, files, folder, places=marks)
        return SlidePictures(request.path, pictures)

    def compare(self, accepted: Path, fresh: Path, picture: Path) -> PictureDifference:
        """Compare a fresh figure with the accepted one; write a picture of both and their difference."""
        self._node.start(browser=True)
        served = ServedFiles()
        page = comparison_page(served.address(accepted), served.address(fresh))
        with self._node.temporary_folder() as name:
            files = served.with_page(Path(name, "compare.html"), page)
            difference = Path(name, "difference.png")
            compared = self._node.browse(
                CompareAnswer, "compare", address=ADDRESS, files=files, picture=str(difference)
            )
            write_atomic(picture, difference.read_bytes())
        return difference_of(compared)

    def _look(
        self,
        kind: type[T],
        method: str,
        request: RenderRequest,
        files: Mapping[str, tuple[str, str]],
        folder: Path,
        **params: Any,
    ) -> tuple[T, dict[int, str]]:
        """Return the answer of a method that takes pictures of slides, and these, which go into `folder`."""
        with self._node.temporary_folder() as name:
            answer = self._node.browse(kind, method, address=ADDRESS, files=files, pictures=name, **params)
            return answer, _kept(Path(name), folder, request)


def _kept(pictures: Path, folder: Path, request: RenderRequest) -> dict[int, str]:
    """Move pictures of slides into a folder, in place of earlier ones; return their paths below build/."""
    paths = keep_pictures(pictures, folder, request.source.stem)
    return {slide: path.relative_to(request.build).as_posix() for slide, path in paths}


def _digests(request: RenderRequest) -> tuple[str, ...]:
    """Return the digests of the texts that Marp reads."""
    sources = (request.source, *([request.states.source] if request.states else []), *request.themes)
    return tuple(digest(path.read_bytes()) if path.is_file() else "" for path in sources)


def _in_words(found: SlideDiagnostic) -> SlideDiagnostic:
    """Return a diagnostic with letters that no font has named by their code points."""
    if found.kind is not SlideSlug.MISSING_GLYPH:
        return found
    named = named_letters(found.message)
    return replace(found, message=f"no font of the slides has {named}: a computer without one shows boxes")
