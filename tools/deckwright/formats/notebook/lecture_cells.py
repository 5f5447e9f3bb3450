"""The cells of a lecture's notebook: the text of its slides, and the code that they show, as it runs."""

from __future__ import annotations

import base64
import html
import shlex
from collections.abc import Iterator, Sequence

from deckwright.compose.escape import escape_inline
from deckwright.compose.fences import rebuilt
from deckwright.compose.show import Panel, PanelKind, shown_output
from deckwright.formats.format import Lecture
from deckwright.formats.notebook.cells import markdown_cell, start_cell
from deckwright.formats.notebook.outputs import MEDIA_TYPES, Data
from deckwright.formats.notebook.prose import Edit, Prose
from deckwright.formats.notebook.scripts import ShownScript, shown_scripts
from deckwright.model import Kind, Reference, Slide
from deckwright.text.fences import chosen_lines, output_range, shown_code

_FENCES = (Kind.CODE, Kind.OUTPUT, Kind.EXEC, Kind.NOT_RUN, Kind.UNVERIFIED)
_NOTHING = "\n"
"""What takes the place of a fence that is a cell, or has its output in one."""


def lecture_cells(lecture: Lecture) -> list[Data]:
    """Return the cells of the notebook of a lecture.

    Scripts run from top to bottom, each as far as a slide shows it: code that has run by then is quoted.
    """
    cells = _Cells(lecture)
    for slide in lecture.deck.slides:
        cells.add(slide)
    return cells.done


class _Cells:
    """The cells so far, and how far the scripts have run."""

    def __init__(self, lecture: Lecture) -> None:
        self._lecture = lecture
        self._prose = Prose(lecture)
        # Whoever has no GPU runs the rest.
        self._scripts = {p: each for p, each in shown_scripts(lecture).items() if not each.needs_device}
        self._last = {path: each.references[-1] for path, each in self._scripts.items()}
        self._next = dict.fromkeys(self._scripts, 1)
        self._running = ""
        self._seen: set[tuple[str, int]] = set()
        """The statements whose output this slide shows."""
        self._told = set[str]()
        """The scripts of which the text says how to start them."""
        is_titled = any(slide.title for slide in lecture.deck.slides[:1])
        self.done = [] if is_titled else [markdown_cell(f"# {escape_inline(lecture.deck.title)}")]

    def add(self, slide: Slide) -> None:
        """Add the cells of a slide."""
        self._seen.clear()
        start, edits = slide.start, list[Edit]()
        references = [r for r in self._lecture.deck.references if slide.start <= r.start < slide.end]
        fences = [reference for reference in references if reference.kind in _FENCES]
        for number, reference in enumerate(fences):
            text, cells = self._fence(reference, fences[number + 1 :])
            edits.append((reference.start, reference.end, text))
            if cells:
                self._add_text(slide, start, reference.end, edits)
                self.done += cells
                start, edits = reference.end, []
        self._add_text(slide, start, slide.end, edits)

    def _add_text(self, slide: Slide, start: int, end: int, edits: Sequence[Edit]) -> None:
        text = self._prose.of(start, end, edits, below=slide.number > 1)
        if text:
            self.done.append(markdown_cell(text))

    def _fence(self, reference: Reference, later: Sequence[Reference]) -> tuple[str, list[Data]]:
        """Return the text that takes the place of a fence, and the cells below that."""
        shown = self._scripts.get(reference.target.path)
        if reference.kind.never_runs or shown is None:
            return self._quoted(reference), []
        is_output = reference.kind is Kind.OUTPUT
        if reference.display.hide:
            text, cells = _NOTHING, list[Data]()
        elif is_output and (reference not in shown.references or self._has_run(shown, reference)):
            text, cells = _NOTHING if self._is_seen(shown, reference) else self._quoted(reference), []
        elif is_output:
            text, cells = (
                _NOTHING,
                [] if _follows(shown, reference, later) else self._output(shown, reference),
            )
        else:
            cells = self._code(shown, reference)
            text = _NOTHING if cells else self._quoted(reference)
        if reference is self._last[shown.path]:
            rest = list(self._plumbing(shown, shown.pieces.last_line))
            cells = [*cells, *(self._begin(shown) if rest and not cells else []), *rest]
        return text, cells

    def _code(self, shown: ShownScript, reference: Reference) -> list[Data]:
        """Return the cells that show code; none if it has begun to run above, or there is nothing to run."""
        first, last = shown.lines_of(reference)
        if first < self._next[shown.path]:
            return []
        code = list(shown.cells(first, last))
        if not code:
            return []
        cells = [*self._begin(shown), *self._plumbing(shown, first - 1), *code]
        self._runs_to(shown, first, last)
        return cells

    def _output(self, shown: ShownScript, reference: Reference) -> list[Data]:
        """Return the cells that show an output without its code."""
        first, last = shown.lines_of(reference)
        first = max(first, self._next[shown.path])
        cells = [*self._begin(shown), *self._plumbing(shown, first - 1)]
        cells += shown.cells(first, last, shows_code=False)
        self._runs_to(shown, first, last)
        return cells

    def _plumbing(self, shown: ShownScript, last: int) -> Iterator[Data]:
        yield from shown.plumbing(self._next[shown.path], last)
        self._next[shown.path] = max(self._next[shown.path], last + 1)

    def _begin(self, shown: ShownScript) -> list[Data]:
        """Return the cell that begins a script, or goes on with it, where another one ran last."""
        if self._running == shown.path:
            return []
        before = [] if self._running else [start_cell("start")]
        self._running = shown.path
        return [*before, shown.use_cell()]

    def _runs_to(self, shown: ShownScript, first: int, last: int) -> None:
        self._next[shown.path] = last + 1
        for index, statement in enumerate(shown.pieces.statements):
            if first <= statement.first_line <= last:
                self._seen.add((shown.path, index))

    def _has_run(self, shown: ShownScript, reference: Reference) -> bool:
        return shown.lines_of(reference)[1] < self._next[shown.path]

    def _is_seen(self, shown: ShownScript, reference: Reference) -> bool:
        if reference not in shown.references:
            return False
        return all(
            (shown.path, index) in self._seen for index in range(*output_range(reference, shown.script))
        )

    # --- what stays Markdown ------------------------------------------------------------------

    def _quoted(self, reference: Reference) -> str:
        """Return a fence for which nothing runs, as Markdown."""
        if reference.kind is Kind.OUTPUT:
            blocks = list(self._output_blocks(reference))
        else:
            blocks = [(reference.language, self._code_of(reference)), *self._start_block(reference)]
        return rebuilt(self._lecture.deck, reference, reference.fence[:3], blocks)

    def _start_block(self, reference: Reference) -> Iterator[tuple[str | None, str]]:
        """Yield how to start a script that runs as several processes, below the first of its code."""
        path = reference.target.path
        script = self._lecture.course.scripts.get(path)
        if script and script.options.nproc > 1 and path not in self._told:
            self._told.add(path)
            yield "console", f"$ {script.options.start_command} {shlex.quote(path)}"

    def _code_of(self, reference: Reference) -> str:
        script = self._lecture.course.scripts.get(reference.target.path)
        if reference.kind in (Kind.CODE, Kind.EXEC) and script:
            return shown_code(reference, script)
        code = reference.body.removesuffix("\n")
        return chosen_lines(code, reference.display) if reference.kind is Kind.NOT_RUN else code

    def _output_blocks(self, reference: Reference) -> Iterator[tuple[str | None, str]]:
        course = self._lecture.course
        script, result = (
            course.scripts.get(reference.target.path),
            self._lecture.results.get(course.job_of(reference)),
        )
        if script is None or result is None:
            yield reference.language, reference.body.removesuffix("\n")
            return
        for panel in shown_output(reference, script, result):
            yield _block(panel, reference)


def _follows(shown: ShownScript, output: Reference, later: Sequence[Reference]) -> bool:
    """Whether the code of an output is below it on the same slide, and shows it there."""
    first, last = shown.lines_of(output)
    code = [each for each in later if each in shown.references and each.kind is not Kind.OUTPUT]
    lines = (shown.lines_of(each) for each in code)
    return any(start <= first and last <= end for start, end in lines)


def _block(panel: Panel, reference: Reference) -> tuple[str | None, str]:
    """Return a panel of an output as a fence, with its info string, or as Markdown."""
    match panel.kind:
        case PanelKind.MARKDOWN:
            return None, panel.data
        case PanelKind.CHART:
            return None, escape_inline(panel.styled.text)
        case PanelKind.PICTURE:
            data = base64.b64encode(panel.content).decode()
            alt = html.escape(reference.display.alt)
            return None, f'<img src="data:{MEDIA_TYPES[panel.picture]};base64,{data}" alt="{alt}">'
        case _:
            return reference.language, panel.styled.text
