"""拿“3”当核在一排数字里找：原始响应被最亮的 8 骗走，余弦找到 3。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from response import best, cosine, kernel, raw, row

fig = plt.figure(figsize=(11.4, 5.2), layout="constrained")
grid = fig.add_gridspec(3, 2, width_ratios=[1, 6.2])


def show(ax, picture, title):
    """一张图，不要坐标轴；标出最大处。"""
    ax.imshow(picture, cmap="house", aspect="equal")
    ax.set(xticks=[], yticks=[])
    ax.set_ylabel(title, fontsize=house.SMALL)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
    ax.grid(False)


show(fig.add_subplot(grid[0, 0]), kernel, "核")
show(fig.add_subplot(grid[0, 1]), row, "输入")
for line, score, title in ((1, raw, "响应"), (2, cosine, "余弦")):
    ax = fig.add_subplot(grid[line, 1])
    show(ax, score, title)
    i, j = torch.unravel_index(score.argmax(), score.shape)
    ax.plot(j, i, "o", markersize=20, markerfacecolor="none", markeredgecolor=house.ORANGE, markeredgewidth=3)
assert abs(best - 1) < 1e-9
plt.show()
