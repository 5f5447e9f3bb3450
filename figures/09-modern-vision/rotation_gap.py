"""A plain kernel and its average over four turns."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

from rotation import kernel, mean

from parts import picture

fig, axes = house.figure(5.0, 2.5, cols=2)
for ax, k, title in zip(axes, (kernel[0, 0], mean[0, 0]), ("普通的核", "四向平均")):
    limit = k.abs().max()
    picture(ax, k, title, cmap="house_diverging", vmin=-1.6 * limit, vmax=1.6 * limit)
    for row in range(3):
        for col in range(3):
            text = f"{round(k[row, col].item(), 1) + 0:.1f}"
            ax.text(col, row, text, ha="center", va="center", fontsize=house.SMALL)
plt.show()
