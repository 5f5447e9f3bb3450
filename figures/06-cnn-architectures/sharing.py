"""全连接：每条线一个权重；卷积：每个输出只看三个输入，三个权重处处共用。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(5.9, 5.4)
hues = (house.BLUE, house.ORANGE, house.TEAL)
styles = ("-", "--", ":")
for middle, name in ((4.15, "全连接：36 个权重"), (1.35, "卷积：3 个权重")):
    top = [(0.7 + 0.9 * k, middle + 0.65) for k in range(6)]
    bottom = [(0.7 + 0.9 * k, middle - 0.65) for k in range(6)]
    dense = name.startswith("全")
    for j, low in enumerate(bottom):
        for i, high in enumerate(top):
            if dense:
                ax.plot(*zip(high, low), color=house.GREY, linewidth=house.THIN, zorder=1)
            elif abs(i - j) <= 1:
                hue, style = hues[i - j + 1], styles[i - j + 1]
                ax.plot(*zip(high, low), color=hue, linestyle=style, linewidth=house.LINE, zorder=1)
    for at in top:
        house.node(ax, at, radius=0.2, color=house.BLUE)
    for at in bottom:
        house.node(ax, at, radius=0.2, color=house.TEAL)
    house.label(ax, (2.95, middle + 1.08), name)
plt.show()
