"""ViT from patches to the class."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
fig, ax = house.canvas(11.6, 5.0)
xs = [3.6 + 0.72 * k for k in range(7)]
house.label(ax, (0.3, 0.55), "图块", ha="left", color=house.MUTED)
house.label(ax, (0.3, 1.45), "线性层", ha="left", color=house.MUTED)
house.label(ax, (0.3, 2.3), "加位置：197 个", ha="left", color=house.ORANGE)
for k, x in enumerate(xs):
    if k:
        house.matrix(ax, (x, 0.55), rows=2, cols=2, cell=0.25, color=house.BLUE)
        house.arrow(ax, (x, 0.85), (x, 1.15), gap=0)
    house.box(ax, (x, 1.5), "类" if k == 0 else "", width=0.42, height=0.62,
        color=house.ORANGE if k == 0 else house.BLUE, filled=k == 0)
    house.node(ax, (x, 2.3), str(k) if k < 6 else "196", radius=0.24, color=house.ORANGE,
        size=house.SMALL)
    house.arrow(ax, (x, 1.83), (x, 2.05), gap=0)
    house.arrow(ax, (x, 2.55), (x, 2.85), gap=0)
house.label(ax, ((xs[-2] + xs[-1]) / 2, 1.5), "…", color=house.MUTED)
blocks = "12 个 Transformer 块（第 7 讲）"
house.box(ax, (sum(xs) / 7, 3.2), blocks, width=5.2, height=0.7, color=house.PURPLE)
house.arrow(ax, (xs[0], 3.57), (xs[0], 3.98), gap=0)
head = house.box(ax, (xs[0], 4.35), "类", width=0.5, height=0.66, color=house.ORANGE, filled=True)
out = house.box(ax, (6.1, 4.35), "线性层", width=1.5, height=0.66, color=house.ORANGE)
house.arrow(ax, head.right, out.left)
house.arrow(ax, out.right, (7.7, 4.35))
house.label(ax, (7.8, 4.35), "1000 个分数", ha="left", color=house.TEAL)
house.label(ax, (8.5, 1.5), "第一步：先拼上类别词", ha="left", size=house.SMALL, color=house.ORANGE)
house.label(ax, (8.5, 2.3), "第二步：每个都加位置", ha="left", size=house.SMALL, color=house.ORANGE)
house.label(ax, (8.5, 3.2), "互相看，各自想", ha="left", size=house.SMALL, color=house.PURPLE)
plt.show()
