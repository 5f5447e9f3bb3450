"""Time the same work with Deckwright and with its peers, in one run. See README.md beside this file."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from commands import BenchError, TooSlow, clean_environment, run
from competitors import large_entries, live_entries, small_entries
from entry import CODE, COLD, NOTHING, TEXT, Case, Entry
from environment import Programs, find_programs
from machine import load, machine, versions
from ours import COURSE, DECKWRIGHT, DECKWRIGHT_SERVE, course
from peers import IMPORT
from pypdf.errors import PyPdfError
from results import Setting, page, raw
from samples import Sample
from work import COPIES, make_work

from deckwright.errors import DeckwrightError

_ROUNDS = 3
_SMALL, _LARGE = "12 scripts with torch, one deck", "1,000 trivial scripts, 1,000 slides, 25 decks"
_LIVE = "one deck of 40 slides, live: from saving to the repainted page"
_TARGETS = {
    (Case(COURSE, NOTHING), DECKWRIGHT): 0.25,
    (Case(_LARGE, NOTHING), DECKWRIGHT): 1.0,
    (Case(_LIVE, TEXT), DECKWRIGHT_SERVE): 0.3,
    (Case(_LIVE, CODE), DECKWRIGHT_SERVE): 0.5,
}
"""In seconds."""

_HERE = Path(__file__).parent
_WARMING = ((Case(_SMALL, COLD), IMPORT), (Case(_SMALL, COLD), DECKWRIGHT))
"""What runs once untimed, so that nobody pays for reading torch from a cold disk."""

Maker = Callable[[Path, Programs], tuple[Entry, ...]]


def main() -> int:
    """Measure, print and keep; returns the exit code: 0 unless a competitor failed to do the work."""
    arguments = _arguments()
    works = arguments.works or list(_makers())
    try:
        with tempfile.TemporaryDirectory(prefix="deckwright-bench-") as folder:
            setting, samples = _bench(Path(folder), works, 1 if arguments.quick else arguments.rounds)
    except (BenchError, DeckwrightError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    text = page(setting, samples, _TARGETS, _SMALL, COPIES)
    print(text)
    if not (arguments.quick or arguments.works):
        (_HERE / "RESULTS.md").write_text(text, "utf-8")
        (_HERE / "results.json").write_text(raw(setting, samples), "utf-8")
    return 0


def _makers() -> Mapping[str, Maker]:
    """What can be measured by itself, in the order of a round."""
    return {"small": _small, "course": _course, "large": _large, "live": _live}


def _small(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return small_entries(make_work(_SMALL, root / "small", 12, a_deck=12, a_page=1, heavy=True), programs)


def _course(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return (course(root, programs),)


def _large(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return large_entries(make_work(_LARGE, root / "large", 1000, a_deck=40, a_page=40), programs)


def _live(root: Path, programs: Programs) -> tuple[Entry, ...]:
    return live_entries(make_work(_LIVE, root / "live", 40, a_deck=40, a_page=40), programs)


def _bench(root: Path, works: Sequence[str], rounds: int) -> tuple[Setting, list[Sample]]:
    programs, load_before, started = find_programs(), load(), time.monotonic()
    entries = [entry for name in works for entry in _makers()[name](root, programs)]
    for entry in entries:
        if (entry.case, entry.competitor) in _WARMING:
            _once(entry, 0, root)
    samples = list(_measure(entries, rounds, root))
    minutes = (time.monotonic() - started) / 60
    return Setting(machine(), versions(programs), load_before, load(), rounds, minutes), samples


def _measure(entries: Sequence[Entry], rounds: int, root: Path) -> Iterator[Sample]:
    too_slow: set[tuple[str, str]] = set()
    for number, (round, entry) in enumerate(_rounds(entries, rounds), start=1):
        who = (entry.case.work, entry.competitor)
        if who in too_slow:  # nor can it show what it would do after a change
            continue
        try:
            measured, ended = _once(entry, number, root), True
        except TooSlow:
            measured, ended = [entry.limit_seconds], False
            too_slow.add(who)
        for seconds in measured:
            _print_sample(round, entry, seconds, ended)
            yield Sample(entry.case, entry.competitor, round, seconds, ended, entry.also)


def _rounds(entries: Sequence[Entry], rounds: int) -> Iterator[tuple[int, Entry]]:
    for number in range(1, rounds + 1):
        for entry in entries:
            if number == 1 or not entry.once:
                yield number, entry


def _once(entry: Entry, number: int, root: Path) -> list[float]:
    try:
        return _tried(entry, number, root)
    except BenchError:
        if entry.competitor in (DECKWRIGHT, DECKWRIGHT_SERVE):
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


def _print_sample(round: int, entry: Entry, seconds: float, ended: bool) -> None:
    took = f"{seconds:.2f} s" if ended else f"more than {seconds:.0f} s"
    what = f"{entry.case.work}: {entry.case.change}: {entry.competitor}"
    print(f"round {round}: {what}: {took}", file=sys.stderr, flush=True)


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
