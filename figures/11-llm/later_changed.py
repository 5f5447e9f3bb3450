"""改掉后两个字：前三个位置的输出不变。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import cells

fig, ax = house.canvas(5.2, 3.3)
for y, text in ((2.75, "床前明月光"), (1.75, "床前明镜里")):
    colors = [house.BLUE] * 3 + [house.ORANGE] * 2
    cells(ax, 1.35, y, list(text), colors, width=0.72, filled=(3, 4))
house.label(ax, (1.2, 2.25), "两句", ha="right")
house.label(ax, (1.2, 0.65), "输出", ha="right")
row = cells(ax, 1.35, 0.65, ["同", "同", "同", "变", "变"], [house.TEAL] * 3 + [house.RED] * 2, width=0.72)
for shape in row:
    house.arrow(ax, (shape.center[0], 1.4), shape.top, gap=2)
plt.show()
