"""What the network gives for each member before and after training, in the plane of its two outputs."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import json

import torch
from parts import LEARNT, links

from karate import EDGES, club

data = json.loads((LEARNT / "karate.json").read_text())
fig, axes = house.figure(11.4, 4.7, cols=2)
for ax, k, title in zip(axes, (0, -1), ("训练前", "训练后")):
    z = torch.tensor(data["snapshots"][k])
    links(ax, z.tolist(), EDGES, width=0.8)
    for side, color, mark, name in ((0, house.BLUE, "o", "跟教练走"), (1, house.ORANGE, "s", "跟会长走")):
        part = z[club == side]
        ax.scatter(*part.T, color=color, marker=mark, s=70, edgecolor=house.PAPER, zorder=3, label=name)
    low, high = float(z.min()), float(z.max())
    ax.axline((0, 0), slope=1, color=house.INK, linestyle=":", linewidth=1.5)
    for n in (0, 33):
        ax.annotate(
            str(n), z[n].tolist(), xytext=(
                10, 6,
            ), textcoords="offset points", fontsize=house.SMALL, color=house.INK
        )
    ax.set(title=title, xlabel="输出 0", ylabel="输出 1")
axes[1].legend(loc="lower left")
plt.show()
