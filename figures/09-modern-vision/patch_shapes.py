"""Shapes on the way from a picture to tokens."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(5.0, 2.5)
steps = [("图", "3×224×224", house.BLUE), ("卷积 16，步长 16", "768×14×14", house.ORANGE), ("展平、转置",
    "196×768", house.TEAL)]
last = None
for k, (name, shape, color) in enumerate(steps):
    y = 2.1 - 0.85 * k
    drawn = house.box(ax, (1.35, y), name, width=2.5, height=0.56, color=color, size=house.SMALL)
    house.label(ax, (3.85, y), shape, mono=True, color=house.MUTED)
    if last:
        house.arrow(ax, last.bottom, drawn.top, gap=1)
    last = drawn
plt.show()
