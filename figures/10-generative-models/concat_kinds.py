"""The condition as further tokens, and as a further channel."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

fig, ax = house.canvas(5.2, 4.4)
house.label(ax, (2.6, 4.1), "拼词元：序列变长", color=house.INK, bold=True)
a = house.matrix(ax, (1.6, 3.2), rows=3, cols=6, cell=0.34, color=house.BLUE)
b = house.matrix(ax, (3.75, 3.2), rows=3, cols=3, cell=0.34, color=house.PURPLE)
house.label(ax, (1.6, 2.42), "图像 64", size=house.SMALL, color=house.BLUE)
house.label(ax, (3.75, 2.42), "文字 7", size=house.SMALL, color=house.PURPLE)
house.label(ax, (2.6, 1.85), "拼通道：每处多一个数", color=house.INK, bold=True)
c = house.stack(ax, (1.6, 0.95), depth=4, rows=3, cols=3, cell=0.3, offset=0.14, color=house.BLUE)
d = house.stack(ax, (3.6, 0.85), depth=1, rows=3, cols=3, cell=0.3, color=house.PURPLE)
house.label(ax, (2.75, 0.9), "+", size=26)
house.label(ax, (1.6, 0.1), "潜变量 4", size=house.SMALL, color=house.BLUE)
house.label(ax, (3.6, 0.1), "深度图 1", size=house.SMALL, color=house.PURPLE)
plt.show()
