"""Simulates builds of a large course on 1 to 256 workers, from recorded times and measured costs.

    .venv/bin/python tests/bench/cluster.py measure NAME    keeps what this code costs, under a name
    .venv/bin/python tests/bench/cluster.py draw PICTURE    prints the table, and draws all names

Run it in the folder of a course that is built; results are in cluster.json.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

from makespan import Costs, ideal, simulate

KEPT = Path(__file__).with_name("cluster.json")
SCRIPTS = 10_000
WORKERS = [2**power for power in range(9)]


def main() -> None:
    match sys.argv[1:]:
        case ["measure", name]:
            _measure(name)
        case ["draw", picture]:
            kept = json.loads(KEPT.read_text())
            seconds = list(islice(cycle(kept["seconds"]), SCRIPTS))
            costs = {name: Costs(**each) for name, each in kept["costs"].items()}
            print(table(seconds, costs))
            draw(seconds, costs, Path(picture))
        case _:
            sys.exit(__doc__)


def _measure(name: str) -> None:
    from cluster_costs import measure

    from deckwright.cli.context import open_context, open_project
    from deckwright.model import Request

    seconds, costs = measure(open_context(open_project(()), "auto", 0, Request()))
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else {"costs": {}}
    kept["seconds"] = [round(each, 3) for each in seconds]
    kept["costs"][name] = {part: round(value, 6) for part, value in asdict(costs).items()}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n")


def table(seconds: Sequence[float], costs: Mapping[str, Costs]) -> str:
    """Return the makespans and the costs as Markdown."""
    names = list(costs)
    lines = [
        f"{len(seconds):,} scripts, {sum(seconds):,.0f} s together, the longest {max(seconds):.0f} s",
        "",
        f"| workers | ideal | {' | '.join(names)} |",
        "|---:" * (2 + len(names)) + "|",
    ]
    for workers in WORKERS:
        times = [ideal(seconds, workers), *(simulate(seconds, workers, costs[name]) for name in names)]
        lines.append(f"| {workers} | {' | '.join(f'{each:,.0f}' for each in times)} |")
    lines += ["", f"| milliseconds per script | {' | '.join(names)} |", "|---" + "|---:" * len(names) + "|"]
    for part in asdict(costs[names[0]]):
        values = " | ".join(f"{getattr(costs[name], part) * 1000:.2f}" for name in names)
        lines.append(f"| {part} | {values} |")
    return "\n".join(lines)


def draw(seconds: Sequence[float], costs: Mapping[str, Costs], path: Path) -> None:
    """Draw the makespans over the number of workers, and the work of the machine that plans."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.rcParams |= {"svg.hashsalt": "cluster", "svg.fonttype": "path"}
    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    axes.plot(WORKERS, [ideal(seconds, each) for each in WORKERS], "k--", label="ideal")
    for color, (name, each) in zip(("#b3441e", "#1f6fb2", "#2a8a4a"), costs.items(), strict=False):
        times = [simulate(seconds, workers, each) for workers in WORKERS]
        axes.plot(WORKERS, times, "o-", color=color, label=name)
    last = list(costs.values())[-1]
    parts = {
        "plan": last.plan,
        "codec": last.send_codec + last.take_codec,
        "Dask": last.send_dask,
        "store": last.store,
        "records": last.record,
    }
    for part, cost in parts.items():
        axes.axhline(cost * len(seconds), color="0.75", linewidth=0.8, zorder=0)
        axes.annotate(part, (WORKERS[0], cost * len(seconds)), fontsize=8, color="0.4", va="bottom")
    axes.set(
        xscale="log", yscale="log", xticks=WORKERS, xlabel="workers", ylabel="seconds until all is stored"
    )
    axes.set_xticklabels(map(str, WORKERS))
    axes.minorticks_off()
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


if __name__ == "__main__":
    main()
