"""Straight paths from noise to data; where they cross, the network learns their mean."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np

fig, ax = house.canvas(11.6, 4.6)
random = np.random.default_rng(3)
start, goal = 2.0, 9.6
ys = np.array([3.9, 3.1, 2.3, 1.5, 0.9])
ends = np.array([3.6, 3.75, 1.3, 3.3, 1.05])
for a, b in zip(ys, ends):
    ax.plot([start, goal], [a, b], color=house.GREY, linewidth=house.EDGE, zorder=1)
    house.node(ax, (start, a), radius=0.13, color=house.BLUE, filled=True)
    house.node(ax, (goal, b), radius=0.13, color=house.TEAL, filled=True)
house.label(ax, (1.6, 2.4), "噪声 $x_0$", color=house.BLUE, ha="right")
house.label(ax, (10.0, 2.4), "数据 $x_1$", color=house.TEAL, ha="left")
t = 0.35
x = start + t * (goal - start)
for a, b in zip(ys, ends):
    y = a + t * (b - a)
    house.arrow(ax, (x, y), (x + 1.3, y + 1.3 * (b - a) / (goal - start)), color=house.ORANGE,
                width=2.6, gap=0)
    house.node(ax, (x, y), radius=0.09, color=house.ORANGE, filled=True)
ax.plot([x, x], [0.45, 4.25], color=house.MUTED, linestyle=":", linewidth=house.EDGE)
house.label(ax, (x, 0.25), "$t=0.35$", size=house.SMALL, color=house.MUTED)
house.label(ax, (x + 0.7, 4.4), "速度 $x_1-x_0$", color=house.ORANGE)
plt.show()
