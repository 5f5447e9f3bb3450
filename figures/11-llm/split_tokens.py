"""一道题四个 token：题目、数字、加号、数字。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import cells

fig, ax = house.canvas(5.2, 1.85)
colors = [house.GREY, *[house.ORANGE] * 3]
row = cells(ax, 0.5, 1.25, ["7=", "3", "+", "4"], colors, width=1.05, filled=(1, 2, 3), size=20)
for shape, name in zip(row, ("n", "a", "plus", "b")):
    house.label(ax, (shape.center[0], 0.72), name, mono=True)
house.label(ax, (row[0].center[0], 0.25), "题目", color=house.MUTED)
house.label(ax, (row[2].center[0], 0.25), "模型写的三个字", color=house.ORANGE)
plt.show()
