"""Coarse to fine: each level is made twice as large and added to the next."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(12, 2.3)
sides = ((7, 0.5, "第 12 块"), (14, 0.8, "第 9 块"), (28, 1.1, "第 6 块"), (56, 1.4, "第 3 块"))
colors = (house.PURPLE, house.TEAL, house.ORANGE, house.BLUE)
X, Y, STEP, LAST = 0.9, 0.98, 2.62, 1.7


def sheet(x, inches, cells, color):
    """A square with as many lines as can be told apart."""
    shape = house.box(ax, (x, Y), width=inches, height=inches, color=color)
    line = min(0.5, 0.5 * (14 / cells) ** 0.8)
    for k in range(1, cells):
        at = -inches / 2 + k * inches / cells
        ax.plot([x + at, x + at], [Y - inches / 2, Y + inches / 2], color=color, linewidth=line, zorder=4)
        ax.plot([x - inches / 2, x + inches / 2], [Y + at, Y + at], color=color, linewidth=line, zorder=4)
    return shape


before = None
for k, ((side, inches, name), color) in enumerate(zip(sides, colors)):
    x = X + STEP * k
    now = sheet(x, inches, side, color)
    house.label(ax, (x, 0.1), f"{side}×{side}", mono=True, size=house.SMALL, color=color)
    if before:
        plus = house.node(ax, (x - inches / 2 - 0.5, Y), "+", radius=0.2, color=color)
        house.arrow(ax, before.right, plus.left, "×2", gap=2)
        house.arrow(ax, plus.right, now.left, gap=2)
        house.arrow(ax, (plus.center[0], 1.93), plus.top, color=color, gap=1)
        house.label(ax, (plus.center[0], 2.14), name, color=color)
    else:
        house.arrow(ax, (x, 1.93), now.top, color=color, gap=2)
        house.label(ax, (x, 2.14), name, color=color)
    before = now
house.arrow(ax, before.right, (11.0, Y), "×4", gap=2)
house.label(ax, (11.45, Y), "224\n×\n224", mono=True, size=house.SMALL, color=house.BLUE)
plt.show()
