"""Shapes of the gradients of a linear layer."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.6, 5.2)
c = 0.31
rows = [
    (4.25, r"$\frac{\partial J}{\partial W}$", (2, 3), house.ORANGE, "G.T", (2, 4), house.RED, "X", (4, 3),
     house.BLUE),
    (2.55, r"$\frac{\partial J}{\partial X}$", (4, 3), house.BLUE, "G", (4, 2), house.RED, "W", (2, 3),
     house.ORANGE),
]
for y, name, left, color, a, first, color_a, b, second, color_b in rows:
    house.label(ax, (0.35, y), name, size=27)
    house.matrix(ax, (1.45, y), rows=left[0], cols=left[1], cell=c, color=color)
    house.label(ax, (2.2, y), "=", size=24)
    house.matrix(ax, (3.1, y), rows=first[0], cols=first[1], cell=c, color=color_a)
    house.label(ax, (3.98, y), "@", size=house.TITLE, mono=True)
    house.matrix(ax, (4.85, y), rows=second[0], cols=second[1], cell=c, color=color_b)
    house.label(ax, (3.1, y - first[0] * c / 2 - 0.22), a, mono=True, size=20, color=color_a)
    house.label(ax, (4.85, y - second[0] * c / 2 - 0.22), b, mono=True, size=20, color=color_b)
y = 0.8
house.label(ax, (0.35, y), r"$\frac{\partial J}{\partial b}$", size=27)
house.matrix(ax, (1.45, y), rows=1, cols=2, cell=c, color=house.ORANGE)
house.label(ax, (2.2, y), "=", size=24)
house.matrix(ax, (3.1, y), rows=4, cols=2, cell=c, color=house.RED)
house.label(ax, (4.0, y), "各行相加", size=21, ha="left")
plt.show()
