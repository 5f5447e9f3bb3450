"""第二关：两枚图标只差一条裙子。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house
import pictogram

fig, ax = house.canvas(9, 4.6)
for x, skirt, color, name in ((2.4, False, house.BLUE, "甲"), (6.6, True, house.ORANGE, "乙")):
    pictogram.draw(ax, (x, 2.6), 3.8, skirt=skirt, color=color)
    house.label(ax, (x, 0.4), name, color=color, bold=True)
different = int((pictogram.mask(False) != pictogram.mask(True)).sum())
house.label(ax, (4.5, 3.0), "≠", size=48, color=house.MUTED)
house.label(ax, (4.5, 2.1), f"{different} 个\n像素不同", color=house.MUTED)
plt.show()
