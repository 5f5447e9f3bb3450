"""What a run of the benchmark leaves: a page to read, and the raw figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from goals import Goal, goals_table
from samples import Sample, grouped
from table import Targets, markdown, tables

_NOTES = """\
[README.md](README.md) says what is compared with what. In short:

- Times are those of the whole command, seen from outside. "One more deck" is what a build reports for a deck
  after its first.
- Deckwright makes HTML and PDF in all rows but `--to html`. MyST-NB and nbconvert make HTML. Marp-cli gets
  decks into which Deckwright has put code and output; it runs no script.
- nbconvert and marp-cli keep nothing from one run to the next: "all again" repeats the figures of "from
  nothing". "Alone" is what an author does who knows what has changed.
- Each of the 12 scripts runs in a process or kernel of its own, with every tool. Of the 1,000 this holds only
  for Deckwright and the loop: a page of MyST-NB and a notebook of nbconvert hold 40 scripts as cells of one
  kernel. That is their faster form by far, and after an edit of one script all 40 run.
- Live: both servers make HTML; a run saves a file six times (the first is not counted) while a headless
  browser looks at the slide. The script's own time, under a hundredth of a second, is not taken off.
- "More than N s" was ended after that time. "Failed": did not do the work in some rounds, even when tried
  again; the other rounds count.
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where, with what and how long was measured."""

    machine: str
    versions: Mapping[str, str]
    load_before: str
    load_after: str
    rounds: int
    minutes: float


def page(setting: Setting, samples: Sequence[Sample], targets: Targets, goals: Sequence[Goal]) -> str:
    """Return the page: the goals first, then all figures."""
    groups = grouped(samples)
    compared = f"## What follows\n\n{markdown(goals_table(groups, goals))}"
    return "\n\n".join(["# Results", _head(setting), _NOTES, compared, tables(groups, targets)]) + "\n"


def raw(setting: Setting, samples: Sequence[Sample]) -> str:
    """Return everything that was measured, as JSON."""
    data = {**asdict(setting), "samples": [_raw_sample(sample) for sample in samples]}
    return json.dumps(data, indent=1) + "\n"


def _head(setting: Setting) -> str:
    return "\n".join(
        (
            f"- machine: {setting.machine}",
            f"- versions: {', '.join(f'{name} {version}' for name, version in setting.versions.items())}",
            f"- load before: {setting.load_before}; after: {setting.load_after}",
            f"- rounds: {setting.rounds}, interleaved, in {setting.minutes:.0f} minutes;"
            " what takes long from nothing was measured once",
        )
    )


def _raw_sample(sample: Sample) -> dict[str, object]:
    return {
        "work": sample.case.work,
        "change": sample.case.change,
        "competitor": sample.competitor,
        "round": sample.round,
        "seconds": round(sample.seconds, 4),
        "ended": sample.ended,
        **({"problem": sample.problem} if sample.problem else {}),
    }
