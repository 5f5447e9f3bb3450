"""The power of a whole diagonal matrix has inf off the diagonal; a vector has no such places."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.0, 2.8)
D = [[2, 0, 0], [0, 3, 0], [0, 0, 2]]
bad = [["0.71", "inf", "inf"], ["inf", "0.58", "inf"], ["inf", "inf", "0.71"]]
off = [(r, c) for r in range(3) for c in range(3) if r != c]
a = house.matrix(ax, (0.95, 1.7), values=D, cell=0.5)
b = house.matrix(ax, (3.5, 1.7), values=bad, cell=0.66, color=house.GREY, marked=off, mark_color=house.RED)
house.arrow(ax, a.right, b.left)
house.label(ax, (0.95, 2.65), "$D$")
house.label(ax, (2.4, 0.3), "0 的 −½ 次方是 inf", color=house.RED, size=house.SMALL)
plt.show()
