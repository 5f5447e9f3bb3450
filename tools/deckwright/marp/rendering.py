"""One deck as Marp rendered it: what formats are made of."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import cached_property, partial
from pathlib import Path
from types import NoneType
from typing import Any

from deckwright.files.borders import real_folders
from deckwright.frozen import dataclass
from deckwright.marp import charts
from deckwright.marp.ansi_style import terminal_style
from deckwright.marp.broken_pictures import broken_pictures
from deckwright.marp.clean_slides import slide_digests
from deckwright.marp.copy_buttons import copy_part, has_code
from deckwright.marp.diagrams import DrawAnswer, described, drawings_of, is_marked, with_drawings
from deckwright.marp.embed import Embedder, data_uri
from deckwright.marp.fonts import browser_environment
from deckwright.marp.formulas import FormulasAnswer, formulas_in, with_formulas
from deckwright.marp.notices import Notice, diagnostic_of
from deckwright.marp.page_families import PageFont, page_fonts, with_families, write_fonts
from deckwright.marp.page_links import finish_links, page_link, printed_link, with_page_addresses
from deckwright.marp.served_files import ADDRESS, ServedFiles
from deckwright.marp.stacks import with_stacks, with_stacks_of
from deckwright.marp.state_measurements import only_of_states
from deckwright.marp.states import more_style, state_parts, with_shared_pictures
from deckwright.marp.warm_node import WarmNode
from deckwright.marp.web_fonts import with_web_fonts
from deckwright.model import DeckContents, PageDiagnostic, RenderRequest, SlideBlocks, SlideDiagnostic
from deckwright.text.addresses import names_address

_DATE = re.compile(rb"/(?:CreationDate|ModDate) \(D:\d{14}")
_FIXED_DATE = b"19700101000000"
_SIZE = re.compile(r'<svg data-marpit-svg[^>]*? viewBox="0 0 ([\d.]+) ([\d.]+)"')


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
    keywords: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


class MarpRendering:
    """One deck as Marp rendered it; the browser opens it when a format needs that."""

    def __init__(
        self,
        node: WarmNode,
        request: RenderRequest,
        rendered: RenderAnswer,
        diagnostics: Sequence[PageDiagnostic] = (),
        live: Sequence[str] = (),
        states: MarpRendering | None = None,
    ) -> None:
        """`diagnostics` are of what was drawn; `live` are the kinds of its charts; `states` has all."""
        self._node = node
        self._request = request
        self._rendered = rendered
        self.notes = rendered.notes
        self.author = rendered.author
        self.description = rendered.description
        self.keywords = rendered.keywords
        self.math = self._options.get("math") is not False
        warnings = (_complaint(warning, request.themes) for warning in rendered.warnings)
        noticed = map(diagnostic_of, rendered.notices)
        self._noticed = (*warnings, *noticed, *_own(request, diagnostics))
        self._found = diagnostics
        self._live = live
        self._states = states
        self._showing: Future[tuple[SlideDiagnostic, ...]] | None = None
        """What does not fit, when the browser shows the deck; None before it is asked to."""
        self._shown_for = ""
        """The path below build/ from which the links of what is shown lead."""
        self._open_files = ExitStack()

    def with_diagrams(self) -> MarpRendering:
        """Return the deck with its diagrams drawn, each in the colours and fonts of its slide."""
        rendered, diagrams = self._rendered, self._request.diagrams
        if not is_marked(rendered.print_page):
            return self
        with self._node.temporary_folder() as name:
            files = self.printable(self._request.source, Path(name))
            answers = self._node.browse(
                tuple[DrawAnswer, ...], "draw", address=ADDRESS, files=files, diagrams=described(diagrams)
            )
        drawn, found = drawings_of(rendered.print_page, diagrams, answers)
        page, print_page = (with_drawings(each, drawn) for each in (rendered.page, rendered.print_page))
        whole = replace(rendered, page=page, print_page=print_page)
        return MarpRendering(self._node, self._request, whole, [*self._found, *found])

    def with_charts(self) -> MarpRendering:
        """Return the deck with its charts drawn, each in the room and the looks of its slide."""
        rendered, request = self._rendered, self._request
        if not charts.has_places(rendered.print_page):
            return self
        with self._node.temporary_folder() as name:
            files = self.printable(request.source, Path(name))
            places = self._node.browse(tuple[charts.Place, ...], "rooms", address=ADDRESS, files=files)
        faces = self._chart_fonts()
        named = [request.charts[place.number] for place in places]
        tasks = [{**charts.task_of(chart, place), "fonts": faces} for chart, place in zip(named, places)]
        drawings = zip(named, places, self._node.draw_charts(tasks))
        made = [charts.element_of(*each, number) for number, each in enumerate(drawings)]
        shown = [element for element, _ in made]
        found = [diagnostic for _, diagnostic in made if diagnostic]
        page = charts.with_charts(rendered.page, [each.live for each in shown])
        print_page = charts.with_charts(rendered.print_page, [each.picture for each in shown])
        whole = replace(rendered, page=page, print_page=print_page)
        kinds = [chart.kind for chart, each in zip(named, shown) if each.live]
        return MarpRendering(self._node, request, whole, [*self._found, *found], kinds)

    def _chart_fonts(self) -> str:
        """Return the fonts of the page, with the characters that its charts show."""
        page = self._rendered.print_page
        texts = "".join(html.escape(chart.specification) for chart in self._request.charts)
        embedder = self._embedder()
        return embedder.css(charts.fonts_in(page)) + self._node.fonts(page + texts)

    def with_states(self, states: MarpRendering) -> MarpRendering:
        """Return the deck with the states of its slides, as another rendering shows them."""
        page = self._rendered.page
        parts = state_parts(states._rendered.page, self._request.controlled)
        page = _with_end(_with_style(page, more_style(page, states._rendered.page)), parts)
        whole = replace(self._rendered, page=page)
        kinds = (*self._live, *states._live)
        return MarpRendering(self._node, self._request, whole, self._found, kinds, states)

    @property
    def states(self) -> MarpRendering | None:
        """The deck with all states of its slides; None if none of them has controls."""
        return self._states

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the slides, in CSS pixels."""
        match = _SIZE.search(self._rendered.page)
        return (float(match[1]), float(match[2])) if match else (1280.0, 720.0)

    @property
    def diagnostics(self) -> Sequence[PageDiagnostic]:
        """Of the deck in every format."""
        own = (*self._noticed, *map(_unfetched, self._fonts[1].items()))
        if self._states is None:
            return own
        return (*own, *only_of_states(own, self._states.diagnostics, self._request.state_lines))

    def page(self, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        page = self._rendered.page
        link_of = _links(self._request, self._request.build / path)
        embedder = self._embedder(address_of=lambda path: data_uri(self._node.picture(path)), link_of=link_of)
        whole = with_shared_pictures(_with_style(embedder.page(page), terminal_style(page) + self._faces))
        if self._live:
            whole = _with_end(whole, charts.live_parts(self._live, self._node.libraries))
        if has_code(page):
            whole = _with_end(whole, copy_part())
        return whole.encode(), tuple(_own(self._request, embedder.diagnostics))

    def pdf(self, path: str, pages: Sequence[int] | None = None) -> bytes:
        self._show(path)
        with self._node.temporary_folder() as name:
            file = Path(name, "deck.pdf")
            self._node.browse(NoneType, "print", path=str(file), pages=pages)
            return _finished(file)

    def sheets(self, sheets: str, path: str) -> tuple[bytes, Sequence[PageDiagnostic]]:
        rendered = self._rendered
        sheets, found = self._with_formulas(sheets)
        sheets = with_stacks_of(f"<template data-deckwright-sheets>{sheets}</template>", rendered.page)
        faces, missing = self._node.fonts_and_missing(rendered.page + sheets)
        with self._node.temporary_folder() as name:
            files = self._printed(
                _with_end(rendered.print_page, sheets), faces, self._request.build / path, Path(name)
            )
            file = Path(name, "sheets.pdf")
            self._node.browse(NoneType, "sheets", address=ADDRESS, files=files, path=str(file))
            return _finished(file), (*found, *map(_unfetched, missing.items()))

    def _with_formulas(self, sheets: str) -> tuple[str, Sequence[PageDiagnostic]]:
        """Return sheets with their formulas set, and what is wrong with these."""
        formulas = formulas_in(sheets)
        if not formulas:
            return sheets, ()
        how = {"source": str(self._request.source), "options": self._options, "formulas": formulas}
        return with_formulas(sheets, self._node.call(FormulasAnswer, "formulas", **how))

    def pictures(
        self, scale: float = 1.0, slides: int | None = None, grounds: bool = False
    ) -> Iterator[bytes]:
        self._show()
        with self._node.temporary_folder() as name:
            count = self._node.browse(
                int, "pictures", folder=name, scale=scale, slides=slides, grounds=grounds
            )
            for number in range(1, count + 1):
                yield Path(name, f"{number}.png").read_bytes()

    def contents(self, path: str) -> DeckContents:
        self._show(path)
        return with_page_addresses(self._node.browse(DeckContents, "contents"))

    def blocks(self) -> Sequence[SlideBlocks]:
        self._show()
        blocks = self._node.browse(tuple[SlideBlocks, ...], "blocks")
        return [with_families(each, self._page_fonts) for each in blocks]

    def fonts(self, folder: Path) -> Path:
        config = browser_environment(self._node.packages, self._node.cache)["FONTCONFIG_FILE"]
        return write_fonts(self._page_fonts, Path(config), folder)

    @cached_property
    def _page_fonts(self) -> Sequence[PageFont]:
        with self._node.temporary_folder() as name:
            files = self.printable(self._request.source, Path(name))
            page = Path(files[ADDRESS][0]).read_text("utf-8")
            return page_fonts(page, lambda at: Path(files[at][0]).read_bytes() if at in files else None)

    def misfits(self) -> Sequence[SlideDiagnostic]:
        return self._show()

    def printable(self, path: Path, folder: Path) -> Mapping[str, tuple[str, str]]:
        """Write the page that the browser shows into a folder; return that and all that it may read besides.

        Links in it lead from a file at `path`.
        """
        return self._printed(self._rendered.print_page, self._faces, path, folder)

    def _printed(self, page: str, faces: str, path: Path, folder: Path) -> Mapping[str, tuple[str, str]]:
        served = ServedFiles()
        link_of = _links(self._request, path)
        embedder = self._embedder(
            stills=self._request.stills,
            address_of=lambda path: served.address(self._node.picture(path)),
            link_of=lambda link: printed_link(link_of(link)),
        )
        whole = _with_style(embedder.page(page), terminal_style(page) + faces)
        return served.with_page(folder / "deck.html", whole)

    def slide_digests(self, everywhere: object, controls: Mapping[str, object]) -> tuple[str, ...]:
        """Return for each slide a digest of all that shapes it; none where raw HTML hides which is which."""
        digests = slide_digests(self._rendered.print_page, everywhere, controls)
        return digests if len(digests) == len(self.notes) else ()

    def broken_pictures(self) -> Sequence[PageDiagnostic]:
        """Return what is wrong with pictures that the browser cannot show, or only in part."""
        embedder = self._embedder(stills=self._request.stills, address_of=str)
        embedder.page(self._rendered.print_page)
        return tuple(_own(self._request, [*broken_pictures(self._node, embedder.pictures)]))

    def close(self) -> None:
        """Close what the browser shows."""
        if self._showing is not None:
            self._node.hide()
        self._open_files.close()

    @cached_property
    def _fonts(self) -> tuple[str, Mapping[str, str]]:
        return self._node.fonts_and_missing(self._rendered.page)

    @property
    def _faces(self) -> str:
        return self._fonts[0]

    @property
    def _options(self) -> Mapping[str, Any]:
        """Those of Marp's constructor, as the author's settings have them."""
        options: Mapping[str, Any] = self._request.settings.get("options", {})
        return options

    def _embedder(self, **how: Any) -> Embedder:
        request = self._request
        folders = (*request.folders, *real_folders(request.build, ()))
        where = (folders, request.build, request.origin)
        return Embedder(_roots(request), self._node.packages, *where, **how)

    def begin(self, path: str) -> None:
        """Have the browser open the deck, once for all that have no links, and for a file at `path`."""
        if self._showing is None or path not in ("", self._shown_for):
            folder = Path(self._open_files.enter_context(self._node.temporary_folder()))
            files = self.printable(self._request.build / path, folder)
            kind = tuple[SlideDiagnostic, ...]
            self._showing = self._node.browse_meanwhile(kind, "show", address=ADDRESS, files=files)
            self._shown_for = path

    def _show(self, path: str = "") -> tuple[SlideDiagnostic, ...]:
        """Wait until the browser shows the deck, as `begin` has it."""
        self.begin(path)
        assert self._showing is not None
        return self._showing.result()


def render(node: WarmNode, request: RenderRequest) -> MarpRendering:
    """Render one deck, with what is drawn in it. Raises RenderError or ToolMissing."""
    answer, lacking = _with_fonts(node, request, _by_marp(node, request))
    rendering = MarpRendering(node, request, answer, lacking)
    rendering = rendering.with_diagrams() if request.diagrams else rendering
    rendering = rendering.with_charts() if request.charts else rendering
    return rendering.with_states(render(node, request.states)) if request.states else rendering


def _by_marp(node: WarmNode, request: RenderRequest) -> RenderAnswer:
    return node.call(
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
        scopes="slide" if request.shown is None else "state",
        shown=request.shown,
        captions={str(line): asdict(caption) for line, caption in request.captions.items()},
    )


def _with_fonts(
    node: WarmNode, request: RenderRequest, rendered: RenderAnswer
) -> tuple[RenderAnswer, Sequence[PageDiagnostic]]:
    """Return pages that name our fonts, with the web fonts that they want, and what they lack."""
    pages = (rendered.page, rendered.print_page)
    texts = [source.text for source in request.diagrams.values()]
    texts += [chart.specification for chart in request.charts]
    (page, print_page), lacking = with_web_fonts(pages, "".join(texts), request.web_fonts, node.cache)
    return replace(rendered, page=with_stacks(page), print_page=with_stacks(print_page)), lacking


def _links(request: RenderRequest, page: Path) -> Callable[[str], str]:
    """Return what turns a link of the deck into one of a page of it."""
    return partial(page_link, request=request, page=page)


def _roots(request: RenderRequest) -> tuple[Path, ...]:
    """Return the folders of relative addresses: that of the deck, then those of its themes."""
    return (request.source.parent, *(theme.parent for theme in request.themes))


def _finished(file: Path) -> bytes:
    """Return a PDF that the browser has printed, without the time when it did."""
    data = finish_links(file.read_bytes())
    # Of the same length, so that every offset in the file stays true.
    return _DATE.sub(lambda date: date[0][: -len(_FIXED_DATE)] + _FIXED_DATE, data)


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
