"""Scores of one head against the side: all pairs, or windows of 7 x 7."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sides = [14, 28, 56, 112, 224]
fig, ax = house.figure(5.0, 3.4)
ax.loglog([4 * s for s in sides], [s**4 for s in sides], marker="o", linestyle="--",
    color=house.RED, label="所有的对：n²")
ax.loglog([4 * s for s in sides], [49 * s**2 for s in sides], marker="s", color=house.TEAL,
    label="7×7 窗口：49n")
ax.set(xlabel="图的边长（像素）", ylabel="每个头打几次分")
ax.set_xticks([4 * s for s in sides], [4 * s for s in sides])
ax.minorticks_off()
ax.legend()
plt.show()
