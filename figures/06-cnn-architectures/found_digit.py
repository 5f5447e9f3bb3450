"""拿“3”当核在一排数字里找：原始响应被最亮的 8 骗走，余弦找到 3。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

sys.path.append(str(Path(__file__).resolve().parents[2] / "snippets" / "06-cnn-architectures"))
from response import best, cosine, kernel, raw, row

fig = plt.figure(figsize=(11.4, 5.2), layout="constrained")
grid = fig.add_gridspec(3, 2, width_ratios=[1, 5])
height, width = row.shape


def show(ax, picture, title, extent=None):
    """一张图，不要坐标轴；名字写在左边。"""
    ax.imshow(picture, cmap="house", aspect="equal", extent=extent)
    ax.set(xticks=[], yticks=[])
    ax.set_ylabel(title, fontsize=house.TEXT, rotation=0, ha="right", va="center")
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
    ax.grid(False)


show(fig.add_subplot(grid[0, 0]), kernel, "核")
show(fig.add_subplot(grid[0, 1]), row, "输入", (0, width, height, 0))
half = (kernel.shape[0] - 1) / 2  # 响应的一格，对着窗口的正中
for line, score, title in ((1, raw, "响应"), (2, cosine, "余弦")):
    ax = fig.add_subplot(grid[line, 1])
    rows, cols = score.shape
    show(ax, score, title, (half, half + cols, half + rows, half))
    ax.set(xlim=(0, width), ylim=(height, 0))
    i, j = torch.unravel_index(score.argmax(), score.shape)
    at = (j + half + 0.5, i + half + 0.5)
    ax.plot(*at, "o", markersize=24, markerfacecolor="none", markeredgecolor=house.ORANGE, markeredgewidth=3)
assert abs(best - 1) < 1e-9 and torch.equal(kernel * 16, torch.tensor(load_digits().images[3]))
plt.show()
