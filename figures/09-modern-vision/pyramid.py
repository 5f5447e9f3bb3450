"""The four maps that one size of tokens becomes, to scale."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.0)
x = 0.25
for side, color in ((56, house.BLUE), (28, house.ORANGE), (14, house.TEAL), (7, house.PURPLE)):
    size = 1.4 * side / 56
    middle = x + max(size, 0.75) / 2
    house.box(ax, (middle, 0.5 + size / 2), width=size, height=size, color=color)
    house.label(ax, (middle, 0.22), f"{side}×{side}", mono=True, size=house.SMALL, color=color)
    x += max(size, 0.75) + 0.35
plt.show()
