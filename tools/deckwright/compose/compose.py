"""Deck + results -> `ExpandedDeck`: every reference replaced by what it shows.

Surgical: what is not a reference is copied byte for byte.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckwright.compose.compare import agrees, difference
from deckwright.compose.escape import (
    escape_alt,
    escape_inline,
    fence,
    harmless,
    indented,
    marks_of,
)
from deckwright.compose.show import (
    Panel,
    PanelKind,
    accepted_text,
    output_range,
    shown_output,
    shown_value,
)
from deckwright.compose.terminal import show_terminal
from deckwright.files.digests import digest
from deckwright.model import (
    Course,
    Deck,
    Diagnostic,
    ExpandedDeck,
    Kind,
    Reference,
    Result,
    Script,
    Severity,
    Slide,
)
from deckwright.text.fences import chosen_lines, shown_code
from deckwright.text.lines import NEWLINE, Lines
from deckwright.text.paths import from_deck
from deckwright.text.steps import steps_of

NOTHING: Mapping[str, str] = {}

ACCEPTED_NOTE = "(accepted result: {reason})"


def compose(
    deck: Deck, course: Course, results: Mapping[str, Result], missing: Mapping[str, str] = NOTHING
) -> ExpandedDeck:
    """Put code, outputs and values into a deck. A job without a result shows accepted text.

    `missing` says why a job has no result.
    """
    return _Composer(deck, course, results, missing).expanded()


def picture_path(reference: Reference, number: int, suffix: str) -> str:
    """Return where the picture of an output that has this number among them lies, below build/."""
    target = reference.target
    stem = posixpath.splitext(posixpath.basename(target.path))[0]
    name = re.sub(r"[^\w-]+", "-", f"{stem}-{target.name}-{number}")
    return f"outputs/{name}-{digest(f'{target.path}#{target.name}')[:8]}.{suffix}"


@dataclass
class _Composer:
    deck: Deck
    course: Course
    results: Mapping[str, Result]
    missing: Mapping[str, str]
    text: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=lambda: [1])
    accepted: dict[Reference, None] = field(default_factory=dict)
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = Lines(self.deck.path, self.deck.text)
        self.newline = "\r\n" if "\r\n" in self.deck.text else "\n"

    def expanded(self) -> ExpandedDeck:
        done = 0
        for slide in self.deck.slides:
            self._copy(done, slide.start)
            self._slide(slide)
            done = slide.end
        self._copy(done, len(self.deck.text))
        return ExpandedDeck(
            path=self.deck.path,
            text="".join(self.text).removeprefix("\ufeff"),  # to Marp, a byte order mark is text
            lines=tuple(self.lines),
            accepted=tuple(self.accepted),
            diagnostics=tuple(self.diagnostics),
            pictures=self.pictures,
        )

    # --- slides -------------------------------------------------------------------------------

    def _slide(self, slide: Slide) -> None:
        references = [r for r in self.deck.references if slide.start <= r.start < slide.end]
        for step in range(steps_of(references)):
            if step:  # Marp breaks before a dividing heading by itself
                self._insert(self._paragraph("" if slide.headed else "---"), slide.line)
            self._one_slide(slide, references, step)
            if step:  # at the end, since before a heading it would belong to the slide above
                page = "hold" if slide.paginated else "skip"
                self._insert(self._paragraph(f"<!-- _paginate: {page} -->"), slide.line)

    def _paragraph(self, text: str) -> str:
        """Return a text with blank lines around it, wherever the text so far ends."""
        ended = not self.text or self.text[-1].endswith(("\n", "\r"))
        return self.newline.join([*[""] * (1 if ended else 2), text, "", ""])

    def _one_slide(self, slide: Slide, references: Sequence[Reference], step: int) -> None:
        done = slide.start
        for reference in references:
            new = self._replacement(reference, step)
            if new is None:
                continue
            self._copy(done, reference.start)
            self._insert(new, reference.location.line)
            done = reference.end
        self._copy(done, slide.end)

    def _replacement(self, reference: Reference, step: int) -> str | None:
        script = self.course.scripts.get(reference.target.path)
        result = self.results.get(reference.target.path)
        match reference.kind:
            case Kind.CODE | Kind.EXEC if script:
                return self._code(reference, script, step)
            case Kind.OUTPUT if script:
                return self._output(reference, script, result, step)
            case Kind.VALUE if script:
                return self._value(reference, result)
            case Kind.FIGURE:
                return self._figure(reference)
            case Kind.UNVERIFIED:
                return self._unverified(reference, step)
            case _:
                return None

    # --- one reference ------------------------------------------------------------------------

    def _code(self, reference: Reference, script: Script, step: int) -> str:
        code = shown_code(reference, script)
        if reference.kind is Kind.CODE:
            self._compare(replace(reference, display=replace(reference.display, compare="exact")), code)
        return self._fence(reference, [(reference.language + _highlight(reference, step), code)])

    def _unverified(self, reference: Reference, step: int) -> str | None:
        """Return code that nothing proves; without `no-exec`, attributes may be another tool's."""
        display, code = reference.display, reference.body.removesuffix("\n")
        shown = chosen_lines(code, display) if display.no_exec else code
        if shown == code and len(display.highlight) < 2:
            return None
        return self._fence(reference, [(reference.language + _highlight(reference, step), shown)])

    def _output(self, reference: Reference, script: Script, result: Result | None, step: int) -> str:
        lines = _highlight(reference, step)
        if result is None:
            note = self._accepted_note(reference.target.path)
            self._accept(reference)
            return self._fence(reference, [(reference.language + lines, f"{reference.body}{note}")])
        parts = shown_output(reference, script, result)
        if not result.failure:
            is_error = any(part.form is PanelKind.ERROR for part in parts)
            self._compare(reference, accepted_text(parts), is_error)
        paths = self._picture_paths(reference, parts)
        alt = escape_alt(_alt(reference, script))
        return self._fence(reference, [self._panel(reference, part, paths, lines, alt) for part in parts])

    def _picture_paths(self, reference: Reference, parts: Sequence[Panel]) -> dict[Panel, str]:
        """Add the pictures of an output to the deck, and return their paths."""
        shown = [part for part in parts if part.form is PanelKind.PICTURE]
        paths = {part: picture_path(reference, number, part.picture) for number, part in enumerate(shown, 1)}
        self.pictures |= {path: part.content for part, path in paths.items()}
        return paths

    def _panel(
        self, reference: Reference, part: Panel, paths: Mapping[Panel, str], lines: str, alt: str
    ) -> tuple[str | None, str]:
        """Return info and body of a fence; None for an info marks plain Markdown."""
        if part.form is PanelKind.TABLE:
            return None, part.data
        if part.form is PanelKind.PICTURE:
            path = from_deck(self.deck.path, paths[part])
            return None, f"![{alt}]({path})"
        if part.form is PanelKind.ERROR:
            return str(part.form), part.shown.text
        spans = ",".join(f"{s.start}-{s.end}:{s.classes}" for s in part.shown.spans)
        colours = f' ansi="{spans}"' if spans else ""
        return reference.language + lines + colours, part.shown.text

    def _value(self, reference: Reference, result: Result | None) -> str:
        text = reference.body or "?"
        if result is None:
            self._accept(reference)
        else:
            try:
                text = shown_value(reference, result.values)
                self._compare(reference, text)
            except ValueError as error:
                if not result.failure:
                    self._diagnose("missing-value", str(error), reference)
        before, after = self.deck.text[: reference.start][-1:], self.deck.text[reference.end :][:1]
        return harmless(text, marks_of(reference.label, text), before, after)

    def _figure(self, reference: Reference) -> str | None:
        path = reference.target.path
        drawn = self.course.figures.get(path)
        if drawn is None:
            return None
        result = self.results.get(drawn.job)
        if result is None:
            self._accept(reference)
            note = self._accepted_note(drawn.job)
            return self.deck.text[reference.start : reference.end] + f" *{escape_inline(note)}*"
        name = f"{drawn.figure.name}.{drawn.figure.suffix}"
        if any(artifact.name == name for artifact in result.artifacts):
            return None
        return f"**{escape_inline(f'{path} was not drawn: {drawn.job} failed')}**"

    def _accepted_note(self, job: str) -> str:
        return ACCEPTED_NOTE.format(reason=self.missing.get(job, "it did not run"))

    # --- text ---------------------------------------------------------------------------------

    def _fence(self, reference: Reference, panels: Sequence[tuple[str | None, str]]) -> str:
        source = self.deck.text[reference.start : reference.end]
        first = source[: source.index(reference.fence)]
        blocks = []
        for number, (info, body) in enumerate(panels):
            start = reference.prefix if number else first
            if info is not None:
                args = (reference.fence[:3], start, reference.prefix, self.newline)
                blocks.append(fence(info, body, *args))
            else:  # blank lines around it: it must not become part of the text above or below
                rows = [*([""] if start == reference.prefix else []), *body.split("\n"), ""]
                blocks.append(indented(rows, start, reference.prefix, self.newline))
        gap = self.newline + reference.prefix.rstrip() + self.newline
        ended = source.endswith(("\n", "\r"))
        return gap.join(blocks) + (self.newline if ended else "")

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

    # --- diagnostics --------------------------------------------------------------------------

    def _accept(self, reference: Reference) -> None:
        self.accepted[reference] = None

    def _compare(self, reference: Reference, fresh: str, is_error: bool = False) -> None:
        """Warn where the text in the source differs from what the slide now shows."""
        how = reference.display.compare
        if reference.body.strip() and not agrees(reference.body, fresh, how, is_error):
            hint = "look at the slide; 'deckwright sync' accepts it into the deck"
            where = difference(reference.body, fresh, how, is_error)
            message = f"the accepted text differs from what the script gives now, {where}"
            if reference.kind is Kind.VALUE:
                message = f"the accepted text differs from what the script gives now: {fresh[:60]}"
            self._diagnose("drifted", message, reference, hint, Severity.WARNING)

    def _diagnose(
        self,
        slug: str,
        message: str,
        reference: Reference,
        hint: str = "",
        severity: Severity = Severity.ERROR,
    ) -> None:
        wrong = self.source.diagnostic(slug, message, reference.location, hint, severity)
        self.diagnostics[wrong] = None


def _alt(reference: Reference, script: Script) -> str:
    """Return what the first cell among those shown says that its picture shows (`fig-alt`)."""
    start, end = output_range(reference, script)
    told = (cell.fig_alt for cell in script.cells if start <= cell.first_statement < end and cell.fig_alt)
    return show_terminal(next(told, "")).text


def _highlight(reference: Reference, step: int) -> str:
    """Return the line highlight of one step, as it stands in an info string."""
    specs = reference.display.highlight
    return f" {{{specs[min(step, len(specs) - 1)]}}}" if specs else ""
