"""The outputs and values of a run that a reference shows, as text for a slide."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from html import unescape
from itertools import groupby
from typing import Any

from deckwright.compose.charts import ShownChart, chart_of
from deckwright.compose.escape import one_line
from deckwright.compose.rich_markdown import safe_latex, safe_markdown
from deckwright.compose.table import tables_of, text_of_tables
from deckwright.compose.terminal import StyledText, show_terminal
from deckwright.compose.values import OwnText, item_of, python_value
from deckwright.frozen import dataclass
from deckwright.model import (
    Display,
    Earlier,
    Failure,
    FailureKind,
    Frame,
    Output,
    Printed,
    Raised,
    RanksAt,
    Reference,
    Result,
    Rich,
    Script,
    value_path,
)
from deckwright.text.counts import ranks_in_words
from deckwright.text.fences import chosen_lines, more_of, output_range
from deckwright.text.memory_addresses import has_address, without_addresses

_FLOOD_LINES = 12
"""Most lines that a slide shows of an output over its limit."""

_FLOOD_COLUMNS = 100
"""Most characters that it shows of each: Marp makes code smaller until its longest line fits."""

_MOST_PANELS = 60
"""A slide cannot show more tables, pictures and formulas."""

_SAYS_NOTHING = re.compile(r"\s*(?:<[\w.]*(?:<locals>\.)?[\w.]+(?: object(?: at 0x\w+)?| at 0x\w+)>)?\s*")
"""The text of an object that says no more than its type: `<IPython.core.display.Markdown object>`."""

_CAUSE = "The above exception was the direct cause of the following exception:"
_CONTEXT = "During handling of the above exception, another exception occurred:"
"""What Python prints between an exception and the one that it led to."""

_ERROR_NAME = r"(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Group)"

_MOST_CALLS = 20
"""Most calls that a slide shows of those that led to an exception."""

_MOST_REPEATED = 3
"""How often a traceback of Python shows one call of a recursion."""

_TOO_WIDE = re.compile(r"[0-9]{5}")
"""A width or a precision in a format that would only fill the memory."""


class PanelKind(StrEnum):
    TEXT = "text"
    ERROR = "pytb"
    MARKDOWN = "markdown"
    CHART = "chart"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of an output."""

    kind: PanelKind
    styled: StyledText
    picture: str = ""
    """Suffix of the picture's file."""
    data: str = ""
    """The picture's text (svg) or base64; for a table, a formula or formatted text its Markdown."""
    chart: ShownChart | None = None
    masked: bool = False
    """Whether memory addresses were left out of the text."""
    is_hidden: bool = False
    """Whether it takes its room and is not seen."""

    @property
    def content(self) -> bytes:
        """The content of the picture's file."""
        return self.data.encode() if self.picture == "svg" else base64.b64decode(self.data)


def shown_output(
    reference: Reference, script: Script, result: Result, stop: int | None = None
) -> list[Panel]:
    """Return the panels of an `output` fence; at a step of a flipbook, as they are before a statement ran."""
    panels = _panels(reference, result, *output_range(reference, script))
    raised = raised_in(reference, script, result)
    is_short = raised and not reference.display.lines and _is_message_alone(reference.body, panels, raised)
    if stop is not None:
        panels = _panels(reference, result, output_range(reference, script)[0], stop)
    if raised and is_short:
        panels = with_message_alone(panels, raised)
    return panels if panels or stop is not None else [Panel(PanelKind.TEXT, StyledText(""))]


def _panels(reference: Reference, result: Result, start: int, end: int) -> list[Panel]:
    """Return the panels of some statements."""
    outputs = result.outputs_of(reference.display.rank)[start:end]
    pieces = [piece for output in outputs for piece in _pieces(output, reference.display)]
    if result.failure:
        pieces += _failure_pieces(result.failure, start, end, len(result.outputs))
    display = reference.display
    flooded = result.failure is not None and result.failure.kind is FailureKind.OUTPUT
    if flooded and not display.max_lines:
        display = replace(display, max_lines=_FLOOD_LINES)  # a slide cannot show a megabyte
    panels = [_finish(panel, display) for panel in _merge(_first_panels(pieces))]
    return [_narrow(panel) for panel in panels] if flooded else panels


def raised_in(reference: Reference, script: Script, result: Result) -> Raised | None:
    """Return the exception that an output shows because its cell asserts it."""
    start, end = output_range(reference, script)
    outputs = result.outputs_of(reference.display.rank)[start:end]
    return next((output.raised for output in outputs if output.raised), None)


def with_message_alone(panels: Sequence[Panel], raised: Raised) -> list[Panel]:
    """Return panels with the last lines of an exception, without the code that led to it."""
    message = _error(_message_text(raised))
    return [message if panel.kind is PanelKind.ERROR else panel for panel in panels]


def _is_message_alone(accepted: str, panels: Sequence[Panel], raised: Raised) -> bool:
    """Whether an accepted text has the message of an exception where the whole exception would begin."""
    above = accepted_text([panel for panel in panels if panel.kind is not PanelKind.ERROR])
    rows = accepted.strip("\n").split("\n")[len(above.split("\n")) if above else 0 :]
    name = re.escape(raised.type.rpartition(".")[2])
    return bool(rows) and bool(re.match(rf"(?:{name}|{_ERROR_NAME})(?::|\s*$)", rows[0]))


def _first_panels(pieces: Sequence[str | Panel]) -> Iterator[str | Panel]:
    """Yield pieces, but of tables, pictures and formulas the first ones alone, and the number of the rest."""
    number = 0
    for piece in pieces:
        is_rich = isinstance(piece, Panel) and piece.kind is not PanelKind.ERROR
        number += is_rich
        if not is_rich or number <= _MOST_PANELS:
            yield piece
    if number > _MOST_PANELS:
        yield f"\n… ({number - _MOST_PANELS} more tables, pictures or formulas)\n"


def shows_error(panels: Sequence[Panel]) -> bool:
    """Whether one of the panels shows an exception."""
    return any(panel.kind is PanelKind.ERROR for panel in panels)


def accepted_text(panels: Sequence[Panel]) -> str:
    """Return panels as the body of the author's fence."""
    return "\n".join(panel.styled.text for panel in panels if panel.styled.text)


def shown_value(reference: Reference, values: Mapping[str, Any]) -> str:
    """Return a value as its link's title formats it; raises ValueError with the reason."""
    text = reference.target.name
    value = _look_up(text, values)
    if reference.format and "{" not in reference.format:
        raise ValueError(f"'{reference.format}' has no place for {text}: write '{{}}', or '{{:.2f}}'")
    if _TOO_WIDE.search(reference.format):
        raise ValueError(f"'{reference.format}' makes {text} wider than any slide")
    try:
        return one_line(show_terminal((reference.format or "{}").format(value)).text)
    except OwnText as error:
        raise ValueError(f"{text} cannot be shown as a whole: {error}") from None
    except (ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise ValueError(f"'{reference.format}' does not fit {text} = {value!r}: {error}") from None


def _look_up(text: str, values: Mapping[str, Any]) -> Any:
    name, *path = value_path(text)
    if name not in values:
        shown = "a number, a text, or a small list or dict of them"
        raise ValueError(f"'{name}' is not a value that a slide can show: {shown}")
    value = python_value(values[name])
    for key in path:
        try:
            value = item_of(value, key)
        except (KeyError, IndexError, TypeError, ValueError):
            raise ValueError(f"{text}: there is no '{key}'") from None
    return value


def _pieces(output: Output, display: Display) -> Iterator[str | Panel]:
    """Yield the output of a statement: raw text, and whole panels."""
    ended = True
    for part in output.parts:
        if isinstance(part, Rich):
            if not ended:
                yield "\n"
            yield _display(part, display)
            ended = True
        elif isinstance(part, Printed) and display.stream in (part.stream, "both"):
            yield part.text
            ended = part.text.endswith("\n")
    if output.raised:
        yield _error(raised_text(output.raised))


def _error(text: str) -> Panel:
    return _text_panel(PanelKind.ERROR, text)


def _text_panel(kind: PanelKind, text: str) -> Panel:
    return Panel(kind, show_terminal(without_addresses(text)), masked=has_address(text))


def unshown_values(reference: Reference, script: Script, result: Result) -> list[Rich]:
    """Return the displayed values of an output of which a method fails, or that their types stand for."""
    start, end = output_range(reference, script)
    outputs = result.outputs_of(reference.display.rank)[start:end]
    shown = [part for output in outputs for part in output.parts if isinstance(part, Rich)]
    return [rich for rich in shown if rich.flaw or _is_named(rich, reference.display)]


def _is_named(rich: Rich, display: Display) -> bool:
    """Whether a slide shows no more of a value than its name."""
    return not _plain_text(rich.data) and isinstance(_display(rich, display), str)


def name_of(rich: Rich) -> str:
    """Return how a slide names a displayed value that it cannot show."""
    return one_line(show_terminal(rich.type or ", ".join(rich.data)).text)


def _display(rich: Rich, display: Display) -> str | Panel:
    """Return the best form of a displayed value that a page can show, or its text."""
    text = _plain_text(rich.data)
    accepted = "" if has_address(text) else text
    panels = (form(rich.data, display, accepted) for form in _FORMS)
    panel = next((panel for panel in panels if panel), None)
    if panel and not panel.styled.text:
        return replace(panel, styled=StyledText(name_of(rich)))
    return panel or f"{text or name_of(rich)}\n"


def _chart(data: Mapping[str, str], display: Display, text: str) -> Panel | None:
    chart = chart_of(data)
    return Panel(PanelKind.CHART, show_terminal(chart.name), chart=chart) if chart else None


def _picture(data: Mapping[str, str], display: Display, text: str) -> Panel | None:
    for kind, (suffix, is_picture) in _PICTURES.items():
        if is_picture(data.get(kind, "")):
            return Panel(PanelKind.PICTURE, StyledText(""), suffix, data[kind])
    return None


def _table(data: Mapping[str, str], display: Display, text: str) -> Panel | None:
    html = data.get("text/html", "")
    table = tables_of(html, display)
    return _markdown(text or text_of_tables(html), table, unescape(html)) if table else None


def _formatted(data: Mapping[str, str], display: Display, text: str) -> Panel | None:
    """Return a displayed formula or formatted text as harmless Markdown; None if it is neither."""
    for kind, safe in (("text/latex", safe_latex), ("text/markdown", safe_markdown)):
        source = without_addresses(data.get(kind, ""))
        if markdown := safe(source):
            return _markdown(text or source, markdown, data[kind])
    return None


def _markdown(text: str, markdown: str, source: str) -> Panel:
    styled = show_terminal(text)
    return Panel(PanelKind.MARKDOWN, styled, data=markdown, masked=has_address(source))


_FORMS = (_chart, _picture, _table, _formatted)
"""What makes a panel of a displayed value, the best first."""


def _plain_text(data: Mapping[str, str]) -> str:
    """Return a displayed value as text, or the source of one whose text says nothing; "" if there is none."""
    text = data.get("text/plain", "")
    if not _SAYS_NOTHING.fullmatch(text):
        return text
    sources = [data[kind] for kind in ("text/latex", "text/markdown") if data.get(kind, "").strip()]
    return sources[0] if sources else _json_text(data.get("application/json", ""))


def _json_text(text: str) -> str:
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _is_svg(text: str) -> bool:
    """Whether a text is a whole picture, and can be written to a file; an object may return anything."""
    is_whole = "<svg" in text and text.rstrip().endswith(("</svg>", "/>", "-->"))
    return is_whole and text == text.encode("utf-8", "replace").decode()


def _begins(*starts: bytes) -> Callable[[str], bool]:
    """Return whether a text is base64 of bytes that begin in one of these ways."""

    def is_picture(text: str) -> bool:
        try:
            return base64.b64decode("".join(text.split()), validate=True).startswith(starts)
        except ValueError:
            return False

    return is_picture


_PICTURES: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "image/svg+xml": ("svg", _is_svg),
    "image/png": ("png", _begins(b"\x89PNG\r\n\x1a\n")),
    "image/jpeg": ("jpg", _begins(b"\xff\xd8\xff")),
    "image/gif": ("gif", _begins(b"GIF87a", b"GIF89a")),
}
"""Media types of pictures, the best first, each with the suffix of its file and what tells such a picture."""


def raised_text(raised: Raised) -> str:
    """Return an exception for a slide: the author's own lines, and the message; above it, what led to it."""
    rows: list[str] = []
    for earlier in raised.earlier:
        rows += [*_error_rows(earlier), "", _CAUSE if earlier.is_cause else _CONTEXT, ""]
    return "\n".join([*rows, *_error_rows(raised)])


def _error_rows(error: Raised | Earlier) -> list[str]:
    return [*_frame_rows(error), _message_text(error)]


def _failure_text(failure: Failure) -> str:
    """Return what ended a run; for a limit, its message instead of the interrupt that it caused."""
    if failure.rank is not None:
        return f"rank {failure.rank}:\n{_failure_text(replace(failure, rank=None))}"
    if failure.ranks:
        rows = [row for at in failure.ranks for row in _rows_of_ranks(at)]
        return "\n".join([*rows, failure.message])
    if failure.raised is None:
        return failure.message
    if failure.kind is FailureKind.RAISED:
        return raised_text(failure.raised)
    return "\n".join([*_frame_rows(failure.raised), failure.message])


def _rows_of_ranks(at: RanksAt) -> list[str]:
    """Return where ranks were when their job was ended, as far as that is known."""
    ranks = ranks_in_words(at.ranks)
    if at.ended:
        return [f"{ranks} had ended"]
    return [f"{ranks}:", *(f"    {row}" for row in _frame_rows(at.raised))] if at.raised else []


def _message_text(raised: Raised | Earlier) -> str:
    name = raised.type.rpartition(".")[2]
    return f"{name}: {raised.message}" if raised.message else name


def _frame_rows(raised: Raised | Earlier) -> list[str]:
    rows: list[str] = []
    for number, frame in enumerate(_calls(raised.frames)):
        indent = "    " if number else ""
        if isinstance(frame, str):
            rows.append(indent + frame)
            continue
        if number:
            rows.append(f"in {frame.function}:")
        rows += [indent + row for row in frame.code.splitlines()]
        if frame.caret.strip():
            rows.append(indent + frame.caret)
    return rows


def _calls(frames: Sequence[Frame]) -> list[Frame | str]:
    """Return frames with notes for those left out: a recursion has a thousand."""
    calls: list[Frame | str] = []
    for frame, group in groupby(frames):
        number = len(list(group))
        more = number - _MOST_REPEATED
        calls += [frame] * min(number, _MOST_REPEATED)
        calls += [f"[Previous line repeated {more} more time{'s' if more > 1 else ''}]"] if more > 0 else []
    more = len(calls) - _MOST_CALLS
    return (
        [*calls[: _MOST_CALLS // 2], more_of(more, "call"), *calls[-_MOST_CALLS // 2 :]]
        if more > 1
        else calls
    )


def _failure_pieces(failure: Failure, start: int, end: int, reached: int) -> Iterator[Panel]:
    where = reached if failure.statement is None else failure.statement
    if failure.kind is FailureKind.LEFT_OUT:
        yield from [_text_panel(PanelKind.TEXT, failure.message)] if where < end else []
    elif start <= where < end:
        yield _error(_failure_text(failure))
    elif where < start:
        yield _error(f"not reached: {failure.message}")


def _merge(pieces: Iterable[str | Panel]) -> Iterator[Panel]:
    """Join what was printed without a panel between: in one terminal, `\\r` moves the cursor back."""
    for is_panel, group in groupby(pieces, lambda piece: isinstance(piece, Panel)):
        if is_panel:
            yield from (piece for piece in group if isinstance(piece, Panel))
        elif text := "".join(piece for piece in group if isinstance(piece, str)):
            yield _text_panel(PanelKind.TEXT, text)


def _finish(panel: Panel, display: Display) -> Panel:
    if panel.kind not in (PanelKind.TEXT, PanelKind.ERROR):
        return panel
    text = _without_blank_rows(panel.styled)
    chosen = chosen_lines(text, display)
    if display.lines:  # they lose their colours: spans count characters of the whole text
        return replace(panel, styled=StyledText(chosen))
    length = sum(len(row) + 1 for row in text.split("\n")[: display.max_lines])
    spans = tuple(span for span in panel.styled.spans if span.end <= length)
    return replace(panel, styled=StyledText(chosen, spans))


def _without_blank_rows(styled: StyledText) -> str:
    """Leave out the rows at the end that show nothing: progress bars write blanks over what they remove."""
    shown = len(styled.text.rstrip(" \n"))
    end = styled.text.find("\n", max([shown, *(span.end for span in styled.spans[-1:])]))
    return styled.text if end < 0 else styled.text[:end]


def _narrow(panel: Panel) -> Panel:
    """Cut lines that no slide can show; they lose their colours."""
    rows = panel.styled.text.split("\n")
    if all(len(row) <= _FLOOD_COLUMNS for row in rows):
        return panel
    return replace(panel, styled=StyledText("\n".join(_narrow_row(row) for row in rows)))


def _narrow_row(row: str) -> str:
    more = len(row) - _FLOOD_COLUMNS
    return f"{row[:_FLOOD_COLUMNS]}… ({more} more characters)" if more > 0 else row
