"""One walk over a deck that replaces every reference by its content, and leaves all else byte for byte."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import count
from urllib.parse import quote

from deckwright.compose.blank import hidden, with_places
from deckwright.compose.compare import comparison, difference, is_accepted
from deckwright.compose.description import described_label
from deckwright.compose.escape import escape_alt, escape_inline, one_line
from deckwright.compose.fences import rebuilt, without_fence
from deckwright.compose.foreign_rows import foreign_row
from deckwright.compose.moves import TRANSITION, moving_code
from deckwright.compose.room import lines_of, with_room
from deckwright.compose.show import (
    Panel,
    PanelKind,
    accepted_text,
    name_of,
    shown_output,
    shown_value,
    shows_error,
    unshown_values,
)
from deckwright.compose.smoke import is_left_out, smoke_mark, with_comment
from deckwright.compose.stages import Stages, artifact_of
from deckwright.compose.terminal import show_terminal
from deckwright.compose.written_values import written_value
from deckwright.files.digests import digest
from deckwright.frozen import dataclass
from deckwright.model import (
    Artifact,
    Chart,
    Course,
    Deck,
    Diagnostic,
    ExpandedDeck,
    FigureSource,
    Kind,
    Location,
    Overrides,
    PictureAt,
    Reference,
    Result,
    Rich,
    Script,
    Slide,
)
from deckwright.model.reasons import DID_NOT_RUN, NOT_IN_SMOKE
from deckwright.text.fences import chosen_lines, output_range, shown_code, steps_of, versions_at
from deckwright.text.flipbooks import flipbooks_of, output_shown, stop_at, stops_of
from deckwright.text.lines import NEWLINE, Lines, newline_of
from deckwright.text.memory_addresses import has_address, without_addresses
from deckwright.text.paths import from_deck

ACCEPTED_NOTE = "(accepted result: {reason})"
NOTHING_NOTE = "(no result yet: {reason})"

_TIME = re.compile(
    r"\d:\d\d\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2} [A-Z][a-z]{2} \d{4}\b"
    r"|\d ?(?:s|sec|seconds|ms|µs|us|ns|it/s|s/it)\b"
)
"""A time of day, a date or a duration: they differ in every run."""


def picture_path(reference: Reference, number: int, suffix: str) -> str:
    """Return the path in the project of a picture of an output, numbered from 1."""
    target = reference.target
    stem = posixpath.splitext(posixpath.basename(target.path))[0]
    name = re.sub(r"[^\w-]+", "-", f"{stem}-{target.name}-{number}")
    return f"outputs/{name}-{digest(f'{target.path}#{target.name}')[:8]}.{suffix}"


def state_picture_path(path: str, data: bytes) -> str:
    """Return the path in the project of a picture in another state: the same for the same picture."""
    stem, suffix = posixpath.splitext(path)
    return f"{stem}@{digest(data)[:16]}{suffix}"


@dataclass(eq=False)
class Composer:
    """The expanded deck so far, while the slides are walked."""

    deck: Deck
    course: Course
    results: Mapping[str, Result]
    missing: Mapping[str, str]
    undrawn: Mapping[str, str]
    chosen: Overrides = ()
    """The values of controls, where they are not the scripts' own."""
    text: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=lambda: [1])
    accepted: dict[Reference, None] = field(default_factory=dict)
    replaced: dict[Reference, None] = field(default_factory=dict)
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    charts: list[Chart] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.source = Lines(self.deck.path, self.deck.text)
        self.newline = newline_of(self.deck.text)
        self.flipbooks = flipbooks_of(self.deck.references, self.course.scripts)
        changing = [reference.versions for reference in self.deck.references if reference.then]
        self.versions = {each: versions for versions in changing for each in versions}
        """All versions of code and outputs of which there are several, by each of them."""

    def expanded(self) -> ExpandedDeck:
        done = 0
        for slide in self.deck.slides:
            self._part(done, slide.start)
            self._slide(slide)
            done = slide.end
        self._copy(done, len(self.deck.text))
        return ExpandedDeck(
            path=self.deck.path,
            text="".join(self.text).removeprefix("\ufeff"),  # to Marp, a byte order mark is text
            lines=tuple(self.lines),
            accepted=tuple(self.accepted),
            replaced=tuple(self.replaced),
            diagnostics=tuple(self.diagnostics),
            pictures=self.pictures,
            charts=tuple(self.charts),
        )

    # --- slides -------------------------------------------------------------------------------

    def _slide(self, slide: Slide) -> None:
        references = self._references(slide)
        for step in range(steps_of(references)):
            self._page(slide, references, step, is_first=not step)

    def _page(self, slide: Slide, references: Sequence[Reference], step: int, *, is_first: bool) -> None:
        """Add a slide as it is at one step; `is_first` says that no page of it is there yet."""
        if not is_first:  # Marp breaks before a dividing heading by itself
            self._insert(self._paragraph("" if slide.headed else "---"), slide.line)
        self._with_references(slide.start, slide.end, versions_at(references, step), step)
        if versions_at(references, step + 1) != versions_at(references, step):
            self._insert(self._paragraph(TRANSITION), slide.line)
        if not is_first:  # at the end, since before a heading it would belong to the slide above
            page = "hold" if slide.paginated else "skip"
            self._insert(self._paragraph(f"<!-- _paginate: {page} -->"), slide.line)
        if mark := smoke_mark(self.course, references, self.results):
            text = with_comment(escape_inline(f"smoke run: {mark}")).replace("\n", self.newline)
            self._insert(self._paragraph(text), slide.line)

    def _references(self, slide: Slide) -> list[Reference]:
        return [each for each in self.deck.references if slide.start <= each.start < slide.end]

    def _part(self, start: int, end: int) -> None:
        """Add what stands between slides: the front matter, and rulers."""
        references = [r for r in self.deck.references if start <= r.start < end]
        self._with_references(start, end, references, 0)

    def _paragraph(self, text: str) -> str:
        """Return a text with blank lines around it, whether or not the text so far ends a line."""
        ended = not self.text or self.text[-1].endswith(("\n", "\r"))
        return self.newline.join([*[""] * (1 if ended else 2), text, "", ""])

    def _with_references(self, start: int, end: int, references: Sequence[Reference], step: int) -> None:
        done = start
        for reference in references:
            new = self._replacement(reference, step)
            if new is None:
                continue
            self._copy(done, reference.start)
            self._insert(new, reference.location.line)
            done = reference.end
        self._copy(done, end)

    def _replacement(self, reference: Reference, step: int) -> str | None:
        script = self.course.scripts.get(reference.target.path)
        job = self.course.job_of(reference, self.chosen)
        match reference.kind:
            case Kind.CODE | Kind.EXEC if script:
                return self._code(reference, script, step)
            case Kind.OUTPUT if script:
                return self._output(reference, script, job, step)
            case Kind.VALUE if script:
                return self._value(reference, self.results.get(job))
            case Kind.FIGURE:
                return self._figure(reference, job, step)
            case Kind.UNVERIFIED | Kind.NOT_RUN:
                return self._code_of_deck(reference, step)
            case _:
                return None

    # --- one reference ------------------------------------------------------------------------

    def _code(self, reference: Reference, script: Script, step: int) -> str:
        if reference.display.hide:
            return without_fence(self.deck, reference)
        code = shown_code(reference, script)
        if reference.kind is Kind.CODE:
            self._compare(reference, code)
        moves, code = self._moving(reference) or ("", code)
        return self._fence(reference, [(reference.language + _highlight(reference, step) + moves, code)])

    def _moving(self, reference: Reference) -> tuple[str, str] | None:
        """Return an attribute for code that changes, and the code; None if it has one version alone."""
        versions = self.versions.get(reference, ())
        scripts = [self.course.scripts.get(each.target.path) for each in versions]
        codes = [shown_code(each, script) for each, script in zip(versions, scripts, strict=True) if script]
        if not codes or len(codes) < len(versions):
            return None
        return moving_code(codes, versions.index(reference), reference.location.line)

    def _code_of_deck(self, reference: Reference, step: int) -> str | None:
        """Return code that never runs; without `no-exec`, its attributes may be another tool's."""
        display, code = reference.display, reference.body.removesuffix("\n")
        shown = chosen_lines(code, display) if reference.kind is Kind.NOT_RUN else code
        if shown == code and len(display.highlight) < 2:
            return None
        return self._fence(reference, [(reference.language + _highlight(reference, step), shown)])

    def _output(self, reference: Reference, script: Script, job: str, step: int) -> str:
        lines, result = _highlight(reference, step), self.results.get(job)
        if is_left_out(self.course, reference, self.results):  # the mark of the slide says it
            body = reference.body.removesuffix("\n") or NOTHING_NOTE.format(reason=NOT_IN_SMOKE)
            return self._fence(reference, [(reference.language + lines, body)])
        if result is None:
            body = "" if self._varies(reference) else reference.body
            template = ACCEPTED_NOTE if body.strip() else NOTHING_NOTE
            note = template.format(reason=self.missing.get(job, DID_NOT_RUN))
            self.accepted[reference] = None
            if not body.strip():
                self.replaced[reference] = None
            return self._fence(reference, [(reference.language + lines, f"{body}{note}")])
        panels = shown_output(reference, script, result)
        if not result.failure:
            self._compare(reference, accepted_text(panels), shows_error(panels))
        elif shows_error(panels):
            self.replaced[reference] = None
        stop = stop_at(self.flipbooks, output_shown(reference, script), step)
        if stop is not None:
            panels = list(with_places(shown_output(reference, script, result, stop), panels))
        if any(panel.masked for panel in panels):
            self._warn_of_address("output", reference.location)
        for rich in () if result.failure else unshown_values(reference, script, result):
            message, hint = _unshown(rich)
            self.diagnostics[self.source.warning("unshown-value", message, reference.location, hint)] = None
        for chart in (panel.chart for panel in panels if panel.chart and panel.chart.reason):
            message = f"this chart is shown as its name: {chart.reason}"
            self.diagnostics[
                self.source.warning("chart-not-drawn", message, reference.location, chart.hint)
            ] = None
        blocks = list(self._blocks(reference, script, panels, lines))
        return self._fence(reference, with_room(blocks, self._most_lines(reference)))

    def _blocks(
        self, reference: Reference, script: Script, panels: Sequence[Panel], lines: str
    ) -> Iterator[tuple[str | None, str]]:
        """Yield info string and body of a fence per panel; without info string, it is plain Markdown."""
        alt = _alt(reference, script)
        number = count(1)
        for panel in panels:
            text = panel.styled.text
            if panel.kind in (PanelKind.MARKDOWN, PanelKind.CHART):
                shown = panel.data if panel.kind is PanelKind.MARKDOWN else self._chart(panel, alt)
                yield None, hidden(shown) if panel.is_hidden else shown
            elif panel.kind is PanelKind.PICTURE:
                path = self._kept_picture(reference, next(number), panel)
                shown = "" if panel.is_hidden else escape_alt(alt)
                yield None, f"![{shown}]({from_deck(self.deck.path, path)})"
            elif panel.kind is PanelKind.ERROR:
                yield str(panel.kind), text
            else:
                spans = ",".join(f"{s.start}-{s.end}:{s.classes}" for s in panel.styled.spans)
                yield reference.language + lines + (f' ansi="{spans}"' if spans else ""), text

    def _most_lines(self, reference: Reference) -> int:
        """Return how many lines of text an output has in the state or version with most; 0 for only one.

        The others have room for as many, so that nothing below moves when it changes.
        """
        if not reference.vary and reference not in self.versions:
            return 0
        versions = self.versions.get(reference, (reference,))
        return max(
            (
                lines_of(shown_output(each, self.course.scripts[each.target.path], self.results[job]))
                for each in versions
                for job in self.course.jobs_of(each)
                if job in self.results
            ),
            default=0,
        )

    def _kept_picture(self, reference: Reference, number: int, panel: Panel) -> str:
        """Keep a picture of an output; return its path."""
        path = picture_path(reference, number, panel.picture)
        if self._varies(reference) or panel.is_hidden:
            path = state_picture_path(path, panel.content)
        self.pictures[path] = panel.content
        return path

    def _chart(self, panel: Panel, alt: str) -> str:
        """Return the name of a chart, with a comment above it that says which chart a page may draw there."""
        name, chart = escape_inline(panel.styled.text), panel.chart
        if chart is None or not chart.specification:
            return name
        self.charts.append(Chart(chart.kind, chart.specification, alt or panel.styled.text))
        return f"<!-- lint ignore deckwright-chart {len(self.charts) - 1} -->\n\n{name}"

    def _value(self, reference: Reference, result: Result | None) -> str:
        nothing = "(failed)" if result and result.failure else "?"
        accepted = "" if self._varies(reference) else reference.body
        text = accepted or (nothing if result else "(no result yet)")
        if result is None:
            self.accepted[reference] = None
        elif not is_left_out(self.course, reference, self.results):  # the mark of the slide says it
            try:
                shown = shown_value(reference, result.values)
                if has_address(shown):
                    self._warn_of_address("value", reference.location)
                text = without_addresses(shown)
                self._compare(reference, text)
            except ValueError as error:
                if not result.failure:
                    message = f"{error}{self._when(reference)}"
                    diagnostic = self.source.diagnostic("missing-value", message, reference.location)
                    self.diagnostics[diagnostic] = None
        return written_value(self.deck, reference, text)

    def _warn_of_address(self, what: str, location: Location) -> None:
        message = f"the {what} shows a memory address, which differs in every run: it is left out"
        hint = "print a name or a value, as `print(f.__name__)`, or give the class a `__repr__`"
        self.diagnostics[self.source.warning("memory-address", message, location, hint)] = None

    def _figure(self, reference: Reference, job: str, step: int) -> str | None:
        path = reference.target.path
        if path in self.undrawn:
            return self._not_drawn(reference, self.undrawn[path])
        if path in self.course.diagrams:
            return self._image(reference)
        source = self.course.figures.get(path)
        if source is None:
            return None
        result = self.results.get(job)
        reason = f"{job} failed" if result else self.missing.get(job, DID_NOT_RUN)
        if is_left_out(self.course, reference, self.results):
            return self._image(reference) if source.is_accepted else self._not_drawn(reference, NOT_IN_SMOKE)
        if result is None:
            self.accepted[reference] = None
            if source.is_accepted and not self._varies(reference):
                note = ACCEPTED_NOTE.format(reason=reason)
                return f"{self._image(reference)} *{escape_inline(note)}*"
        elif drawn := artifact_of(result, source.figure):
            return self._image(reference, self._drawing(reference, source, result, drawn, step))
        return self._not_drawn(reference, reason)

    def _drawing(
        self, reference: Reference, source: FigureSource, result: Result, drawn: Artifact, step: int
    ) -> str:
        """Return the path of a picture in the place of a figure; empty for the figure itself."""
        stages = Stages(self.course.jobs[source.job], source.figure, result)
        shown = stages.shown(reference)
        if stages.are_late(stops_of(self.flipbooks, shown)):
            message = "this figure exists only at the last step: its place is empty before"
            hint = "open the figure in a step before the last one, and draw into it in parts"
            self.diagnostics[self.source.warning("late-figure", message, reference.location, hint)] = None
        stop = stop_at(self.flipbooks, shown, step)
        if stop is not None:
            drawn = stages.before(stop, drawn)
        elif not self._varies(reference):
            return ""
        path = state_picture_path(f"outputs/{drawn.name}", drawn.data)
        self.pictures[path] = drawn.data
        return path

    def _not_drawn(self, reference: Reference, reason: str) -> str:
        self.replaced[reference] = None
        return f"**{escape_inline(f'{reference.target.path} was not drawn: {reason}')}**"

    def _image(self, reference: Reference, path: str = "") -> str:
        """Return a figure with its description, and its path where that is not as the deck writes it.

        `path` is that of another picture in its place.
        """
        label, target = described_label(self.deck, self.course, reference), reference.target
        is_plain = not isinstance(target, PictureAt) or target.path == target.source
        if is_plain and not path and not reference.vary:  # a title may be anything but an instruction for us
            label_end = reference.start + len("![") + len(reference.label)
            return f"![{label}{self.deck.text[label_end : reference.end]}"
        return f"![{label}]({quote(from_deck(self.deck.path, path or target.path), safe='/@')})"

    def _varies(self, reference: Reference) -> bool:
        """Whether a reference shows another state than the accepted one."""
        return any(name in reference.vary for name, _ in self.chosen)

    def _when(self, reference: Reference) -> str:
        """Return what to say of the state that a reference shows; empty for the accepted one."""
        values = [f"{name} = {value}" for name, value in self.chosen if name in reference.vary]
        return f" (with {', '.join(values)})" if values else ""

    # --- text ---------------------------------------------------------------------------------

    def _fence(self, reference: Reference, panels: Sequence[tuple[str | None, str]]) -> str:
        return rebuilt(self.deck, reference, reference.fence[:3], panels)

    def _copy(self, start: int, end: int) -> None:
        """Add source text as it is; each of its lines maps to itself."""
        if start < end:
            self._add(self.deck.text[start:end], self.source.at(start)[0], 1)

    def _insert(self, text: str, line: int) -> None:
        """Add new text; all of its lines map to one line of the source."""
        self._add(text, line, 0)

    def _add(self, text: str, line: int, step: int) -> None:
        if not self.text or self.text[-1].endswith(("\n", "\r")):
            self.lines[-1] = line
        for number, _ in enumerate(NEWLINE.finditer(text), 1):
            self.lines.append(line + step * number)
        self.text.append(text)

    def _compare(self, reference: Reference, fresh: str, is_error: bool = False) -> None:
        """Warn if the accepted text differs from the fresh one."""
        is_small = reference.kind is not Kind.CODE and self.course.is_small(self.course.job_of(reference))
        is_other = is_small or self._varies(reference)
        if not reference.body.strip() or is_other or is_accepted(reference, fresh, is_error):
            return
        if foreign := foreign_row(reference, fresh, self.source):
            self.diagnostics[foreign] = None
            return
        hint = "look at the slide; 'deckwright sync' accepts it into the deck"
        how, ignore = comparison(reference), reference.display.ignore
        where = f", {difference(reference.body, fresh, how, is_error, ignore)}"
        if reference.kind is Kind.OUTPUT and _TIME.search(where):
            hint += """; where a line differs in every run, write ignore="…" on the fence"""
        if reference.kind is Kind.VALUE:
            where = f": {fresh[:60]}"
        is_quote = reference.kind is Kind.CODE and not reference.target.path.endswith(".py")
        source = "the file holds" if is_quote else "the script gives"
        message = f"the accepted text differs from what {source} now{where}"
        self.diagnostics[self.source.warning("drifted", message, reference.location, hint)] = None


def _alt(reference: Reference, script: Script) -> str:
    """Return what a reference says of its pictures, or else the first `fig-alt` among its cells."""
    if reference.display.alt:
        return reference.display.alt
    start, end = output_range(reference, script)
    alts = (cell.fig_alt for cell in script.cells if start <= cell.first_statement < end and cell.fig_alt)
    return show_terminal(next(alts, "")).text


def _unshown(rich: Rich) -> tuple[str, str]:
    """Return what to say of a displayed value that its slide does not show, and what to write."""
    name = name_of(rich)
    if rich.flaw:
        return (
            f"{name} is not shown as it displays itself: {one_line(show_terminal(rich.flaw).text)}",
            "correct this method",
        )
    if rich.data.keys() <= {"text/plain"}:
        hint = "give the class a `__repr__`, print what the slide is to show, or end the line with ';'"
    else:
        hint = "display a table, a picture, Markdown or a formula, or print what the slide is to show"
    return f"{name} has no form that a slide can show: its type stands for it", hint


def _highlight(reference: Reference, step: int) -> str:
    """Return the line highlight of one step, for an info string."""
    specs = reference.display.highlight
    spec = specs[min(step, len(specs) - 1)] if specs else ""
    if len(specs) > 1 and spec in ("all", "*"):
        return ""  # after lines one by one, all of them means none in particular
    return f" {{{spec}}}" if spec else ""
