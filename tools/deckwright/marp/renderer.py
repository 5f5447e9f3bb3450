"""The one door to Marp and the browser: a deck goes in, its page, PDF and picture come out.

Marp runs in one warm Node process that starts while other work goes on; the browser starts only when
something is printed.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from deckwright.files.atomic import write_atomic
from deckwright.files.scratch import Scratch
from deckwright.marp import fonts
from deckwright.marp.ansi_style import terminal_style
from deckwright.marp.browsers import Browser, provide_browser
from deckwright.marp.embed import Embedder, media_type
from deckwright.marp.measurements import keep_pictures, slide_diagnostics
from deckwright.marp.node import GRACE_SECONDS, NodeProcess
from deckwright.marp.packages import (
    SOURCES,
    cache_folder,
    find_node,
    install_packages,
    node_environment,
)
from deckwright.marp.page_links import page_link, printed_link
from deckwright.marp.pdf import Properties, finish
from deckwright.marp.picture_difference import comparison_page, picture_difference
from deckwright.marp.subset import font_faces
from deckwright.model import PageDiagnostic, PictureDifference, RenderedDeck, RenderRequest, SlideMeasurements

_PATIENCE_SECONDS = 180.0

_HASTE_SECONDS = 0.2
"""What Node gets to end when someone has pressed Ctrl-C."""

_ADDRESS = "http://deckwright.invalid/"
"""Where the browser finds the page that it prints; answered by us, never by the network."""

# Notes in Marp's presenter view name only Latin fonts; the page's own make them legible anywhere.
_NOTES = f'.bespoke-marp-note{{font-family:Helvetica,Arial,"{fonts.SANS}",sans-serif}}'

_PICTURE_TYPES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp"}


class Renderer:
    """Owns the warm Node process and the browser behind it."""

    def __init__(self, cache: Path | None = None, scratch: Path | None = None) -> None:
        """`scratch` is a folder to fill with what is thrown away again."""
        self._cache = cache or cache_folder()
        self._scratch_parent = scratch or self._cache / "scratch"
        self._scratch: Scratch | None = None
        self._background = ThreadPoolExecutor(max_workers=2, thread_name_prefix="deckwright-marp")
        self._node: Future[NodeProcess] | None = None
        self._browser: Future[Browser] | None = None
        self._closing = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(GRACE_SECONDS if error is None else _HASTE_SECONDS)

    def start(self, browser: bool = False) -> None:
        """Begin to warm up, and return at once; with `browser`, the browser too."""
        if self._node is None:
            self._scratch = self._scratch or Scratch(self._scratch_parent)
            self._node = self._background.submit(self._start_node)
        if browser and self._browser is None:
            self._browser = self._background.submit(self._start_browser, self._node)

    def render(self, request: RenderRequest) -> RenderedDeck:
        """Render one deck and write what is asked for; `RenderError` or `ToolMissing` if it cannot be."""
        printing = request.pdf is not None or request.picture is not None
        self.start(browser=printing)
        made = self._marp(request)
        link_of = _links(request, request.html)
        embedder = Embedder(_roots(request), self._packages, link_of=link_of)
        faces = font_faces(made["page"], self._packages, self._cache)
        colours = terminal_style(made["page"])
        page = _with_style(embedder.page(made["page"]), colours + (faces and faces + _NOTES))
        write_atomic(request.html, page.encode())
        pages, too_full = self._print(request, made, faces) if printing else (0, ())
        return RenderedDeck(
            path=request.path,
            slides=len(made["notes"]),
            html=_below_build(request, request.html),
            pdf=_below_build(request, request.pdf),
            picture=_below_build(request, request.picture),
            pdf_pages=pages,
            diagnostics=(
                *(_complaint(each, request.themes) for each in made["warnings"]),
                *_own(request, embedder.diagnostics),
                *too_full,
            ),
        )

    def measure(self, request: RenderRequest, folder: Path) -> SlideMeasurements:
        """Find what does not fit or cannot be read; leave pictures of it in `folder`, and none of before."""
        self.start(browser=True)
        made = self._marp(request, numbered=True)
        faces = font_faces(made["page"], self._packages, self._cache)
        with self._temporary_folder() as name:
            found = self._browse(
                "measure",
                address=_ADDRESS,
                files=self._printable(request, made, faces, Path(name, "deck.html")),
                pictures=name,
            )
            kept = keep_pictures(Path(name), folder, request.source.stem)
            pictures = {slide: _below_build(request, path) for slide, path in kept}
        return SlideMeasurements(request.path, slide_diagnostics(found), pictures)

    def compare(self, accepted: Path, fresh: Path, picture: Path) -> PictureDifference:
        """Tell how far a fresh figure is from the accepted one; draw both and their difference."""
        self.start(browser=True)
        assert self._browser is not None
        self._browser.result()
        served = _Served()
        page = comparison_page(served.address(accepted), served.address(fresh))
        with self._temporary_folder() as name:
            files = {_ADDRESS: _kept(Path(name, "compare.html"), page), **served.files}
            drawn = Path(name, "difference.png")
            found = self._call("compare", address=_ADDRESS, files=files, picture=str(drawn))
            write_atomic(picture, drawn.read_bytes())
        return picture_difference(found)

    def close(self, grace_seconds: float = GRACE_SECONDS) -> None:
        """End the process, the browser, and what is being installed. May be called twice."""
        self._closing.set()
        starting, self._node, self._browser = self._node, None, None
        self._background.shutdown(wait=True)
        if starting is not None and starting.exception() is None:
            starting.result().close(grace_seconds)
        if self._scratch is not None:
            self._scratch.close()
            self._scratch = None

    @property
    def _packages(self) -> Path:
        return install_packages(folder=self._cache, stopped=self._closing.is_set)

    def _temporary_folder(self) -> tempfile.TemporaryDirectory[str]:
        assert self._scratch is not None
        return tempfile.TemporaryDirectory(dir=self._scratch.path)

    def _start_node(self) -> NodeProcess:
        assert self._scratch is not None
        packages = self._packages
        command = [str(find_node().path), str(SOURCES / "server.mjs"), str(packages), str(self._scratch.path)]
        process = NodeProcess(command, node_environment(), cwd=packages)
        process.ask("warm")
        return process

    def _start_browser(self, node: Future[NodeProcess]) -> Browser:
        browser = provide_browser(self._cache, self._closing.is_set)
        env = {**browser.env, **fonts.browser_environment(self._packages, self._cache)}
        node.result().ask(
            "open", executable=str(browser.path), kind=browser.kind, args=list(browser.args), env=env
        )
        return browser

    def _call(self, method: str, **params: Any) -> Any:
        assert self._node is not None
        return self._node.result().call(method, timeout_seconds=_PATIENCE_SECONDS, **params)

    def _marp(self, request: RenderRequest, numbered: bool = False) -> Any:
        """Return what Marp makes of the deck; with `numbered`, the line of each block stands before it."""
        return self._call(
            "render",
            source=str(request.source),
            themes=[str(theme) for theme in request.themes],
            settings=request.settings,
            cjkEmphasis=request.cjk_emphasis,
            numbered=numbered,
        )

    def _browse(self, method: str, **params: Any) -> Any:
        assert self._browser is not None
        self._browser.result()
        return self._call(method, **params)

    def _print(
        self, request: RenderRequest, made: Mapping[str, Any], faces: str
    ) -> tuple[int, Sequence[PageDiagnostic]]:
        """Print what was rendered; return the number of pages of the PDF, and what does not fit."""
        with self._temporary_folder() as name:
            pdf, picture = Path(name, "deck.pdf"), Path(name, "picture")
            printed = self._browse(
                "print",
                address=_ADDRESS,
                files=self._printable(request, made, faces, Path(name, "deck.html")),
                pdf=str(pdf) if request.pdf else None,
                picture=str(picture) if request.picture else None,
                type=_picture_type(request.picture),
            )
            if request.picture:
                write_atomic(request.picture, picture.read_bytes())
            return _finish(request, made, pdf) if request.pdf else 0, tuple(_too_full(printed["over"]))

    def _printable(
        self, request: RenderRequest, made: Mapping[str, Any], faces: str, path: Path
    ) -> Mapping[str, tuple[str, str]]:
        """Write the page that the browser prints to `path`; return that and all that it may read besides."""
        served = _Served()
        link_of = _links(request, request.pdf or request.html)
        embedder = Embedder(
            _roots(request),
            self._packages,
            request.stills,
            address_of=served.address,
            link_of=lambda link: printed_link(link_of(link)),
        )
        page = _with_style(embedder.page(made["printPage"]), terminal_style(made["printPage"]) + faces)
        return {_ADDRESS: _kept(path, page), **served.files}


class _Served:
    """Files that the browser may read while it prints, by the address under which it gets them.

    Much faster than data: URIs, which the browser's driver would be told of one by one, in full.
    """

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, str]] = {}

    def address(self, path: Path) -> str:
        address = f"{_ADDRESS}{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"
        self.files[address] = (str(path), media_type(path))
        return address


def _kept(path: Path, page: str) -> tuple[str, str]:
    path.write_text(page, "utf-8")
    return str(path), "text/html; charset=utf-8"


def _links(request: RenderRequest, page: Path) -> Callable[[str], str]:
    """Return what turns a link of the deck into one of a page of it."""
    return partial(page_link, source=request.source, decks=request.decks, page=page)


def _roots(request: RenderRequest) -> tuple[Path, ...]:
    """Where relative addresses are looked up: beside the deck, then beside its themes."""
    return (request.source.parent, *(theme.parent for theme in request.themes))


def _below_build(request: RenderRequest, path: Path | None) -> str:
    build = os.path.commonpath([request.source, request.html])
    return path.relative_to(build).as_posix() if path else ""


def _with_style(page: str, css: str) -> str:
    return page.replace("</head>", f"<style>{css}</style></head>", 1) if css else page


def _picture_type(path: Path | None) -> str:
    return _PICTURE_TYPES.get(path.suffix.lower(), "png") if path else "png"


def _own(request: RenderRequest, remarks: Sequence[PageDiagnostic]) -> Iterator[PageDiagnostic]:
    """Yield what the author can mend: what Marp's own themes want of the network goes without a word."""
    sources = (request.source, *request.themes) if remarks else ()
    texts = {path: html.unescape(path.read_text("utf-8", "replace")) for path in sources}
    for remark in remarks:
        spelt = (remark.address, unquote(remark.address))
        source = next((path for path, text in texts.items() if any(each in text for each in spelt)), None)
        if source in request.themes:
            yield replace(remark, message=f"{remark.message}, which {'/'.join(source.parts[-2:])} names")
        elif source or remark.slug != "remote-resource":
            yield remark


def _complaint(warning: str, themes: Sequence[Path]) -> PageDiagnostic:
    # Marp breaks long lines, and reads copies of the themes, each named by its number.
    warning = re.sub(
        r"(?<=theme CSS: )\S+/(\d+)\.css",
        lambda copy: "/".join(themes[int(copy[1])].parts[-2:]),
        " ".join(warning.split()),
    )
    named = re.search(r"\S+://\S+|(?<=: )/\S+$", warning)
    return PageDiagnostic("render-warning", warning, named[0].rstrip(".,;'\"") if named else "")


def _too_full(slides: Sequence[tuple[int, int]]) -> Iterator[PageDiagnostic]:
    for number, pixels in slides:
        message = f"holds more than fits: {pixels} pixels more than its margins leave"
        yield PageDiagnostic("overflow", message, slide=number)


def _finish(request: RenderRequest, made: Mapping[str, Any], printed: Path) -> int:
    assert request.pdf is not None
    notes = tuple(made["notes"]) if request.notes else ()
    data, pages = finish(printed.read_bytes(), Properties(made["author"], made["description"], notes))
    write_atomic(request.pdf, data)
    return pages
