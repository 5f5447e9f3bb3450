"""Depth of scenes that were not trained on."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np

from parts import learnt, picture

data = learnt("depth")
fig, axes = house.figure(11.6, 5.2, rows=3, cols=4)
for k, axs in enumerate(axes.T):
    picture(axs[0], np.array(data["images"][k]), cmap="gray")
    for ax, key in zip(axs[1:], ("truth", "guess")):
        drawn = picture(ax, np.array(data[key][k]), vmin=0, vmax=8)
for ax, text in zip(axes[:, 0], ("图", "真实", "预测")):
    ax.set_ylabel(text, fontsize=house.TEXT)
fig.colorbar(drawn, ax=axes, ticks=(0, 2, 4, 6, 8), label="深度", shrink=0.8)
plt.show()
