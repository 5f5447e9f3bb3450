"""The edits that make a judged deck executable."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.fences import Verdict, is_marked
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.model import Deck, Fence
from deckwright.parse.info_string import PYTHON
from deckwright.text.lines import Lines

_TEACHES = "the slide seems to teach this error: does it?"
_IMPORT = "an import that the deck lacks: is this the place for it?"
_GUESS = "the reason is a guess: write your own"
_FAULT = "fix the fault and adopt again, or write your own reason"


def marks(analysis: DeckAnalysis, outputs: Mapping[int, Fence], labels: Mapping[int, str]) -> Iterator[Edit]:
    """Yield the edits that mark what runs, what does not run, and what shows an output.

    `outputs` are the fences that show an output, and `labels` the names of figures, both by the line
    of the code that prints or draws.
    """
    for judged in analysis.fences:
        fence = judged.fence
        if judged.is_run:
            if not is_marked(fence):
                yield from run_mark(fence, "exec")
            yield from _head_lines(analysis.deck, judged, labels.get(fence.line, ""))
        elif not fence.info.display.no_exec and not is_marked(fence):
            yield from _language(fence)
            why = _GUESS if judged.verdict is Verdict.APART else _FAULT
            yield _new_attribute(fence, f'no-exec="{judged.reason}"', why)
    for fence in outputs.values():
        yield output_mark(fence, "output")


def output_mark(fence: Fence, attribute: str) -> Edit:
    """Return the edit that marks a fence as an output."""
    if "output" in fence.info.attributes:
        return _changed_attribute(fence, "output", attribute)
    if not fence.info_text:
        return Edit(fence.info_start, "", f"text {attribute}")
    return _new_attribute(fence, attribute)


def new_body(deck: Deck, fence: Fence, text: str, why: str) -> Iterator[Edit]:
    """Yield the edit that gives a fence another body; none if the body could close the fence."""
    lines = Lines(deck.path, deck.text)
    end = lines.start(fence.end)
    is_closed = deck.text[end:].lstrip(" \t>").startswith(fence.marker)
    if is_closed and fence.marker not in text:
        yield Edit(
            fence.body_start, deck.text[fence.body_start : end], _rows(deck, fence, text.split("\n")), why
        )


def run_mark(fence: Fence, attribute: str) -> Iterator[Edit]:
    """Yield the edits that mark a fence as one that runs: `exec`, or `file=` with a place."""
    yield from _language(fence)
    old = next((key for key in ("exec", "no-exec") if key in fence.info.attributes), "")
    yield _changed_attribute(fence, old, attribute) if old else _new_attribute(fence, attribute)


def new_options(judged: JudgedFence, label: str) -> list[str]:
    """Return the `#|` lines that a fence needs and does not have."""
    has = frozenset(re.findall(r"^#\|\s*([\w-]+)", judged.fence.body, re.MULTILINE))
    raises = judged.verdict is Verdict.TEACHES and "raises" not in has
    options = [f"#| raises: {judged.reason}"] if raises else []
    return [*options, f"#| label: {label}"] if label and "label" not in has else options


def head_count(fence: Fence) -> int:
    """Return the number of lines at the top of a body that are options or `__future__` imports."""
    rows = fence.body.split("\n")
    return next((n for n, row in enumerate(rows) if not re.match(r"#\||from __future__ ", row)), 0)


def without_head(deck: Deck, fence: Fence) -> Iterator[Edit]:
    """Yield the edit that removes options and `__future__` imports from the top of a body."""
    end = _below_head(deck, fence)
    if end > fence.body_start:
        yield Edit(fence.body_start, deck.text[fence.body_start : end], "")


def _head_lines(deck: Deck, judged: JudgedFence, label: str) -> Iterator[Edit]:
    """Yield the edits that add lines at the top of a body, and adapt line numbers on the fence."""
    fence = judged.fence
    if options := new_options(judged, label):
        why = _TEACHES if judged.verdict is Verdict.TEACHES else ""
        yield Edit(fence.body_start, "", _rows(deck, fence, options), why)
    if count := len(judged.imports):
        yield Edit(_below_head(deck, fence), "", _rows(deck, fence, judged.imports), _IMPORT)
        for key in ("{}", "lines"):
            if key in fence.info.attributes:
                old = _changed_attribute(fence, key, "")
                yield replace(old, new=re.sub(r"\d+", lambda m: str(int(m[0]) + count), old.old))


def _rows(deck: Deck, fence: Fence, rows: Collection[str]) -> str:
    newline = Lines(deck.path, deck.text).newline(fence.line)
    return "".join(f"{fence.prefix}{row}{newline}" for row in rows)


def _below_head(deck: Deck, fence: Fence) -> int:
    return Lines(deck.path, deck.text).start(fence.first + head_count(fence))


def _language(fence: Fence) -> Iterator[Edit]:
    word = fence.info.language
    if word not in PYTHON:
        yield Edit(fence.info_start, word, word.lower())


def _new_attribute(fence: Fence, attribute: str, why: str = "") -> Edit:
    """Return the edit that adds an attribute after the language."""
    size = len(fence.info.language)
    gap = " " if fence.info_text[size : size + 1].strip() else ""
    return Edit(fence.info_start + size, "", f" {attribute}{gap}", why)


def _changed_attribute(fence: Fence, key: str, new: str) -> Edit:
    old = fence.info.attributes[key]
    return Edit(fence.info_start + old.start, fence.info_text[old.start : old.end], new)
