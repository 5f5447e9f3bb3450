"""用梯度量感受野：理论上是方块，实际的影响集中在中间。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
torch.manual_seed(0)
SIDE = 25


def influence(depth, repeats=20):
    """中间一格的输出对每个输入像素的梯度，多组随机权重取平均。"""
    total = torch.zeros(SIDE, SIDE)
    for _ in range(repeats):
        x = torch.randn(1, 1, SIDE, SIDE, requires_grad=True)
        y = x
        for layer in range(depth):
            channels = (1 if layer == 0 else 4, 4)
            y = nn.Conv2d(*channels, 3, padding=1, bias=False)(y)
        y[0, 0, SIDE // 2, SIDE // 2].backward()
        total += x.grad[0, 0].abs()
    return total / total.max()


fig, axes = house.figure(5.0, 2.5, cols=2)
for ax, depth in zip(axes, (3, 10)):
    field = 2 * depth + 1
    grad = influence(depth)
    rows = int((grad.sum(1) > 0).sum())
    assert rows == field
    ax.imshow(grad**0.5, cmap="house")
    low = SIDE // 2 - depth - 0.5
    ax.add_patch(
        plt.Rectangle((low, low), field, field, fill=False, edgecolor=house.ORANGE,
            linewidth=house.LINE, linestyle="--")
    )
    ax.set(xticks=[], yticks=[])
    ax.set_title(f"{depth} 层，{field}×{field}", fontsize=house.TEXT)
    ax.grid(False)
    ax.spines[:].set(visible=True, color=house.HAIRLINE)
plt.show()
