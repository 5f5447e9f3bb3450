"""A plain kernel and its average over four turns."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import torch

from parts import picture

torch.manual_seed(0)
kernel = torch.randn(3, 3)
mean = sum(kernel.rot90(k) for k in range(4)) / 4
fig, axes = house.figure(5.0, 2.5, cols=2)
for ax, k, title in zip(axes, (kernel, mean), ("普通的核", "四向平均")):
    limit = k.abs().max()
    picture(ax, k, title, cmap="house_diverging", vmin=-1.6 * limit, vmax=1.6 * limit)
    for row in range(3):
        for col in range(3):
            ax.text(col, row, f"{k[row, col]:.1f}", ha="center", va="center", fontsize=house.SMALL)
plt.show()
