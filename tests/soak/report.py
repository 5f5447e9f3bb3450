"""The table, the picture and the numbers of a soak test."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from soak.samples import KINDS, Sample

_COLUMNS = {"pss_mb": "PSS MB", "rss_mb": "RSS MB", "descriptors": "descriptors", "threads": "threads"}
_ROWS = 12


def table(samples: Sequence[Sample]) -> str:
    """Return some samples, evenly spread, as a table in Markdown."""
    names = [f"{label} ({', '.join(KINDS)})" for label in _COLUMNS.values()]
    lines = [["seconds", "saves", "latency ms", "processes", *names]]
    step = max(1, (len(samples) - 1) // (_ROWS - 1))
    for sample in samples[::step]:
        used = [[f"{getattr(sample.uses[kind], name):.0f}" for kind in KINDS] for name in _COLUMNS]
        processes = sum(use.processes for use in sample.uses.values())
        moment = [f"{sample.seconds:.0f}", f"{sample.saves}", f"{sample.latency_seconds * 1000:.0f}"]
        lines.append([*moment, f"{processes}", *(" ".join(values) for values in used)])
    widths = [max(len(line[index]) for line in lines) for index in range(len(lines[0]))]
    rows = [f"| {' | '.join(text.rjust(width) for text, width in zip(line, widths))} |" for line in lines]
    return "\n".join([rows[0], f"|{'|'.join('-' * (width + 1) + ':' for width in widths)}|", *rows[1:]])


def write(samples: Sequence[Sample], folder: Path) -> None:
    """Write the numbers (soak.json) and the picture (soak.svg, soak.png)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soak.json").write_text(json.dumps([asdict(sample) for sample in samples], indent=1), "utf-8")
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    saves = [sample.saves for sample in samples]
    figure, axes = pyplot.subplots(5, 1, sharex=True, figsize=(8, 11), layout="constrained")
    for axis, name in zip(axes, ["pss_mb", "rss_mb", "descriptors", "threads"]):
        for kind in KINDS:
            axis.plot(saves, [getattr(sample.uses[kind], name) for sample in samples], label=kind)
        axis.set_ylabel(_COLUMNS[name])
        axis.set_ylim(bottom=0)
    lines, labels = axes[0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside upper center", ncols=len(KINDS), title="what processes use")
    axes[4].plot(saves, [sample.latency_seconds * 1000 for sample in samples], color="black")
    axes[4].set_ylabel("save to page, ms")
    axes[4].set_ylim(bottom=0)
    axes[4].set_xlabel("saves")
    for suffix in ("svg", "png"):
        figure.savefig(folder / f"soak.{suffix}", dpi=110)
