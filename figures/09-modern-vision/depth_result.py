"""Depth of scenes that were not trained on."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np

from parts import learnt, picture

data = learnt("depth")
fig, axes = house.figure(11.6, 4.6, rows=2, cols=7, width_ratios=(1, 1, 1, 0.12, 1, 1, 1))
for k in range(4):
    row, first = k // 2, k % 2 * 4
    picture(axes[row, first], np.array(data["images"][k]), cmap="gray")
    for ax, key in zip(axes[row, first + 1 :], ("truth", "guess")):
        drawn = picture(ax, np.array(data[key][k]), vmin=0, vmax=8)
for ax, text in zip(axes[0, (0, 1, 2, 4, 5, 6)], ("图", "真实", "预测") * 2):
    ax.set_title(text, fontsize=house.TEXT, weight="normal", pad=6)
for ax in axes[:, 3]:
    ax.axis("off")
bar = fig.colorbar(drawn, ax=axes, ticks=(0, 2, 4, 6, 8), shrink=0.85, aspect=25)
bar.ax.set_title("深度", fontsize=house.SMALL, weight="normal")
plt.show()
