"""A molecule turned: the coordinates change, the distances do not."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
import numpy as np
from matplotlib.patches import Circle

fig, ax = house.canvas(11.6, 4.6)
points = np.array([[0, 0], [1.5, 0.3], [0.6, 1.4], [-1.0, 1.0]])
angle = np.pi / 2.6
R = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
for origin, cloud, title in (((2.6, 1.5), points, "原来"), ((8.6, 1.4), points @ R.T, "旋转加平移")):
    at = cloud + origin
    for i, j in ((0, 1), (0, 2), (0, 3), (1, 2), (2, 3)):
        ax.plot(*zip(at[i], at[j]), color=house.GREY, linewidth=1.5, zorder=1)
        middle = (at[i] + at[j]) / 2
        ax.add_patch(Circle(middle, 0.24, facecolor=house.PAPER, edgecolor="none", zorder=2))
        house.label(ax, tuple(middle), f"{np.linalg.norm(at[i] - at[j]):.1f}", size=house.SMALL,
            color=house.TEAL, mono=True)
    for p, q, color in zip(at, cloud, (house.BLUE, house.ORANGE, house.PURPLE, house.RED)):
        house.node(ax, tuple(p), radius=0.2, color=color, filled=True)
    house.label(ax, (origin[0], 4.2), title)
house.arrow(ax, (4.9, 2.2), (6.4, 2.2))
house.label(ax, (5.65, 0.35), "坐标全变，距离一个没变", color=house.TEAL)
plt.show()
