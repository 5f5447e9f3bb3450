"""How many nodes one answer needs, by layers; a logarithmic axis."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import numpy as np
from parts import LEARNT

data = json.loads((LEARNT / "cost.json").read_text())
fig, ax = house.figure(5.0, 3.3)
x = np.arange(3)
for shift, key, color, name, hatch in (
    (-0.2, "all", house.RED, "全部邻居", ""), (0.2, "five", house.BLUE, "各抽 5 个", "//"),
):
    bars = ax.bar(
        x + shift, data[key], 0.38, color=house.tint(color, 0.3), edgecolor=color, label=name, hatch=hatch,
    )
    for k, v in enumerate(data[key]):
        ax.text(k + shift, v * 1.15, f"{v:.0f}", ha="center", fontsize=house.SMALL, color=color)
ax.set_yscale("log")
ax.set_xticks(x, ["1 层", "2 层", "3 层"])
ax.set(ylabel="要读的节点数", ylim=(3, 6e4))
ax.legend(loc="upper left", fontsize=house.SMALL, ncols=2, columnspacing=0.8, handlelength=1.2)
plt.show()
