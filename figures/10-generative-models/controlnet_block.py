"""ControlNet: the frozen block and its trainable copy, joined by zero convolutions."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

from parts import path

fig, ax = house.canvas(11.6, 5.0)
x = house.box(ax, (2.9, 4.4), "$x$", width=0.8, height=0.65, color=house.BLUE)
c = house.box(ax, (9.6, 4.4), "条件 $c$：边缘、深度…", width=3.0, height=0.65, color=house.PURPLE)
frozen = house.box(ax, (2.9, 2.5), "原来的块（冻结）", width=2.7, height=0.9, color=house.GREY)
enter = house.box(ax, (9.6, 3.5), "零卷积", width=1.6, height=0.6, color=house.RED)
plus = house.node(ax, (7.0, 3.5), "+", radius=0.27, color=house.GREY, size=20)
twin = house.box(ax, (7.0, 2.5), "可训练的副本", width=2.5, height=0.9, color=house.ORANGE)
leave = house.box(ax, (7.0, 1.45), "零卷积", width=1.6, height=0.6, color=house.RED)
total = house.node(ax, (2.9, 1.45), "+", radius=0.27, color=house.GREY, size=20)
y = house.box(ax, (2.9, 0.45), "$y$", width=0.8, height=0.6, color=house.TEAL)
house.arrow(ax, x.bottom, frozen.top)
path(ax, [(2.9, 3.5), plus.left])
house.arrow(ax, c.bottom, enter.top)
house.arrow(ax, enter.left, plus.right)
house.arrow(ax, plus.bottom, twin.top)
house.arrow(ax, twin.bottom, leave.top)
house.arrow(ax, frozen.bottom, total.top)
house.arrow(ax, leave.left, total.right)
house.arrow(ax, total.bottom, y.top)
house.label(ax, (8.1, 1.45), "权重、偏置都从 0 开始：\n一开始什么也不加", color=house.RED, ha="left",
            size=house.SMALL)
plt.show()
