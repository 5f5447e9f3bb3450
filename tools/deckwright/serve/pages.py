"""The pages of the last build, and how each build changed them: some slides, or the whole page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from deckwright.files.digests import digest
from deckwright.files.disk import Disk
from deckwright.frozen import dataclass
from deckwright.model import Stamp

INDEX = "index.html"

_MOST_GONE = 8
"""A page has a megabyte or more; whoever shows one that is not kept loads it again when it comes back."""

_SLIDE = "<svg data-marpit-svg"
_END = "</foreignObject></svg></div>"
_STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
_NOTE = re.compile(
    r'(?<=<div class="bespoke-marp-note" data-index=")(\d+)(" tabindex="0">)(.*?)(?=</div>)', re.DOTALL
)
_NUMBERING = re.compile(r' data-marpit-pagination-total="\d+"')
"""An attribute of every slide that changes with the number of slides."""

_FRAGMENT = "data-marpit-fragment"

_LIVE_CHARTS = re.compile(
    r'<script [^>]*data-deckwright-(?:library="(?P<kind>[\w-]+)"|frame|live)[^>]*>.*?</script>', re.DOTALL
)
"""What makes the charts of a page live: one library or more per kind of chart, and our own code."""


_STATES = re.compile(r"<div hidden data-deckwright-states>.*?</div>(?=<!--deckwright-states-->)", re.DOTALL)
"""The states of slides with what-if controls."""


@dataclass(frozen=True, slots=True)
class Swap:
    """New texts of parts that an open page can replace, by their index in the page."""

    slides: Mapping[int, str] = field(default_factory=dict)
    styles: Mapping[int, str] = field(default_factory=dict)
    """Of the page's head."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """By the index of their slide."""
    charts: Sequence[str] = ()
    """Kinds of charts that the page must be able to draw."""
    states: str = ""
    """Those of slides with what-if controls; empty if they stay."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """How one version of a page (a digest) became another."""

    before: str
    after: str
    shown: tuple[int, ...] = ()
    """Numbers of the slides that an open page may turn to: those that changed; none if most did."""
    swap: Swap | None = None
    """None if the page must be loaded again."""


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page's version, and its text in parts."""

    version: str
    frame: str
    """The text around slides and their states, styles, notes, and what draws charts."""
    slides: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    charts: tuple[str, ...] = ()
    """The kinds of charts that it can draw."""
    states: str = ""


class PageCache:
    """Pages by path below the build folder. One thread calls `refresh`, others read."""

    def __init__(self, build: Path) -> None:
        self._disk = Disk(build)
        self._pages: Mapping[str, ParsedPage] = {}
        self._stamps: dict[str, Stamp] = {}
        self._gone: dict[str, ParsedPage] = {}
        """The last texts of some pages that are not there: open pages still show them."""

    @property
    def decks(self) -> tuple[str, ...]:
        """Return the paths of the decks' pages."""
        return tuple(path for path in self._pages if path != INDEX)

    @property
    def versions(self) -> dict[str, str]:
        return {path: page.version for path, page in self._pages.items()}

    def refresh(self, decks: Iterable[str]) -> dict[str, PageChange]:
        """Read pages that changed, and return how; `decks` are the paths of all decks' pages."""
        before = {**self._gone, **self._pages}
        stamps = {path: self._disk.stamp(path) for path in (*decks, INDEX)}
        self._pages = {path: self._read(path, stamp) for path, stamp in stamps.items() if stamp}
        self._stamps = {path: stamp for path, stamp in self._stamps.items() if path in self._pages}
        gone = [(path, page) for path, page in before.items() if path not in self._pages]
        self._gone = dict(gone[-_MOST_GONE:])
        changes = {path: compare(before[path], page) for path, page in self._pages.items() if path in before}
        return {path: change for path, change in changes.items() if change}

    def _read(self, path: str, stamp: Stamp) -> ParsedPage:
        known = self._pages.get(path)
        if known and self._stamps.get(path) == stamp:
            return known
        self._stamps[path] = stamp
        return read_page(self._disk.read(path))


def version_of(data: bytes) -> str:
    """Return the version of a page that has this content."""
    return digest(data)[:16]


def read_page(data: bytes) -> ParsedPage:
    """Split a page into its parts; one that is not Marp's has no slides."""
    text = data.decode("utf-8", "replace")
    head, *slides = text.split(_SLIDE)
    if not slides or _END not in slides[-1]:
        return ParsedPage(version_of(data), text)
    last, _, tail = slides.pop().partition(_END)
    slides = [_SLIDE + slide for slide in (*slides, last + _END.removesuffix("</div>"))]
    charts = tuple(sorted({match["kind"] for match in _LIVE_CHARTS.finditer(tail)} - {None}))
    states = "".join(_STATES.findall(tail))
    tail = _STATES.sub("", _LIVE_CHARTS.sub("", tail))
    frame = _STYLE.sub("", head) + _END + _NOTE.sub(r"\1\2", tail)
    notes = {int(index): note for index, _, note in _NOTE.findall(tail)}
    styles = tuple(_STYLE.findall(head))
    return ParsedPage(version_of(data), frame, tuple(slides), styles, notes, charts, states)


def without_notes(page: bytes) -> bytes:
    """Return a page without what the speaker's notes say."""
    return _NOTE.sub(r"\1\2", page.decode("utf-8", "replace")).encode()


def compare(before: ParsedPage, after: ParsedPage) -> PageChange | None:
    """Return what changed; None if nothing did."""
    if before.version == after.version:
        return None
    return PageChange(before.version, after.version, _shown(before, after), _swap(before, after))


def _shown(before: ParsedPage, after: ParsedPage) -> tuple[int, ...]:
    """Return the numbers of the slides that look different; of another number of slides only the first one.

    If most slides do, the edit was about the whole deck, and the page stays at its slide.
    """
    old, new = before.slides, after.slides
    changed = [n for n, (a, b) in enumerate(zip(old, new), 1) if a != b and _visible(a) != _visible(b)]
    if len(old) == len(new):
        return tuple(changed) if 2 * len(changed) <= len(new) + 1 else ()
    return (changed[0] if changed else max(min(len(old) + 1, len(new)), 1),)


def _visible(slide: str) -> str:
    """Return a slide without the number of slides, and without Marp's script on the last one."""
    return _NUMBERING.sub("", _SCRIPT.sub("", slide))


def _swap(before: ParsedPage, after: ParsedPage) -> Swap | None:
    """Return the parts that changed, if an open page can replace all of them."""
    same = before.frame == after.frame and before.notes.keys() == after.notes.keys()
    counts = [(len(page.slides), len(page.styles)) for page in (before, after)]
    if not same or counts[0] != counts[1] or not after.slides:
        return None
    slides = _changed(before.slides, after.slides)
    if not all(_can_replace(before.slides[index], slide) for index, slide in slides.items()):
        return None
    notes = {index: note for index, note in after.notes.items() if before.notes[index] != note}
    states = after.states if after.states != before.states else ""
    return Swap(slides, _changed(before.styles, after.styles), notes, after.charts, states)


def _changed(before: tuple[str, ...], after: tuple[str, ...]) -> dict[int, str]:
    return {index: new for index, (old, new) in enumerate(zip(before, after)) if old != new}


def _can_replace(before: str, after: str) -> bool:
    """Whether an open page can replace a slide: Marp counts steps, and runs scripts, only once."""
    steps = _FRAGMENT in before or _FRAGMENT in after
    return not steps and _SCRIPT.findall(before) == _SCRIPT.findall(after)
