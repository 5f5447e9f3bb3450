"""Right answers on the expert task: one layer of GCN against one layer of GAT."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

from parts import LEARNT

data = json.loads((LEARNT / "expert.json").read_text())
fig, ax = house.figure(5.0, 2.9)
for k, (name, color, hatch) in enumerate((("GCN", house.GREY, "//"), ("GAT", house.ORANGE, ""))):
    value = 100 * data[name.lower()]
    ax.bar(k, value, 0.5, color=house.tint(color, 0.4), edgecolor=color, hatch=hatch)
    ax.text(k, value + 3, f"{value:.0f}%", ha="center", fontsize=house.TEXT)
ax.axhline(50, color=house.MUTED, linestyle=":", linewidth=1.5)
ax.text(0.5, 53, "瞎猜", ha="center", fontsize=house.SMALL, color=house.MUTED)
ax.set_xticks([0, 1], ["GCN", "GAT"], fontsize=house.TEXT)
ax.set(ylabel="答对 (%)", ylim=(0, 118), yticks=(0, 50, 100))
plt.show()
