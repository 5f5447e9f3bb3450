"""Which fences show what the code above them printed, and which code draws."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from deckwright.adopt.analysis.fences import Verdict, is_output_label, output_of, place_in
from deckwright.adopt.analysis.unmarked import reads_as_python
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.compose.compare import agrees
from deckwright.model import Deck, Diagnostic, Fence, Severity
from deckwright.text.lines import Lines
from deckwright.text.paths import from_deck

_NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?")
_DRAWS = re.compile(
    r"^[^\S\n]*(?!def |#)[^#\n]*\b(plt|ax|axes|axs|fig|sns)\b\S*\.(plot|scatter|bar|barh|hist|hist2d|imshow"
    r"|pie|contourf?|boxplot|heatmap|fill_between|plot_surface|quiver|stem|step|errorbar)\(",
    re.MULTILINE,
)
_COMMENT = re.compile(
    r"#\s*(?:(?:输出|结果|打印|[Oo]utputs?|[Rr]esult|[Pp]rints?)\s*(?:为|是)?\s*[:：]|=>|->|→|(?=tensor\(|torch\.Size\(|array\())"
    r"\s*(?P<said>.*\S)"
)
"""What people write behind a statement to tell what it prints."""

_ALIKE = 0.6
"""How much of a text must be the same, numbers apart, for it to be the same output of another run."""


def shown_outputs(
    deck: Deck, analysis: DeckAnalysis, printed: Mapping[int, str]
) -> Iterator[tuple[int, Fence]]:
    """Yield line of the code and fence, for each fence that shows what the code above it printed."""
    for one in analysis.program:
        text = printed.get(one.fence.line, "").strip()
        found = output_of(deck, one.fence)
        if text and found and not found[0].info.diagnostics:
            fence, label = found
            raised = one.verdict is Verdict.TEACHES and f"{one.reason}:" in fence.body
            if raised or is_output_label(label) or is_alike(fence.body, text):
                yield one.fence.line, fence


def commented_outputs(
    deck: Deck, analysis: DeckAnalysis, shown: Mapping[int, Fence], printed: Mapping[int, str]
) -> Iterator[Diagnostic]:
    """Yield each comment that tells an output, where no fence shows what was printed."""
    lines = Lines(deck.path, deck.text)
    for one in analysis.program:
        text = printed.get(one.fence.line, "")
        if one.fence.line in shown or not text.strip():
            continue
        for number, row in enumerate(one.fence.code.split("\n"), 1):
            if match := _COMMENT.search(row):
                alike = _is_among(match["said"], text.splitlines())
                place = place_in(one.fence, lines, number, match.start() + 1, len(match[0]))
                message = "this comment tells an output" + ("" if alike else " that was not printed")
                hint = "show what is printed: put a ```text output fence below"
                yield lines.diagnostic("unproved-output", message, place, hint, Severity.WARNING)


def unlike_outputs(
    deck: Deck,
    analysis: DeckAnalysis,
    shown: Mapping[int, Fence],
    printed: Mapping[int, str],
) -> Iterator[Diagnostic]:
    """Yield each fence right below some code that shows something else than the code printed."""
    lines = Lines(deck.path, deck.text)
    for one in analysis.program:
        found = output_of(deck, one.fence)
        text = printed.get(one.fence.line, "").strip()
        if (
            text
            and found
            and not found[1]
            and one.fence.line not in shown
            and not reads_as_python(found[0].code)
        ):
            place = lines.location(found[0].line, 1, len(lines[found[0].line]))
            message = "if this is an output, it is not what the code above printed"
            hint = "```text output shows what is printed"
            yield lines.diagnostic("unproved-output", message, place, hint, Severity.WARNING)


def _is_among(said: str, rows: Sequence[str]) -> bool:
    """Whether a comment may tell what one of these lines shows: all of it, its end, or something like it."""
    whole = re.compile(rf"(?<![\w.]){re.escape(said)}(?![\w.])")
    if any(whole.search(row) or any(agrees(said, end, "numbers") for end in _ends(row)) for row in rows):
        return True
    return all(_shape(said) != _shape(row) for row in rows) and any(is_alike(said, row) for row in rows)


def _ends(row: str) -> Iterator[str]:
    return (row[match.end() :] for match in re.finditer(r"^|[\s=:]+", row))


def is_alike(shown: str, printed: str) -> bool:
    """Whether a text can be what was printed in another run: the same, numbers and spaces apart."""
    left, right = _shape(shown), _shape(printed)
    if not left or not right:
        return False
    return left == right or SequenceMatcher(None, left, right, autojunk=False).ratio() >= _ALIKE


def _shape(text: str) -> str:
    return re.sub(r"\s+", " ", _NUMBER.sub("0", text)).strip()[:2000]


def figure_labels(deck: Deck, analysis: DeckAnalysis) -> dict[int, str]:
    """Return names for the figures that fences draw, by the line of the fence."""
    labels: dict[int, str] = {}
    for one in analysis.program:
        if _DRAWS.search(one.fence.code):
            labels[one.fence.line] = _own_label(one) or _new_label(deck, one, set(labels.values()))
    return labels


def unshown_figures(deck: Deck, analysis: DeckAnalysis, labels: Mapping[int, str]) -> Iterator[Diagnostic]:
    """Yield each fence whose figure no slide shows."""
    lines = Lines(deck.path, deck.text)
    for one in analysis.program:
        label = labels.get(one.fence.line, "")
        if not label or f"figures/{label}." in deck.text:
            continue
        figures = from_deck(deck.path, f"figures/{label}.svg")
        rest = deck.text[one.fence.body_start : one.fence.slide.end]
        old = re.search(r"!\[(?!bg)[^\]]*\]\(([^)\s]+)", rest)
        where = f", in place of {old[1]}" if old else ""
        place = lines.location(one.fence.line, 1, len(lines[one.fence.line]))
        message = "this draws a figure, and no slide shows it"
        hint = f"write ![what it shows]({figures}){where}"
        yield lines.diagnostic("unshown-figure", message, place, hint, Severity.WARNING)


def _own_label(one: JudgedFence) -> str:
    match = re.search(r"^#\|\s*label:\s*(\S+)", one.fence.code, re.MULTILINE)
    return match[1] if match else ""


def _new_label(deck: Deck, one: JudgedFence, taken: set[str]) -> str:
    stem = slug(posixpath.splitext(posixpath.basename(deck.path))[0]) or "deck"
    base = f"{stem}-{slug(one.fence.slide.title) or f'slide-{one.fence.slide.number}'}"
    number = 2
    name = base
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def slug(text: str) -> str:
    """Return the Latin words and numbers of a text in lower case, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower())[:6])
