"""One deck as Marp rendered it: what formats are made of."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING
from urllib.parse import quote

from deckwright.files.digests import digest
from deckwright.marp import charts
from deckwright.marp.ansi_style import terminal_style
from deckwright.marp.diagrams import DrawAnswer, described, drawings_of, is_marked, with_drawings
from deckwright.marp.embed import Embedder, media_type
from deckwright.marp.notices import Notice, diagnostic_of
from deckwright.marp.page_links import finish_links, page_link, printed_link
from deckwright.model import PageDiagnostic, RenderRequest, SlideDiagnostic
from deckwright.text.addresses import names_address

if TYPE_CHECKING:
    from deckwright.marp.renderer import MarpRenderer

ADDRESS = "http://deckwright.invalid/"
"""Where the browser finds the page that it shows; answered by us, never by the network."""

_DATE = re.compile(rb"/(?:CreationDate|ModDate) \(D:\d{14}")
_FIXED_DATE = b"19700101000000"


_LOOKING_AT_PICTURES = "http://localhost/"
"""The address of a page that looks at pictures: what decodes them runs only where pages count as safe."""


@dataclass(frozen=True, slots=True)
class BrokenPicture:
    """A picture that the browser cannot show: the answer of the Node process."""

    address: str
    is_partial: bool


@dataclass(frozen=True, slots=True)
class RenderAnswer:
    """What Marp made of a deck: the answer of the Node process."""

    page: str
    """The page that marp-cli writes."""
    print_page: str
    """The same slides, one below the other, without scripts; the line of each block stands before it."""
    notes: tuple[str, ...]
    """The speaker notes of each slide."""
    author: str
    description: str
    warnings: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


class MarpRendering:
    """One deck as Marp rendered it; the browser opens it when a format needs that."""

    def __init__(
        self,
        renderer: MarpRenderer,
        request: RenderRequest,
        rendered: RenderAnswer,
        diagnostics: Sequence[PageDiagnostic] = (),
        live: Sequence[str] = (),
    ) -> None:
        """`diagnostics` are of what was drawn; `live` are the kinds of its charts."""
        self._renderer = renderer
        self._request = request
        self._rendered = rendered
        self.notes = rendered.notes
        self.author = rendered.author
        self.description = rendered.description
        warnings = (_complaint(warning, request.themes) for warning in rendered.warnings)
        noticed = map(diagnostic_of, rendered.notices)
        self._noticed = (*warnings, *noticed, *_own(request, diagnostics))
        self._found = diagnostics
        self._live = live
        self._misfits: tuple[SlideDiagnostic, ...] | None = None
        """What does not fit; None before the deck is shown."""
        self._shown_for = ""
        """The path below build/ from which the links of what is shown lead."""
        self._open_files = ExitStack()

    def with_diagrams(self) -> MarpRendering:
        """Return the deck with its diagrams drawn, each in the colours and fonts of its slide."""
        rendered, diagrams = self._rendered, self._request.diagrams
        if not is_marked(rendered.print_page):
            return self
        with self._renderer.temporary_folder() as name:
            files = self.printable(self._request.source, Path(name))
            answers = self._renderer.browse(
                tuple[DrawAnswer, ...], "draw", address=ADDRESS, files=files, diagrams=described(diagrams)
            )
        drawn, found = drawings_of(rendered.print_page, diagrams, answers)
        page, print_page = (with_drawings(each, drawn) for each in (rendered.page, rendered.print_page))
        whole = replace(rendered, page=page, print_page=print_page)
        return MarpRendering(self._renderer, self._request, whole, [*self._found, *found])

    def with_charts(self) -> MarpRendering:
        """Return the deck with its charts drawn, each in the room and the looks of its slide."""
        rendered, request = self._rendered, self._request
        if not charts.has_places(rendered.print_page):
            return self
        with self._renderer.temporary_folder() as name:
            files = self.printable(request.source, Path(name))
            places = self._renderer.browse(tuple[charts.Place, ...], "rooms", address=ADDRESS, files=files)
        faces = self._chart_fonts()
        named = [request.charts[place.number] for place in places]
        tasks = [{**charts.task_of(chart, place), "fonts": faces} for chart, place in zip(named, places)]
        drawings = zip(named, places, self._renderer.draw_charts(tasks))
        made = [charts.element_of(*each, number) for number, each in enumerate(drawings)]
        shown = [element for element, _ in made]
        found = [diagnostic for _, diagnostic in made if diagnostic]
        page = charts.with_charts(rendered.page, [each.live for each in shown])
        print_page = charts.with_charts(rendered.print_page, [each.picture for each in shown])
        whole = replace(rendered, page=page, print_page=print_page)
        kinds = [chart.kind for chart, each in zip(named, shown) if each.live]
        return MarpRendering(self._renderer, request, whole, [*self._found, *found], kinds)

    def _chart_fonts(self) -> str:
        """Return the fonts of the page, with the characters that its charts show."""
        page = self._rendered.print_page
        texts = "".join(html.escape(chart.specification) for chart in self._request.charts)
        embedder = Embedder(_roots(self._request), self._renderer.packages)
        return embedder.css(charts.fonts_in(page)) + self._renderer.fonts(page + texts)

    @property
    def diagnostics(self) -> Sequence[PageDiagnostic]:
        """Of the deck in every format."""
        return (*self._noticed, *map(_unfetched, self._fonts[1].items()))

    def page(self, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        page = self._rendered.page
        link_of = _links(self._request, self._request.build / path)
        embedder = Embedder(_roots(self._request), self._renderer.packages, link_of=link_of)
        whole = _with_style(embedder.page(page), terminal_style(page) + self._faces)
        if self._live:
            whole = _with_end(whole, charts.live_parts(self._live, self._renderer.libraries))
        return whole.encode(), tuple(_own(self._request, embedder.diagnostics))

    def pdf(self, path: str) -> bytes:
        self._show(path)
        with self._renderer.temporary_folder() as name:
            file = Path(name, "deck.pdf")
            self._renderer.browse(NoneType, "print", path=str(file))
            data = finish_links(file.read_bytes())
        # Of the same length, so that every offset in the file stays true.
        return _DATE.sub(lambda date: date[0][: -len(_FIXED_DATE)] + _FIXED_DATE, data)

    def pictures(self, scale: float = 1.0, slides: int | None = None) -> Iterator[bytes]:
        self._show()
        with self._renderer.temporary_folder() as name:
            count = self._renderer.browse(int, "pictures", folder=name, scale=scale, slides=slides)
            for number in range(1, count + 1):
                yield Path(name, f"{number}.png").read_bytes()

    def misfits(self) -> Sequence[SlideDiagnostic]:
        return self._show()

    def printable(self, path: Path, folder: Path) -> Mapping[str, tuple[str, str]]:
        """Write the page that the browser shows into a folder; return that and all that it may read besides.

        Links in it lead from a file at `path`.
        """
        served, page = ServedFiles(), self._rendered.print_page
        link_of = _links(self._request, path)
        embedder = Embedder(
            _roots(self._request),
            self._renderer.packages,
            self._request.stills,
            address_of=served.address,
            link_of=lambda link: printed_link(link_of(link)),
        )
        whole = _with_style(embedder.page(page), terminal_style(page) + self._faces)
        return served.with_page(folder / "deck.html", whole)

    def broken_pictures(self) -> Sequence[PageDiagnostic]:
        """Return what is wrong with pictures that the browser cannot show, or only in part."""
        served = ServedFiles(_LOOKING_AT_PICTURES)
        embedder = Embedder(_roots(self._request), self._renderer.packages, self._request.stills)
        embedder.address_of = served.address
        embedder.page(self._rendered.print_page)
        written = {served.address(path): address for path, address in embedder.pictures.items()}
        if not written:
            return ()
        with self._renderer.temporary_folder() as name:
            files = served.with_page(Path(name, "pictures.html"), "<!DOCTYPE html>")
            broken = self._renderer.browse(
                tuple[BrokenPicture, ...],
                "brokenPictures",
                address=_LOOKING_AT_PICTURES,
                files=files,
                pictures=list(written),
            )
        for each in broken:
            how = "is cut off: its file ends too early" if each.is_partial else "cannot be shown by browsers"
            address = written[each.address]
            embedder.diagnostics.append(
                PageDiagnostic("broken-picture", f"this picture {how}: {address}", address)
            )
        unique = {
            found.address: found for found in reversed(embedder.diagnostics) if found.slug == "broken-picture"
        }
        return tuple(_own(self._request, [*unique.values()]))

    def close(self) -> None:
        """Close what the browser shows."""
        if self._misfits is not None:
            self._renderer.hide()
        self._open_files.close()

    @cached_property
    def _fonts(self) -> tuple[str, Mapping[str, str]]:
        return self._renderer.fonts_and_missing(self._rendered.page)

    @property
    def _faces(self) -> str:
        return self._fonts[0]

    def _show(self, path: str = "") -> tuple[SlideDiagnostic, ...]:
        """Open the deck in the browser, once for all that have no links, and for a file at `path`."""
        if self._misfits is None or path not in ("", self._shown_for):
            folder = Path(self._open_files.enter_context(self._renderer.temporary_folder()))
            files = self.printable(self._request.build / path, folder)
            kind = tuple[SlideDiagnostic, ...]
            self._misfits = self._renderer.browse(kind, "show", address=ADDRESS, files=files)
            self._shown_for = path
        return self._misfits


class ServedFiles:
    """Files that the browser may read while it prints, by the address under which it gets them.

    Much faster than data: URIs, each of which the browser's driver would receive as a whole.
    """

    def __init__(self, base: str = ADDRESS) -> None:
        """`base` is the address of the page."""
        self.base = base
        self.files: dict[str, tuple[str, str]] = {}

    def address(self, path: Path) -> str:
        # With the name of the file, which messages about the page show.
        address = f"{self.base}{digest(os.fsencode(path))[:16]}/{quote(path.name, errors='replace')}"
        self.files[address] = (str(path), media_type(path))
        return address

    def with_page(self, path: Path, page: str) -> Mapping[str, tuple[str, str]]:
        """Write the page that the browser shows; return it and the other files, by address."""
        path.write_text(page, "utf-8")
        return {self.base: (str(path), "text/html; charset=utf-8"), **self.files}


def _links(request: RenderRequest, page: Path) -> Callable[[str], str]:
    """Return what turns a link of the deck into one of a page of it."""
    return partial(page_link, source=request.source, decks=request.decks, page=page)


def _roots(request: RenderRequest) -> tuple[Path, ...]:
    """Return the folders of relative addresses: that of the deck, then those of its themes."""
    return (request.source.parent, *(theme.parent for theme in request.themes))


def _with_style(page: str, css: str) -> str:
    return page.replace("</head>", f"<style>{css}</style></head>", 1) if css else page


def _with_end(page: str, parts: str) -> str:
    before, end, after = page.rpartition("</body>")
    return f"{before}{parts}{end}{after}"


def _own(request: RenderRequest, diagnostics: Sequence[PageDiagnostic]) -> Iterator[PageDiagnostic]:
    """Yield what the author can fix: what Marp's own themes want of the network goes without a word."""
    sources = (request.source, *request.themes) if diagnostics else ()
    texts = {path: path.read_text("utf-8", "replace") for path in sources}
    for diagnostic in diagnostics:
        source = next((path for path, text in texts.items() if names_address(text, diagnostic.address)), None)
        if source in request.themes:
            where = _named_in(source, texts[source], diagnostic.address)
            yield replace(diagnostic, message=f"{diagnostic.message}, which {where} names")
        elif source or diagnostic.slug != "remote-resource":
            yield diagnostic


def _named_in(theme: Path, text: str, address: str) -> str:
    """Return the line of a theme that names an address."""
    lines = enumerate(text.splitlines(), 1)
    named = (f"line {number} of " for number, line in lines if names_address(line, address))
    return next(named, "") + "/".join(theme.parts[-2:])


def _unfetched(family: tuple[str, str]) -> PageDiagnostic:
    name, reason = family
    return PageDiagnostic("font-not-fetched", f"letters of {name} have another font, or are boxes: {reason}")


def _complaint(warning: str, themes: Sequence[Path]) -> PageDiagnostic:
    # Marp breaks long lines, and reads copies of the themes, each named by its number.
    warning = re.sub(
        r"(?<=theme CSS: )\S+/(\d+)\.css",
        lambda copy: "/".join(themes[int(copy[1])].parts[-2:]),
        " ".join(warning.split()),
    )
    named = re.search(r"\S+://\S+|(?<=: )/\S+$", warning)
    return PageDiagnostic("render-warning", warning, named[0].rstrip(".,;'\"") if named else "")
