"""一层：特征 x 进，参数 W 和 b 变换它，特征 y 出。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(6.4, 5)
inputs = house.neurons(
    ax,
    1.1,
    3,
    middle=2.6,
    gap=1.15,
    radius=0.42,
    color=house.BLUE,
    texts=["$x_1$", "$x_2$", "$x_3$"],
    size=22,
)
outputs = house.neurons(
    ax, 5.3, 2, middle=2.6, gap=1.5, radius=0.42, color=house.TEAL, texts=["$y_1$", "$y_2$"], size=22
)
for a in inputs:
    for b in outputs:
        ax.plot(*zip(a.right, b.left), color=house.ORANGE, linewidth=house.EDGE, zorder=1)
house.label(ax, (1.1, 0.6), "输入 $x$", color=house.BLUE, size=22)
house.label(ax, (5.3, 0.6), "输出 $y$", color=house.TEAL, size=22)
house.label(ax, (3.2, 4.35), "参数 $W,\\ b$", color=house.ORANGE, size=22)
for b, text in zip(outputs, ("$b_1$", "$b_2$")):
    house.label(ax, (b.center[0], b.top[1] + 0.24), "$+$" + text, color=house.ORANGE, size=house.TEXT)
plt.show()
