"""After rolling, some windows hold pieces that are not neighbours."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from matplotlib.patches import Rectangle

fig, ax = house.canvas(5.0, 4.0)
cell, left, bottom = 0.41, 0.86, 0.55
hues = [house.BLUE, house.ORANGE, house.TEAL, house.PURPLE, house.RED, house.GOLD, house.GREY,
    house.INK, house.PAPER]


def area(k):
    return 0 if k < 4 else 1 if k < 6 else 2


for row in range(8):
    for col in range(8):
        number = 3 * area(row) + area(col)
        x, y = left + col * cell, bottom + (7 - row) * cell
        ax.add_patch(Rectangle((x, y), cell, cell, facecolor=house.tint(hues[number], 0.6),
            edgecolor=house.PAPER, linewidth=house.THIN, zorder=2))
        house.label(ax, (x + cell / 2, y + cell / 2), str(number), size=house.SMALL, mono=True)
for k in (0, 4, 8):
    ax.plot((left + k * cell,) * 2, (bottom, bottom + 8 * cell), color=house.INK, linewidth=2.6, zorder=4)
    ax.plot((left, left + 8 * cell), (bottom + k * cell,) * 2, color=house.INK, linewidth=2.6, zorder=4)
house.label(ax, (2.5, 0.25), "号码不同，不许互相看", size=house.SMALL, color=house.MUTED)
plt.show()
