"""The graph of a linear layer with binary cross-entropy, with shapes forwards and gradients back."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import BACKWARD, FORWARD

fig, ax = house.canvas(5, 4.5)
look = {"width": 1.45, "height": 0.6, "mono": True}
x = house.box(ax, (0.85, 4.15), "x (5,)", color=house.BLUE, **look)
w = house.box(ax, (2.85, 4.15), "w (5,3)", color=house.ORANGE, **look)
mm = house.box(ax, (1.85, 3.1), "matmul", color=house.GREY, **look)
add = house.box(ax, (1.85, 2.08), "+", color=house.GREY, **look)
b = house.box(ax, (4.15, 2.08), "b (3,)", color=house.ORANGE, **look)
bce = house.box(ax, (1.85, 1.05), "BCE", color=house.GREY, **look)
y = house.box(ax, (4.15, 1.05), "y (3,)", color=house.BLUE, **look)
house.arrow(ax, x.bottom, (1.5, 3.4))
house.arrow(ax, w.bottom, (2.2, 3.4))
house.arrow(ax, mm.bottom, add.top)
house.arrow(ax, b.left, add.right)
house.arrow(ax, add.bottom, bce.top)
house.arrow(ax, y.left, bce.right)
house.arrow(ax, bce.bottom, (1.85, 0.38))
house.label(ax, (1.85, 0.18), "loss", mono=True, color=house.RED)
house.label(ax, (1.6, 1.57), "$z$", color=FORWARD, size=23)
house.label(ax, (2.1, 1.57), "$dz=(\\sigma(z)-y)/3$", color=BACKWARD, size=house.TITLE, ha="left")
house.label(ax, (2.1, 2.6), "$dz$", color=BACKWARD, size=house.TITLE, ha="left")
house.label(ax, (3.12, 2.3), "$dz$", color=BACKWARD, size=house.TITLE, va="bottom")
house.label(ax, (2.75, 3.6), "$dw=x^\\top dz$", color=BACKWARD, size=house.TITLE, ha="left")
plt.show()
