"""PyTorch resets after the product with the matrix, many textbooks before it."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.2)
for y, name, steps in (
    (1.55, "PyTorch", (("$U_n$", house.ORANGE), ("$r$", house.PURPLE))),
    (0.55, "许多教材", (("$r$", house.PURPLE), ("$U_n$", house.ORANGE))),
):
    house.label(ax, (0.65, y), name, size=house.SMALL)
    last = house.box(ax, (1.85, y), "$h_{t-1}$", width=0.85, height=0.62, color=house.TEAL)
    for k, (text, color) in enumerate(steps):
        at = (3.05 + 1.05 * k, y)
        if text == "$r$":
            box = house.node(ax, at, r"$\times r$", radius=0.34, color=color)
        else:
            box = house.box(ax, at, text, width=0.7, height=0.62, color=color)
        house.arrow(ax, last.right, box.left, gap=1)
        last = box
    house.arrow(ax, last.right, (4.95, y), gap=1)
plt.show()
