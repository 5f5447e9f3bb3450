"""The gates of a trained LSTM over one sequence: the unit that carries the answer."""

import json

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

learnt = Path(__file__).resolve().parents[2] / "snippets/07-sequence-models/learnt"
data = json.loads((learnt / "memory.json").read_text())
steps = range(1, len(data["values"]) + 1)
mark = data["mark"] + 1

fig, (top, middle, low) = house.figure(11.4, 5.2, rows=3, sharex=True, height_ratios=(1, 1.6, 1.3))
bars = top.bar(steps, data["values"], width=0.7, color=house.tint(house.BLUE, 0.5), edgecolor=house.BLUE)
bars[mark - 1].set(facecolor=house.ORANGE, edgecolor=house.ORANGE)
top.annotate("有记号", (mark, -0.6), (mark + 0.8, -1.0), color=house.ORANGE, fontsize=house.SMALL)
top.set(ylabel="输入", ylim=(-1.25, 1.0), yticks=(-1, 0, 1))
middle.plot(steps, data["f"], color=house.TEAL, marker="o", markersize=5)
middle.plot(steps, data["i"], color=house.ORANGE, linestyle="--", marker="s", markersize=5)
middle.text(30.4, data["f"][-1], "遗忘门", color=house.TEAL, fontsize=house.SMALL, va="center")
middle.text(30.4, data["i"][-1], "输入门", color=house.ORANGE, fontsize=house.SMALL, va="center")
middle.set(ylabel="门", ylim=(0, 1.08), yticks=(0, 0.5, 1))
low.plot(steps, data["c"], color=house.PURPLE, marker="o", markersize=5)
low.axhline(0, color=house.MUTED, linewidth=house.THIN)
low.text(30.4, data["c"][-1], "细胞状态", color=house.PURPLE, fontsize=house.SMALL, va="center")
low.set(ylabel=r"$c_t$", xlabel="第几步", xlim=(0.3, 33.5), xticks=(1, 5, 10, 15, 20, 25, 30))
for ax in (top, middle, low):
    ax.axvline(mark, color=house.MUTED, linestyle=":", linewidth=house.EDGE, zorder=0)
plt.show()
