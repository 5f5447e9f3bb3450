"""The matrix of similarities is read in rows and in columns."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from matplotlib.patches import Rectangle

fig, ax = house.canvas(5.0, 2.9)
grid = house.matrix(ax, (1.9, 1.25), rows=4, cols=4, cell=0.55, color=house.GREY, marked=[(k,
    k) for k in range(4)], mark_color=house.TEAL)
for k in range(4):
    house.label(ax, grid.cells[k, k], "1", size=house.SMALL, mono=True)
x, y = grid.cells[1, 0]
ax.add_patch(Rectangle((x - 0.31, y - 0.31), 2.27, 0.62, facecolor="none", edgecolor=house.BLUE,
    linewidth=3, zorder=6))
x, y = grid.cells[3, 2]
ax.add_patch(Rectangle((x - 0.31, y - 0.31), 0.62, 2.27, facecolor="none", edgecolor=house.ORANGE,
    linewidth=3, zorder=6))
house.label(ax, (3.2, grid.cells[1, 0][1]), "图配哪句话", color=house.BLUE, ha="left")
house.label(ax, (2.2, 2.66), "话配哪张图", color=house.ORANGE)
plt.show()
