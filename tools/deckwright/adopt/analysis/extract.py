"""The program of a deck as a file in snippets/: one region a fence, runnable alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.fences import Verdict, marked_outputs
from deckwright.adopt.analysis.mark import head_rows, marks, new_options, output_mark, run_mark
from deckwright.adopt.analysis.outputs import slug
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.model import Deck, Fence
from deckwright.text.paths import from_deck
from deckwright.text.syntax import shows_value

_FUTURE = re.compile(r"^from __future__ import .*$", re.MULTILINE)
"""What may stand only at the top of a file."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The edits of the deck, and the text of the script that they name."""

    edits: tuple[Edit, ...]
    script: str


def extract(
    deck: Deck, analysis: DeckAnalysis, shown: Mapping[int, Fence], labels: Mapping[int, str], path: str
) -> Extracted:
    """Move what runs into a script at `path`. Cells stand for regions where one has options or displays."""
    names = _names(analysis)
    marked = [(one, fence) for fence in marked_outputs(deck) if (one := _above(analysis, fence))]
    told = [*(one for one in analysis.program if one.fence.line in shown), *(one for one, _ in marked)]
    cells = (
        bool(labels)
        or any(map(_has_options, analysis.program))
        or any(shows_value(one.fence.code) for one in told)
    )
    relative = from_deck(deck.path, path)
    moved = movable(analysis)
    kept = tuple(one for one in analysis.fences if one not in moved)
    still = {one.fence.line: shown[one.fence.line] for one in kept if one.fence.line in shown}
    edits = list(marks(deck, DeckAnalysis(kept), still, labels))
    for one in moved:
        name = names[one.fence.line]
        edits += run_mark(one.fence, f"file={relative}#{name}")
        edits += head_rows(deck, one.fence)
        if one.fence.line in shown:
            edits.append(output_mark(shown[one.fence.line], f"output={relative}#{name}"))
    for one, fence in marked:
        if one in moved:
            edits.append(output_mark(fence, f"output={relative}#{names[one.fence.line]}"))
    parts = [_part(one, names[one.fence.line], labels, cells) for one in moved]
    futures = (line for one in moved for line in _FUTURE.findall(one.fence.code))
    imports = (line for one in moved for line in one.imports)
    head = "\n".join(dict.fromkeys([*futures, *imports]))
    return Extracted(tuple(edits), "\n\n".join(filter(None, [_title(deck), head, *parts])) + "\n")


def movable(analysis: DeckAnalysis) -> tuple[JudgedFence, ...]:
    """Return the fences that a file can hold: all that run, but what Python cannot even read."""
    return tuple(one for one in analysis.program if one.reason != "SyntaxError")


def _title(deck: Deck) -> str:
    return f'"""{_plain(deck.title)}: the code of {deck.path}, in the order of its slides."""'


def _plain(text: str) -> str:
    return re.sub(r"[\"\\]", "'", re.sub(r"\s+", " ", text)).strip()


def _part(one: JudgedFence, name: str, labels: Mapping[int, str], cells: bool) -> str:
    code = _FUTURE.sub("", one.fence.code).strip("\n")
    body = [*new_options(one, labels.get(one.fence.line, "")), code]
    if cells:
        return "\n".join([f"# %% {name}", *body])
    return "\n".join([f"# region {name}", *body, f"# endregion {name}"])


def _above(analysis: DeckAnalysis, shown: Fence) -> JudgedFence | None:
    """Return what runs above a fence that shows an output."""
    above = [one for one in analysis.program if one.fence.line < shown.line]
    return above[-1] if above else None


def _has_options(one: JudgedFence) -> bool:
    return one.verdict is Verdict.TEACHES or one.fence.body.startswith("#|")


def _names(analysis: DeckAnalysis) -> dict[int, str]:
    names: dict[int, str] = {}
    taken: set[str] = set()
    for one in analysis.program:
        base = next(_candidates(one))
        number, name = 2, base
        while name in taken:
            number, name = number + 1, f"{base}-{number}"
        taken.add(name)
        names[one.fence.line] = name
    return names


def _candidates(one: JudgedFence) -> Iterator[str]:
    """Yield names for a region: the one thing that it defines, its slide's title, the slide's number."""
    defined = re.findall(r"^(?:async )?(?:def|class) (\w+)", one.fence.code, re.MULTILINE)
    if len(defined) == 1:
        yield defined[0]
    if words := slug(one.fence.slide.title):
        yield words
    yield f"slide-{one.fence.slide.number}"
