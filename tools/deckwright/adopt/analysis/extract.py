"""The program of a deck as a script in snippets/, with one region per fence, that runs alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from deckwright.adopt.analysis.added_outputs import AddedOutput, added_edits
from deckwright.adopt.analysis.edits import Edit
from deckwright.adopt.analysis.fences import Verdict, marked_outputs
from deckwright.adopt.analysis.figures import free_name
from deckwright.adopt.analysis.mark import marks, new_options, output_mark, run_mark, without_head
from deckwright.adopt.analysis.verdicts import DeckAnalysis, JudgedFence
from deckwright.model import Deck, Fence
from deckwright.text.paths import from_deck, slug
from deckwright.text.syntax import shows_value

_FUTURE = re.compile(r"^from __future__ import .*$", re.MULTILINE)
"""An import that must be at the top of a file."""


def extract(
    analysis: DeckAnalysis,
    outputs: Mapping[int, Fence],
    labels: Mapping[int, str],
    path: str,
    added: Mapping[int, AddedOutput] | None = None,
) -> tuple[list[Edit], str]:
    """Move what runs into a script at `path`, as regions, or as cells if one has options or displays.

    `added` are new outputs.

    Return the edits of the deck, and the text of the script.
    """
    deck, moved, names = analysis.deck, movable(analysis), _names(analysis)
    relative = from_deck(deck.path, path)
    shown = [(_above(analysis, fence), fence) for fence in marked_outputs(deck)]
    shown += [
        (judged, outputs[line]) for judged in analysis.program if (line := judged.fence.line) in outputs
    ]
    rest = tuple(judged for judged in analysis.fences if judged not in moved)
    of_rest = {each.fence.line: outputs[each.fence.line] for each in rest if each.fence.line in outputs}
    edits = list(marks(replace(analysis, fences=rest), of_rest, labels))
    for judged in moved:
        edits += run_mark(judged.fence, f"file={relative}#{names[judged.fence.line]}")
        edits += without_head(deck, judged.fence)
    for above, output in shown:
        if above and above in moved:
            edits.append(output_mark(output, f"output={relative}#{names[above.fence.line]}"))
    places = {judged.fence.line: f"{relative}#{names[judged.fence.line]}" for judged in moved}
    edits += added_edits(analysis, added or {}, places)
    shown += [(judged, judged.fence) for judged in moved if added and judged.fence.line in added]
    displays = any(above and shows_value(above.fence.code) for above, _ in shown)
    cells = bool(labels) or displays or any(map(_has_options, analysis.program))
    parts = [_part(judged, names[judged.fence.line], labels, cells) for judged in moved]
    futures = (line for judged in moved for line in _FUTURE.findall(judged.fence.code))
    imports = (line for judged in moved for line in judged.imports)
    head = "\n".join(dict.fromkeys([*futures, *imports]))
    return edits, "\n\n".join(filter(None, [_title(deck), head, *parts])) + "\n"


def movable(analysis: DeckAnalysis) -> tuple[JudgedFence, ...]:
    """Return the fences that a script can hold: all that run, except those that Python cannot read."""
    return tuple(judged for judged in analysis.program if judged.reason != "SyntaxError")


def _title(deck: Deck) -> str:
    title = re.sub(r"[\"\\]", "'", re.sub(r"\s+", " ", deck.title)).strip()
    return f'"""{title}: the code of {deck.path}, in the order of its slides."""'


def _part(judged: JudgedFence, name: str, labels: Mapping[int, str], cells: bool) -> str:
    code = _FUTURE.sub("", judged.fence.code).strip("\n")
    body = [*new_options(judged, labels.get(judged.fence.line, "")), code]
    if cells:
        return "\n".join([f"# %% {name}", *body])
    return "\n".join([f"# region {name}", *body, f"# endregion {name}"])


def _above(analysis: DeckAnalysis, shown: Fence) -> JudgedFence | None:
    """Return the last fence above an output that runs."""
    above = [judged for judged in analysis.program if judged.fence.line < shown.line]
    return above[-1] if above else None


def _has_options(judged: JudgedFence) -> bool:
    return judged.verdict is Verdict.TEACHES or judged.fence.body.startswith("#|")


def _names(analysis: DeckAnalysis) -> dict[int, str]:
    """Return a name for the region of each fence that runs, by the fence's line."""
    names: dict[int, str] = {}
    for judged in analysis.program:
        names[judged.fence.line] = free_name(next(_candidates(judged.fence)), names.values())
    return names


def _candidates(fence: Fence) -> Iterator[str]:
    """Yield names for a region: the one thing that it defines, its slide's title, the slide's number."""
    defined = re.findall(r"^(?:async )?(?:def|class) (\w+)", fence.code, re.MULTILINE)
    if len(defined) == 1:
        yield defined[0]
    if words := slug(fence.slide.title):
        yield words
    yield f"slide-{fence.slide.number}"
