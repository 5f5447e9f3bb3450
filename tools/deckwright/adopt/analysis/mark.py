"""The edits that turn a judged deck into an executable one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.fences import Verdict, excuse, is_marked
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.model import Deck, Fence
from deckwright.parse.info_string import PYTHON
from deckwright.text.lines import Lines

_TEACHES = "the slide seems to teach this error: does it?"
_IMPORT = "an import that the deck lacks: is this the place for it?"


def marks(
    deck: Deck, analysis: DeckAnalysis, shown: Mapping[int, Fence], labels: Mapping[int, str]
) -> Iterator[Edit]:
    """Yield the edits that mark what runs, what does not, and what shows what was printed.

    `shown` are the fences that show an output, and `labels` the names of figures, both by the line of
    the code that prints or draws.
    """
    for one in analysis.fences:
        if one.is_run:
            yield from _running(one)
            yield from _above(deck, one, labels.get(one.fence.line, ""))
        elif not excuse(one.fence) and not is_marked(one.fence):
            yield from _language(one.fence)
            yield _attribute(one.fence, f'no-exec="{one.reason}"', _proposal(one))
    for fence in shown.values():
        yield output_mark(fence, "output")


def output_mark(fence: Fence, attribute: str) -> Edit:
    if "output" in fence.info.attributes:
        found = fence.info.attributes["output"]
        return Edit(fence.info_start + found.start, fence.info_text[found.start : found.end], attribute)
    if not fence.info_text:
        return Edit(fence.info_start, "", f"text {attribute}")
    return _attribute(fence, attribute)


def run_mark(fence: Fence, attribute: str) -> Iterator[Edit]:
    """Yield the edits that make a fence one that runs: `exec`, or `file=` with a place."""
    yield from _language(fence)
    for key in ("exec", "no-exec"):
        if found := fence.info.attributes.get(key):
            old = fence.info_text[found.start : found.end]
            yield Edit(fence.info_start + found.start, old, attribute)
            return
    yield _attribute(fence, attribute)


def new_options(one: JudgedFence, label: str) -> list[str]:
    """Return the `#|` lines that a fence needs and does not have."""
    has = frozenset(re.findall(r"^#\|\s*([\w-]+)", one.fence.body, re.MULTILINE))
    options = [f"#| raises: {one.reason}"] if one.verdict is Verdict.TEACHES and "raises" not in has else []
    return [*options, f"#| label: {label}"] if label and "label" not in has else options


def head_count(fence: Fence) -> int:
    """Return how many lines at the top of a body are options or `__future__` imports."""
    rows = fence.body.split("\n")
    return next((n for n, row in enumerate(rows) if not re.match(r"#\||from __future__ ", row)), 0)


def head_rows(deck: Deck, fence: Fence) -> Iterator[Edit]:
    """Yield the edit that takes options and `__future__` imports from the top of a body."""
    end = _below_head(deck, fence)
    if end > fence.body_start:
        yield Edit(fence.body_start, deck.text[fence.body_start : end], "")


def _running(one: JudgedFence) -> Iterator[Edit]:
    if not is_marked(one.fence):
        yield from run_mark(one.fence, "exec")


def _above(deck: Deck, one: JudgedFence, label: str) -> Iterator[Edit]:
    """Yield the lines to put at the top of a body, and the line numbers on the fence that they move."""
    fence = one.fence
    if options := new_options(one, label):
        why = _TEACHES if one.verdict is Verdict.TEACHES else ""
        yield Edit(fence.body_start, "", _rows(deck, fence, options), why)
    if one.imports:
        yield Edit(_below_head(deck, fence), "", _rows(deck, fence, one.imports), _IMPORT)
        yield from _moved(fence, len(one.imports))


def _rows(deck: Deck, fence: Fence, rows: Collection[str]) -> str:
    newline = Lines(deck.path, deck.text).newline(fence.line)
    return "".join(f"{fence.prefix}{row}{newline}" for row in rows)


def _below_head(deck: Deck, fence: Fence) -> int:
    """Return the offset of the first line below a body's head."""
    return Lines(deck.path, deck.text).start(fence.first + head_count(fence))


def _moved(fence: Fence, count: int) -> Iterator[Edit]:
    for key in ("{}", "lines"):
        if found := fence.info.attributes.get(key):
            old = fence.info_text[found.start : found.end]
            yield Edit(
                fence.info_start + found.start, old, re.sub(r"\d+", lambda m: str(int(m[0]) + count), old)
            )


def _language(fence: Fence) -> Iterator[Edit]:
    word = fence.info.language
    if word not in PYTHON:
        yield Edit(fence.info_start, word, word.lower())


def _attribute(fence: Fence, attribute: str, why: str = "") -> Edit:
    """Put an attribute right behind the language."""
    end = fence.info_start + len(fence.info.language)
    gap = " " if fence.info_text[len(fence.info.language) : len(fence.info.language) + 1].strip() else ""
    return Edit(end, "", f" {attribute}{gap}", why)


def _proposal(one: JudgedFence) -> str:
    if one.verdict is Verdict.APART:
        return "the reason is a guess: say it in your words"
    return "mend the fault and adopt again, or say in your words why it is not run"
