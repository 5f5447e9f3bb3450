"""A gradient that is too long is shortened to the circle; its direction stays."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.75)
ax.add_patch(
    plt.Circle(
        (1.25, 1.1), 0.95, facecolor=house.tint(house.TEAL), edgecolor=house.TEAL, linewidth=house.EDGE
    ),
)
ax.plot(1.25, 1.1, "o", color=house.INK, zorder=5)
house.arrow(ax, (1.25, 1.1), (4.6, 2.697), color=house.RED, width=2.4, gap=0, dashed=True)
house.arrow(ax, (1.25, 1.1), (1.25 + 0.95 * 0.9027, 1.1 + 0.95 * 0.4303), color=house.TEAL, width=4, gap=0)
house.label(ax, (3.3, 2.45), "原来的梯度", color=house.RED, ha="right")
house.label(ax, (2.4, 0.95), "剪短以后", color=house.TEAL, ha="left")
house.label(ax, (2.4, 0.5), "半径 max_norm", color=house.MUTED, size=house.SMALL, ha="left")
plt.show()
