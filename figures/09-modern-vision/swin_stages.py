"""Swin-T: four stages, sides halved, channels doubled."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(11.6, 4.0)
x, last = 0.3, None
stages = ((224, 3, "图", house.GREY), (56, 96, "2 块", house.BLUE), (28, 192, "2 块", house.ORANGE),
    (14, 384, "6 块", house.TEAL), (7, 768, "2 块", house.PURPLE))
for k, (side, channels, name, color) in enumerate(stages):
    height = (2.3, 1.9, 1.5, 1.1, 0.8)[k]
    depth = (0.1, 0.3, 0.55, 0.9, 1.4)[k]
    at = (1.1 + 2.3 * k, 2.15)
    drawn = house.cuboid(ax, at, width=height * 0.5, height=height, depth=depth, color=color)
    house.label(ax, (at[0], 3.75), name, color=color)
    house.label(ax, (at[0], 0.35), f"{channels}×{side}×{side}", size=house.SMALL, mono=True,
        color=house.MUTED)
    if last:
        house.arrow(ax, (last.right[0], 2.15), (drawn.left[0], 2.15), gap=2)
        house.label(ax, ((last.right[0] + drawn.left[0]) / 2, 2.4), "÷4" if k == 1 else "÷2",
            size=house.SMALL, color=house.MUTED)
    last = drawn
plt.show()
