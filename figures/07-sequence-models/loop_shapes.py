"""Six steps of a loop: 10 inputs, 20 states, 3 outputs at each of them; heights are to scale."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.85)
unit = 0.042
for size, y, name, color in (
    (10, 0.58, "输入", house.BLUE),
    (20, 1.52, "状态", house.TEAL),
    (3, 2.6, "输出", house.ORANGE),
):
    house.label(ax, (0.45, y + 0.13), name, color=color, size=house.SMALL)
    house.label(ax, (0.45, y - 0.15), f"{size} 维", color=house.MUTED, size=house.SMALL)
    for t in range(6):
        house.box(ax, (1.25 + 0.68 * t, y), width=0.34, height=unit * size, color=color)
for t in range(6):
    x = 1.25 + 0.68 * t
    house.arrow(ax, (x, 0.79), (x, 1.1), gap=1)
    house.arrow(ax, (x, 1.94), (x, 2.53), gap=1)
    if t:
        house.arrow(ax, (x - 0.51, 1.52), (x - 0.17, 1.52), color=house.TEAL, gap=1)
    house.label(ax, (x, 0.14), f"{t + 1}", size=house.SMALL, color=house.MUTED)
house.label(ax, (0.45, 0.14), "第几步", size=house.SMALL, color=house.MUTED)
plt.show()
