"""Time the same work with Deckwright and with its peers, in one run. See README.md beside this file."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from animation import SAVE, animation_entries
from commands import BenchError, TooSlow, clean_environment, run
from competitors import large_entries, live_entries, long_entries, many_entries, small_entries, stage_entries
from course import COURSE, course_entries
from entry import CODE, COLD, FOUR, MORE, NOTHING, TEXT, Case, Entry
from environment import Programs, find_programs
from goals import Goal, How
from machine import load, machine, versions
from ours import DECKWRIGHT, DECKWRIGHT_CHECK, DECKWRIGHT_HTML, DECKWRIGHT_PRESENT, DECKWRIGHT_SERVE
from peers import FLOOR, IMPORT, LOOP, MARP_HTML, MARP_PDF
from pypdf.errors import PyPdfError
from results import Setting, page, raw
from samples import Sample
from work import COPIES, make_work

from deckwright.errors import DeckwrightError

_ROUNDS = 3
_SMALL, _LARGE = "12 scripts with torch, one deck", "1,000 trivial scripts, 1,000 slides, 25 decks"
_MANY = "100 scripts with torch, one deck"
_STAGE = "one block after an import of torch: from running it, edited, to its output"
_LIVE = "one deck of 40 slides, live: from saving to the repainted page"
_LONG = "one deck of 400 slides, live: from saving to the repainted page"
_ANIMATION = "an animation of 300 small frames, as GIF"
_TARGETS = {
    (Case(COURSE, NOTHING), DECKWRIGHT): 0.15,
    (Case(_LARGE, NOTHING), DECKWRIGHT): 0.25,
    (Case(_LIVE, TEXT), DECKWRIGHT_SERVE): 0.08,
    (Case(_LIVE, CODE), DECKWRIGHT_SERVE): 0.12,
    (Case(_LONG, TEXT), DECKWRIGHT_SERVE): 0.15,
    (Case(_STAGE, CODE), DECKWRIGHT_PRESENT): 0.15,
}
"""In seconds."""

_SMALL_COLD, _LARGE_COLD = Case(_SMALL, COLD), Case(_LARGE, COLD)
_EDITED, _MORE = Case(COURSE, TEXT), Case(_SMALL, MORE)
_GOALS = (
    Goal(
        "one sentence of the course, HTML, over marp-cli",
        (_EDITED, DECKWRIGHT_HTML),
        (_EDITED, MARP_HTML),
        How.RATIO,
        "0.8",
    ),
    Goal(
        "one sentence of the course, HTML and PDF, over marp-cli",
        (_EDITED, DECKWRIGHT),
        (_EDITED, MARP_PDF),
        How.RATIO,
        "0.6",
    ),
    Goal(
        "check of that deck, over the build",
        (_EDITED, DECKWRIGHT_CHECK),
        (_EDITED, DECKWRIGHT),
        How.MORE,
        "0.3 s",
    ),
    Goal(
        "one constant of a script with torch, HTML, over a bare import of torch",
        (Case(_SMALL, CODE), DECKWRIGHT_HTML),
        (_SMALL_COLD, IMPORT),
        How.MORE,
        "0.8 s",
    ),
    Goal(
        "12 scripts with torch from nothing, over one process that runs all",
        (_SMALL_COLD, DECKWRIGHT),
        (_SMALL_COLD, FLOOR),
        How.MORE,
        "0.8 s",
    ),
    Goal(
        "100 scripts with torch from nothing: how much faster than a loop (100/12 of the loop of 12)",
        (Case(_MANY, COLD), DECKWRIGHT),
        (_SMALL_COLD, LOOP),
        How.FASTER,
        "20",
        scripts=100 / 12,
    ),
    Goal(
        "1,000 trivial scripts from nothing, HTML and PDF: how much faster than a loop",
        (_LARGE_COLD, DECKWRIGHT),
        (_LARGE_COLD, LOOP),
        How.FASTER,
        "2.5",
    ),
    Goal(
        "1,000 trivial scripts from nothing, HTML: how much faster than a loop",
        (_LARGE_COLD, DECKWRIGHT_HTML),
        (_LARGE_COLD, LOOP),
        How.FASTER,
    ),
    Goal(
        "an animation as GIF, over matplotlib's save",
        (Case(_ANIMATION, COLD), DECKWRIGHT_HTML),
        (Case(_ANIMATION, COLD), SAVE),
        How.RATIO,
        "0.25",
    ),
    Goal(
        "PDF of one more deck, deckwright", (_MORE, DECKWRIGHT), (_MORE, DECKWRIGHT_HTML), How.MORE, "0.6 s"
    ),
    Goal(
        "PDF of one more deck, marp-cli in parallel",
        (Case(_SMALL, FOUR), MARP_PDF),
        (_SMALL_COLD, MARP_PDF),
        How.MORE,
        parts=COPIES - 1,
    ),
    Goal("PDF over HTML of one deck, marp-cli", (_SMALL_COLD, MARP_PDF), (_SMALL_COLD, MARP_HTML), How.MORE),
)

_OURS = (DECKWRIGHT, DECKWRIGHT_CHECK, DECKWRIGHT_HTML, DECKWRIGHT_SERVE, DECKWRIGHT_PRESENT)
_HERE = Path(__file__).parent
_WARMING = ((Case(_SMALL, COLD), IMPORT), (Case(_SMALL, COLD), DECKWRIGHT))
"""What runs once untimed, so that nobody pays for reading torch from a cold disk."""

Maker = Callable[[Path, Programs], tuple[Entry, ...]]


def main() -> int:
    """Measure, print and keep; returns the exit code: 0 unless Deckwright failed to do the work."""
    arguments = _arguments()
    works = arguments.works or list(_makers())
    try:
        with tempfile.TemporaryDirectory(prefix="deckwright-bench-") as folder:
            for setting, samples in _bench(Path(folder), works, 1 if arguments.quick else arguments.rounds):
                text = page(setting, samples, _TARGETS, _GOALS)
                if not (arguments.quick or arguments.works):
                    _write(text, raw(setting, samples))
    except (BenchError, DeckwrightError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(text)
    return 0


def _write(text: str, figures: str) -> None:
    (_HERE / "RESULTS.md").write_text(text, "utf-8")
    (_HERE / "results.json").write_text(figures, "utf-8")


def _makers() -> Mapping[str, Maker]:
    """What can be measured by itself, in the order of a round."""
    return {
        "small": _small,
        "many": _many,
        "course": course_entries,
        "large": _large,
        "live": _live,
        "long": _long,
        "stage": _stage,
        "animation": _animation,
    }


def _small(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return small_entries(make_work(_SMALL, root / "small", 12, a_deck=12, a_page=1, heavy=True), programs)


def _many(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return many_entries(make_work(_MANY, root / "many", 100, a_deck=100, a_page=1, heavy=True), programs)


def _large(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return large_entries(make_work(_LARGE, root / "large", 1000, a_deck=40, a_page=40), programs)


def _live(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return live_entries(make_work(_LIVE, root / "live", 40, a_deck=40, a_page=40), programs)


def _long(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return long_entries(make_work(_LONG, root / "long", 400, a_deck=400, a_page=40), programs)


def _animation(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return animation_entries(_ANIMATION, root / "animation", programs)


def _stage(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return stage_entries(_STAGE, root / "stage", programs)


def _bench(root: Path, works: Sequence[str], rounds: int) -> Iterator[tuple[Setting, list[Sample]]]:
    """Yield what was measured so far, after each round."""
    programs, load_before, started = find_programs(), load(), time.monotonic()
    entries = [entry for name in works for entry in _makers()[name](root, programs)]
    for entry in entries:
        if (entry.case, entry.competitor) in _WARMING:
            _once(entry, 0, root)
    samples: list[Sample] = []
    for round in range(1, rounds + 1):
        samples += _measure(entries, round, root, samples)
        minutes = (time.monotonic() - started) / 60
        yield Setting(machine(), versions(programs), load_before, load(), round, minutes), samples


def _measure(entries: Sequence[Entry], round: int, root: Path, before: Sequence[Sample]) -> Iterator[Sample]:
    """Measure every entry once, but for those that were too slow in an earlier case or round."""
    too_slow = {(sample.case.work, sample.competitor) for sample in before if not sample.ended}
    for place, entry in enumerate(entries):
        who = (entry.case.work, entry.competitor)
        if who in too_slow or (entry.once and round > 1):  # nor can it show what it would do after a change
            continue
        number = (round - 1) * len(entries) + place + 1
        sample = partial(Sample, entry.case, entry.competitor, round, also=entry.also)
        try:
            measured = [sample(seconds) for seconds in _once(entry, number, root)]
        except TooSlow:
            measured = [sample(entry.limit_seconds, ended=False)]
            too_slow.add(who)
        except BenchError as error:
            if entry.competitor in _OURS:
                raise
            measured = [sample(0.0, problem=str(error))]
        for each in measured:
            _print_sample(each)
            yield each


def _once(entry: Entry, number: int, root: Path) -> list[float]:
    try:
        return _tried(entry, number, root)
    except BenchError:
        if entry.competitor in _OURS:
            raise
        # MyST-NB's parallel builds race for the tables of their cache: a peer may try again.
        return _tried(entry, number, root)


def _tried(entry: Entry, number: int, root: Path) -> list[float]:
    entry.prepare(number)
    env = {**clean_environment(root), **entry.env}
    try:
        done = run(entry.commands, entry.folder, env, entry.limit_seconds)
        entry.check(number, done)
    except (BenchError, OSError, PyPdfError) as error:
        raise BenchError(f"{entry.competitor}, {', '.join(entry.case)}: {error}") from error
    return entry.read(done)


def _print_sample(sample: Sample) -> None:
    took = f"{sample.seconds:.2f} s" if sample.ended else f"more than {sample.seconds:.0f} s"
    what = f"{sample.case.work}: {sample.case.change}: {sample.competitor}"
    said = f"failed: {sample.problem}" if sample.problem else took
    print(f"round {sample.round}: {what}: {said}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    works = list(_makers())
    said = f"measure these only ({', '.join(works)}); keep nothing"
    parser.add_argument("works", nargs="*", choices=[[], *works], metavar="WORK", help=said)
    parser.add_argument(
        "--rounds", type=int, default=_ROUNDS, metavar="N", help=f"how many rounds ({_ROUNDS})"
    )
    parser.add_argument("--quick", action="store_true", help="one round, to try; keep nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
