"""核在图上滑动：每停一处，九个乘积相加，得到输出的一格。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

image = torch.tensor([[0, 1, 2, 1, 0], [1, 3, 1, 0, 2], [2, 1, 0, 1, 3], [0, 2, 1, 2, 1], [1, 0, 3, 1, 0]])
kernel = torch.tensor([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
output = F.conv2d(image[None, None].double(), kernel[None, None].double())[0, 0].long()
fig, ax = house.canvas(11.4, 4.9)
frame = ax.axis()
CELL = 0.64


def draw(step):
    """第 step 个输出；最后几帧停住。"""
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    step = min(step, output.numel() - 1)
    i, j = divmod(step, 3)
    window = [(i + m, j + n) for m in range(3) for n in range(3)]
    house.matrix(ax, (1.9, 2.65), values=image, cell=CELL, name="输入 $I$", marked=window)
    house.matrix(ax, (5.0, 2.65), values=kernel, cell=CELL, color=house.ORANGE, name="核 $K$")
    patch = image[i : i + 3, j : j + 3] * kernel
    house.matrix(ax, (7.55, 2.65), values=patch, cell=CELL, color=house.PURPLE, name="九个乘积")
    done = [[str(output[r, c].item()) if 3 * r + c <= step else "" for c in range(3)] for r in range(3)]
    house.matrix(ax, (10.1, 2.65), values=done, cell=CELL, color=house.TEAL, name="输出 $S$", marked=[(i, j)])
    house.label(ax, (3.78, 2.65), "×", size=26)
    house.label(ax, (6.28, 2.65), "=", size=26)
    house.arrow(ax, (8.6, 2.65), (9.05, 2.65), gap=1)
    house.label(ax, (8.83, 3.0), "求和", color=house.MUTED, size=house.SMALL)
    house.label(ax, (5.7, 0.45), f"S({i}, {j}) = {output[i, j].item()}", color=house.TEAL, size=house.TITLE)
    assert patch.sum() == output[i, j]


animation = FuncAnimation(fig, draw, frames=output.numel() + 3, interval=800)
draw(output.numel() - 1)
plt.show()
