"""Four states have three arrows between them: T states, T-1 factors."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.9)
nodes = [house.node(ax, (0.55 + 1.3 * k, 1.45), f"$h_{k + 1}$", color=house.TEAL) for k in range(4)]
for k in range(3):
    house.arrow(ax, nodes[k].right, nodes[k + 1].left)
    x = 1.2 + 1.3 * k
    house.arrow(ax, (x + 0.5, 0.95), (x - 0.5, 0.95), color=house.RED, bend=-0.35, gap=0)
    house.label(ax, (x, 0.4), f"$J_{k + 2}$", color=house.RED)
house.label(ax, (2.5, 2.4), "4 个状态之间，3 个箭头", color=house.INK)
plt.show()
