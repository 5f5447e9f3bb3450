"""Multi-head attention: project, split into heads, attend, join, project."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.8)
x_in = house.box(ax, (0.95, 2.4), r"$x$", width=1.2, height=1.1, color=house.BLUE, note="(10, 64)")
qkv = house.box(ax, (3.0, 2.4), r"$W_{qkv}$", width=1.5, height=1.1, color=house.ORANGE, note="64→192")
heads = house.COLORS[2], house.COLORS[3], house.COLORS[4], house.COLORS[5]
join = house.box(ax, (8.15, 2.4), "拼接", width=1.2, height=1.1, color=house.BLUE, note="(10, 64)")
out = house.box(ax, (10.3, 2.4), r"$W_o$", width=1.5, height=1.1, color=house.ORANGE, note="64→64")
house.arrow(ax, x_in.right, qkv.left)
for k, color in enumerate(heads):
    y = 4.2 - 1.1 * k
    name = f"头 {k + 1}" if k < 3 else "头 8"
    head = house.box(ax, (5.6, y), f"{name}：注意力", width=2.3, height=0.85, color=color, note="")
    house.arrow(ax, qkv.right, head.left, color=color)
    house.arrow(ax, head.right, join.left, color=color)
house.label(ax, (5.6, 1.45), "⋮", size=20)
house.label(ax, (5.6, 0.25), "每个头 8 维，各看各的", size=house.SMALL, color=house.MUTED)
house.arrow(ax, join.right, out.left)
house.arrow(ax, out.right, (11.5, 2.4))
plt.show()
