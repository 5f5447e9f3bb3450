"""Two GCN layers: transform, mix with the neighbours, bend; transform, mix, softmax."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

fig, ax = house.canvas(11.6, 4.5)
y, last = 2.5, None
x = house.matrix(ax, (0.85, y), rows=6, cols=4, cell=0.3, name="$X$", shape="(N, 16)")
stages = [
    (2.55, r"$\times W_1$", house.ORANGE, "逐点变换"),
    (4.0, r"$\hat A\,\times$", house.BLUE, "与邻居相混"),
    (5.45, "ReLU", house.GREY, "弯一下"),
]
last = x.right
for at, text, color, note in stages:
    b = house.box(ax, (at, y), text, width=1.1, height=0.9, color=color, size=20)
    house.label(ax, (at, y - 0.8), note, size=house.SMALL, color=house.MUTED)
    house.arrow(ax, last, b.left)
    last = b.right
h = house.matrix(ax, (6.85, y), rows=6, cols=3, cell=0.3, color=house.TEAL, name="$H$", shape="(N, 16)")
house.arrow(ax, last, h.left)
last = h.right
for at, text, color, note in (
    (8.2, r"$\times W_2$", house.ORANGE, "逐点变换"), (9.65, r"$\hat A\,\times$", house.BLUE, "与邻居相混"),
):
    b = house.box(ax, (at, y), text, width=1.1, height=0.9, color=color, size=20)
    house.label(ax, (at, y - 0.8), note, size=house.SMALL, color=house.MUTED)
    house.arrow(ax, last, b.left)
    last = b.right
z = house.matrix(ax, (10.95, y), rows=6, cols=2, cell=0.3, color=house.TEAL, name="$Z$", shape="(N, 4)")
house.arrow(ax, last, z.left)
house.dimension(ax, (2.0, 0.75), (6.0, 0.75), "第一层")
house.dimension(ax, (7.65, 0.75), (10.2, 0.75), "第二层，不加激活")
house.label(ax, (5.0, 4.1), r"$\hat A=\tilde D^{-1/2}\tilde A\tilde D^{-1/2}$", color=house.BLUE)
plt.show()
