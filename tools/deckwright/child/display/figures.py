"""The pictures of a job: which file, value or matplotlib figure each of them is, and how it is saved.

A file that the run itself wrote where the picture is shown is the picture. Otherwise, the picture of a
labelled cell is the figure or picture that it displays as its last expression; else the current one of
the figures that it opened; else the current figure. At its end, the figures that it opened are
closed. The picture of the whole script is the current figure when the script ends, or the last one
displayed. All other figures are closed.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import reduce
from typing import Any

from deckwright.child.bounds import figure_bytes
from deckwright.child.display.charts import is_chart
from deckwright.child.display.cut_edges import PIXELS_PER_INCH, Cut, cut_edges, largest
from deckwright.child.display.missing_letters import missing_letters
from deckwright.child.display.picture_limit import BoundedText, PictureLimit, TooLarge, check_figure
from deckwright.child.display.pictures import has_picture, is_picture, picture_of, stamp_of, written_since
from deckwright.child.journal import ArtifactSaved, FigureOpened, FigureWasCut, GlyphsWereMissing, Journal
from deckwright.child.task import Task
from deckwright.model import Cell, CutFigure, Failure, FailureKind, Figure, MissingGlyphs

BITMAP_DPI = 200
_MOST_NOTES = 100
"""How many cut figures, and figures that lack letters, are logged."""
_MOST_LETTERS = 1000

_FRAMES_LOOKED_AT = 10
"""Of an animation, for what is cut: what moves over an edge stays there for more than one of them."""

_HASH = re.compile(r"(?:image|[a-z])[0-9a-f]{10}\b")
_HASH_ID = re.compile(r'\bid="((?:image|[a-z])[0-9a-f]{10})"')
_METADATA = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


class _NoFigure(Exception):
    """Nothing was drawn for a picture; the reason in words."""


def _what_instead(displayed: object) -> str:
    """Return what a cell displays that is no picture; nothing if it displays nothing."""
    if displayed is None:
        return ""
    name = type(displayed).__name__
    if is_chart(displayed):
        return f": the {name} is a chart, which an output fence shows, as ```text output=FILE.py#CELL"
    return f": the {name} has no form of this kind"


class FigureRecorder:
    """Watches the open figures of one job, cell by cell."""

    def __init__(self, task: Task, journal: Journal) -> None:
        self._job = task.job
        self._root = task.root
        self._folder = task.scratch
        self._journal = journal
        self._limit = PictureLimit(figure_bytes(task.job.options.output_bytes))
        self._notes_left = _MOST_NOTES
        whole = [want for want in self._job.figures if want.after is None]
        self._stamps = {want.path: stamp_of(os.path.join(task.root, want.path)) for want in whole}
        self._before: frozenset[int] = frozenset()
        self._shown: Any = None
        self._last_shown: Any = None
        self._size: Any = None
        self._opened: frozenset[int] = frozenset()
        self.remembered: list[Any] = []
        """The figures that were displayed."""

    def enter(self, cell: Cell) -> None:
        """Remember the figures that are open before a cell, and set its figure size."""
        self._before = _open_numbers()
        self._size = _set_size(cell)

    def ran(self, statement: int) -> None:
        """Log a statement that opened a figure."""
        opened = _open_numbers()
        if opened - self._opened:
            self._journal.write(FigureOpened(statement))
        self._opened = opened

    def displayed(self, value: object, statement: int | None) -> None:
        """Remember what was just displayed, and log a figure that is cut there or lacks letters."""
        self.remember(value)
        if is_figure(value) and self._notes_left > 0:  # to look takes as long as to draw
            self._log_cut(cut_edges(value), statement=statement)
            self._log_missing_letters(value, statement=statement)

    def remember(self, value: object) -> None:
        """Remember a value that may be the picture of its cell or script."""
        self._shown = value if is_figure(value) or has_picture(value) else self._shown
        self.remembered += [value] if is_figure(value) else []

    def leave(self, cell: Cell, namespace: Mapping[str, Any]) -> None:
        """Save the picture of a labelled cell, and close what it opened."""
        if self._size is not None:
            sys.modules["matplotlib"].rcParams["figure.figsize"] = self._size
        shown, self._shown = self._shown, None
        if not cell.label:
            self._last_shown = self._last_shown if shown is None else shown
            return
        opened = _open_numbers() - self._before
        self._save([shown, _current(opened)], cell, namespace)
        _close(opened)

    def finish(self, namespace: Mapping[str, Any]) -> None:
        """Save the picture of the script as a whole, then close everything."""
        self._save(self._of_script(), None, namespace)
        _close(_open_numbers())

    def save_stages(self, statement: int, namespace: Mapping[str, Any]) -> None:
        """Save the pictures that are wanted as they are after this statement, if there is something yet."""
        for want in self._job.figures:
            if want.after == statement:
                drawn = self._of_script() if want.cell is None else self._of_cell()
                with suppress(_NoFigure):
                    self._try_to_save(drawn, want, statement, namespace)

    def _of_script(self) -> list[Any]:
        """Return what may be the picture of the script as a whole, the best first, or None."""
        return [_current(frozenset()), self._shown, self._last_shown]

    def _of_cell(self) -> list[Any]:
        """Return what may be the picture of the cell that runs, the best first, or None."""
        return [self._shown, _current(_open_numbers() - self._before)]

    def _save(self, drawn: Sequence[Any], cell: Cell | None, namespace: Mapping[str, Any]) -> None:
        """Save the pictures that are wanted of a cell, or (None) of the script as a whole.

        `drawn` are figures and displayed values that may be it, the best first, or None.
        """
        index = self._job.cells.index(cell) if cell else None
        statement = cell.end_statement - 1 if cell else None
        for want in self._job.figures:
            if want.cell == index and want.after is None:
                try:
                    self._try_to_save(drawn, want, statement, namespace)
                except _NoFigure as problem:
                    self._journal.fail(Failure(FailureKind.NO_FIGURE, str(problem), statement))

    def _try_to_save(
        self, drawn: Sequence[Any], want: Figure, statement: int | None, namespace: Mapping[str, Any]
    ) -> None:
        """Save a picture, or fail if it is too large; raises _NoFigure."""
        name = f"figure-{self._job.figures.index(want)}.{want.suffix}"
        try:
            self._save_one(drawn, want, name, namespace)
        except TooLarge as problem:
            message = f"the figure {want} has {problem}"
            self._journal.fail(Failure(FailureKind.OUTPUT, message, statement))

    def _save_one(self, drawn: Sequence[Any], want: Figure, name: str, namespace: Mapping[str, Any]) -> None:
        """Save a picture in the file `name`; raises _NoFigure or TooLarge."""
        if data := self._written(want):
            self._keep(data, want, name)
            self._log_missing_letters(next(filter(is_figure, drawn), None), str(want))
            return
        for each in drawn:
            if is_figure(each):
                self._save_figure(each, want, name, namespace)
                return
            if data := picture_of(each, want.suffix):
                self._keep(data, want, name)
                return
        displayed = next((each for each in drawn if each is not None), None)
        raise _NoFigure(f"no figure is open for {want}{_what_instead(displayed)}")

    def _keep(self, data: bytes, want: Figure, name: str) -> None:
        self._limit.take(len(data))
        with open(os.path.join(self._folder, name), "wb") as target:
            target.write(data)
        self._journal.write(ArtifactSaved(str(want), want.cell, name, after=want.after))

    def _written(self, want: Figure) -> bytes | None:
        """Return the picture that the run wrote itself, if any; a variant's has another name."""
        if not want.path or str(self._job.variant):
            return None
        path = os.path.join(self._root, want.path)
        data = written_since(path, self._stamps[want.path], self._limit)
        if data is not None and not is_picture(data, want.suffix):
            raise _NoFigure(f"{want.path}, which the script wrote, is no {want.suffix} picture")
        return data

    def _save_figure(self, figure: Any, want: Figure, name: str, namespace: Mapping[str, Any]) -> None:
        """Save a matplotlib figure; raises _NoFigure for an animation without one, TooLarge."""
        may_move = want.suffix in ("gif", "apng", "png") and want.after is None
        movie = _animation_of(figure, namespace) if may_move else None
        if movie is None and want.suffix in ("gif", "apng"):
            raise _NoFigure(f"no animation for {want}: keep it in a variable until the end of its cell")
        file, still = os.path.join(self._folder, name), f"{name}.still.png" if movie else ""
        dpi = figure.dpi if self._will_move(want) else BITMAP_DPI
        check_figure(figure, dpi if want.suffix != "svg" and movie is None else PIXELS_PER_INCH)
        if movie is None:
            _save_picture(figure, file, want.suffix, self._limit.left, dpi)
            cut = cut_edges(figure, PIXELS_PER_INCH if want.suffix == "svg" else BITMAP_DPI)
        else:
            cut = _save_movie(movie, figure, file)
            _save_picture(figure, os.path.join(self._folder, still), "png", self._limit.left)
        self._take_files(*filter(None, (name, still)))
        self._journal.write(ArtifactSaved(str(want), want.cell, name, still, want.after))
        if want.after is None:  # what is wrong with a stage may not be in the end
            self._log_cut(cut, str(want))
            self._log_missing_letters(figure, str(want))

    def _will_move(self, want: Figure) -> bool:
        """Whether a picture takes the place of an animation, whose size it needs, until that exists."""
        whole = {(each.name, each.cell) for each in self._job.figures if each.suffix in ("gif", "apng")}
        return want.after is not None and (want.name, want.cell) in whole

    def _take_files(self, *names: str) -> None:
        """Count files that were just saved; remove them and raise TooLarge if they are over the limit."""
        paths = [os.path.join(self._folder, name) for name in names]
        try:
            self._limit.take(sum(map(os.path.getsize, paths)))
        except TooLarge:
            for path in paths:
                os.unlink(path)
            raise

    def _log_cut(self, cut: Cut, artifact: str = "", statement: int | None = None) -> None:
        if cut and self._may_note():
            self._journal.write(FigureWasCut(CutFigure(cut, artifact, statement)))

    def _may_note(self) -> bool:
        self._notes_left -= 1
        return self._notes_left >= 0

    def _log_missing_letters(self, figure: Any, artifact: str = "", statement: int | None = None) -> None:
        letters = missing_letters(figure) if figure is not None else ""
        if letters and self._may_note():
            letters = letters[:_MOST_LETTERS]
            self._journal.write(GlyphsWereMissing(MissingGlyphs(letters, artifact, statement)))


def open_figures() -> list[Any]:
    """Return the matplotlib figures that are open."""
    return [_pyplot().figure(number) for number in sorted(_open_numbers())]


def is_figure(value: object) -> bool:
    """Whether a value is a matplotlib figure. Does not import matplotlib."""
    module = sys.modules.get("matplotlib.figure")
    return module is not None and issubclass(type(value), module.Figure)


def _save_picture(figure: Any, file: str, suffix: str, most_bytes: int, dpi: float = BITMAP_DPI) -> None:
    """Write a figure to a path, with the same bytes in every run."""
    if suffix != "svg":
        figure.savefig(file, format=suffix, metadata=_METADATA.get(suffix), dpi=dpi)
        return
    with open(file, "w", encoding="utf-8") as target:
        target.write(svg_text(figure, most_bytes))


def svg_text(figure: Any, most_characters: int) -> str:
    """Return a figure as SVG, the same text in every run; of one that is longer, just more than so much.

    Raises TooLarge for one of too many pixels.
    """
    check_figure(figure, PIXELS_PER_INCH)
    buffer = BoundedText(most_characters)
    try:
        figure.savefig(buffer, format="svg", metadata=_METADATA["svg"])
    except TooLarge:
        return buffer.getvalue()
    return with_numbered_ids(buffer.getvalue())


def with_numbered_ids(svg: str) -> str:
    """Replace the hashes in matplotlib's ids by numbers.

    They are hashes of coordinates that are not rounded, whose last bits differ from run to run.
    """
    ids = dict.fromkeys(_HASH_ID.findall(svg))
    names = {name: f"{name[:-10]}_{number}" for number, name in enumerate(ids, 1)}
    return _HASH.sub(lambda match: names.get(match[0], match[0]), svg)


def _save_movie(movie: Any, figure: Any, file: str) -> Cut:
    """Write all frames as an endless loop; return what they lack. The figure then shows the last one."""
    cuts: list[Cut] = [{}]

    def look(frame: int, frames: int | None) -> None:
        if frame % _every(frames) == 0:
            cuts.append(cut_edges(figure, figure.dpi))

    # Each frame is drawn when it is saved. Drawing it for a screen as well would double the time.
    figure.canvas.draw_idle = lambda: None
    try:
        movie.save(file, writer="pillow", progress_callback=look)
    finally:
        del figure.canvas.draw_idle
    cuts.append(cut_edges(figure, figure.dpi))
    return reduce(largest, cuts)


def _every(frames: int | None) -> int:
    """Return every how many frames of a movie their edges are looked at; their number may be unknown."""
    return max(1, (frames or 100) // _FRAMES_LOOKED_AT)


def _pyplot() -> Any:
    return sys.modules.get("matplotlib.pyplot")


def _open_numbers() -> frozenset[int]:
    pyplot = _pyplot()
    return frozenset(pyplot.get_fignums()) if pyplot else frozenset()


def _current(opened: frozenset[int]) -> Any:
    """Return the current figure, or the newest opened one if the current one is another."""
    if not _open_numbers():
        return None
    figure = current = _pyplot().gcf()
    if opened and current.number not in opened:
        figure = _pyplot().figure(max(opened))
        _pyplot().figure(current.number)
    return figure


def _close(numbers: frozenset[int]) -> None:
    for number in numbers:
        _pyplot().close(number)


def _animation_of(figure: Any, namespace: Mapping[str, Any]) -> Any:
    """Return the animation of a figure that a top-level name (or a collection in one) holds."""
    module = sys.modules.get("matplotlib.animation")
    if module is None:
        return None
    animations = (v for v in _reachable(namespace) if isinstance(v, module.Animation))
    return next((v for v in animations if getattr(v, "_fig", None) is figure), None)


def _reachable(namespace: Mapping[str, Any]) -> Iterator[Any]:
    for value in list(namespace.values()):
        yield value
        if type(value) in (list, tuple):
            yield from value
        elif type(value) is dict:
            yield from value.values()


def _set_size(cell: Cell) -> Any:
    """Make the cell's figure size the default; return the default from before."""
    if cell.fig_width is None and cell.fig_height is None:
        return None
    try:
        import matplotlib
    except ImportError:
        return None
    before = list(matplotlib.rcParams["figure.figsize"])
    size = [cell.fig_width or before[0], cell.fig_height or before[1]]
    matplotlib.rcParams["figure.figsize"] = size
    return before
