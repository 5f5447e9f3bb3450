"""Three eigenvectors of a ring of 24 nodes: cosines of one, three and twelve periods."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

import math

fig, axes = house.figure(5.0, 3.1, rows=3, sharex=True)
for ax, k in zip(axes, (1, 3, 12)):
    wave = [math.cos(2 * math.pi * k * t / 24) for t in range(24)]
    ax.plot(wave, color=house.BLUE, marker="o", markersize=5, linewidth=1.4)
    ax.set(yticks=(), ylim=(-1.3, 1.3))
    ax.set_ylabel(
        f"$\\lambda={2 - 2 * math.cos(2 * math.pi * k / 24):.2f}$",
        rotation=0,
        ha="right",
        va="center",
        fontsize=house.TEXT,
    )
axes[-1].set(xlabel="环上的节点", xticks=(0, 6, 12, 18, 23))
plt.show()
