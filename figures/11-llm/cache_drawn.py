"""KV 缓存：旧的 k、v 不变，每步只算新的一个。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
from parts import cells

text = list("床前明月光")
fig, ax = house.canvas(11.8, 4.9)
for left, title, cached in ((0.7, "没有缓存：每步整句重算", False), (6.9, "有缓存：只算新来的一个", True)):
    house.label(ax, (left + 1.9, 4.6), title, bold=True)
    for row in range(4):
        y = 3.75 - 0.95 * row
        shown = text[: row + 2]
        if cached:
            colors = [house.GREY] * (row + 1) + [house.ORANGE]
            cells(ax, left, y, shown, colors, width=0.72, filled=(row + 1,))
        else:
            cells(ax, left, y, shown, house.ORANGE, width=0.72, filled=range(row + 2))
        end = left + 0.72 * 5 + 0.1
        work = 1 if cached else row + 2
        house.label(ax, (end + 0.1, y), f"算 {work} 个", color=house.ORANGE, ha="left")
    house.label(ax, (left - 0.1, 3.75), "写", color=house.MUTED, ha="right", size=house.SMALL)
house.box(ax, (3.2, 0.27), "", width=0.4, height=0.34, color=house.ORANGE, filled=True)
house.label(ax, (3.55, 0.27), "这一步要算", ha="left", size=house.SMALL)
house.box(ax, (6.0, 0.27), "", width=0.4, height=0.34, color=house.GREY)
house.label(ax, (6.35, 0.27), "k、v 已经存着", ha="left", size=house.SMALL)
plt.show()
