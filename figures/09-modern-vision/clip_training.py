"""Two encoders and the matrix of similarities of one batch."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "snippets/09-modern-vision"))

import torch
from pairs import draw

from parts import inlay

words = ["红色的圆", "绿色的三角", "蓝色的方", "黄色的圆"]
images = draw(words, torch.Generator().manual_seed(4))
fig, ax = house.canvas(11.6, 5.1)
cell, left, top = 0.82, 5.7, 3.75
for k, word in enumerate(words):
    y = top - (k + 0.5) * cell
    inlay(ax, images[k].permute(1, 2, 0).clamp(0, 1), (0.9, y), 0.7)
    house.label(ax, (left + (k + 0.5) * cell, 4.95), "", size=house.SMALL)
for k, word in enumerate(words):
    house.label(ax, (8.9, 0), "")
    house.label(ax, (left + (k + 0.5) * cell, 4.98 - 0.3 * (k % 2)), word, size=house.SMALL)
enc = house.box(ax, (2.85, top - 2 * cell), "图像编码器", width=1.9, height=1.1, color=house.BLUE)
text = house.box(ax, (left + 2 * cell, 4.2), "文字编码器", width=3.2, height=0.5, color=house.ORANGE)
house.arrow(ax, (1.35, top - 2 * cell), enc.left)
house.arrow(ax, text.bottom, (text.bottom[0], top), gap=0)
house.arrow(ax, enc.right, (5.5, top - 2 * cell))
house.label(ax, (4.65, top - 2 * cell + 0.3), "4 个向量", size=house.SMALL, color=house.BLUE)
grid = house.matrix(ax, (left + 2 * cell, top - 2 * cell), rows=4, cols=4, cell=cell,
    color=house.GREY, marked=[(k, k) for k in range(4)], mark_color=house.TEAL)
for (row, col), at in grid.cells.items():
    house.label(ax, at, rf"$I_{row + 1}\!\cdot\!T_{col + 1}$", size=house.SMALL,
        color=house.TEAL if row == col else house.MUTED)
house.label(ax, (9.35, 2.9), "对角线：配对的，\n要大", ha="left", color=house.TEAL)
house.label(ax, (9.35, 1.6), "其余 12 个：不配，\n要小", ha="left", color=house.MUTED)
plt.show()
