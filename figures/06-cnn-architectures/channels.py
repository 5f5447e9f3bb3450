"""三个输入通道、两组核：每组核与每个通道互相关，再相加，得到一个输出通道。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.4, 4.8)
x = house.stack(ax, (1.7, 2.4), depth=3, rows=6, cols=6, cell=0.3, offset=0.24, name="输入",
    shape="3 × 6 × 6")
for y, color, word in ((3.45, house.ORANGE, "第 0 组核"), (1.35, house.PURPLE, "第 1 组核")):
    k = house.stack(ax, (5.2, y), depth=3, rows=3, cols=3, cell=0.3, offset=0.2, color=color)
    house.label(ax, (5.2, y + 0.88), word, color=color, size=house.SMALL)
    out = house.matrix(ax, (9.2, y), rows=4, cols=4, cell=0.34, color=color)
    house.arrow(ax, (x.right[0] + 0.1, 2.4), (k.left[0] - 0.05, y))
    house.arrow(ax, (k.right[0] + 0.05, y), (out.left[0] - 0.05, y), "三个通道相加，加偏置")
    house.label(ax, (10.0, y), f"通道 {0 if y > 2 else 1}", ha="left", size=house.SMALL, color=color)
house.label(ax, (5.2, 0.3), "权重 2 × 3 × 3 × 3", color=house.MUTED, size=house.SMALL)
house.label(ax, (9.2, 0.3), "输出 2 × 4 × 4", color=house.MUTED, size=house.SMALL)
plt.show()
