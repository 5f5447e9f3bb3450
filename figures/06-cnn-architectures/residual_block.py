"""(a) 普通块：直接学 y = F(x)；(b) 残差块：只学差 F(x) = y − x。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.2, 5.0)
for x, title, residual in ((2.8, "(a) 普通块", False), (7.2, "(b) 残差块", True)):
    house.label(ax, (x, 4.75), title, bold=True)
    a = house.box(ax, (x, 3.45), "3×3 卷积", width=2.0, height=0.62, color=house.ORANGE)
    r = house.box(ax, (x, 2.6), "ReLU", width=2.0, height=0.5, color=house.GREY, size=house.SMALL)
    b = house.box(ax, (x, 1.75), "3×3 卷积", width=2.0, height=0.62, color=house.ORANGE)
    house.label(ax, (x, 4.3), "x", size=house.TITLE)
    house.arrow(ax, (x, 4.15), a.top, gap=1)
    house.arrow(ax, a.bottom, r.top, gap=1)
    house.arrow(ax, r.bottom, b.top, gap=1)
    house.label(ax, (x - 1.2, 2.6), "F(x)", color=house.ORANGE, ha="right")
    if residual:
        plus = house.node(ax, (x, 0.98), "+", radius=0.24, color=house.TEAL, filled=True)
        house.arrow(ax, b.bottom, plus.top, gap=1)
        ax.plot([x, x + 1.8, x + 1.8], [3.98, 3.98, 0.98], color=house.TEAL, linewidth=house.LINE, zorder=2)
        house.arrow(ax, (x + 1.8, 0.98), plus.right, color=house.TEAL, gap=1, width=house.LINE)
        house.label(ax, (x + 1.95, 2.6), "捷径：原样的 x", color=house.TEAL, ha="left")
        end = plus.bottom
    else:
        end = b.bottom
    house.arrow(ax, end, (x, 0.5), gap=1)
    house.label(ax, (x, 0.25), "y = ReLU(F(x) + x)" if residual else "y = ReLU(F(x))", size=house.TEXT)
plt.show()
