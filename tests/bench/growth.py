"""Measures how the time of a build grows with the number of scripts and slides, and draws it.

    .venv/bin/python tests/bench/growth.py measure [MOST]    builds of 10, 100, … scripts, up to 10,000
    .venv/bin/python tests/bench/growth.py draw PICTURE      prints the table, and draws it

Results are in growth.json. Each script is on a slide of its own, 40 of them in a deck; a build makes HTML.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from commands import clean_environment
from entry import COLD, NOTHING, TEXT
from machine import machine
from work import Work, edit_text, make_work

KEPT = Path(__file__).with_name("growth.json")
SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 5
LOOP = "python FILE in a loop"
MEMORY = "memory, nothing changed"
MOST_IN_A_LOOP = 1_000
"""A loop costs the same for each script."""

Times = Mapping[str, float]


def main() -> None:
    match sys.argv[1:]:
        case ["measure", *most]:
            _measure(int(most[0]) if most else max(SIZES))
        case ["draw", picture]:
            kept = json.loads(KEPT.read_text())
            print(f"{kept['machine']}\n\n{table(kept['times'])}")
            draw(kept["times"], Path(picture))
        case _:
            sys.exit(__doc__)


def _measure(most: int) -> None:
    times: dict[str, Times] = {}
    for size in SIZES:
        if size > most:
            break
        with tempfile.TemporaryDirectory() as folder:
            times[str(size)] = _times(make_work("growth", Path(folder), size, a_deck=40, a_page=40), size)
        print(size, times[str(size)], file=sys.stderr)
        KEPT.write_text(json.dumps({"machine": machine(), "times": times}, indent=1) + "\n")


def _times(work: Work, size: int) -> Times:
    """Return the seconds of each build, a median where it is quick, and MiB where nothing changed."""
    build = (str(Path(sys.executable).with_name("deckwright")), "build", "--to", "html")
    deck = work.project / f"slides/{work.edited_deck.name}.md"

    def seconds_of_build(*, folder: Path = work.project) -> float:
        return _seconds(build, folder)

    def seconds_of_edit(number: int) -> float:
        edit_text(deck, number)
        return seconds_of_build()

    found = {COLD: seconds_of_build()}
    seconds_of_build()  # remembers the stamps of files, which were too young
    found[NOTHING] = _median(lambda number: seconds_of_build())
    found[TEXT] = _median(seconds_of_edit)
    seconds_of_build()
    found[MEMORY] = _peak_mebibytes(build, work.project)
    if size <= MOST_IN_A_LOOP:
        scripts = sorted(work.loop.glob("*.py"))
        found[LOOP] = sum(_seconds((sys.executable, str(script)), work.loop) for script in scripts)
    return {name: round(value, 3) for name, value in found.items()}


def _median(seconds: Callable[[int], float]) -> float:
    return median(seconds(number) for number in range(1, ROUNDS + 1))


def _seconds(command: tuple[str, ...], folder: Path) -> float:
    env, started = clean_environment(folder), time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
    return time.perf_counter() - started


def _peak_mebibytes(command: tuple[str, ...], folder: Path) -> float:
    """Return the most memory that a command itself has at once, as the system counts it."""
    quiet = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, stream) for stream in (1, 2)]
    before = os.getcwd()
    os.chdir(folder)
    try:
        process = os.posix_spawn(command[0], command, clean_environment(folder), file_actions=actions)
    finally:
        os.chdir(before)
        os.close(quiet)
    usage = os.wait4(process, 0)[2]
    return usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2)


def table(times: Mapping[str, Times]) -> str:
    """Return the times as Markdown."""
    rows = [f"| scripts and slides | {' | '.join(f'{int(size):,}' for size in times)} |"]
    rows.append("|---" + "|---:" * len(times) + "|")
    for name in (LOOP, COLD, TEXT, NOTHING, MEMORY):
        unit = "MiB" if name == MEMORY else "s"
        cells = (_cell(found.get(name), unit) for found in times.values())
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.0f} {unit}" if value >= 100 or unit == "MiB" else f"{value:.2g} {unit}"


def draw(times: Mapping[str, Times], path: Path) -> None:
    """Draw the seconds over the number of scripts."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    looks = {
        LOOP: ("0.45", "s--"),
        COLD: ("#b3441e", "o-"),
        TEXT: ("#1f6fb2", "o-"),
        NOTHING: ("#2a8a4a", "o-"),
    }
    for name, (color, marks) in looks.items():
        points = [(int(size), found[name]) for size, found in times.items() if name in found]
        label = name if name == LOOP else f"build, {name}"
        axes.plot(*zip(*points, strict=True), marks, color=color, label=label)
    sizes = [int(size) for size in times]
    axes.set(xscale="log", yscale="log", xticks=sizes, xlabel="scripts, each on its slide", ylabel="seconds")
    axes.set_xticklabels([f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.grid(axis="y", color="0.9")
    axes.legend(frameon=False)
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
