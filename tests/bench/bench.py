"""Time the same work with Deckwright and with its peers, in one run. See README.md beside this file."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from commands import BenchError, clean_environment, run
from competitors import COLD, IMPORT, Competitor, all_competitors
from environment import Programs, find_programs
from machine import load, machine, versions
from pypdf.errors import PyPdfError
from table import conclusions, table
from work import DRAWS_EVERY, Work, make_work, take_expanded_deck

from deckwright.errors import DeckwrightError

_NOTES = """\
Each round measures all once, in this order. Before it is measured, each loses what it made;
the user's caches (installed node packages, browser, cut fonts, compiled Python) stay. An untimed
round of `import torch` and of Deckwright comes first. "One more deck" is what a build reports for
a deck after its first, when Node and browser are up and no script runs."""


def main() -> int:
    """Measure, print, and return the exit code: 0 unless a competitor failed to do the work."""
    arguments = _arguments()
    try:
        with tempfile.TemporaryDirectory(prefix="deckwright-bench-") as folder:
            _bench(Path(folder), arguments.scripts, arguments.rounds)
    except (BenchError, DeckwrightError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _bench(folder: Path, scripts: int, rounds: int) -> None:
    programs, before = find_programs(), load()
    work = make_work(folder, scripts)
    samples = _measure(work, programs, rounds)
    _print_setting(work, programs, rounds, before)
    print(table(samples), conclusions(samples, len(work.copies)), _NOTES, sep="\n\n")


def _measure(work: Work, programs: Programs, rounds: int) -> dict[str, list[float]]:
    competitors = all_competitors(work, programs)
    for competitor in competitors:
        if competitor.name in (IMPORT, COLD):
            _once(competitor, work)
    take_expanded_deck(work)
    samples: dict[str, list[float]] = {competitor.name: [] for competitor in competitors}
    for number, competitor in _rounds(competitors, rounds):
        seconds = _once(competitor, work)
        samples[competitor.name].append(seconds)
        print(f"round {number}: {competitor.name}: {seconds:.2f} s", file=sys.stderr, flush=True)
    return samples


def _rounds(competitors: Sequence[Competitor], rounds: int) -> Iterator[tuple[int, Competitor]]:
    for number in range(1, rounds + 1):
        for competitor in competitors:
            yield number, competitor


def _once(competitor: Competitor, work: Work) -> float:
    competitor.prepare()
    env = {**clean_environment(work.root), **competitor.env}
    try:
        done = run(competitor.commands, competitor.folder, env)
        competitor.check(done)
    except (BenchError, OSError, PyPdfError) as error:
        raise BenchError(f"{competitor.name}: {error}") from error
    return competitor.read(done)


def _print_setting(work: Work, programs: Programs, rounds: int, load_before: str) -> None:
    print(machine())
    print(", ".join(f"{name} {version}" for name, version in versions(programs).items()))
    print(f"load before: {load_before}; after: {load()}")
    drawn = f"every {DRAWS_EVERY}th draws a figure"
    print(f"{len(work.scripts)} scripts, {drawn}; {work.slides} slides; rounds: {rounds}\n")


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is less than {least}")
        return int(text)

    return number


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--scripts", type=_at_least(DRAWS_EVERY), default=12, metavar="N", help="how many scripts (12)"
    )
    parser.add_argument("--rounds", type=_at_least(1), default=3, metavar="N", help="how many rounds (3)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
