"""Fences and comments of a plain deck that show what its code printed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.fences import Verdict, is_plain_text, marked_outputs, place_in
from deckwright.adopt.analysis.mark import new_body
from deckwright.adopt.analysis.teaching import shows_error
from deckwright.adopt.analysis.unmarked import reads_as_python
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.compose.compare import agrees
from deckwright.model import Deck, Diagnostic, Fence
from deckwright.text.lines import Lines

_LABEL = re.compile(
    r"(输出|运行结果|结果|打印|out\s*\[\s*\d*\s*\]|outputs?\b|results?\b|prints?\b|stdout\b)", re.IGNORECASE
)
_LONGEST_LABEL = 40
_COMMENT = re.compile(
    r"#\s*(?:(?:输出|结果|打印|[Oo]utputs?|[Rr]esult|[Pp]rints?)\s*(?:为|是)?\s*[:：]|=>|->|→|(?=tensor\(|torch\.Size\(|array\())"
    r"\s*(?P<output>.*\S)"
)
"""A comment that states what a statement prints."""

_TRACEBACK = re.compile(r"Traceback \(most recent call last\)|-{5,}")
_GAPS = frozenset({"...", "…", "⋯", "⋮", "[...]", "snip"})
_PRINTED = "what the code prints, in place of what the slide showed"
_ERROR = "the error as this Python says it, and as slides show it"

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")
_SIMILARITY = 0.6
"""Share of a text, numbers apart, that two runs of the same code have in common."""


def shown_outputs(analysis: DeckAnalysis) -> dict[int, Fence]:
    """Return the fences that show what the code above them printed, by the line of the code."""
    outputs: dict[int, Fence] = {}
    for judged in analysis.program:
        text = analysis.printed.get(judged.fence.line, "").strip()
        fence, label = _output_below(analysis.deck, judged.fence) or (None, "")
        if text and fence and not fence.info.diagnostics:
            raised = judged.verdict is Verdict.TEACHES and shows_error(fence.body, judged.reason)
            if raised or _LABEL.match(label) or is_similar(fence.body, text):
                outputs[judged.fence.line] = fence
    return outputs


def corrected_errors(analysis: DeckAnalysis, outputs: Mapping[int, Fence]) -> Iterator[Edit]:
    """Yield the edits that write errors as slides show them: in full, or the last line alone.

    Tracebacks have other paths, and other words in other versions of Python.
    """
    for judged in analysis.program:
        line = judged.fence.line
        if line in outputs and line in analysis.messages:
            yield from corrected(analysis, judged, outputs[line])


def corrected(analysis: DeckAnalysis, judged: JudgedFence, fence: Fence) -> Iterator[Edit]:
    """Yield the edit that lets a fence show what some code printed, unless it shows that already."""
    line = judged.fence.line
    whole, message = analysis.printed.get(line, ""), analysis.messages.get(line, "")
    if not any(agrees(fence.body, text, "numbers", bool(message)) for text in (whole, message or whole)):
        fresh = message if message and _is_shortened(fence.body, message) else whole
        yield from new_body(analysis.deck, fence, fresh, _ERROR if message else _PRINTED)


def output_of(analysis: DeckAnalysis, judged: JudgedFence) -> str:
    """Return what some code printed, displayed and raised, without blank lines around it."""
    return analysis.printed.get(judged.fence.line, "").strip("\n")


def _is_shortened(shown: str, message: str) -> bool:
    """Whether a slide shows no more of an error than its message, or leaves out what led to it."""
    rows = [row for row in shown.splitlines() if row.strip() and not _TRACEBACK.match(row)]
    has_gap = any(row.strip(" \t[]()") in _GAPS for row in rows)
    return has_gap or len(rows) <= len(message.splitlines())


def unshown_outputs(analysis: DeckAnalysis, outputs: Mapping[int, Fence]) -> Iterator[JudgedFence]:
    """Yield the code whose output a slide could show, and no fence shows."""
    deck = analysis.deck
    shown = {above.line for fence in marked_outputs(deck) if (above := _code_above(analysis, fence))}
    for judged in analysis.program:
        line, hidden = judged.fence.line, judged.fence.info.display.hide
        if line in analysis.showable and line not in {*shown, *outputs} and not hidden:
            below = _output_below(deck, judged.fence)
            if not below or reads_as_python(below[0].code):
                yield judged


def _code_above(analysis: DeckAnalysis, shown: Fence) -> Fence | None:
    above = [judged.fence for judged in analysis.program if judged.fence.line < shown.line]
    return above[-1] if above else None


def commented_outputs(analysis: DeckAnalysis, shown: Container[int]) -> Iterator[Diagnostic]:
    """Warn of each comment that states an output; `shown` are the lines of code whose output is shown."""
    lines = Lines(analysis.deck.path, analysis.deck.text)
    for judged in analysis.program:
        fence, text = judged.fence, analysis.printed.get(judged.fence.line, "")
        if fence.line in shown or not text.strip():
            continue
        for number, row in enumerate(fence.code.split("\n"), 1):
            if match := _COMMENT.search(row):
                printed = _is_among(match["output"], text.splitlines())
                place = place_in(fence, lines, number, match.start() + 1, len(match[0]))
                message = "this comment states an output" + ("" if printed else " that was not printed")
                hint = "show what is printed: put a ```text output fence below"
                yield lines.warning("unproved-output", message, place, hint)


def other_outputs(analysis: DeckAnalysis, shown: Container[int]) -> Iterator[Diagnostic]:
    """Warn of each fence right below some code that shows something else than the code printed."""
    lines = Lines(analysis.deck.path, analysis.deck.text)
    for judged in analysis.program:
        fence, label = _output_below(analysis.deck, judged.fence) or (None, "")
        text = analysis.printed.get(judged.fence.line, "").strip()
        if not text or not fence or label or judged.fence.line in shown or reads_as_python(fence.code):
            continue
        message = "if this is an output, it is not what the code above printed"
        hint = "```text output shows what is printed"
        yield lines.warning("unproved-output", message, lines.whole(fence.line), hint)


def _output_below(deck: Deck, code: Fence) -> tuple[Fence, str] | None:
    """Return the fence right below some code that may show its output, and the label between them."""
    following = next((fence for fence in deck.fences if fence.line > code.end), None)
    if following is None or not is_plain_text(following) or following.slide != code.slide:
        return None
    lines = Lines(deck.path, deck.text)
    between = [row for n in range(code.end + 1, following.line) if (row := _without_markup(lines[n]))]
    if len(between) > 1 or any(len(row) > _LONGEST_LABEL for row in between):
        return None
    return following, "".join(between)


def _without_markup(row: str) -> str:
    return re.sub(r"<[^>]*>", "", row).strip(" \t>*_#:：-")


def _is_among(output: str, rows: Sequence[str]) -> bool:
    """Whether one of these lines contains an output, ends with it, or is similar."""
    whole = re.compile(rf"(?<![\w.]){re.escape(output)}(?![\w.])")
    ends = (row[match.end() :] for row in rows for match in re.finditer(r"^|[\s=:]+", row))
    if any(map(whole.search, rows)) or any(agrees(output, end, "numbers") for end in ends):
        return True
    return all(_shape(output) != _shape(row) for row in rows) and any(is_similar(output, row) for row in rows)


def is_similar(shown: str, printed: str) -> bool:
    """Whether a text may come from another run of the same code: the same, numbers and spaces apart."""
    left, right = _shape(shown), _shape(printed)
    if not left or not right:
        return False
    return left == right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= _SIMILARITY


def _shape(text: str) -> str:
    return re.sub(r"\s+", " ", _NUMBER.sub("0", text)).strip()[:2000]
