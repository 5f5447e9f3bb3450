"""没有掩码：要猜的下一个字，就在输入里。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

from parts import cells

text = list("床前明月光")
fig, ax = house.canvas(5.2, 3.3)
below = cells(ax, 1.5, 0.9, text, house.BLUE, width=0.72)
above = cells(ax, 1.5, 2.5, [*text[1:], "，"], house.ORANGE, width=0.72)
for k in range(5):
    house.arrow(ax, below[k].top, above[k].bottom, color=house.GREY, gap=2)
    if k < 4:
        house.arrow(ax, below[k + 1].top, above[k].bottom, color=house.RED, width=house.LINE, gap=2)
house.label(ax, (1.35, 0.9), "输入", ha="right")
house.label(ax, (1.35, 2.5), "要猜", ha="right")
house.label(ax, (3.0, 0.25), "红线：看右边一个，抄下来", color=house.RED, size=house.SMALL)
plt.show()
