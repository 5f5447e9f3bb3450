"""DeiT: two more tokens, two teachers."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(5.0, 3.3)
xs = [0.5, 1.15, 2.0, 2.5, 3.0, 3.5]
for k, x in enumerate(xs):
    color = (house.ORANGE, house.RED)[k] if k < 2 else house.BLUE
    house.box(ax, (x, 0.55), "类师"[k] if k < 2 else "", width=0.44, height=0.66, color=color, filled=k < 2)
    house.arrow(ax, (x, 0.9), (x, 1.2), gap=0)
house.label(ax, (4.2, 0.55), "…196", size=house.SMALL, color=house.MUTED)
house.box(ax, (2.2, 1.5), "12 个块", width=3.9, height=0.56, color=house.PURPLE)
house.arrow(ax, (0.5, 1.8), (0.5, 2.5), color=house.ORANGE, gap=0)
ax.plot([1.15, 1.15], [1.8, 2.1], color=house.RED, linewidth=house.EDGE)
house.box(ax, (0.62, 2.8), "答案", width=1.0, height=0.56, color=house.ORANGE, size=house.SMALL)
house.arrow(ax, (1.15, 2.1), (2.35, 2.5), color=house.RED, gap=0)
house.box(ax, (2.9, 2.8), "老师 (CNN) 的答案", width=2.6, height=0.56, color=house.RED, size=house.SMALL)
plt.show()
