"""Samples with the nearest of the training pictures below each; how near all of them are."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.gridspec import GridSpec
from sklearn.datasets import load_digits

from parts import learnt, picture

data = learnt("digits")
drawn = np.reshape(data["samples"], (-1, 64))
samples = drawn[::12]
nearest = np.reshape(data["neighbours"], (10, 64))
real = load_digits().data / 8 - 1


def nearest_distances(a, b, skip=0):
    """From each row of a to the nearest row of b; `skip=1` leaves out a row itself."""
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    return np.sqrt(np.clip(np.sort(squares, 1)[:, skip], 0, None))


fig = plt.figure(figsize=(11.4, 5.0))
fig.set_facecolor(house.PAPER)
grid = GridSpec(2, 10, left=0.115, right=0.985, bottom=0.54, top=0.995, wspace=0.06, hspace=0.06)
for row, (pictures, name) in enumerate(((samples, "生成的"), (nearest, "最近的\n训练图"))):
    for k, values in enumerate(pictures):
        ax = fig.add_subplot(grid[row, k])
        picture(ax, values, -1, 1)
        if k == 0:
            ax.set_ylabel(name, rotation=0, ha="right", va="center", labelpad=10)

ax = fig.add_axes((0.115, 0.145, 0.87, 0.345))
bins = np.linspace(0, 4, 21)
for distances, color, name, hatch in (
    (nearest_distances(real, real, 1), house.GREY, "真图到最近的另一张真图", None),
    (nearest_distances(drawn, real), house.ORANGE, "生成的图到最近的训练图", "//"),
):
    ax.hist(distances, bins, weights=np.full(len(distances), 100 / len(distances)), histtype="stepfilled",
            facecolor=(*plt.matplotlib.colors.to_rgb(color), 0.25), edgecolor=color, linewidth=house.LINE,
            hatch=hatch, label=name)
ax.annotate("照抄会落在这里", (0.03, 0.2), (0.35, 12), color=house.RED, fontsize=house.SMALL, va="center",
            arrowprops={"arrowstyle": "-|>", "color": house.RED, "linewidth": house.EDGE})
ax.set(xlabel="到最近一张的距离", ylabel="份额 (%)", xlim=(0, 4))
ax.legend(loc="upper right")
plt.show()
