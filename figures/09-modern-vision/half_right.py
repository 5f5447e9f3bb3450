"""Every row is right, and one column is wrong."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.patches import Rectangle

fig, ax = house.canvas(5.0, 2.6)
grid = house.matrix(ax, (2.4, 1.3), values=[[0.3, 0.1], [0.6, 0.8]], cell=0.85, color=house.GREY,
    size=house.TEXT)
for k in range(2):
    house.label(ax, (0.9, grid.cells[k, 0][1]), f"图 {k + 1}", color=house.BLUE)
    house.label(ax, (grid.cells[0, k][0], 2.45), f"句 {k + 1}", color=house.ORANGE)
for cell, color, size in (((0, 0), house.BLUE, 0.62), ((1, 1), house.BLUE, 0.62), ((1, 0),
    house.ORANGE, 0.78), ((1, 1), house.ORANGE, 0.78)):
    x, y = grid.cells[cell]
    ax.add_patch(Rectangle((x - size / 2, y - size / 2), size, size, facecolor="none",
        edgecolor=color, linewidth=3, zorder=6))
house.label(ax, (3.4, 1.7), "蓝：每行最大", size=house.SMALL, color=house.BLUE, ha="left")
house.label(ax, (3.4, 0.9), "橙：每列最大", size=house.SMALL, color=house.ORANGE, ha="left")
plt.show()
