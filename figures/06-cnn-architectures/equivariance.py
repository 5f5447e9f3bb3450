"""平移等变：先移再卷，等于先卷再移；全局池化之后，数不变。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

digit = torch.tensor(load_digits().images[3]) / 16
kernel = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]], dtype=torch.float64)


def response(x):
    """环绕填充的互相关，再 ReLU。"""
    return F.conv2d(F.pad(x[None, None], (1, 1, 1, 1), mode="circular"), kernel[None, None])[0, 0].relu()


x = torch.zeros(16, 20, dtype=torch.float64)
x[4:12, 2:10] = digit
moved = x.roll(8, dims=1)
a, b = response(x), response(moved)
assert torch.equal(a.roll(8, dims=1), b) and abs(a.mean() - b.mean()) < 1e-12
fig, axes = house.figure(11.4, 5.0, rows=2, cols=3, width_ratios=[1, 1, 0.55])
for (left, middle, right), picture, maps, title in zip(axes, (x, moved), (a, b), ("原来", "右移 8 格")):
    left.imshow(picture, cmap="house")
    middle.imshow(maps, cmap="house", vmax=3)
    left.set_ylabel(title, fontsize=house.TEXT)
    right.text(0.5, 0.5, f"{maps.mean():.4f}", fontsize=26, ha="center", va="center", color=house.TEAL)
    for ax in (left, middle, right):
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set(visible=True, color=house.HAIRLINE)
    right.spines[:].set_visible(False)
for ax, title in zip(axes[0], ("输入", "特征图：跟着移", "全局平均：不变")):
    ax.set_title(title, fontsize=house.TEXT)
plt.show()
