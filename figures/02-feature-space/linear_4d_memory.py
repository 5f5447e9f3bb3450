"""四维输入的内存账：x、y1、y2 各占多少，一起占多少。"""

import sys
from pathlib import Path

import math

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

shapes = {"x": (128, 4096, 30, 20), "y1": (128, 4096, 30, 30), "y2": (128, 4096, 30, 40)}
colors = (house.BLUE, house.TEAL, house.ORANGE)

fig, ax = house.figure(11, 3.6)
total = 0.0
for row, (name, shape) in enumerate(shapes.items()):
    gib = 4 * math.prod(shape) / 2**30
    ax.barh(row, gib, left=total, height=0.62, color=colors[row])
    ax.text(
        total + gib / 2,
        row,
        f"{gib:.2f} GiB",
        color=house.PAPER,
        ha="center",
        va="center",
        fontsize=house.SMALL,
    )
    if row < 2:
        ax.vlines(total + gib, row, row + 1, color=house.MUTED, linestyle=":", linewidth=house.EDGE)
    total += gib
ax.axvline(total, color=house.RED, linestyle="--", linewidth=house.EDGE)
ax.text(
    total - 0.08,
    0,
    f"三个都活着：{total:.2f} GiB",
    color=house.RED,
    ha="right",
    va="center",
    bbox={"facecolor": house.PAPER, "edgecolor": "none", "pad": 2},
)
ax.set(
    yticks=range(3),
    yticklabels=[f"{n}  {s}" for n, s in shapes.items()],
    xlabel="累计内存（GiB，float32）",
    xlim=(0, 5.6),
)
ax.invert_yaxis()
ax.grid(axis="y", visible=False)
plt.show()
