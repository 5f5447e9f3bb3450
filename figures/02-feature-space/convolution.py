"""核在图上滑动：每停一处，对应元素相乘再相加，得到输出的一个数。"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

image = torch.zeros(6, 6, dtype=torch.int64)
image[:, 3:] = 1
image[4, 1] = 2
kernel = torch.tensor([[-1, 0, 1]] * 3)
output = F.conv2d(image[None, None].float(), kernel[None, None].float())[0, 0].long()

fig, ax = house.canvas(10.4, 4.5)
CELL = 0.58
frame = ax.axis()


def draw(step):
    """第 step 步：已经算出 step+1 个输出；最后几帧停在完成处。"""
    ax.clear()
    ax.axis("off")
    ax.axis(frame)
    step = min(step, output.numel() - 1)
    i, j = divmod(step, output.shape[1])
    window = [(i + m, j + n) for m in range(3) for n in range(3)]
    house.matrix(ax, (2.0, 2.3), values=image, cell=CELL, name="输入 $I$", marked=window)
    house.matrix(ax, (5.5, 2.3), values=kernel, cell=CELL, color=house.ORANGE, name="核 $K$")
    done = [
        [str(output[r, c].item()) if r * output.shape[1] + c <= step else "" for c in range(4)]
        for r in range(4)
    ]
    house.matrix(ax, (8.7, 2.3), values=done, cell=CELL, color=house.TEAL, name="输出 $S$", marked=[(i, j)])
    house.label(ax, (4.18, 2.3), "⋆", size=36)
    house.label(ax, (6.95, 2.3), "=", size=26)
    patch = image[i : i + 3, j : j + 3]
    plus, minus = patch[:, 2].sum().item(), patch[:, 0].sum().item()
    house.label(
        ax,
        (5.2, 0.22),
        f"S({i},{j}) = 右列 {plus} − 左列 {minus} = {output[i, j].item()}",
        color=house.ORANGE,
    )
    assert plus - minus == output[i, j].item()


animation = FuncAnimation(fig, draw, frames=output.numel() + 4, interval=500)
draw(output.numel() - 1)
plt.show()
