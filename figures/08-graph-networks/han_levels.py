"""HAN: attention among the neighbours of each meta-path, then attention among the meta-paths."""

import math
import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import message, spots

fig, ax = house.canvas(11.6, 4.7)
for row, (name, color, count, beta) in enumerate(
    (("作者-论文-作者", house.BLUE, 3, "0.8"), ("作者-论文-会议-论文-作者", house.TEAL, 5, "0.2"))
):
    y = 3.6 - 2.2 * row
    house.label(ax, (0.1, y + (0.95, 1.14)[row]), name, color=color, size=house.SMALL, ha="left")
    center = (3.6, y)
    widths = (5, 1.2, 2.6, 1, 3.4)
    turns = [math.pi * (0.62 + 0.76 * k / (count - 1)) for k in range(count)]
    around = [(center[0] + 2.2 * math.cos(t), y + 0.72 * math.sin(t)) for t in turns]
    for k, place in enumerate(around):
        message(ax, place, center, 0.24, color=color, width=widths[k])
    spots(ax, around, house.tint(color), radius=0.18, edge=color, width=1.5)
    house.node(ax, center, "甲", radius=0.3, color=house.ORANGE)
    z = house.matrix(ax, (6.1, y), rows=1, cols=4, cell=0.42, color=color)
    house.label(ax, (6.1, y + 0.5), f"$z_{row + 1}$")
    house.arrow(ax, (3.95, y), z.left, "路径内加权")
    house.arrow(ax, z.right, (9.0, 2.5 + (0.25 if row == 0 else -0.25)), width=8 * float(beta), color=color)
    house.label(
        ax, (8.35, y + 0.05 if row == 0 else y + 0.1), rf"$\beta_{row + 1}$ = {beta}", color=house.ORANGE,
    )
out = house.matrix(ax, (10.0, 2.5), rows=1, cols=4, cell=0.42, color=house.ORANGE, name="甲的新向量")
house.label(ax, (3.6, 0.3), "第一层：看哪个邻居", color=house.MUTED)
house.label(ax, (9.0, 0.3), "第二层：信哪条路径", color=house.MUTED)
plt.show()
